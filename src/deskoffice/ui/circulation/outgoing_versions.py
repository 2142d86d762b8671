"""版本与花脸稿: every version of a draft, what each author changed, and one brought back."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QWidget

from deskoffice._generated.circulation.outgoing_versions import Ui_VersionsDialog
from deskoffice.domain.circulation.changes import Mark, Piece, authors
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Action, Changes, MatterCard
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk
from deskoffice.ui.papers import show_paper
from deskoffice.ui.text_table import TextModel, show_in
from deskoffice.ui.tree import descendants
from deskoffice.usecases.circulation import outgoing_versions
from deskoffice.usecases.circulation.outgoing_versions import Compared, VersionRow
from deskoffice.usecases.messages import sentence

INKS = ("#B3261E", "#1F5FA8", "#2E7D32", "#7B3FA0", "#9A5200")
"""One for each author; the sign before a change says the same without colour."""
SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"


def open_versions(desk: Desk, card: MatterCard, parent: QWidget) -> None:
    """The opener of the act."""
    VersionsDialog(desk, card, parent=parent).open()


class VersionsDialog(QDialog):
    """The versions at the left, the text with its marks at the right."""

    def __init__(self, desk: Desk, card: MatterCard, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._card, self._window = desk, card, parent
        self._rows: tuple[VersionRow, ...] = ()
        self._ui = Ui_VersionsDialog()
        self._ui.setupUi(self)
        today = desk.office.today()
        self._model = TextModel[VersionRow](
            ("稿次", "谁存的", "时间", "字数"),
            lambda row: (f"第{row.number}稿", row.author, moment_text(row.at, today), f"{row.letters:,}"),
            parent=self,
        )
        self._set_up(desk, card)
        self.resize(parent.size() * 0.9)
        self._load()

    def _set_up(self, desk: Desk, card: MatterCard) -> None:
        ui, row = self._ui, card.row
        ui.matterLabel.setText("　".join(part for part in (row.number, row.title) if part))
        samples = ("第88稿", "张三三", "88月88日 88:88", "88,888")
        show_in(ui.versionsTableView, self._model, samples, stretch=1, tokens=desk.tokens)
        ui.restorePushButton.setVisible(Action.EDIT in card.actions)
        ui.restorePushButton.clicked.connect(self._on_restore_clicked)
        ui.printPushButton.clicked.connect(self._on_print_clicked)
        ui.cancelPushButton.clicked.connect(self.reject)
        ui.fromComboBox.activated.connect(self._compare)
        ui.toComboBox.activated.connect(self._compare)
        for button in descendants(self, QPushButton):
            button.setAutoDefault(False)

    def _load(self) -> None:
        office, matter_id = self._desk.office, self._card.row.id
        self._desk.jobs.run(
            lambda _: outgoing_versions.versions(office, matter_id), self, done=self._show, failed=self._on_failed
        )

    def _show(self, rows: tuple[VersionRow, ...]) -> None:
        self._rows = rows
        self._model.show_rows(rows)
        for combo, chosen in ((self._ui.fromComboBox, 0), (self._ui.toComboBox, len(rows) - 1)):
            combo.clear()
            combo.addItems([f"第{row.number}稿 {row.author}" for row in rows])
            combo.setCurrentIndex(chosen)
        if rows:
            self._ui.versionsTableView.setCurrentIndex(self._model.index(len(rows) - 1, 0))
        self._compare()

    def _span(self) -> tuple[int, int] | None:
        chosen = [self._number(self._ui.fromComboBox), self._number(self._ui.toComboBox)]
        return (min(chosen), max(chosen)) if all(chosen) else None

    def _number(self, combo: QComboBox) -> int:
        at = combo.currentIndex()
        return self._rows[at].number if 0 <= at < len(self._rows) else 0

    def _compare(self) -> None:
        span, office, matter_id = self._span(), self._desk.office, self._card.row.id
        if span is None:
            return
        first, last = span
        self._desk.jobs.run(
            lambda _: outgoing_versions.compare(office, matter_id, first, last),
            self,
            done=self._show_marks,
            failed=self._on_failed,
        )

    def _show_marks(self, compared: Compared) -> None:
        names = authors(compared.paragraphs)
        inks = {name: INKS[at % len(INKS)] for at, name in enumerate(names)}
        signs = {name: SIGNS[at % len(SIGNS)] for at, name in enumerate(names)}
        lines = ["".join(_html(piece, inks, signs) for piece in one) or "&nbsp;" for one in compared.paragraphs]
        body = "".join(f'<p style="margin:0 0 6px 0; text-indent:2em">{line}</p>' for line in lines)
        self._ui.marksTextBrowser.setHtml(body)
        who = "　".join(f'<span style="color:{inks[name]}">{signs[name]}{escape(name)}</span>' for name in names)
        self._ui.authorsLabel.setText(who or self.tr("两稿文字没有不同"))

    def _on_restore_clicked(self) -> None:
        row = self._model.row(self._ui.versionsTableView.currentIndex().row())
        if row is None:
            return
        office, matter_id, number = self._desk.office, self._card.row.id, row.number

        def done(changes: Changes) -> None:
            self._desk.tell(self.tr("已恢复第 %1 稿，存为新的一稿").replace("%1", str(number)))
            self._desk.note(changes)
            self._load()

        self._desk.jobs.run(
            lambda _: outgoing_versions.restore(office, matter_id, number), self, done=done, failed=self._on_failed
        )

    def _on_print_clicked(self) -> None:
        span, matter_id = self._span(), self._card.row.id
        if span is not None:
            first, last = span
            show_paper(
                self._desk,
                lambda office: outgoing_versions.marked_paper(office, matter_id, first, last),
                parent=self._window,
            )

    def _on_failed(self, error: DeskOfficeError) -> None:
        show_problem(self._ui.problemLabel, sentence(error))


def _html(piece: Piece, inks: dict[str, str], signs: dict[str, str]) -> str:
    words = escape(piece.text)
    if piece.mark is Mark.KEPT:
        return words
    tag = "s" if piece.mark is Mark.DELETED else "u"
    return f'<span style="color:{inks[piece.author]}"><{tag}>{signs[piece.author]}{words}</{tag}></span>'
