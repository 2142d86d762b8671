"""Drives the real program over a practice vault and writes a picture of every page and dialog, at both screen sizes.

./dev shots [words]: with words, only pictures whose names contain one of them. They go to build/screenshots/<size>/.
--vault DIR takes them over a practice vault that is there, --as LOGIN as one person only, --to DIR elsewhere.
"""

import argparse
import functools
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import long_texts
from camera import Camera
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QApplication, QPushButton

from deskoffice.domain.batches import BatchVerb
from deskoffice.domain.matters import Action, ListQuery, MatterKind
from deskoffice.domain.people import Role
from deskoffice.ui import theme
from deskoffice.ui.accept_dialog import AcceptDialog
from deskoffice.ui.application import Session
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.circulation.book_assistant import BookAssistant
from deskoffice.ui.circulation.copies_page import CopiesPage
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.circulation.outgoing_form import OutgoingForm
from deskoffice.ui.first_run import PEOPLE, FirstRun
from deskoffice.ui.idle import IdleWatch
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.login import LoginPage
from deskoffice.ui.management.audit_desk import AuditDesk, CompareDialog
from deskoffice.ui.management.authorities_page import AuthoritiesPage
from deskoffice.ui.management.drill_dialog import DrillDialog
from deskoffice.ui.management.keys_page import KeysPage
from deskoffice.ui.management.restore_dialog import RestoreDialog
from deskoffice.ui.management.routes_page import RoutesPage
from deskoffice.ui.management.settings_page import SettingsPage
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.papers import show_paper
from deskoffice.ui.seals.inventory import PAPERS, SealsPage
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases import batches, demo, demo_texts, matters
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.founding import FoundingAccount
from deskoffice.usecases.office import Office

HERE = Path(__file__).resolve()
OUT = HERE.parents[1] / "build" / "screenshots"
SAMPLES = HERE.parents[2] / "shared" / "samples"
DOCUMENTS = 300
OCR_PATIENCE = 900
"""Seconds: reading a scan takes two on a free machine, and minutes on one that six share."""
ROWS = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
TABS = ("流转", "正文", "附件", "份", "关联")
SEEN_THROUGH = 24
"""How many matters are looked through for one that offers an act."""


def first_day(camera: Camera, folder: Path) -> None:
    """The assistant, page by page."""
    camera.jobs = jobs = Jobs()
    page = FirstRun(jobs, folder)
    page.show()
    camera.take("first_run_1", page)
    ui = page._ui
    for line, text in (
        (ui.officeNameLineEdit, "河东县人民政府办公室"),
        (ui.shortNameLineEdit, "县政府办"),
        (ui.issuerMarkLineEdit, "河东县人民政府办公室文件"),
        (ui.codeLineEdit, "东政办发"),
    ):
        line.setText(text)
    ui.nextPushButton.click()
    for at, (name, _, _, _) in enumerate(PEOPLE):
        for part, text in (("Name", "王赵钱孙"[at] + "丽"), ("Login", f"user{at}"), ("Password", "long-enough-1")):
            page._line(name, part).setText(text)
        page._line(name, "Again").setText("long-enough-1")
    camera.take("first_run_2", page)
    ui.nextPushButton.click()
    camera.settle()
    camera.take("first_run_3", page)
    ui.sharesCheckBox.setChecked(True)
    ui.keysCheckBox.setChecked(True)
    ui.nextPushButton.click()
    camera.take("first_run_4", page)
    page.close()
    jobs.finish()
    camera.jobs = None


@contextmanager
def session(camera: Camera, vault: Path, *, login: str, password: str) -> Iterator[MainWindow]:
    """Log in as a person does, and out."""
    running = Session(camera.app, vault, relock=lambda: None)
    camera.jobs = running.jobs
    running.begin()
    page = running.window
    assert isinstance(page, LoginPage)
    camera.settle()
    camera.take("login", page)
    page._ui.loginLineEdit.setText(login)
    if camera.wants("login_refused"):
        page._ui.passwordLineEdit.setText("wrong-password")
        page._ui.loginPushButton.click()
        camera.settle()
        camera.take("login_refused", page)
    page._ui.passwordLineEdit.setText(password)
    page._ui.loginPushButton.click()
    camera.settle()
    window = running.window
    assert isinstance(window, MainWindow), page._ui.problemLabel.text()
    for watch in running.findChildren(IdleWatch):
        # Nobody touches a key while pictures are taken; the desk would lock itself in the middle of them.
        watch.idle.disconnect()
    window.showNormal()
    window.move(0, 0)
    yield window
    if running.window is not None:
        running.window.close()
    running.close()
    camera.jobs = None
    running.deleteLater()
    # What stays would be polished again whenever the look changes: minutes after some hundred pictures.
    for one in camera.app.topLevelWidgets():
        one.deleteLater()
    camera.settle()


