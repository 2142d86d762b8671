"""用印 at the window: asked for, approved, stamped after every line of the checklist; by keyboard."""

import factories
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView
from sitting import Sitting, shows_pages

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import HandOver, SealDraft, SealKind, SealState
from deskoffice.domain.seals import SealUseDraft
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.leads import person_label
from deskoffice.ui.papers import PaperDialog
from deskoffice.ui.seals.forms import HandOverForm, SealForm, SealStateForm
from deskoffice.ui.seals.request_form import SealRequestForm
from deskoffice.ui.seals.stamping import StampingDialog
from deskoffice.usecases import matters, people, seal_custody, seal_inventory, seal_register, seals
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing

NAME = "河东县人民政府办公室章"
CONTRACT = FileDraft("采购合同.txt", "甲方：河东县人民政府办公室。乙方：某公司。".encode())
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sitting(sitting, office) -> Sitting:
    draft = SealDraft(NAME, SealKind.OFFICE, "河东县人民政府办公室", factories.person_id(office, "周燕"))
    seal_inventory.add(factories.as_role(office, Role.SEAL_KEEPER), draft)
    return sitting


def approved(sitting: Sitting) -> int:
    """A contract whose seal was asked for by 孙芳 and approved by 李强, each at his own account."""
    sitting.sit_down("sunfang")
    seal_id = seal_inventory.usable(sitting.office)[0].id
    draft = SealUseDraft(seal_id, "签订采购合同", "采购合同", "办公室", copies=2, imprints=4)
    matter_id = seals.request(sitting.office, draft, CONTRACT).matter_ids[0]
    sitting.sit_down("liqiang")
    seals.approve(sitting.office, matter_id, "同意用印")
    return matter_id


def stamping(sitting: Sitting) -> StampingDialog:
    approved(sitting)
    sitting.sit_down("zhouyan").open_area("seals")
    sitting.rest()
    sitting.window.page._ui.cardFrame.act_likely()
    dialog = sitting.dialog(StampingDialog)
    sitting.until(lambda: dialog._sheet is not None)
    sitting.rest()
    return dialog


def rows(sitting: Sitting):
    return matters.list_page(sitting.office, ListQuery(frozenset({MatterKind.SEAL_USE})), 0, 50).rows


def gone(sitting: Sitting, dialog) -> None:
    sitting.until(lambda: dialog not in [w for w in QApplication.topLevelWidgets() if w.isVisible()])
    sitting.rest()


def to_seals(qtbot, sitting: Sitting, login: str):
    window = sitting.sit_down(login)
    window.open_area("seals")
    sitting.rest()
    return window


def ask_for_it(qtbot, sitting: Sitting) -> None:
    window = to_seals(qtbot, sitting, "sunfang")
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    form = sitting.dialog(SealRequestForm)
    form.show_paper(CONTRACT)
    sitting.type_in(form.findChild(QLineEdit, "subjectLineEdit"), "签订采购合同")
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    gone(sitting, form)


def approve_it(qtbot, sitting: Sitting) -> None:
    window = to_seals(qtbot, sitting, "zhangwei")
    qtbot.keyClick(window.page._ui.matterTableView, Qt.Key.Key_Return)
    opinion = sitting.dialog(ActDialog)
    qtbot.keyClick(opinion, Qt.Key.Key_Return, CTRL)
    gone(sitting, opinion)


def stamp_it(qtbot, sitting: Sitting) -> None:
    window = to_seals(qtbot, sitting, "zhouyan")
    qtbot.keyClick(window.page._ui.matterTableView, Qt.Key.Key_Return)
    page = sitting.dialog(StampingDialog)
    sitting.until(page._ui.signatureSeenCheckBox.hasFocus)
    for _ in range(4):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    gone(sitting, page)


def test_a_seal_is_asked_for_approved_and_stamped_by_keyboard(qtbot, sitting):
    ask_for_it(qtbot, sitting)
    assert [(row.title, row.state) for row in rows(sitting)] == [("采购合同", State.REQUESTED)]
    approve_it(qtbot, sitting)
    stamp_it(qtbot, sitting)
    page = sitting.window.page
    page.show_scope("all")
    sitting.rest()
    shown = page._ui.matterTableView.model().row(0)
    assert (shown.title, shown.state) == ("采购合同", State.CLOSED)
    assert "已用印" in sitting.window._ui.messageFrame.text


def test_the_button_is_dead_until_every_line_is_ticked(qtbot, sitting):
    page = stamping(sitting)
    button = page._ui.donePushButton
    boxes = [page._ui.signatureSeenCheckBox, page._ui.issuerMatchesCheckBox, page._ui.notBlankCheckBox]
    assert not page._ui.straddlesCheckBox.isVisible()
    assert (button.isEnabled(), button.text()) == (False, "还有 4 项未核对")
    for box in boxes:
        box.click()
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    sitting.rest()
    assert (button.isEnabled(), button.text()) == (False, "还有 1 项未核对")
    assert rows(sitting)[0].state is State.APPROVED
    page._ui.countsMatchCheckBox.click()
    assert button.isEnabled()
    boxes[0].click()
    assert not button.isEnabled()
    page.reject()


