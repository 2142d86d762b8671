"""管理 at the window: units, people, accounts, numbers, calendar, backups, log, archive, books."""

from datetime import date

import factories
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QTableView
from sitting import tab

from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.ui.first_run import FirstRun
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.joint_dialog import JointDialog
from deskoffice.ui.management.accounts import AccountForm
from deskoffice.ui.management.persons import PersonForm
from deskoffice.ui.management.record_form import RecordForm
from deskoffice.ui.management.restore_dialog import RestoreDialog
from deskoffice.ui.tree import descendants
from deskoffice.usecases import backups, calendars, people, settings
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import open_office

CONTROL = Qt.KeyboardModifier.ControlModifier


def line(parent, name):
    return parent.findChild(QLineEdit, f"{name}LineEdit")


def label(parent, name):
    return parent.findChild(QLabel, f"{name}Label")


def shown(page, name="recordsTableView"):
    """The first cells of the rows in view."""
    model = page.findChild(QTableView, name).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def done(qtbot, sitting, form):
    """Ctrl+Enter, until the form has gone."""
    gone = []
    form.finished.connect(lambda _: gone.append(True))
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL)
    sitting.until(lambda: bool(gone))
    sitting.rest()


def answer(sitting, text):
    """Press the button of the open question."""
    box = sitting.dialog(QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()
    sitting.rest()


def test_a_unit_is_added_by_keyboard_and_found_by_its_pinyin(qtbot, sitting):
    page = tab(sitting, "wangli", "单位")
    qtbot.keyClick(sitting.window, Qt.Key.Key_N, CONTROL)
    form = sitting.dialog(RecordForm)
    sitting.type_in(line(form, "name"), "河东县应急管理局")
    sitting.type_in(line(form, "shortName"), "县应急局")
    done(qtbot, sitting, form)
    sitting.type_in(line(page, "search"), "xyjj")
    assert shown(page) == ["河东县应急管理局"]
    assert "河东县应急管理局" in sitting.window.desk.directory.unit_names()


def test_a_unit_without_a_name_is_refused_under_the_field_and_nothing_typed_is_lost(qtbot, sitting):
    tab(sitting, "wangli", "单位").start_new()
    form = sitting.dialog(RecordForm)
    sitting.type_in(line(form, "shortName"), "县应急局")
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL)
    sitting.until(lambda: label(form, "nameProblem").isVisible())
    assert label(form, "nameProblem").text() == "请填写"
    assert line(form, "shortName").text() == "县应急局"
    form.reject()


def test_a_changed_post_keeps_the_one_before(qtbot, sitting):
    page = tab(sitting, "wangli", "人员与职务")
    sitting.type_in(line(page, "search"), "李强")
    change_post(qtbot, sitting, page, "县政府办公室副主任")
    page._act_first()
    form = sitting.dialog(PersonForm)
    sitting.until(lambda: label(form, "history").isVisible())
    history = label(form, "history").text()
    assert "2026年11月23日—今　河东县人民政府办公室　县政府办公室副主任" in history
    assert "2026年1月1日—2026年11月22日　河东县人民政府办公室　办公室主任" in history
    form.reject()


def change_post(qtbot, sitting, page, post):
    page._act_first()
    form = sitting.dialog(PersonForm)
    line(form, "post").clear()
    sitting.type_in(line(form, "post"), post)
    done(qtbot, sitting, form)


def test_roles_that_must_be_apart_cannot_be_ticked_together(sitting):
    tab(sitting, "secadmin", "账号")._act_first()
    form = sitting.dialog(AccountForm)
    assert form._boxes[Role.CONFIDENTIAL_CLERK].isChecked()
    assert not form._boxes[Role.AUDIT_ADMIN].isEnabled()
    form._boxes[Role.CONFIDENTIAL_CLERK].setChecked(False)
    form._boxes[Role.AUDIT_ADMIN].setChecked(True)
    assert not form._boxes[Role.CONFIDENTIAL_CLERK].isEnabled()
    assert not form._boxes[Role.SYSTEM_ADMIN].isEnabled()
    form.reject()