def pages(camera: Camera, window: MainWindow) -> None:
    """Every area this person sees, and the tabs of the card of each kind of matter."""
    for key in window.area_keys:
        if not camera.wants(key) and not camera.wants_some("card_"):
            continue
        window.open_area(key)
        camera.settle()
        camera.take(key, window)
        if isinstance(window.page, MatterListPage) and window.page._ui.cardFrame.card is not None:
            card = window.page._ui.cardFrame
            kind = card.card.row.kind.value
            for at, _ in enumerate(TABS):
                name = f"card_{kind}_{at + 1}"
                if camera.wants(name):
                    card._ui.tabWidget.setCurrentIndex(at)
                    camera.settle(0.3)
                    camera.take(name, window)
            card._ui.tabWidget.setCurrentIndex(0)


def intake(camera: Camera, window: MainWindow) -> None:
    """The counter: a scan read into the form, an envelope, the courier's list, a slip and a bulletin."""
    if "incoming" not in window.area_keys or not window.desk.office.actor.has(Role.CONFIDENTIAL_CLERK):
        return
    window.open_area("incoming")
    camera.settle()
    camera.dialog(window, "incoming_scanned", lambda: _open_scanned(camera, window))
    camera.dialog(window, "incoming_envelope", window.page._on_envelope_clicked)
    camera.dialog(window, "incoming_receipt", lambda: window.page.print_receipt(window.desk.office.today()))
    batch(camera, window)
    window.open_area("returns")
    camera.settle()
    camera.dialog(window, "returns_slip", window.page._act_first)
    camera.dialog(window, "returns_bulletin", window.page._buttons[1][0].click)


def batch(camera: Camera, window: MainWindow) -> None:
    """Several rows selected, one act for all of them, and the line that takes it back."""
    if not camera.wants_some("incoming_batch"):
        return
    page = window.page
    page.show_scope("open")
    camera.settle()
    ui, table = page._ui, page._ui.matterTableView
    chosen = QItemSelection(table.model().index(1, 0), table.model().index(5, 0))
    table.selectionModel().select(chosen, ROWS)
    camera.settle(0.5)
    camera.take("incoming_batch", window)
    due = next((one for one in ui.batchFrame._offers if one.verb is BatchVerb.SET_DUE), None)
    if due is None:
        return
    camera.dialog(window, "incoming_batch_act", lambda: ui.batchFrame.open(ui.batchFrame._offers[0]))
    day = window.desk.office.today()
    batches.run(window.desk.office, due.verb, due.matter_ids, lambda joined, one: incoming.set_due(joined, one, day))
    ui.batchFrame.clear()
    page.refresh()
    camera.settle(0.5)
    camera.take("incoming_batch_done", window)


def _open_scanned(camera: Camera, window: MainWindow) -> None:
    form = IncomingForm(window.desk, window)
    form.open()
    scan = SAMPLES / "scan_incoming_1.jpg"
    if scan.exists():
        form._add_scans([scan])
        camera.wait(lambda: form._scans.missing is None and not form._scans.is_reading, OCR_PATIENCE)


def acts(camera: Camera, window: MainWindow) -> None:
    """The dialog of every act that some matter offers this person."""
    missing = {pair for pair in OPENERS if camera.wants(act_name(*pair))}
    office = window.desk.office
    for kind in {kind for kind, _ in missing}:
        for card in cards(office, kind):
            for action in [one for one in card.actions if (kind, one) in missing]:
                missing.discard((kind, action))
                camera.dialog(
                    window,
                    act_name(kind, action),
                    lambda card=card, action=action: window.desk.act(card, action, window),
                )
            if not any(pair[0] == kind for pair in missing):
                break


def act_name(kind: MatterKind, action: Action) -> str:
    return f"act_{kind.value}_{action.value}"


def cards(office: Office, kind: MatterKind) -> Iterator[matters.MatterCard]:
    """Open matters first: they offer the most."""
    for open_only in (True, False):
        query = ListQuery(kinds=frozenset({kind}), open_only=open_only)
        for row in matters.list_page(office, query, 0, SEEN_THROUGH).rows:
            yield matters.card(office, row.id)


