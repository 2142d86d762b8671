"""The pages of upkeep about getting in: rules, key files, earlier log-ins, and acts on the whole vault."""

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from sitting import tab

from deskoffice.domain.errors import RuleError, VaultError
from deskoffice.domain.values import Classification
from deskoffice.ui.joint_dialog import JointDialog
from deskoffice.ui.management.audit_desk import AuditDesk, CompareDialog
from deskoffice.ui.tree import descendants
from deskoffice.usecases import declassifying, matters, passwords
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.joint import Second
from deskoffice.usecases.office import open_office


def join(qtbot, sitting, login):
    """The second officer types his own password into the same dialog."""
    dialog = sitting.dialog(JointDialog)
    sitting.until(lambda: dialog._ui.personComboBox.count() > 0)
    dialog._ui.personComboBox.setCurrentIndex(dialog._ui.personComboBox.findData(login))
    qtbot.keyClicks(dialog._ui.passwordLineEdit, factories.PASSWORD)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sitting.rest()


def test_the_rules_are_set_by_the_security_officer_and_nothing_below_the_least(sitting):
    page = tab(sitting, "secadmin", "口令规定")
    assert page._ui.secretLengthSpinBox.value() == 10
    page._ui.secretLengthSpinBox.setValue(6)
    page.save()
    sitting.until(page._ui.secretLengthProblemLabel.isVisible)
    page._ui.secretLengthSpinBox.setValue(12)
    page._ui.secretDaysSpinBox.setValue(14)
    page.save()
    sitting.rest()
    assert not page._ui.secretLengthProblemLabel.isVisible()
    mine = tab(sitting, "wangli", "修改口令")
    assert "至少 12 位，每 14 天改一次" in mine._ui.ruleLabel.text()
    titles = sitting.window.page._ui.settingsTabWidget
    assert "口令规定" not in [titles.tabText(at) for at in range(titles.count())]


def test_a_key_file_is_made_on_the_page_and_given_up_again(sitting, tmp_path):
    page, stick = tab(sitting, "sunfang", "修改口令"), tmp_path / "stick.key"
    page._ui.keyPasswordLineEdit.setText("wrong-password")
    page.make_key_file(stick)
    sitting.until(page._ui.keyPasswordProblemLabel.isVisible)
    assert not stick.exists()
    page._ui.keyPasswordLineEdit.setText(factories.PASSWORD)
    page.make_key_file(stick)
    sitting.rest()
    assert "已启用" in page._ui.keyFileStateLabel.text()
    assert page._ui.keyPasswordLineEdit.text() == ""
    folder, clock = sitting.office.vault.folder, sitting.office.clock
    sitting.get_up()
    sitting.office.close()
    with pytest.raises(VaultError, match="vault_wrong_password"):
        open_office(folder, "sunfang", factories.PASSWORD, clock=clock)
    sitting.office = open_office(folder, "wangli", factories.PASSWORD, clock=clock)


def test_a_new_key_is_made_by_two_and_sends_everybody_to_the_log_in(qtbot, sitting):
    page = tab(sitting, "secadmin", "密钥与整库")
    with qtbot.waitSignal(sitting.window.desk.lock_wanted, timeout=20_000):
        page._ui.rekeyPushButton.click()
        join(qtbot, sitting, "auditor")
    folder, clock = sitting.office.vault.folder, sitting.office.clock
    sitting.get_up()
    sitting.office = open_office(folder, "wangli", factories.PASSWORD, clock=clock)
    assert sitting.office.vault.problems == ()


def test_the_whole_vault_is_copied_by_two(qtbot, sitting, tmp_path):
    page = tab(sitting, "sysadmin", "密钥与整库")
    page.copy_into(tmp_path)
    join(qtbot, sitting, "secadmin")
    sitting.until(lambda: "已复制" in sitting.window._ui.messageFrame.text)
    copied = open_office(tmp_path / "案头保密库20261123", "wangli", factories.PASSWORD, clock=sitting.office.clock)
    assert passwords.standing(copied).must_change is False
    copied.close()


def test_papers_whose_period_is_over_are_declassified_by_two(qtbot, sitting):
    clerk = sitting.office

    def registered(number: int, years: int) -> int:
        text = {"title": f"关于储备库点位的通知（{number}）", "document_number": f"东政办发〔2026〕{number}号"}
        secret = {"level": Classification.SECRET, "secrecy_years": years, "copy_number": "000017"}
        return incoming.register(clerk, factories.incoming_draft(**text, **secret)).matter_ids[0]

    old, fresh = registered(71, 1), registered(72, 2)
    clerk.clock.move(days=400)
    page = tab(sitting, "wangli", "到期解密")
    clerk = sitting.office
    assert [row.matter.id for row in declassifying.over(clerk)] == [old]
    next(button for button in descendants(page, QPushButton) if button.text() == "全部解密").click()
    sitting.rest()
    join(qtbot, sitting, "liqiang")
    sitting.until(lambda: "已解密 1 件" in sitting.window._ui.messageFrame.text)
    card = matters.card(clerk, old)
    assert (card.row.level, card.row.title, card.row.secrecy_years) == (
        Classification.INTERNAL,
        "关于储备库点位的通知（71）",
        None,
    )
    with pytest.raises(RuleError, match="secrecy_runs"):
        declassifying.declassify(clerk, [fresh], Second("liqiang", factories.PASSWORD))


def test_everybody_sees_the_own_log_ins_and_the_auditor_all(sitting):
    def names(page):
        model = page.findChild(QTableView, "recordsTableView").model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    assert set(names(tab(sitting, "sunfang", "登录记录"))) == {"孙芳"}
    assert {"孙芳", "王丽", "杨光"} <= set(names(tab(sitting, "auditor", "登录记录")))


def test_the_auditor_sieves_the_log_and_sees_what_to_ask_about(qtbot, sitting):
    sitting.office.clock.move(hours=14)  # work at night is worth a question
    window = sitting.sit_down("auditor")
    window.open_area("log")
    sitting.rest()
    page = window.page
    everything = page._lines.rowCount()
    page._ui.personComboBox.setCurrentText("杨光")
    sitting.rest()
    assert 0 < page._lines.rowCount() < everything
    page._ui.deskPushButton.click()
    desk = sitting.dialog(AuditDesk)
    sitting.until(lambda: "条" in desk._ui.summaryLabel.text())
    found = desk._lines.row(0)
    desk._ui.findingsTableView.activated.emit(desk._lines.index(0, 0))
    sitting.rest()
    assert page._lines.row(0).seq == found.seq
    page._ui.comparePushButton.click()
    compare = sitting.dialog(CompareDialog)
    qtbot.keyClicks(compare._ui.codeLineEdit, "00000-00000-00000-00000")
    qtbot.keyClick(compare._ui.codeLineEdit, Qt.Key.Key_Return)
    sitting.until(compare._ui.resultLabel.isVisible)
    assert "对不上" in compare._ui.resultLabel.text()
    compare.reject()
