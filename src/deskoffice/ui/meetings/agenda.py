"""The agenda as cards in order: each topic with its reporter, who sits in for it, and what was decided."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from deskoffice._generated.meetings.agenda_card import Ui_AgendaCard
from deskoffice.domain.meetings import DecisionRow, MeetingDetail, TopicRow
from deskoffice.domain.values import chinese_date
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.theme import mark


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
        show_problem(ui.peopleLabel, "　".join(part for part in (reporter, called) if part))
        show_problem(ui.resultLabel, "\n".join(result_text(one) for one in decided))
        parts = (ui.titleLabel.text(), ui.peopleLabel.text(), ui.resultLabel.text())
        self.setAccessibleName("，".join(part for part in parts if part))


def result_text(decision: DecisionRow) -> str:
    """`议定：…（县住建局，12月11日前）`."""
    until = f"，{chinese_date(decision.task.due_on)}前" if decision.task.due_on else ""
    return f"议定：{decision.text}（{decision.leads}{until}）"


class AgendaView(QWidget):
    """The cards of one meeting; what was decided outside the topics comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)

    def show_detail(self, found: MeetingDetail) -> None:
        """Draw the cards anew."""
        while self._box.count():
            old = self._box.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        for number, topic in enumerate(found.topics, start=1):
            decided = [one for one in found.decisions if one.topic_id == topic.id]
            self._box.addWidget(AgendaCard(topic, number=number, decided=decided, parent=self))
        others = [one for one in found.decisions if one.topic_id is None]
        if others or not found.topics:
            title = self.tr("其他议定事项") if others else self.tr("没有列议题")
            rest = TopicRow(0, title, "", ())
            self._box.addWidget(AgendaCard(rest, number=len(found.topics) + 1, decided=others, parent=self))