def tools(camera: Camera, window: MainWindow) -> None:
    """What opens from anywhere."""
    window.open_area(window.area_keys[0])
    camera.settle()
    camera.dialog(window, "manual", window.open_manual)
    camera.dialog(window, "shortcuts", lambda: window.open_manual("keys"))
    camera.dialog(window, "finder", window.open_finder)
    for key in window.area_keys:
        if camera.wants(f"new_{key}") and key != "home":
            window.open_area(key)
            camera.settle()
            # Pages that make nothing open nothing.
            camera.dialog(window, f"new_{key}", window.page.start_new)


ACCESS = {
    "到期解密": "settings_declassify",
    "口令规定": "settings_policy",
    "密钥与整库": "settings_keys",
    "登录记录": "settings_sessions",
    "修改口令": "settings_password",
}


def access(camera: Camera, window: MainWindow) -> None:
    """Getting in, acts of two officers, and the auditor's desk, for whoever has them."""
    window.open_area("settings")
    camera.settle()
    page = window.page
    if isinstance(page, SettingsPage):
        for title, name in ACCESS.items():
            page.show_tab(title)
            camera.settle()
            tabs = page._ui.settingsTabWidget
            if tabs.tabText(tabs.currentIndex()) == title:
                camera.take(name, window)
            if isinstance(page.current, KeysPage):
                camera.dialog(window, "joint_dialog", page.current.change_key)
    if "log" in window.area_keys:
        window.open_area("log")
        camera.settle()
        camera.dialog(window, "audit_desk", lambda: AuditDesk(window.desk, Sieve(), parent=window).open())
        camera.dialog(window, "compare_dialog", lambda: CompareDialog(window.desk, parent=window).open())
        camera.dialog(window, "accept_dialog", lambda: AcceptDialog(window.desk, lambda: None, parent=window).open())


def seal_dialogs(camera: Camera, window: MainWindow) -> None:
    """What is done to a seal, to all of them, and the papers of one."""
    if "seal_inventory" not in window.area_keys or not window.desk.actor.has(Role.SEAL_KEEPER):
        return
    window.open_area("seal_inventory")
    camera.settle()
    page = window.page
    assert isinstance(page, SealsPage)
    # The second seal is the one that went out.
    page._ui.recordsTableView.setCurrentIndex(page._model.index(1, 0))
    camera.settle()
    for at, name in enumerate(("history", "loans", "counts")):
        page.card.tabs.setCurrentIndex(at)
        camera.take(f"seal_file_{name}", window)
    for tool in ("验证盖章文件", "审批权限", "年度核查"):
        button = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == tool)
        camera.dialog(window, f"seal_tool_{tool}", button.click)
    for button, act in page._buttons:
        if act.word not in ("留存印模", "打印表单"):
            camera.dialog(window, f"seal_act_{act.word}", button.click)
    row = page.current
    for paper in PAPERS if row is not None else ():
        make = functools.partial(show_paper, window.desk, lambda o, p=paper: p.make(o, row), parent=window)
        camera.dialog(window, f"seal_paper_{paper.name}", make)


def copies(camera: Camera, window: MainWindow) -> None:
    """Chips and dialogs of numbered copies, and what the pages of numbers and volume open."""
    if not {"copies", "numbers", "volume"} <= set(window.area_keys) or not camera.wants("copy_trail"):
        return
    window.open_area("copies")
    page = window.page
    assert isinstance(page, CopiesPage)
    for tab in ("lent", "kept", "lists", "requests"):
        page.show_tab(tab)
        camera.settle()
        camera.take(f"copies_{tab}", window)
    for tab, name, button in (
        ("kept", "copy_trail", page._ui.trailPushButton),
        ("kept", "copy_loan", page._ui.lendPushButton),
        ("kept", "copy_request", page._ui.copyPushButton),
        ("lists", "copy_batch", page._ui.openPushButton),
        ("lists", "copy_clear", page._ui.clearPushButton),
    ):
        page.show_tab(tab)
        camera.settle()
        camera.dialog(window, name, button.click)
    for area, name, button_name in (
        ("numbers", "number_reserve", "reservePushButton"),
        ("quality", "quality_verdict", "judgePushButton"),
        ("volume", "volume_plan", "planPushButton"),
    ):
        window.open_area(area)
        camera.settle()
        camera.dialog(window, name, window.page.findChild(QPushButton, button_name).click)


