"""登记收文 from scans and from a barcode gun: one look and one Enter each."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from deskoffice.domain.errors import PaperError
from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.usecases import matters, search
from deskoffice.usecases.scanning import FIELDS, Place, Scanned

CODE = (
    "GB0626-2005^HC20260118^河东县财政局^函^河财[2026]118号^县政府办公室^关于下达二季度专项资金的函"
    "^无^^2026-05-20^^县信息中心^20260520^^|"
)


def page(color: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 283), color).save(out, "JPEG")
    return out.getvalue()


def scanned(**values: str) -> Scanned:
    known = {"issuer": "东江市水利局", "document_number": "东水〔2026〕44号", "title": "关于做好防汛抗旱工作的通知"}
    return Scanned(
        barcode=None,
        values={**dict.fromkeys(FIELDS), **known, **values},
        places=(Place("title", 0.2, 0.3, 0.8, 0.35),),
        text="东江市水利局文件\n水库汛限水位不得擅自抬高",
        picture=page(),
        pages=2,
    )


@dataclass
class Ready:
    """A reading whose answer is known."""

    answer: Scanned | PaperError
    is_stopped: bool = False

    def run(self) -> Scanned:
        if isinstance(self.answer, PaperError):
            raise self.answer
        return self.answer

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def opened(main):
    """The form with a reader that gives these answers in turn."""

    def open_with(*answers: Scanned | PaperError) -> IncomingForm:
        left = list(answers)
        form = IncomingForm(main.window.desk, main.window, reader=lambda _: Ready(left.pop(0)))
        form.open()
        main.dialog(IncomingForm)
        main.settle()
        return form

    return open_with


def put(main, form: IncomingForm, folder: Path, count: int) -> None:
    paths = [folder / f"扫描{at}.jpg" for at in range(count)]
    for path in paths:
        path.write_bytes(page())
    form._add_scans(paths)
    main.qtbot.waitUntil(lambda: form._scans.pile.first is not None and form._scans.pile.first.is_done)
    main.settle()


def press_enter(main) -> None:
    main.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    main.settle()


def registered(office) -> list:
    return matters.list_page(office, ListQuery(kinds=frozenset({MatterKind.INCOMING})), 0, 50).rows


def values(form: IncomingForm) -> tuple[str, ...]:
    return tuple(
        str(form._form.values()[name]) for name in ("source_unit", "document_number", "title", "document_date")
    )


def test_a_scan_fills_the_form_and_what_was_read_is_marked_until_it_is_touched(main, opened, tmp_path):
    form = opened(scanned(date="2026-11-20", classification="秘密", secrecy_years="5"))
    put(main, form, tmp_path, 1)
    assert values(form) == ("东江市水利局", "东水〔2026〕44号", "关于做好防汛抗旱工作的通知", "2026-11-20")
    assert form._form.read().level.name == "CONFIDENTIAL"
    title = form._form.widget("title")
    assert title.property("read") is True
    main.type_into(title, "（修订）")
    assert title.property("read") is False
    assert form._form.widget("source_unit").property("read") is True
    form.reject()


def test_a_pile_of_scans_costs_one_enter_each(main, opened, office, tmp_path):
    form = opened(*(scanned(document_number=f"东水〔2026〕{at}号") for at in range(1, 5)))
    put(main, form, tmp_path, 4)
    for _ in range(4):
        main.qtbot.waitUntil(lambda: QApplication.focusWidget() is form._ui.registerPushButton)
        press_enter(main)
    main.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert sorted(row.document_number for row in registered(office)) == [f"东水〔2026〕{at}号" for at in range(1, 5)]


def test_the_words_of_a_scan_are_found_and_the_scan_is_kept(main, opened, office, tmp_path):
    form = opened(scanned())
    put(main, form, tmp_path, 1)
    press_enter(main)
    hits = search.find(office, "汛限水位", 5).hits
    assert [hit.row.title for hit in hits] == ["关于做好防汛抗旱工作的通知"]
    assert [content.name for content in matters.card(office, hits[0].row.id).contents] == ["扫描0.jpg"]


def test_what_could_not_be_read_is_said_and_gets_the_cursor(main, opened, tmp_path):
    form = opened(scanned(title=""))
    put(main, form, tmp_path, 1)
    assert "没有读出标题" in form._ui.scanLabel.text()
    assert QApplication.focusWidget() is form._ui.titleLineEdit
    form.reject()


def test_what_was_typed_is_not_overwritten(main, opened, tmp_path):
    form = opened(scanned())
    main.type_into(form._form.widget("source_unit"), "东江市水务局")
    put(main, form, tmp_path, 1)
    assert values(form)[0] == "东江市水务局"
    form.reject()


def test_a_file_that_cannot_be_read_is_still_taken(main, opened, office, tmp_path):
    form = opened(PaperError("scan_unreadable"))
    put(main, form, tmp_path, 1)
    assert "没有读" in form._ui.scanLabel.text()
    main.type_into(form._form.widget("source_unit"), "东江市水利局")
    main.type_into(form._form.widget("title"), "关于做好防汛抗旱工作的通知")
    form._ui.registerPushButton.click()
    main.settle()
    assert len(registered(office)) == 1


def test_a_next_copy_costs_one_key_and_one_enter(main, opened, office, tmp_path):
    form = opened(scanned(classification="机密", secrecy_years="10", copy_number="000017"))
    put(main, form, tmp_path, 1)
    main.qtbot.keyClick(form, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert form._form.read().copy_number == "000018"
    assert values(form)[1] == "东水〔2026〕44号"
    main.qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    main.settle()
    assert [row.document_number for row in registered(office)] == ["东水〔2026〕44号"] * 2


def type_as_gun(main, form: IncomingForm, text: str) -> None:
    for letter in text:
        if letter.isascii():
            main.qtbot.keyClicks(QApplication.focusWidget(), letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(QApplication.focusWidget(), event)
    main.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    main.settle()


@pytest.mark.parametrize("encoding", ["", "utf-8", "gb18030"], ids=["as meant", "UTF-8 by bytes", "GBK by bytes"])
def test_a_barcode_gun_fills_the_form_wherever_the_cursor_is(main, opened, encoding):
    form = opened()
    main.type_into(form._form.widget("source_unit"), "手")
    form._ui.documentNumberLineEdit.setFocus()
    type_as_gun(main, form, CODE.encode(encoding).decode("latin-1") if encoding else CODE)
    assert values(form) == ("手", "河财〔2026〕118号", "关于下达二季度专项资金的函", "2026-05-20")
    assert QApplication.focusWidget() is form._ui.registerPushButton
    form.reject()


def test_papers_go_through_the_gun_with_one_enter_each(main, opened, office):
    form = opened()
    for at in range(3):
        form._ui.sourceUnitLineEdit.setFocus()
        type_as_gun(main, form, CODE.replace("118号", f"{at + 1}号"))
        press_enter(main)
    assert {row.document_number for row in registered(office)} == {f"河财〔2026〕{at}号" for at in (1, 2, 3)}
    form.reject()


def test_ordinary_words_pass_the_gun_by(main, opened):
    form = opened()
    line = form._ui.titleLineEdit
    line.setFocus()
    main.qtbot.keyClicks(line, "GB 9704 GB0627")
    assert line.text() == "GB 9704 GB0627"
    form.reject()


def test_a_form_that_closes_stops_the_reading(main, opened, tmp_path):
    form = opened(scanned(), scanned())
    put(main, form, tmp_path, 2)
    pieces = list(form._scans.pile._pile)
    form.reject()
    assert all(piece.reading.is_stopped for piece in pieces)


def test_pieces_are_told_apart(main, opened, tmp_path):
    form = opened(scanned(), replace(scanned(), pages=1))
    put(main, form, tmp_path, 2)
    assert form._ui.scanLabel.text().startswith("第 1 件，共 2 件。")
    form.reject()


def test_twenty_pieces_by_keyboard_alone(main, opened, office):
    form = opened()
    units = [unit for unit in main.window.desk.directory.units if unit.initials][:5]
    keys = 0
    for at in range(20):
        # A screen without windows forgets which was in front when a list closes.
        form.activateWindow()
        main.qtbot.waitUntil(form.isActiveWindow)
        unit = units[at % len(units)]
        assert form.focusWidget() is form._ui.sourceUnitLineEdit
        main.qtbot.keyClicks(form._ui.sourceUnitLineEdit, unit.initials)
        popup = form._ui.sourceUnitLineEdit.completer().popup()
        main.qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert form.focusWidget() is form._ui.documentNumberLineEdit
        main.type_into(form.focusWidget(), f"东发[2026]{at + 1}号")
        main.qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
        main.type_into(form.focusWidget(), f"关于第{at + 1}项工作的通知")
        shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        main.qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return, shift)
        keys += len(unit.initials) + 3
        main.settle()
    found = registered(office)
    assert len(found) == 20
    assert {row.unit for row in found} == {unit.name for unit in units}
    assert {row.document_number for row in found} == {f"东发〔2026〕{at}号" for at in range(1, 21)}
    # Beside number and title themselves: letters of the unit, Enter to choose it, Enter, one to register.
    assert keys / 20 <= 15
    form.reject()
