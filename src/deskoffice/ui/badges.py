"""Badges of secrecy and urgency: always the word, in the colour that belongs to it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from deskoffice.domain.matters import MatterRow
from deskoffice.domain.values import URGENCY_WORDS, Classification, Urgency, secrecy_mark
from deskoffice.ui.theme import LIGHT, Ink, Tokens, text_font, text_metrics

HEIGHT = 18
GAP = 4


@dataclass(frozen=True, slots=True)
class Badge:
    """One word on its ground."""

    word: str
    ink: Ink


def level_badge(level: Classification, years: int | None, tokens: Tokens) -> Badge | None:
    """`机密★20年`; None for public papers, which carry no mark."""
    word = secrecy_mark(level, years)
    return Badge(word, tokens.levels[level]) if word else None


def urgency_badge(urgency: Urgency, tokens: Tokens) -> Badge | None:
    """`特急`; None for ordinary papers."""
    word = URGENCY_WORDS[urgency]
    return Badge(word, tokens.urgencies[urgency]) if word else None


LEVEL_WORDS = {secrecy_mark(level, None): level for level in Classification if level > Classification.PUBLIC}


def badge_of_words(words: str, tokens: Tokens) -> Badge | None:
    """The badge of what a cell says of secrecy or urgency; None for any other words."""
    level = LEVEL_WORDS.get(words.partition("★")[0])
    if level is not None:
        return Badge(words, tokens.levels[level])
    urgency = next((one for one, word in URGENCY_WORDS.items() if word and word == words), None)
    return None if urgency is None else Badge(words, tokens.urgencies[urgency])


def badges_of(row: MatterRow, tokens: Tokens) -> tuple[Badge, ...]:
    """Secrecy before urgency, none for what a paper does not have."""
    found = (level_badge(row.level, row.secrecy_years, tokens), urgency_badge(row.urgency, tokens))
    return tuple(badge for badge in found if badge)


def badge_width(badge: Badge) -> int:
    """Width on the page, padding included."""
    return text_metrics(12, bold=True).horizontalAdvance(badge.word) + 14


def paint_badge(painter: QPainter, at: QPointF, badge: Badge) -> float:
    """Paint with the top left corner at `at`; returns the width used."""
    width = badge_width(badge)
    box = QRectF(at.x(), at.y(), width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(badge.ink.ground))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(badge.ink.text))
    painter.setFont(text_font(12, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge.word)
    painter.restore()
    return float(width)


class BadgeRow(QWidget):
    """Badges side by side, as at the head of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges: tuple[Badge, ...] = ()

    def show_matter(self, row: MatterRow, tokens: Tokens = LIGHT) -> None:
        """Show the badges of one matter; an empty row takes no place."""
        self._badges = badges_of(row, tokens)
        self.setVisible(bool(self._badges))
        self.setAccessibleName(" ".join(badge.word for badge in self._badges))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All badges and the gaps between."""
        return QSize(sum(badge_width(badge) + 2 * GAP for badge in self._badges), HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:
        """Badges are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Left to right."""
        del event
        painter, left = QPainter(self), 0.0
        for badge in self._badges:
            left += paint_badge(painter, QPointF(left, 1), badge) + 2 * GAP