def test_clearance_and_roles_are_changed_by_the_security_officer_only(qtbot, sitting):
    page = tab(sitting, "secadmin", "账号")
    sitting.type_in(line(page, "search"), "intern")
    page._act_first()
    form = sitting.dialog(AccountForm)
    form._boxes[Role.SECRETARIAT].setChecked(True)
    form._ui.clearanceComboBox.setCurrentIndex(Classification.SECRET)
    done(qtbot, sitting, form)
    row = next(row for row in people.accounts(sitting.office) if row.login == "intern")
    assert row.roles == {Role.DRAFTER, Role.SECRETARIAT}
    assert row.clearance is Classification.SECRET
    page = tab(sitting, "sysadmin", "账号")
    assert not next(button for button in page.findChildren(QPushButton) if "调整" in button.text()).isEnabled()


def test_an_account_is_made_for_a_person_without_one(qtbot, sitting):
    page = tab(sitting, "sysadmin", "人员与职务")
    page.start_new()
    form = sitting.dialog(PersonForm)
    sitting.type_in(line(form, "name"), "何静")
    sitting.type_in(line(form, "post"), "科员")
    done(qtbot, sitting, form)
    sitting.window.page.show_tab("账号")
    sitting.rest()
    sitting.window.page.current.start_new()
    account = sitting.dialog(AccountForm)
    sitting.until(lambda: account._ui.personComboBox.count() == 1)
    qtbot.keyClicks(line(account, "login"), "hejing")
    qtbot.keyClicks(line(account, "password"), "short")
    account._boxes[Role.DRAFTER].setChecked(True)
    qtbot.keyClick(account, Qt.Key.Key_Return, CONTROL)
    sitting.until(lambda: label(account, "passwordProblem").isVisible())
    qtbot.keyClicks(line(account, "password"), "-but-longer-now")
    done(qtbot, sitting, account)
    assert "何静" in shown(sitting.window.page.current)


def join(qtbot, sitting, login, password):
    """The second person sits down beside the first and types his own password."""
    dialog = sitting.dialog(JointDialog)
    sitting.until(lambda: dialog._ui.personComboBox.count() > 0)
    dialog._ui.personComboBox.setCurrentIndex(dialog._ui.personComboBox.findData(login))
    qtbot.keyClicks(line(dialog, "password"), password)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert line(dialog, "password").text() == ""
    sitting.rest()


def test_a_disabled_account_is_told_and_cannot_be_disabled_again(qtbot, sitting):
    page = tab(sitting, "sysadmin", "账号")
    sitting.type_in(line(page, "search"), "intern")
    button = next(button for button in page.findChildren(QPushButton) if button.text() == "停用…")
    button.click()
    join(qtbot, sitting, "auditor", "wrong-password")
    assert "口令" in label(sitting.dialog(JointDialog), "problem").text()
    join(qtbot, sitting, "auditor", factories.PASSWORD)
    sitting.until(lambda: not button.isEnabled())
    sitting.rest()
    assert page.findChild(QTableView, "recordsTableView").model().index(0, 4).data() == "已停用"
    assert not button.isEnabled()


def test_a_gap_is_shown_and_explained(qtbot, sitting):
    office = sitting.office
    series = next(row for row in settings.all_series(office) if row.kind == "outgoing")
    settings.void_number(office, series.id, 2026, 3, "作废")
    page = tab(sitting, "wangli", "代字与编号")
    sitting.type_in(line(page, "search"), "东政办发")
    page._act_first()
    form = sitting.dialog(RecordForm)
    sitting.until(lambda: "东政办发〔2026〕1号、东政办发〔2026〕2号" in label(form, "gaps").text())
    sitting.type_in(line(form, "reason"), "签发后撤回")
    done(qtbot, sitting, form)
    assert settings.gap_report(sitting.office, series.id, 2026) == [2]


