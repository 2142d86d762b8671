"""Drives the real program over a practice vault and writes a picture of every page and dialog, at both screen sizes.

./dev shots [words]: with words, only pictures whose names contain one of them. They go to build/screenshots/<size>/.
"""

import functools
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from shiboken6 import isValid

from deskoffice.domain.matters import Action, ListQuery, MatterKind
from deskoffice.domain.people import Role
from deskoffice.ui import theme
from deskoffice.ui.accept_dialog import AcceptDialog
from deskoffice.ui.application import Session
from deskoffice.ui.areas import OPENERS
from deskoffice.ui.circulation.copies_page import CopiesPage
from deskoffice.ui.circulation.incoming_form import IncomingForm
from deskoffice.ui.first_run import PEOPLE, FirstRun
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.login import LoginPage
from deskoffice.ui.management.audit_desk import AuditDesk, CompareDialog
from deskoffice.ui.management.authorities_page import AuthoritiesPage
from deskoffice.ui.management.keys_page import KeysPage
from deskoffice.ui.management.routes_page import RoutesPage
from deskoffice.ui.management.settings_page import SettingsPage
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.papers import show_paper
from deskoffice.ui.seals.inventory import PAPERS, SealsPage
from deskoffice.ui.theme import LIGHT
from deskoffice.ui.window import MainWindow
from deskoffice.usecases import demo, matters
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.founding import FoundingAccount
from deskoffice.usecases.office import Office

SIZES = (QSize(1366, 768), QSize(1920, 1080))
OUT = Path(__file__).resolve().parents[1] / "build" / "screenshots"
DOCUMENTS = 300
PATIENCE = 30
TABS = ("流转", "正文", "附件", "份", "关联")
SEEN_THROUGH = 60
"""How many matters are looked through for one that offers an act."""


class Camera:
    """Takes each picture once, at both sizes."""

    def __init__(self, app: QApplication, words: list[str]) -> None:
        self.app, self._words = app, words
        self.jobs: Jobs | None = None
        self.taken: list[str] = []

    def settle(self, pause: float = 0.12) -> None:
        """Until nothing is being read, and what was read is painted."""
        started = time.monotonic()
        while time.monotonic() - started < pause or (self._is_busy() and time.monotonic() - started < PATIENCE):
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.004)
        for _ in range(3):  # the last answers ask for a new layout, the layout for new paint
            self.app.processEvents()

    def _is_busy(self) -> bool:
        return self.jobs is not None and not self.jobs.is_idle

    def wants(self, name: str) -> bool:
        """Not taken yet, and asked for."""
        return name not in self.taken and (not self._words or any(word in name for word in self._words))

    def take(self, name: str, widget: QWidget) -> None:
        """A picture of a window at each size."""
        if not self.wants(name):
            return
        for size in SIZES:
            widget.resize(size)
            self.settle()
            self.save(name, size, widget)

    def save(self, name: str, size: QSize, widget: QWidget) -> None:
        """Write one picture."""
        if name not in self.taken:
            self.taken.append(name)
        folder = OUT / f"{size.width()}x{size.height()}"
        folder.mkdir(parents=True, exist_ok=True)
        widget.grab().save(str(folder / f"{name}.png"))

    def dialog(self, window: MainWindow, name: str, open_it: Callable[[], None]) -> None:
        """Open something over the window at each size, take it, close it."""
        if not self.wants(name):
            return
        for size in SIZES:
            window.resize(size)
            self.settle()
            self._open_and_take(name, size, open_it)

    def _open_and_take(self, name: str, size: QSize, open_it: Callable[[], None]) -> None:
        open_it()
        self.settle(0.3)
        shown = self.app.activeModalWidget() or self._last_window()
        if shown is None:
            return
        self.save(name, size, shown)
        while (top := self.app.activeModalWidget()) is not None:
            top.close()
            self.settle()
        if isValid(shown) and shown.isVisible():
            shown.close()
        self.settle()

    def _last_window(self) -> QWidget | None:
        others = [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return others[-1] if others else None


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
    window.showNormal()
    window.move(0, 0)
    yield window
    if running.window is not None:
        running.window.close()
    running.close()
    camera.jobs = None
    running.deleteLater()
    camera.settle()


def pages(camera: Camera, window: MainWindow) -> None:
    """Every area this person sees, and the tabs of the card of each kind of matter."""
    for key in window.area_keys:
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
    camera.dialog(window, "incoming_scanned", lambda: _open_scanned(window))
    camera.dialog(window, "incoming_envelope", window.page._on_envelope_clicked)
    camera.dialog(window, "incoming_receipt", window.page._on_receipt_clicked)
    window.open_area("returns")
    camera.settle()
    camera.dialog(window, "returns_slip", window.page._act_first)
    camera.dialog(window, "returns_bulletin", window.page._buttons[1][0].click)


def _open_scanned(window: MainWindow) -> None:
    form = IncomingForm(window.desk, window)
    form.open()
    scan = Path(__file__).resolve().parents[2] / "shared" / "samples" / "scan_incoming_1.jpg"
    if scan.exists():
        form._add_scans([scan])
        started = time.monotonic()
        while form._scans.missing is not None or form._scans.is_reading:
            QApplication.processEvents()
            if time.monotonic() - started > 4 * PATIENCE:
                return
            time.sleep(0.01)


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


def dark(camera: Camera, vault: Path, account: FoundingAccount) -> None:
    """The dark set answers the light one to one."""
    with session(camera, vault, login=account.login, password=account.password) as window:
        window.desk.look_wanted.emit()
        camera.settle(0.5)
        changed = next(one for one in camera.app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        changed.showNormal()
        camera.take("dark_home", changed)
        changed.open_area("incoming")
        camera.settle()
        camera.take("dark_incoming", changed)
        changed.desk.look_wanted.emit()
        camera.settle(0.5)


def main(words: list[str]) -> int:
    """All of them, or those that `words` name."""
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    theme.wear(app, LIGHT)
    camera = Camera(app, words)
    if not words:
        shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="deskoffice-shots-") as home:
        vault = Path(home) / "vault"
        practice = demo.build(vault, documents=DOCUMENTS, seed=1)
        if not words or any("first" in word for word in words):
            first_day(camera, Path(home) / "new")
        for account in practice.accounts:
            with session(camera, vault, login=account.login, password=account.password) as window:
                pages(camera, window)
                tools(camera, window)
                copies(camera, window)
                intake(camera, window)
                acts(camera, window)
                flow_dialogs(camera, window)
                access(camera, window)
                seal_dialogs(camera, window)
        if camera.wants("dark_home"):
            dark(camera, vault, practice.accounts[0])
    sys.stdout.write(f"{len(camera.taken)} pictures of each size in {OUT}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
