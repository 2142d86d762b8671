"""The way of a matter from hand to hand, opinions verbatim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from deskoffice.domain.dwell import Rest
from deskoffice.domain.matters import Outcome, PlannedRow, StepKind, StepRow
from deskoffice.domain.steps import Nature
from deskoffice.ui.dates import Grade, day_text, due_text, dwell_text, moment_text
from deskoffice.ui.theme import LIGHT, Tokens, text_font
from deskoffice.usecases.words import word

LEFT = 20
LINE = 24
GAP = 8
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step in the words of the slip."""

    who: str
    what: str
    when: str
    opinion: str
    aside: str
    """Due date, note, day on which something was said; below the opinion in small type."""
    is_open: bool
    is_late: bool


def entry(step: StepRow, today: date, rests: Sequence[Rest]) -> Entry:
    """What the slip says of a step: 代录 is said, an opinion that may not be read is said too."""
    what = _what(step)
    if step.outcome is not None and step.outcome not in {Outcome.DONE, Outcome.AGREED}:
        what += f"　{word(step.outcome)}"
    is_open = step.done_at is None
    is_set_aside = step.kind is not StepKind.SUSPEND and any(ended is None for _, ended in rests)
    due = due_text(step.due_on, today, ended=is_set_aside)
    asides = [step.note, _extended(step, today)]
    if is_open:
        what += "　未签收" if step.received_at is None else "　已签收"
        asides.append("" if step.due_on is None else f"期限 {due.text}")
    elif step.done_at and step.done_at != step.sent_at and not step.is_back_entered:
        # How long it was set aside is said where that is the step.
        without = () if step.kind is StepKind.SUSPEND else rests
        asides.append(f"停留 {dwell_text(step.sent_at, step.done_at, without)}")
    if step.said_on and step.done_at and step.said_on != step.done_at.date():
        asides.append(f"{step.said_on.month}月{step.said_on.day}日 {word(step.kind)}")
    opinion = "意见不在本人知悉范围" if step.opinion is None else step.opinion
    return Entry(
        who=step.person or step.unit or step.post,
        what=what,
        when=moment_text(step.done_at or step.sent_at, today),
        opinion=f"“{opinion}”" if step.opinion else ("" if step.opinion == "" else opinion),
        aside="　".join(part for part in asides if part),
        is_open=is_open,
        is_late=is_open and due.grade == Grade.OVERDUE,
    )


def _what(step: StepRow) -> str:
    """The kind of step, and whatever keeps it from being the person's own hand at that moment."""
    what = word(step.kind)
    if step.part is not None:
        what = word(step.part) if step.kind is StepKind.HANDLING else f"{what} {word(step.part)}"
    if step.nature is Nature.PRAISE:
        what = word(step.nature)
    if step.is_back_entered:
        return f"{what}（{step.recorded_by} 补录）"
    if step.deputy:
        return f"{what}（{step.deputy} 代）"
    return f"{what}（{step.recorded_by} 代录）" if step.recorded_by else what


def _extended(step: StepRow, today: date) -> str:
    """The day first set is said as long as there is a later one."""
    if step.first_due_on is None or step.due_on is None:
        return ""
    return f"原期限 {day_text(step.first_due_on, today)}，延至 {day_text(step.due_on, today)}"


def planned_entry(planned: PlannedRow, today: date) -> Entry:
    """Somebody whose turn has not come."""
    due = "" if planned.due_on is None else f"期限 {day_text(planned.due_on, today)}"
    aside = "　".join(part for part in (planned.note, due) if part)
    return Entry(planned.who, f"{word(planned.kind)}　未轮到", "", "", aside, is_open=True, is_late=False)


def _shares(one: Entry, width: int) -> tuple[float, float]:
    """How wide the name may be, and how wide name and act together: the moment at the right stays whole."""
    small = QFontMetricsF(text_font(13))
    room = width - LEFT - small.horizontalAdvance(one.when) - 2 * GAP
    wanted = QFontMetricsF(text_font()).horizontalAdvance(one.who)
    return min(wanted, max(room - small.horizontalAdvance(one.what) - GAP, room / 2)), room


class StepTimeline(QWidget):
    """Dots down the left, who and what beside them, when at the right; as high as its words need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._tokens = LIGHT
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(
        self, steps: tuple[StepRow, ...], today: date, tokens: Tokens, *, planned: tuple[PlannedRow, ...] = ()
    ) -> None:
        """Show the steps in their order, and whose turn comes after them."""
        self._tokens = tokens
        after = tuple(planned_entry(one, today) for one in planned)
        rests = [(step.sent_at, step.done_at) for step in steps if step.kind is StepKind.SUSPEND]
        self._entries = tuple(entry(step, today, rests) for step in steps) + after
        self.setAccessibleName("；".join(f"{one.who} {one.what} {one.when} {one.opinion}" for one in self._entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Narrow; the height follows the width."""
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        """As high as the words need at the present width."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def hasHeightForWidth(self) -> bool:
        """Opinions wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all entries."""
        return int(sum(self._height(one, width) for one in self._entries)) + GAP

    def _text_box(self, text: str, font: QFont, width: int) -> QRectF:
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, width - LEFT - GAP, 100_000), WRAP, text)

    def _height(self, one: Entry, width: int) -> float:
        height = float(LINE)
        if one.opinion:
            height += self._text_box(one.opinion, text_font(), width).height() + 2
        if one.aside:
            height += self._text_box(one.aside, text_font(12), width).height() + 2
        return height + GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        """One entry under the other, joined by a line."""
        del event
        painter, top = QPainter(self), 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, one in enumerate(self._entries):
            height = self._height(one, self.width())
            if at + 1 < len(self._entries):
                painter.setPen(QColor(self._tokens.line))
                painter.drawLine(QPointF(6, top + 18), QPointF(6, top + height + 6))
            self._paint_entry(painter, one, top)
            top += height

    def _paint_entry(self, painter: QPainter, one: Entry, top: float) -> None:
        tokens, width = self._tokens, self.width()
        colour = QColor(tokens.overdue if one.is_late else tokens.action)
        painter.setPen(colour)
        painter.setBrush(QColor(tokens.surface) if one.is_open else colour)
        painter.drawEllipse(QPointF(6, top + 12), 4.5, 4.5)
        self._write(painter, QRectF(0, top, width - 4, LINE), one.when, text_font(13), tokens.secondary, right=True)
        who_width, room = _shares(one, width)
        self._write(painter, QRectF(LEFT, top, who_width, LINE), one.who, text_font(), tokens.text)
        beside = QRectF(LEFT + who_width + GAP, top, room - who_width - GAP, LINE)
        self._write(painter, beside, one.what, text_font(13), tokens.secondary)
        top += LINE
        for text, font, ink in ((one.opinion, text_font(), tokens.text), (one.aside, text_font(12), tokens.secondary)):
            if text:
                box = self._text_box(text, font, width).translated(LEFT, top)
                painter.setFont(font)
                painter.setPen(QColor(tokens.overdue if one.is_late and text is one.aside else ink))
                painter.drawText(box.adjusted(0, 0, GAP, 2), WRAP, text)
                top += box.height() + 2

    @staticmethod
    def _write(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str, *, right: bool = False) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