def test_a_day_is_toggled_by_keyboard(qtbot, sitting):
    page = tab(sitting, "wangli", "年历")
    grid = page._ui.yearGrid
    assert grid.current == date(2026, 11, 23)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    sitting.rest()
    sitting.rest()
    assert not calendars.of_year(sitting.office, 2026).is_workday(date(2026, 11, 24))
    assert grid.day_text(date(2026, 11, 24)) == "11月24日 星期二 休息（放假）"


def test_a_calendar_file_with_a_wrong_line_changes_nothing(sitting, tmp_path):
    page = tab(sitting, "wangli", "年历")
    notice = tmp_path / "2027.csv"
    notice.write_text("日期,安排,名称\n2027-01-01,放假,元旦\n2027-01-32,放假,元旦\n", encoding="utf-8")
    page._take_file([notice])
    sitting.until(sitting.window._ui.messageFrame.isVisible)
    assert "第 3 行看不懂" in sitting.window._ui.messageFrame.text
    assert not calendars.of_year(sitting.office, 2027).is_known
    notice.write_text("日期,安排,名称\n2027-01-01,放假,元旦\n", encoding="utf-8")
    page._take_file([notice])
    sitting.rest()
    assert calendars.of_year(sitting.office, 2027).days == {date(2027, 1, 1): (False, "元旦")}
    sitting.until(lambda: page._ui.yearLabel.text() == "2027年")


def test_a_password_is_changed_only_with_the_old_one(qtbot, sitting):
    page = tab(sitting, "sunfang", "修改口令")
    for name, text in (("old", "wrong-password"), ("new", "another-horse-8"), ("again", "another-horse-8")):
        qtbot.keyClicks(line(page, name), text)
    qtbot.keyClick(line(page, "again"), Qt.Key.Key_Return)
    sitting.until(lambda: label(page, "oldProblem").isVisible())
    line(page, "old").clear()
    qtbot.keyClicks(line(page, "old"), factories.PASSWORD)
    qtbot.keyClick(line(page, "again"), Qt.Key.Key_Return)
    sitting.until(lambda: line(page, "new").text() == "")
    office = sitting.office
    sitting.get_up()
    office.close()
    sitting.office = open_office(office.vault.folder, "sunfang", "another-horse-8", clock=office.clock)


def test_a_backup_is_made_proved_and_listed_and_a_damaged_one_is_named(sitting, tmp_path):
    window = sitting.sit_down("wangli")
    window.open_area("backup")
    stick = tmp_path / "stick"
    stick.mkdir()
    window.page.back_up(stick)
    sitting.until(window.page._ui.resultFrame.isVisible)
    sitting.rest()
    assert "备份完成，已回读验证" in window.page._ui.resultLabel.text()
    assert shown(window.page, "historyTableView") == ["11月23日 08:30"]
    folder = next(path for path in stick.iterdir())
    part = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    part.write_bytes(part.read_bytes()[:-1] + b"\0")
    window.page.verify(folder)
    sitting.until(lambda: part.name in window.page._ui.resultLabel.text())


def test_only_the_auditor_has_the_log_and_reads_it_in_words(sitting, tmp_path):
    assert "log" not in sitting.sit_down("wangli").area_keys
    window = sitting.sit_down("auditor")
    window.open_area("log")
    sitting.rest()
    model = window.page._ui.entriesTableView.model()
    assert [model.index(0, column).data() for column in (2, 3)] == ["杨光", "登录"]
    window.page.verify()
    sitting.until(lambda: "没有改动" in window.page._ui.resultLabel.text())
    window.page.checkpoint(tmp_path / "核对点.txt")
    sitting.until(lambda: "核对码" in window.page._ui.resultLabel.text())
    assert (tmp_path / "核对点.txt").read_text(encoding="utf-8").startswith("deskoffice/")


