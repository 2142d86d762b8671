"""One document from idea to the last copy at the window: two agree, one return, one change, one secrecy decision."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import factories
import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from sitting import Sitting

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.domain.people import Role, UnitDraft
from deskoffice.domain.seal_inventory import SealDraft, SealKind
from deskoffice.domain.values import Classification
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.circulation.outgoing import ReviewDialog
from deskoffice.ui.circulation.outgoing_dispatch import DispatchDialog
from deskoffice.ui.circulation.outgoing_form import OutgoingForm
from deskoffice.ui.circulation.outgoing_preparing import AskDialog, ClassifyForm, DecideDialog
from deskoffice.ui.circulation.outgoing_print import OutgoingPrint
from deskoffice.ui.circulation.outgoing_sign import SignDialog
from deskoffice.ui.finder import Finder
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.papers import PaperDialog
from deskoffice.ui.seals.stamping import StampingDialog
from deskoffice.usecases import copy_trail, matters, people, seal_inventory
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import outgoing_paper, outgoing_versions, slips

CHECKER = Path(__file__).resolve().parents[3] / "shared" / "gbt9704_check.py"
"""Beside the repository; absent in a clone that stands alone."""
LOG_IN, SYLLABLE = 12, 3
"""Keys of a log-in, and of one Chinese letter as most people type it."""
A_QUARTER = 15 * 60 * 3 // 2
"""Three keys in two seconds for a quarter of an hour; most people type twice as fast."""
TITLE = "关于做好防汛抢险力量部署的通知"
BUREAU = "县财政局"
BODY = "为做好防汛抢险工作，现将有关事项通知如下。\n一、压实责任。各单位要落实责任，逐级检查。\n二、备足力量。"


class Desk(Sitting):
    """A sitting at which everything is done by keys; it counts them."""

    strokes = 0

    def open_area(self, login: str, area: str) -> None:
        """Log in when somebody else sits here, and turn to a list by its name."""
        is_sitting = self._window is not None and self.office.actor.login == login
        if not is_sitting:
            self.sit_down(login)
            self.strokes += LOG_IN
        self.command(area)
        page = self.window.page
        assert isinstance(page, MatterListPage), area
        self.until(lambda: page._ui.cardFrame.card is not None)
        self.rest()

    def open(self, login: str, area: str, kind: type[QWidget], act: str = "") -> QWidget:
        """Take the first paper of a list: Enter opens its likely act, the finder any other."""
        self.open_area(login, area)
        if act:
            self.command(act)
        else:
            self.press("Return")
        dialog = self.dialog(kind)
        self.rest()
        return dialog

    def command(self, name: str) -> None:
        """Ctrl+K, the name, Enter."""
        self.press("Ctrl+K")
        self.dialog(Finder)
        self.write(name)
        self.press("Return")
        self.rest()

    def write(self, text: str) -> None:
        """Into what has the keys; Chinese as an input method brings it, a syllable for a letter."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Return")
            self.type_in(self.focused(), line)
            self.strokes += sum(1 if letter.isascii() else SYLLABLE for letter in line)

    def press(self, *keys: str) -> None:
        """Keys one after the other, to whatever has them."""
        for one in keys:
            combination = QKeySequence(one)[0]
            self._qtbot.keyClick(self.focused(), combination.key(), combination.keyboardModifiers())
            self.strokes += 1

    def focused(self) -> QWidget:
        """What has the keys; when a dialog goes, a desktop gives them back to the window below."""
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is not None)
        found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None
        return found

    def finish(self, dialog: QWidget) -> None:
        """Ctrl+Enter; the dialog goes when it is done."""
        kind = type(dialog)
        self.press("Ctrl+Return")
        self.until(lambda: not any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()))
        self.rest()

    def answer(self, login: str, kind: type[QWidget], words: str, act: str = "") -> None:
        """Open an act, say something, be done."""
        dialog = self.open(login, "发文", kind, act)
        self.press("Alt+T")
        self.write(words)
        self.finish(dialog)

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