def test_the_approved_page_lies_large_beside_the_checklist(qtbot, sitting):
    page = stamping(sitting)
    assert shows_pages(page._ui.paperPreview)
    assert page._ui.paperPreview.width() > page._ui.checksScrollArea.width()
    assert "孙芳 申请" in page._ui.peopleLabel.text()
    assert "李强 批准" in page._ui.peopleLabel.text()
    assert page._ui.approvedLabel.text() == "批准 2 份，盖 4 枚"
    assert not page._ui.checksScrollArea.isAncestorOf(page._ui.problemLabel)
    page.reject()


def test_fewer_imprints_than_approved_must_be_explained(qtbot, sitting):
    page = stamping(sitting)
    for check in page._sheet.checks:
        page._checks[check].click()
    page._ui.stampedSpinBox.setValue(3)
    page._ui.donePushButton.click()
    sitting.until(page._ui.noteProblemLabel.isVisible)
    assert "实盖 3 枚" in page._ui.noteProblemLabel.text()
    assert not page._ui.noteProblemLabel.visibleRegion().isEmpty()
    sitting.type_in(page._ui.notePlainTextEdit, "一份打印有误，不盖。")
    page._ui.donePushButton.click()
    gone(sitting, page)
    row = seal_register.register_rows(sitting.office, None, 2026)[0]
    assert (row.imprints, row.stamped, row.note) == (4, 3, "一份打印有误，不盖。")


def test_the_keeper_can_refuse_from_the_page_with_a_reason(qtbot, sitting):
    page = stamping(sitting)
    page._ui.refusePushButton.click()
    reason = sitting.dialog(ActDialog)
    sitting.type_in(reason._ui.textPlainTextEdit, "落款与印章不符。")
    reason._ui.donePushButton.click()
    gone(sitting, reason)
    assert rows(sitting)[0].state is State.REFUSED


def test_what_is_missing_in_a_request_is_said_under_its_field(qtbot, sitting):
    sitting.sit_down("sunfang").open_area("seals:new")
    form = sitting.dialog(SealRequestForm)
    form._ui.copiesSpinBox.setValue(3)
    assert form._ui.imprintsSpinBox.value() == 3
    form._ui.imprintsSpinBox.setValue(2)
    form.findChild(QPushButton, "donePushButton").click()
    sitting.until(lambda: form.findChild(QLabel, "titleProblemLabel").isVisible())
    assert form._ui.paperProblemLabel.text() == "请附上要盖章的文件，或选择已签发的发文"
    assert form._ui.imprintsProblemLabel.text() == "用印枚数不能少于份数"
    form.reject()
    sitting.rest()


def signed_document(sitting: Sitting) -> int:
    """Drafted by 孙芳, reviewed by 赵明, signed by 张伟."""
    office = sitting.sit_down("sunfang").desk.office
    matter_id = outgoing.create(office, factories.outgoing_draft(office)).matter_ids[0]
    outgoing.submit(office, matter_id)
    office = sitting.sit_down("zhaoming").desk.office
    outgoing.review(office, matter_id, "已核", factories.person_id(office, "张伟"))
    outgoing.sign(sitting.sit_down("zhangwei").desk.office, matter_id, "同意")
    return matter_id


def test_a_signed_document_is_sealed_once_more_without_a_file(qtbot, sitting):
    matter_id = signed_document(sitting)
    to_seals(qtbot, sitting, "sunfang").page.start_new()
    form = sitting.dialog(SealRequestForm)
    sitting.until(lambda: form._ui.signedComboBox.count() == 2)
    form._ui.signedComboBox.setCurrentIndex(1)
    assert form._ui.titleLineEdit.text() == "关于做好今冬明春安全生产工作的通知"
    sitting.type_in(form._ui.subjectLineEdit, "补盖存档一份")
    form._ui.donePushButton.click()
    gone(sitting, form)
    sealed = matters.card(sitting.office, matter_id).links
    assert [link.matter.state for link in sealed].count(State.REQUESTED) == 1


def test_a_refused_seal_is_asked_for_again_from_the_document(qtbot, sitting):
    matter_id = signed_document(sitting)
    keeper = sitting.sit_down("zhouyan").desk.office
    seals.refuse(keeper, matters.todo(keeper)[0].row.id, "份数与签发的不符。")
    sitting.sit_down("sunfang").open_area("outgoing")
    sitting.rest()
    card = sitting.window.page._ui.cardFrame
    assert "不予用印：份数与签发的不符。" in [one.aside for one in card._ui.timeline._entries]
    card.act_likely()
    words = sitting.dialog(ActDialog)
    sitting.type_in(words._ui.textPlainTextEdit, "份数已补齐，请用印。")
    words._ui.donePushButton.click()
    gone(sitting, words)
    keeper = sitting.sit_down("zhouyan").desk.office
    assert [one.row.kind for one in matters.todo(keeper)] == [MatterKind.SEAL_USE]
    assert matters.card(keeper, matter_id).row.holder == "印章管理员 用印"


