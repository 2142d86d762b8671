"""Fills the form of incoming papers from scans and from a barcode gun, pale blue until a person has looked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit

from deskoffice._generated.circulation.incoming_form import Ui_IncomingForm
from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.values import Classification, Urgency
from deskoffice.ui.act_dialog import show_problem
from deskoffice.ui.circulation.barcode_gun import BarcodeGun
from deskoffice.ui.circulation.scan_reading import Piece, Reader, ScanReading
from deskoffice.ui.desk import Desk
from deskoffice.ui.forms import FormBinding, Input
from deskoffice.ui.theme import mark
from deskoffice.usecases import scanning
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.messages import sentence
from deskoffice.usecases.scanning import Values
from deskoffice.usecases.words import field, word

FIELDS = {
    "issuer": "source_unit",
    "document_number": "document_number",
    "title": "title",
    "addressee": "addressee",
    "classification": "level",
    "secrecy_years": "secrecy_years",
    "copy_number": "copy_number",
    "urgency": "urgency",
    "date": "document_date",
}
"""What a paper says of itself, and the field of the form that takes it."""
NEEDED = ("source_unit", "document_number", "title")
NO_DAY = "1980-01-01"
"""An empty day of the form: the least date that Designer gives it."""
REQUEST_ENDS = "请示"


class ScanFilling(QObject):
    """The pile of scans beside one form: fills it, marks what was read, takes the marks away when it is confirmed."""

    filled = Signal()
    """The form holds what a scan or a barcode said; the cursor belongs on what is missing, or on the button."""

    def __init__(
        self, desk: Desk, ui: Ui_IncomingForm, *, form: FormBinding[IncomingDraft], reader: Reader, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui, self._form = ui, form
        self._before: Mapping[str, object] = {}
        self._read: set[str] = set()
        self.is_by_gun = False
        """A gun stands on the desk: one paper follows the other."""
        self.pile = ScanReading(reader, desk.tokens.selection, self)
        self.pile.read.connect(self._on_read)
        for name in FIELDS.values():
            self._watch(name, form.widget(name))

    def _watch(self, name: str, widget: Input) -> None:
        if isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda: self._confirm(name))
        elif isinstance(widget, QComboBox):
            widget.activated.connect(lambda: self._confirm(name))
        elif isinstance(widget, QDateEdit):
            widget.editingFinished.connect(lambda: self._confirm(name))

    def listen(self, gun: BarcodeGun) -> None:
        """Take what the gun types."""
        gun.began.connect(self._on_gun_began)
        gun.recognised.connect(lambda: self._form.show_values(self._before))
        gun.scanned.connect(self._on_gun)

    def _on_gun_began(self) -> None:
        self._before = self._form.values()

    def _confirm(self, name: str) -> None:
        self._read.discard(name)
        mark(self._form.widget(name), "read", False)

    def confirm_all(self) -> None:
        """The person registered it, or begins with the next."""
        for name in tuple(self._read):
            self._confirm(name)

    @property
    def missing(self) -> Input | None:
        """The first field that a paper needs and that is still empty."""
        draft = self._form.read()
        empty = [name for name in NEEDED if not getattr(draft, name)]
        return self._form.widget(empty[0]) if empty else None

    @property
    def is_reading(self) -> bool:
        """The scan in the form is not read yet."""
        return self.pile.first is not None and not self.pile.first.is_done

    def show_first(self) -> Piece | None:
        """Say what happens to the piece in the form, and fill it when it is read already."""
        piece = self.pile.first
        if piece is None:
            show_problem(self._ui.scanLabel, "")
        elif piece.is_done:
            self._on_read(piece)
        else:
            self._tell(self.tr("正在读扫描件，可以先照纸面填…"))
        return piece

    def text_of(self, file: FileDraft) -> str:
        """The words of the scan in the form, for search; nothing of other files."""
        piece = self.pile.first
        is_it = piece is not None and piece.file is file and piece.scanned is not None
        return piece.scanned.text if is_it and piece and piece.scanned else ""

    def _on_read(self, piece: Piece) -> None:
        scanned = piece.scanned
        if scanned is None:
            self._tell(sentence(piece.error) if piece.error else "")
            return
        if piece.picture is not None:
            self._ui.filePreview.show_picture(piece.file.name, QPixmap.fromImage(piece.picture))
        self._form.show_values({"pages": scanned.pages})
        self._fill(scanned.values, self.tr("已从条码读出") if scanned.barcode else self.tr("已从版面读出"))

    def _on_gun(self, typed: str) -> None:
        values = scanning.from_gun(typed)
        if values is None:
            self._tell(self.tr("扫码枪送来的不是公文二维条码，没有填写。"))
            return
        self.is_by_gun = True
        self._fill(values, self.tr("已从条码读出"))

    def _fill(self, values: Values, source: str) -> None:
        """Put values into fields that nobody has typed in, mark them, and say what could not be read."""
        typed = self._form.values()
        free = self._untouched(typed)
        shown = {FIELDS[name]: value for name, value in values.items() if value and FIELDS[name] in free}
        for name in shown:
            self._read.add(name)
            mark(self._form.widget(name), "read", True)
        is_request = shown.get("title", "").endswith(REQUEST_ENDS) and typed["post_kind"] == word(PostKind.OTHER)
        self._form.show_values(shown | ({"post_kind": word(PostKind.REQUEST)} if is_request else {}))
        unread = "、".join(field(name) for name in NEEDED if name in free and name not in shown)
        count = self.tr("%1 %2 项").replace("%1", source).replace("%2", str(len(shown)))
        asked = self.tr("没有读出%1，请照纸面补填。") if unread else self.tr("核对后按 Enter 登记。")
        self._tell(f"{count}，{asked.replace('%1', unread)}")
        self.filled.emit()

    def _untouched(self, typed: Mapping[str, object]) -> set[str]:
        """Fields that are empty or hold what an earlier reading put there."""
        plain = {"", NO_DAY, word(Classification.PUBLIC), word(Urgency.ORDINARY) or "无"}
        return {name for name in FIELDS.values() if typed[name] in plain or name in self._read}

    def add(self, files: Sequence[FileDraft]) -> None:
        """Begin to read; the first of the pile comes into the form when it is ready."""
        was_empty = self.pile.first is None
        self.pile.add(files)
        if was_empty:
            self.show_first()

    def _tell(self, text: str) -> None:
        at, total = self.pile.place
        place = self.tr("第 %1 件，共 %2 件。").replace("%1", str(at)).replace("%2", str(total)) if total > 1 else ""
        show_problem(self._ui.scanLabel, place + text)
