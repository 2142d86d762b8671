"""The agenda as cards in order: each topic with its reporter, who sits in for it, its result and what was decided."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from deskoffice._generated.meetings.agenda_card import Ui_AgendaCard
from deskoffice.domain.meeting_topics import MajorKind, TopicResult
from deskoffice.domain.meetings import DecisionRow, MeetingDetail, TopicRow
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import due_text
from deskoffice.ui.theme import mark
from deskoffice.usecases.words import word


class AgendaCard(QFrame):
    """One topic."""

    def __init__(self, topic: TopicRow, *, number: int, decided: Sequence[DecisionRow], parent: QWidget) -> None:
        super().__init__(parent)
        ui = Ui_AgendaCard()
        ui.setupUi(self)
        mark(self, "role", "card")
        ui.numberLabel.setText(f"{number}")
        ui.titleLabel.setText(topic.title)
        reporter = self.tr("%1 汇报").replace("%1", topic.reporter) if topic.reporter else ""
        called = self.tr("列席：%1").replace("%1", "、".join(topic.units)) if topic.units else ""
        major = word(topic.major) if topic.major is not MajorKind.NONE else ""
        result = word(topic.result) if topic.result is not TopicResult.NONE else ""
        show_problem(ui.peopleLabel, "　".join(part for part in (result, reporter, called, major) if part))
        lines = [topic.summary] if topic.summary else []
        show_problem(ui.resultLabel, "\n".join([*lines, *(result_text(one) for one in decided)]))
        parts = (ui.titleLabel.text(), ui.peopleLabel.text(), ui.resultLabel.text())
        self.setAccessibleName("，".join(part for part in parts if part))


def result_text(decision: DecisionRow) -> str:
    """`议定：…（县住建局，12月11日前，办理中）`."""
    until = f"，{chinese_date(decision.task.due_on)}前" if decision.task.due_on else ""
    return f"议定：{decision.text}（{decision.leads}{until}，{word(decision.task.state)}）"


class DecisionCard(QFrame):
    """One thing that an earlier meeting decided, with how it stands."""

    def __init__(self, decision: DecisionRow, *, number: int, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        ui = Ui_AgendaCard()
        ui.setupUi(self)
        mark(self, "role", "card")
        ended = decision.task.closed_on is not None
        ui.numberLabel.setText(f"{number}")
        ui.titleLabel.setText(decision.text)
        mark(ui.titleLabel, "role", "")
        helps = f"，{'、'.join(decision.others)}配合" if decision.others else ""
        leader = f"　责任领导：{decision.leader}" if decision.leader else ""
        ui.peopleLabel.setText(f"{decision.leads}{helps}{leader}")
        due = due_text(decision.task.due_on, today, ended=ended)
        show_problem(ui.resultLabel, f"{word(decision.task.state)}　{due.text}")
        mark(ui.resultLabel, "grade", "done" if ended else "overdue" if decision.is_late(today) else "plain")
        self.setAccessibleName(f"{decision.text}，{ui.peopleLabel.text()}，{ui.resultLabel.text()}")


class AgendaView(QWidget):
    """The cards of one meeting; what was decided outside the topics comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_detail(self, found: MeetingDetail) -> None:
        """Draw the cards anew."""
        self._clear()
        for number, topic in enumerate(found.topics, start=1):
            decided = [one for one in found.decisions if one.topic_id == topic.id]
            self._box.addWidget(AgendaCard(topic, number=number, decided=decided, parent=self))
        others = [one for one in found.decisions if one.topic_id is None]
        if others or not found.topics:
            title = self.tr("其他议定事项") if others else self.tr("没有列议题")
            rest = TopicRow(0, title, "", ())
            self._box.addWidget(AgendaCard(rest, number=len(found.topics) + 1, decided=others, parent=self))

    def show_carried(self, decisions: Sequence[DecisionRow], today: date) -> None:
        """What earlier meetings decided, one card each."""
        self._clear()
        for number, decision in enumerate(decisions, start=1):
            self._box.addWidget(DecisionCard(decision, number=number, today=today, parent=self))
        if not decisions:
            nothing = TopicRow(0, self.tr("上次会议没有议定事项，或这是第一次会议"), "", ())
            self._box.addWidget(AgendaCard(nothing, number=0, decided=(), parent=self))

    def _clear(self) -> None:
        while self._box.count():
            old = self._box.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