def test_the_register_of_the_year_is_shown_as_it_prints(qtbot, sitting):
    approved(sitting)
    window = sitting.sit_down("zhouyan")
    window.open_area("seals")
    sitting.rest()
    window.page.findChild(QPushButton, "registerPushButton").click()
    paper = sitting.dialog(PaperDialog)
    sitting.until(lambda: shows_pages(paper._ui.pagesPreview))
    assert paper._ui.paperTitleLabel.text().startswith("用印登记簿")
    paper.reject()


def inventory_table(sitting: Sitting) -> list[tuple[str, ...]]:
    model = sitting.window.page.findChild(QTableView, "recordsTableView").model()
    return [tuple(model.index(row, column).data() for column in range(3)) for row in range(model.rowCount())]


def offered(sitting: Sitting, name: str) -> str:
    return next(person_label(one) for one in sitting.window.desk.directory.persons if one.name == name)


def act(sitting: Sitting, word: str) -> None:
    next(b for b, one in sitting.window.page._buttons if one.word == word).click()


def test_a_seal_is_entered_and_listed(qtbot, sitting):
    window = sitting.sit_down("zhouyan")
    window.open_area("seal_inventory")
    sitting.rest()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    form = sitting.dialog(SealForm)
    sitting.until(form.isActiveWindow)
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    sitting.rest()
    assert form.findChild(QLabel, "nameProblemLabel").text() == "请填写"
    sitting.type_in(form.form.widget("name"), "收文专用章")
    sitting.type_in(form.form.widget("owner"), "河东县人民政府办公室")
    qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    gone(sitting, form)
    assert ("收文专用章", "周燕", "在用") in inventory_table(sitting)


def test_a_seal_is_not_handed_over_without_a_third_and_not_to_somebody_who_keeps_none(qtbot, sitting):
    window = sitting.sit_down("zhouyan")
    window.open_area("seal_inventory")
    sitting.rest()
    act(sitting, "移交")
    form = sitting.dialog(HandOverForm)
    form.form.widget("taker").setCurrentText(offered(sitting, "孙芳"))
    sitting.type_in(form.form.widget("reason"), "工作调整")
    form.save()
    sitting.until(lambda: form.findChild(QLabel, "witnessProblemLabel").isVisible())
    form.form.widget("witness").setCurrentText(offered(sitting, "李强"))
    form.save()
    sitting.until(lambda: "孙芳不是印章管理员" in form.ui.problemLabel.text())
    form.reject()
    assert inventory_table(sitting) == [(NAME, "周燕", "在用")]


def test_a_seal_is_taken_out_of_use_with_its_reason(qtbot, sitting):
    window = sitting.sit_down("zhouyan")
    window.open_area("seal_inventory")
    sitting.rest()
    act(sitting, "变更状态")
    form = sitting.dialog(SealStateForm)
    form.form.widget("state").setCurrentText("停用")
    sitting.type_in(form.form.widget("reason"), "机构更名")
    form.save()
    gone(sitting, form)
    assert inventory_table(sitting) == [(NAME, "周燕", "停用")]
    assert seal_inventory.all_seals(sitting.office)[0].state is SealState.OUT_OF_USE


def seal_file(sitting: Sitting, login: str):
    window = sitting.sit_down(login)
    window.open_area("seal_inventory")
    sitting.rest()
    return window.page.card


def test_a_hand_over_is_signed_by_the_witness_at_the_seals_file(qtbot, sitting):
    office = factories.as_role(sitting.office, Role.SECURITY_ADMIN)
    taker = next(row for row in people.accounts(sitting.office) if row.login == "wuhao")
    people.change_account(office, taker.id, taker.roles | {Role.SEAL_KEEPER}, taker.clearance)
    card = seal_file(sitting, "zhouyan")
    seal = seal_inventory.all_seals(sitting.office)[0]
    draft = HandOver(taker.person_id, factories.person_id(sitting.office, "李强"), "轮岗")
    seal_custody.begin_hand_over(sitting.office, seal.id, draft)
    sitting.window.page.refresh()
    sitting.until(lambda: "待监交人李强签字（移交人周燕已签）" in card._ui.handOverLabel.text())
    assert not card._ui.signPushButton.isVisible()
    card = seal_file(sitting, "liqiang")
    sitting.until(card._ui.signPushButton.isVisible)
    card._ui.signPushButton.click()
    sitting.until(lambda: "待接收人吴昊签字" in card._ui.handOverLabel.text())
    card = seal_file(sitting, "wuhao")
    sitting.until(card._ui.signPushButton.isVisible)
    card._ui.signPushButton.click()
    sitting.until(lambda: inventory_table(sitting) == [(NAME, "吴昊", "在用")])