def draft_it(desk: Desk) -> None:
    desk.sit_down("sunfang")
    desk.command("发文")
    desk.press("Ctrl+N")
    form = desk.dialog(OutgoingForm)
    desk.write(TITLE)
    desk.press("Alt+A")
    desk.write("各乡镇人民政府：")
    desk.press("Alt+O")
    desk.until(form._ui.moreWidget.isVisible)
    desk.press("Alt+L", "Down", "Down", "Alt+Y", "5", "Alt+P", "Ctrl+A", "3", "Alt+B")
    desk.write(BODY)
    save(desk, form)
    assert desk.row().level is Classification.CONFIDENTIAL


def save(desk: Desk, form: OutgoingForm) -> None:
    """Ctrl+S, wait until it is stored, Esc."""
    desk.press("Ctrl+S")
    desk.rest()
    problem = form._ui.problemLabel
    assert not problem.isVisible(), problem.text()
    assert desk.row().title == TITLE
    desk.press("Esc")
    desk.rest()


def ask(desk: Desk) -> None:
    """Two: a leader here, and a bureau that signs on paper."""
    dialog = desk.open("sunfang", "发文", AskDialog, "送会签")
    desk.press("Alt+P")
    desk.write("李强")
    desk.press("Return", "Alt+U")
    desk.write(BUREAU)
    desk.press("Return")
    desk.finish(dialog)


def ask_again(desk: Desk) -> None:
    """Those who agreed to another text are ticked already."""
    dialog = desk.open("sunfang", "发文", AskDialog, "送会签")
    assert "文字已改，须重签" in dialog._ui.warningLabel.text()
    desk.finish(dialog)


def classify(desk: Desk) -> None:
    form = desk.open("sunfang", "发文", ClassifyForm, "定密")
    desk.press("Alt+W")
    desk.write("一览表第 4 项")
    desk.finish(form)
    dialog = desk.open("zhangwei", "发文", DecideDialog)
    assert "一览表第 4 项" in dialog._ui.warningLabel.text()
    desk.finish(dialog)


def submit(desk: Desk) -> None:
    desk.open_area("sunfang", "发文")
    desk.command("送核")


def change(desk: Desk) -> None:
    """The last line is written anew."""
    form = desk.open("sunfang", "发文", OutgoingForm, "修改")
    desk.press("Alt+B", "Ctrl+End", "Shift+Home")
    desk.write("二、备足队伍和物资。")
    save(desk, form)


def stamp(desk: Desk) -> None:
    dialog = desk.open("zhouyan", "用印", StampingDialog)
    while not dialog.findChild(QPushButton, "donePushButton").isEnabled():
        desk.press("Space", "Tab")
    desk.finish(dialog)


def hand_out(desk: Desk) -> None:
    dialog = desk.open("wangli", "发文", DispatchDialog)
    for unit in ("清河镇人民政府", "白石镇人民政府"):
        desk.write(unit)
        desk.press("Return")
    desk.finish(dialog)


def print_sheet(desk: Desk) -> None:
    """发文稿纸 as it will print."""
    desk.open("wangli", "发文", OutgoingPrint, "打印")
    desk.press("Alt+G")
    desk.dialog(PaperDialog)
    desk.press("Esc")
    desk.rest()


def test_a_document_goes_from_the_idea_to_its_last_copy(desk):
    draft_it(desk)
    ask(desk)
    desk.answer("liqiang", ActDialog, "原则同意。")
    desk.answer("wangli", ActDialog, "无不同意见。", "代录会签")
    classify(desk)
    submit(desk)
    desk.answer("zhaoming", ActDialog, "第二部分太空，请充实。", "退回修改")
    assert desk.state() is State.DRAFTING
    change(desk)
    ask_again(desk)
    desk.answer("liqiang", ActDialog, "同意。")
    desk.answer("wangli", ActDialog, "同意。", "代录会签")
    submit(desk)
    desk.answer("zhaoming", ReviewDialog, "已核，请签发。")
    dialog = desk.open("zhangwei", "发文", SignDialog)
    assert dialog.findChild(QComboBox, "numberComboBox").currentText() == "东政办发〔2026〕1号"
    desk.write("同意印发。")
    desk.finish(dialog)
    stamp(desk)
    hand_out(desk)
    assert desk.state() is State.DISPATCHED
    print_sheet(desk)
    assert desk.strokes < A_QUARTER, f"{desk.strokes} keys"
    papers_are_right(desk)
    sys.stdout.write(f"{desk.strokes} keys from the idea to the last copy\n")


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