def test_a_year_is_archived_into_a_folder_of_its_own(sitting, tmp_path):
    matter = incoming.register(sitting.office, factories.incoming_draft()).matter_ids[0]
    section, leader = (factories.as_role(sitting.office, role) for role in (Role.SECRETARIAT, Role.SIGNATORY))
    incoming.propose(section, matter, "请阅示。", [leader.actor.person_id])
    incoming.instruct(leader, matter, "阅。")
    incoming.close(sitting.office, matter, "已阅，存档。")
    window = sitting.sit_down("fengjun")
    window.open_area("archive")
    window.page._ui.yearSpinBox.setValue(2026)
    sitting.rest()
    assert "办结 1 件" in window.page._ui.foundLabel.text()
    window.page.export(tmp_path)
    sitting.until(window.page._ui.resultFrame.isVisible)
    assert (tmp_path / "归档2026" / "目录.pdf").read_bytes().startswith(b"%PDF")


def test_a_book_shows_the_year_and_leaves_as_a_workbook(sitting, tmp_path):
    incoming.register(sitting.office, factories.incoming_draft())
    window = sitting.sit_down("wangli")
    window.open_area("registers")
    sitting.rest()
    assert shown(window.page, "linesTableView") == ["收〔2026〕1号"]
    window.page.save_sheet(tmp_path / "收文.xlsx")
    sitting.until((tmp_path / "收文.xlsx").exists)
    window.page._ui.yearSpinBox.setValue(2020)
    sitting.rest()
    assert window.page._ui.emptyLabel.isVisible()


def test_a_check_of_a_sound_vault_finds_nothing(sitting):
    page = tab(sitting, "intern", "体检")
    page.run()
    sitting.until(page._ui.resultFrame.isVisible)
    assert page._ui.resultLabel.text() == "没有发现问题，资料完好。"


def test_a_restore_asks_for_everything_and_says_which_key_is_mistyped(sitting, tmp_path):
    window = sitting.sit_down("wangli")
    window.open_area("backup")
    stick = tmp_path / "stick"
    stick.mkdir()
    window.page.back_up(stick)
    sitting.until(window.page._ui.resultFrame.isVisible)
    window.page._ui.restorePushButton.click()
    dialog = sitting.dialog(RestoreDialog)
    dialog.restore()
    assert [label(dialog, f"{name}Problem").text() for name in ("source", "target", "keys")] == ["请填写"] * 3
    dialog.take_source(next(stick.iterdir()))
    dialog.take_target(tmp_path / "new")
    dialog._ui.keysPlainTextEdit.setPlainText("AGE-SECRET-KEY-1WRONG 00")
    dialog.restore()
    sitting.until(label(dialog, "problem").isVisible)
    assert "第 1 行备份密钥输错了" in label(dialog, "problem").text()
    assert not (tmp_path / "new").exists()
    dialog.reject()


def test_a_new_machine_brings_the_office_back_from_a_backup(qtbot, tmp_path):
    clock, stick = factories.monday_morning(), tmp_path / "stick"
    founded = factories.found(tmp_path / "old", clock)
    stick.mkdir()
    made = backups.create(founded.office, stick)
    founded.office.close()
    jobs = Jobs()
    assistant = FirstRun(jobs, tmp_path / "new")
    qtbot.addWidget(assistant)
    assistant.show()
    assistant._ui.restorePushButton.click()
    dialog = next(one for one in descendants(assistant, RestoreDialog))
    dialog.take_source(made.target)
    dialog._ui.keysPlainTextEdit.setPlainText("\n".join(founded.backup_keys))
    with qtbot.waitSignal(assistant.restored, timeout=60_000):
        dialog.restore()
    jobs.finish()
    opened = open_office(tmp_path / "new", "wangli", factories.PASSWORD, clock=clock)
    assert opened.actor.name == "王丽"
    opened.close()