def flow_dialogs(camera: Camera, window: MainWindow) -> None:
    """Routes and limits, authorities and hand-overs, with their dialogs."""
    if not any(camera.wants(name) for name in ("settings_routes", "settings_authorities", "authority", "hand_over")):
        return
    window.open_area("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    for title, name in (("流程与时限", "settings_routes"), ("授权与移交", "settings_authorities")):
        page.show_tab(title)
        camera.settle()
        shown = page.current
        if isinstance(shown, RoutesPage | AuthoritiesPage):
            camera.take(name, window)
        if isinstance(shown, AuthoritiesPage):
            camera.dialog(window, "authority", shown.start_new)
            camera.dialog(window, "hand_over", shown._ui.handOverPushButton.click)


def drafting(camera: Camera, window: MainWindow) -> None:
    """The editor with a long title and text, the page that will print beside it, and what the check finds."""
    if "outgoing" not in window.area_keys or not window.desk.actor.has(Role.DRAFTER):
        return
    window.open_area("outgoing")
    camera.settle()
    camera.dialog(window, "outgoing_editor", lambda: _open_draft(camera, window))


def _open_draft(camera: Camera, window: MainWindow) -> None:
    form = OutgoingForm(window.desk, window)
    form.open()
    camera.settle()
    ui = form._ui
    ui.titleLineEdit.setText(long_texts.TITLE)
    ui.addresseeLineEdit.setText("各乡镇人民政府，县政府各部门：")
    ui.bodyTextPlainTextEdit.setPlainText(long_texts.BODY)
    camera.settle(1.5)


def upkeep(camera: Camera, window: MainWindow) -> None:
    """An old book on its way in, a backup on its way back, a drill."""
    if "registers" in window.area_keys and window.desk.actor.has(Role.CONFIDENTIAL_CLERK):
        camera.dialog(window, "book_empty", lambda: BookAssistant(window.desk, window).open())
        camera.dialog(window, "book_tried", lambda: _open_book(camera, window))
    if "backup" in window.area_keys:
        jobs = window.desk.jobs
        camera.dialog(window, "restore_dialog", lambda: RestoreDialog(jobs, parent=window).open())
        camera.dialog(window, "drill_dialog", lambda: DrillDialog(window.desk, lambda: None, parent=window).open())


def _open_book(camera: Camera, window: MainWindow) -> None:
    assistant = BookAssistant(window.desk, window)
    assistant.open()
    book = SAMPLES / "收文登记簿.xlsx"
    if book.exists():
        assistant.open_book(book)
        camera.settle()


def dark(camera: Camera, vault: Path, account: FoundingAccount) -> None:
    """The dark set answers the light one to one."""
    with session(camera, vault, login=account.login, password=account.password) as window:
        window.desk.look_wanted.emit()
        camera.settle(0.5)
        changed = next(one for one in camera.app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        changed.showNormal()
        for take in (pages, tools, drafting, seal_dialogs):
            take(camera, changed)
        changed.desk.look_wanted.emit()
        camera.settle(0.5)


def person(camera: Camera, vault: Path, account: FoundingAccount) -> None:
    """Everything that one person sees."""
    with session(camera, vault, login=account.login, password=account.password) as window:
        for take in (
            pages,
            tools,
            copies,
            intake,
            drafting,
            acts,
            flow_dialogs,
            access,
            seal_dialogs,
            upkeep,
        ):
            take(camera, window)


def asked(words: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--vault", type=Path)
    parser.add_argument("--as", dest="login", default="")
    parser.add_argument("--to", type=Path, default=OUT)
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """All of them, or those that `words` name."""
    wanted = asked(words)
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    theme.wear(app, LIGHT)
    camera = Camera(app, wanted.words, out=wanted.to)
    if not wanted.words and wanted.to == OUT:
        shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="deskoffice-shots-") as home:
        vault, accounts = _practice(wanted.vault, Path(home))
        if not wanted.words or any("first" in word for word in wanted.words):
            first_day(camera, Path(home) / "new")
        people = [one for one in accounts if wanted.login in ("", one.login)]
        by_night = Camera(app, wanted.words, out=wanted.to, prefix="dark_")
        for account in people:
            person(camera, vault, account)
        if not wanted.words or any(word.startswith("dark") for word in wanted.words):
            dark(by_night, vault, people[0])
    taken = len(camera.taken) + len(by_night.taken)
    sys.stdout.write(f"{taken} pictures of each size in {wanted.to}\n")
    return 0


def _practice(given: Path | None, home: Path) -> tuple[Path, tuple[FoundingAccount, ...]]:
    """A practice vault with the longest texts in it, or the one that was given."""
    if given is not None:
        accounts = [FoundingAccount(login, demo_texts.PASSWORD, *rest) for login, *rest in demo_texts.STAFF]
        return given, tuple(accounts)
    practice = demo.build(home / "vault", documents=DOCUMENTS, seed=1)
    long_texts.write(home / "vault", practice.accounts)
    return home / "vault", practice.accounts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
