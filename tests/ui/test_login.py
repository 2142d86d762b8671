"""The log-in page and the first day."""

import shutil
from pathlib import Path

import factories
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from sitting import Sitting

from deskoffice.ui import first_run
from deskoffice.ui.first_run import ACCOUNTS, NAMES, READY, SECRETS, FirstRun
from deskoffice.ui.login import LoginPage
from deskoffice.usecases import office as office_module
from deskoffice.usecases.office import open_office_with, vault_exists


@pytest.fixture
def login(founded_folder, tmp_path, jobs, look, qtbot):
    folder = tmp_path / "vault"
    shutil.copytree(founded_folder, folder)
    page = LoginPage(jobs, folder)
    qtbot.addWidget(page)
    page.show()
    return page


def enter(page: LoginPage, qtbot, name: str, password: str) -> None:
    page._ui.loginLineEdit.setText(name)
    page._ui.passwordLineEdit.setText(password)
    page._ui.loginPushButton.click()


def test_the_right_password_gives_the_keys_that_open_the_office(login, qtbot):
    with qtbot.waitSignal(login.proved, timeout=20_000) as proved:
        enter(login, qtbot, "wangli", factories.PASSWORD)
    office = open_office_with(login._folder, proved.args[0])
    assert office.actor.name == "王丽"
    office.close()


def test_one_message_for_a_wrong_name_and_a_wrong_password(login, qtbot):
    said = []
    for name, password in (("wangli", "wrong-password"), ("nobody", factories.PASSWORD)):
        enter(login, qtbot, name, password)
        qtbot.waitUntil(lambda: login._jobs.is_idle, timeout=20_000)
        said.append(login._ui.problemLabel.text())
    assert said[0]
    assert said[0] == said[1]


def test_the_password_does_not_stay_on_the_page(login, qtbot):
    enter(login, qtbot, "wangli", "wrong-password")
    assert login._ui.passwordLineEdit.text() == ""
    qtbot.waitUntil(lambda: login._jobs.is_idle, timeout=20_000)


def test_many_failures_are_answered_with_a_wait_that_is_told(login, qtbot):
    for _ in range(12):
        enter(login, qtbot, "wangli", "wrong-password")
        qtbot.waitUntil(lambda: login._jobs.is_idle, timeout=20_000)
        if not login._ui.loginPushButton.isEnabled():
            break
    assert not login._ui.loginPushButton.isEnabled()
    assert "秒" in login._ui.loginPushButton.text()


@pytest.fixture
def assistant(tmp_path, jobs, look, qtbot):
    page = FirstRun(jobs, tmp_path / "vault")
    qtbot.addWidget(page)
    page.show()
    return page


def fill_names(page: FirstRun) -> None:
    page._ui.officeNameLineEdit.setText("河东县人民政府办公室")
    page._ui.shortNameLineEdit.setText("县政府办")
    page._ui.issuerMarkLineEdit.setText("河东县人民政府办公室文件")
    page._ui.codeLineEdit.setText("东政办发")
    page._ui.nextPushButton.click()


def fill_accounts(page: FirstRun) -> None:
    for at, (name, title, _, _) in enumerate(first_run.PEOPLE):
        page._line(name, "Name").setText(f"{title[:1]}某")
        page._line(name, "Login").setText(f"user{at}")
        page._line(name, "Password").setText("long-enough-1")
        page._line(name, "Again").setText("long-enough-1")


def test_names_come_first(assistant):
    assistant._ui.nextPushButton.click()
    assert assistant._ui.pageStack.currentIndex() == NAMES
    assert assistant._ui.officeNameProblemLabel.text() == "请填写"


def test_two_different_passwords_are_refused(assistant):
    fill_names(assistant)
    fill_accounts(assistant)
    assistant._line("audit", "Again").setText("something-else")
    assistant._ui.nextPushButton.click()
    assert assistant._ui.pageStack.currentIndex() == ACCOUNTS
    assert "安全审计员" in assistant._ui.accountsProblemLabel.text()


def test_the_names_go_by_enter_alone_and_the_red_head_is_made_of_the_name(assistant, qtbot):
    ui = assistant._ui
    for line, text in (
        (ui.officeNameLineEdit, "河东县人民政府办公室"),
        (ui.shortNameLineEdit, "县政府办"),
        (ui.issuerMarkLineEdit, ""),
        (ui.codeLineEdit, "东政办发"),
    ):
        Sitting.type_in(line, text)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert ui.issuerMarkLineEdit.text() == "河东县人民政府办公室文件"
    assert ui.pageStack.currentIndex() == ACCOUNTS


def sheets(page: FirstRun, target: Path) -> list[tuple[float, str]]:
    """The smallest Chinese character in millimetres and the text of each printed page: one page for each envelope."""
    page._write_pdf(target)
    document = pypdfium2.PdfDocument(target)
    pages = []
    for at in range(len(document)):
        text = document[at].get_textpage()
        boxes = [text.get_charbox(i) for i, one in enumerate(text.get_text_range()) if "一" < one <= "龥"]
        smallest = min(top - bottom for _, bottom, _, top in boxes) * 25.4 / 72
        pages.append((smallest, "".join(text.get_text_range().split())))
    document.close()
    return pages


def test_an_office_is_founded_and_its_secrets_must_be_confirmed(assistant, qtbot, tmp_path):
    fill_names(assistant)
    fill_accounts(assistant)
    assistant._ui.nextPushButton.click()
    qtbot.waitUntil(lambda: assistant._ui.pageStack.currentIndex() == SECRETS, timeout=60_000)
    assert vault_exists(tmp_path / "vault")
    assert "恢复份额 3 / 3" in assistant._ui.secretsLabel.text()
    assert not assistant._ui.nextPushButton.isEnabled()
    printed = sheets(assistant, tmp_path / "secrets.pdf")
    assert len(printed) == 5
    assert min(smallest for smallest, _ in printed) > 3
    assert all(key.split()[1] in text for key, (_, text) in zip(assistant._made.backup_keys, printed[3:], strict=True))
    assert "secrets.pdf" in assistant._ui.savedLabel.text()
    assistant._ui.sharesCheckBox.setChecked(True)
    assistant._ui.keysCheckBox.setChecked(True)
    assistant._ui.nextPushButton.click()
    assert assistant._ui.pageStack.currentIndex() == READY
    assert assistant._ui.secretsLabel.text() == ""
    with qtbot.waitSignal(assistant.founded) as founded:
        assistant._ui.nextPushButton.click()
    assert isinstance(founded.args[0], office_module.Office)
    founded.args[0].close()
