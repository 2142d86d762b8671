"""The strip of matters that this one is joined to, walkable in both directions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from deskoffice.domain.matters import LinkRow, MatterRow
from deskoffice.ui.reading_only import READS
from deskoffice.usecases.words import word

SHOWN = 4
CARD_WIDTH = 380
"""What a card gives the strip on the smallest screen; more than two links go on beyond it."""


def link_text(link: LinkRow) -> str:
    """`答复 → 发文 河政办函〔2026〕7号`, the arrow in the direction of the link."""
    arrow = "→" if link.forward else "←"
    name = link.matter.number or link.matter.document_number or link.matter.title
    return f"{word(link.kind)} {arrow} {word(link.matter.kind)} {name}"


class ChainStrip(QWidget):
    """A few links as buttons under the title; all of them are on the card's last tab."""

    matter_clicked = Signal(object)
    """MatterRow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def show_links(self, links: Sequence[LinkRow]) -> None:
        """Show the first links; nothing takes no place."""
        while self._row.count():
            if (old := self._row.takeAt(0).widget()) is not None:
                old.deleteLater()
        for link in links[:SHOWN]:
            self._row.addWidget(self._button(link_text(link), link.matter, CARD_WIDTH // min(len(links), 2)))
        self._row.addStretch(1)
        self.setVisible(bool(links))

    def _button(self, text: str, matter: MatterRow, width: int) -> QPushButton:
        shown = QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        made = QPushButton(shown, self)
        made.setProperty("role", "quiet")
        made.setProperty(READS, True)
        made.setToolTip(f"{text}\n{matter.title}")
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self.matter_clicked.emit(matter))
        return made
