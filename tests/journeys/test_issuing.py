"""One document from idea to the last copy at the window: two agree, one return, one change, one secrecy decision."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from sitting import Sitting

from deskoffice.domain.matters import Action, ListQuery, MatterKind, State
from deskoffice.domain.people import Role, UnitDraft
from deskoffice.domain.seal_inventory import SealDraft, SealKind
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.circulation.outgoing import ReviewDialog
from deskoffice.ui.circulation.outgoing_dispatch import DispatchDialog
from deskoffice.ui.circulation.outgoing_form import OutgoingForm
from deskoffice.ui.circulation.outgoing_preparing import AskDialog, ClassifyForm, DecideDialog
from deskoffice.ui.circulation.outgoing_sign import SignDialog
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.seals.stamping import StampingDialog
from deskoffice.usecases import copy_trail, matters, people, seal_inventory
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import outgoing_paper, outgoing_versions, slips

CHECKER = Path(__file__).resolve().parents[3] / "shared" / "gbt9704_check.py"
"""Beside the repository; absent in a clone that stands alone."""
TITLE = "关于做好防汛抢险力量部署的通知"
BUREAU = "县财政局"
BODY = "为做好防汛抢险工作，现将有关事项通知如下。\n一、压实责任。各单位要落实责任，逐级检查。\n二、备足力量。"


class Desk(Sitting):
    """A sitting with what this journey does again and again."""

    def open(self, login: str, area: str, action: Action, kind: type[QWidget]) -> QWidget:
        """Log in, take the first paper of an area, open the dialog of an act."""
        is_sitting = self._window is not None and self.office.actor.login == login
        window = self.window if is_sitting else self.sit_down(login)
        window.open_area(area)
        self.rest()
        page = window.page
        assert isinstance(page, MatterListPage)
        card = page._ui.cardFrame
        self.until(lambda: card.card is not None)
        assert action in card.card.actions, (login, card.card.actions)
        card.act(action)
        dialog = self.dialog(kind)
        self.rest()
        return dialog

    def write(self, dialog: QWidget, name: str, text: str) -> None:
        found = dialog.findChild(QPlainTextEdit, name) or dialog.findChild(QLineEdit, name)
        self.type_in(found, text)

    def finish(self, dialog: QWidget) -> None:
        """Ctrl+Enter; the dialog goes when it is done."""
        kind = type(dialog)
        self._qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.until(lambda: not any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
        self.rest()

    def state(self) -> State:
        return self.row().state

    def row(self):
        return matters.list_page(self.office, ListQuery(frozenset({MatterKind.OUTGOING})), 0, 9).rows[0]


@pytest.fixture
def desk(qtbot, office) -> Iterator[Desk]:
    keeper = factories.as_role(office, Role.SEAL_KEEPER)
    draft = SealDraft("公章", SealKind.OFFICIAL, "河东县人民政府办公室", keeper.actor.person_id)
    seal_inventory.add(keeper, draft)
    people.add_unit(office, UnitDraft(BUREAU))
    seat = Desk(qtbot, office)
    yield seat
    seat.get_up()
    seat.office.close()


def draft_it(desk: Desk, qtbot) -> None:
    window = desk.sit_down("sunfang")
    window.open_area("outgoing")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = desk.dialog(OutgoingForm)
    desk.write(form, "titleLineEdit", TITLE)
    desk.write(form, "addresseeLineEdit", "各乡镇人民政府：")
    form.findChild(QPlainTextEdit, "bodyTextPlainTextEdit").setPlainText(BODY)
    form._form.widget("level").setCurrentIndex(Classification.CONFIDENTIAL.value)
    form._form.show_values({"secrecy_years": "5", "printed_copies": 3})
    save(desk, qtbot, form)
    form.reject()
    desk.rest()


def save(desk: Desk, qtbot, form: OutgoingForm) -> None:
    """Ctrl+S, and wait until it is stored."""
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    problem = form._ui.problemLabel
    assert not problem.isVisible(), problem.text()
    assert desk.row().title == TITLE


def ask(desk: Desk) -> None:
    dialog = desk.open("sunfang", "outgoing", Action.ASK_COUNTERSIGN, AskDialog)
    dialog._ui.peoplePicker.choose([factories.person_id(desk.office, "李强")])
    dialog._ui.unitsPicker.choose([unit.id for unit in desk.window.desk.directory.units if unit.name == BUREAU])
    desk.finish(dialog)


def agree(desk: Desk, login: str, words: str) -> None:
    dialog = desk.open(login, "outgoing", Action.COUNTERSIGN, ActDialog)
    desk.write(dialog, "textPlainTextEdit", words)
    desk.finish(dialog)


def classify(desk: Desk) -> None:
    form = desk.open("sunfang", "outgoing", Action.CLASSIFY, ClassifyForm)
    desk.write(form, "wordsPlainTextEdit", "一览表第 4 项")
    desk.finish(form)
    dialog = desk.open("zhangwei", "outgoing", Action.CONFIRM_LEVEL, DecideDialog)
    assert "一览表第 4 项" in dialog._ui.warningLabel.text()
    desk.finish(dialog)


def submit(desk: Desk) -> None:
    window = desk.sit_down("sunfang")
    window.open_area("outgoing")
    desk.until(lambda: window.page._ui.cardFrame.card is not None)
    window.page._ui.cardFrame.act(Action.SUBMIT)
    desk.rest()


def change(desk: Desk, qtbot) -> None:
    form = desk.open("sunfang", "outgoing", Action.EDIT, OutgoingForm)
    desk.rest()
    form.findChild(QPlainTextEdit, "bodyTextPlainTextEdit").setPlainText(BODY.replace("备足力量", "备足队伍和物资"))
    save(desk, qtbot, form)
    form.reject()
    desk.rest()


def stamp(desk: Desk) -> None:
    dialog = desk.open("zhouyan", "seals", Action.STAMP, StampingDialog)
    for box in dialog.findChildren(QCheckBox):
        box.setChecked(True)
    desk.until(dialog.findChild(QPushButton, "donePushButton").isEnabled)
    desk.finish(dialog)


def hand_out(desk: Desk, qtbot) -> None:
    dialog = desk.open("wangli", "outgoing", Action.DISPATCH, DispatchDialog)
    line = dialog.findChild(QLineEdit, "unitLineEdit")
    for unit in ("清河镇人民政府", "白石镇人民政府"):
        desk.type_in(line, unit)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.finish(dialog)


def test_a_document_goes_from_the_idea_to_its_last_copy(desk, qtbot):
    draft_it(desk, qtbot)
    ask(desk)
    agree(desk, "liqiang", "原则同意。")
    agree_on_paper(desk, "无不同意见。")
    classify(desk)
    submit(desk)
    dialog = desk.open("zhaoming", "outgoing", Action.RETURN, ActDialog)
    desk.write(dialog, "textPlainTextEdit", "第二部分太空，请充实。")
    desk.finish(dialog)
    assert desk.state() is State.DRAFTING
    change(desk, qtbot)
    ask(desk)
    agree(desk, "liqiang", "同意。")
    agree_on_paper(desk, "同意。")
    submit(desk)
    dialog = desk.open("zhaoming", "outgoing", Action.REVIEW, ReviewDialog)
    desk.write(dialog, "textPlainTextEdit", "已核，请签发。")
    desk.finish(dialog)
    dialog = desk.open("zhangwei", "outgoing", Action.SIGN, SignDialog)
    assert dialog.findChild(QComboBox, "numberComboBox").currentText() == "东政办发〔2026〕1号"
    desk.write(dialog, "opinionPlainTextEdit", "同意印发。")
    desk.finish(dialog)
    stamp(desk)
    hand_out(desk, qtbot)
    assert desk.state() is State.DISPATCHED
    papers_are_right(desk)


def agree_on_paper(desk: Desk, words: str) -> None:
    """The second one signs on paper, and the clerk writes it down."""
    dialog = desk.open("wangli", "outgoing", Action.RECORD_COUNTERSIGN, ActDialog)
    desk.write(dialog, "textPlainTextEdit", words)
    desk.finish(dialog)


def papers_are_right(desk: Desk) -> None:
    """The page passes the national standard, and every form is filled from what was recorded."""
    office, row = desk.office, desk.row()
    sheet = pdf_text(slips.issue_sheet(office, row.id).data)
    for words in ("同意印发", "原则同意", "无不同意见", "秘密★5年", "一览表第 4 项"):
        assert words.replace(" ", "") in sheet.replace(" ", "").replace("\r\n", ""), words
    marked = pdf_text(outgoing_versions.marked_paper(office, row.id, 1, 2).data)
    assert "队伍和物资" in marked.replace("\r\n", "")
    way = copy_trail.trail(office, copy_trail.find(office, "000002 东政办发〔2026〕1号")[0].copy.id)
    assert "在 白石镇人民政府 处第 1 天" in way.sentence
    if CHECKER.exists():
        pdf = Path(office.vault.folder).with_name("公文.pdf")
        pdf.write_bytes(outgoing_paper.pdf(office, row.id).pdf)
        assert failures(pdf) == []


def failures(pdf: Path) -> list[tuple[str, ...]]:
    """Rules of GB/T 9704 that the page breaks, by the checker the users' papers are measured with."""
    spec = importlib.util.spec_from_file_location("gbt9704_check", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    return [row for row in checker.check(str(pdf), seal=False).rows if row[2] == "FAIL"]
