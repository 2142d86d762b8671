"""会议 at the window: called, approved, signed in, recorded, decided; each decision becomes a chased task."""

from datetime import date

import factories
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QLabel
from sitting import Sitting, shows_pages

from deskoffice.domain.matters import Action, ListQuery, MatterKind, State
from deskoffice.domain.meetings import MeetingDraft, MeetingSeries, Presence, SignIn, TopicDraft
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.meetings.decisions import DecisionsDialog
from deskoffice.ui.meetings.meeting_form import MeetingDialog
from deskoffice.ui.meetings.minutes import MinutesDialog
from deskoffice.ui.meetings.record import RecordDialog
from deskoffice.ui.meetings.sign_in import SignInDialog
from deskoffice.ui.paper_choice import PaperChoice
from deskoffice.ui.papers import PaperDialog
from deskoffice.usecases import matters, meeting_minutes, meeting_views, meetings
from deskoffice.usecases.office import CHINA

CTRL = Qt.KeyboardModifier.ControlModifier
SAID = "赵明：请各单位抓紧。张伟：同意，散会。"
WHEN = date(2026, 12, 11)


def gone(sitting: Sitting, dialog) -> None:
    sitting.until(lambda: dialog not in [w for w in QApplication.topLevelWidgets() if w.isVisible()])
    sitting.rest()


def rows(sitting: Sitting, kind: MatterKind = MatterKind.MEETING):
    return matters.list_page(sitting.office, ListQuery(frozenset({kind})), 0, 50).rows


def to_meetings(sitting: Sitting, login: str):
    window = sitting.sit_down(login)
    window.open_area("meetings")
    sitting.rest()
    return window


def tick(qtbot, sitting: Sitting, picker, *letters: str) -> None:
    for typed in letters:
        sitting.type_in(picker._ui.filterLineEdit, typed)
        qtbot.keyClick(picker._ui.filterLineEdit, Qt.Key.Key_Return)


def confirm(qtbot, sitting: Sitting, dialog) -> None:
    sitting.until(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)


def call_it(qtbot, sitting: Sitting) -> None:
    to_meetings(sitting, "wuhao").page.start_new()
    form = sitting.dialog(MeetingDialog)
    sitting.type_in(form._ui.titleLineEdit, "县政府常务会议")
    sitting.type_in(form._ui.placeLineEdit, "第一会议室")
    sitting.type_in(form._ui.groundsLineEdit, "年度会议计划")
    chairs = [form._ui.chairComboBox.itemText(at) for at in range(form._ui.chairComboBox.count())]
    form._ui.chairComboBox.setCurrentText(next(text for text in chairs if text.startswith("张伟")))
    tick(qtbot, sitting, form._ui.attendeesPicker, "zw", "zm")
    tick(qtbot, sitting, form._ui.sittingInPicker, "lq")
    form._topics.show_lines(
        [("老旧小区改造方案", "县住建局 王某", "县审计局、县财政局"), ("冬季供暖准备", "县城管局", "")]
    )
    confirm(qtbot, sitting, form)
    gone(sitting, form)


def approve_it(qtbot, sitting: Sitting) -> None:
    window = to_meetings(sitting, "liqiang")
    qtbot.keyClick(window.page._ui.matterTableView, Qt.Key.Key_Return)
    opinion = sitting.dialog(ActDialog)
    confirm(qtbot, sitting, opinion)
    gone(sitting, opinion)


def sign_them_in(qtbot, sitting: Sitting) -> None:
    window = to_meetings(sitting, "wuhao")
    window.page._ui.cardFrame.act(Action.SIGN_IN)
    sheet = sitting.dialog(SignInDialog)
    table = sheet._ui.attendeesTableView
    sitting.until(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_1)
    sheet._ui.everybodyPushButton.click()
    assert sheet._ui.sumLabel.text() == "应到 3，到会 3，请假 0，未签到 0"
    confirm(qtbot, sitting, sheet)
    gone(sitting, sheet)


def record_it(qtbot, sitting: Sitting) -> None:
    sitting.window.page._ui.cardFrame.act(Action.RECORD)
    page = sitting.dialog(RecordDialog)
    sitting.until(page._ui.textPlainTextEdit.hasFocus)
    cards = [card.accessibleName() for card in page._ui.agendaView.findChildren(type(page._ui.agendaView).__base__)]
    assert "老旧小区改造方案，县住建局 王某 汇报　列席：县审计局、县财政局" in cards
    sitting.type_in(page._ui.textPlainTextEdit, SAID)
    assert page._ui.textPlainTextEdit.toPlainText().startswith(f"议题1：老旧小区改造方案\n{SAID}")
    confirm(qtbot, sitting, page)
    gone(sitting, page)


def decide_it(qtbot, sitting: Sitting) -> None:
    sitting.window.page._ui.cardFrame.act(Action.DECIDE)
    page = sitting.dialog(DecisionsDialog)
    sitting.until(page._ui.textPlainTextEdit.hasFocus)
    for text, lead in (("原则同意改造方案，修改后印发。", "县住建局"), ("供暖设备检修完毕", "孙芳")):
        sitting.type_in(page._ui.textPlainTextEdit, text)
        line = page._ui.leadComboBox.lineEdit()
        line.setText(lead)
        line.textEdited.emit(lead)
        offered = line.completer().model().index(0, 0).data()
        line.setText(offered or lead)
        page._ui.dueOnDateEdit.setDate(QDate(2026, 12, 11))
        page._ui.addPushButton.click()
    assert page._model.rowCount() == 2
    confirm(qtbot, sitting, page)
    gone(sitting, page)


def test_a_meeting_is_called_approved_signed_in_recorded_and_its_decisions_are_chased(qtbot, sitting):
    call_it(qtbot, sitting)
    assert [(row.title, row.state) for row in rows(sitting)] == [("县政府常务会议", State.REQUESTED)]
    approve_it(qtbot, sitting)
    sign_them_in(qtbot, sitting)
    record_it(qtbot, sitting)
    assert rows(sitting)[0].state is State.HELD
    decide_it(qtbot, sitting)
    window = sitting.sit_down("zhengjie")
    window.open_area("supervision")
    sitting.rest()
    model = window.page._ui.matterTableView.model()
    shown = {(model.row(at).title, model.row(at).holder, model.row(at).due_on) for at in range(model.count)}
    assert shown == {("原则同意改造方案，修改后印发", "县住建局 承办", WHEN), ("供暖设备检修完毕", "孙芳 承办", WHEN)}


def called(sitting: Sitting) -> int:
    """Called by the clerk, approved by 李强, each at the own account; then the clerk sits down again."""
    office = to_meetings(sitting, "wuhao").desk.office
    chair, member = factories.person_id(office, "张伟"), factories.person_id(office, "赵明")
    draft = MeetingDraft(
        MeetingSeries.EXECUTIVE,
        "县政府常务会议",
        "第一会议室",
        factories.monday_morning()().astimezone(CHINA).replace(hour=14),
        factories.monday_morning()().astimezone(CHINA).replace(hour=16),
        chair,
        "年度会议计划",
        attendee_ids=(chair, member),
        topics=(TopicDraft("老旧小区改造方案", "县住建局"),),
    )
    meeting = meetings.call(office, draft).matter_ids[0]
    meetings.approve(to_meetings(sitting, "liqiang").desk.office, meeting, "同意召开")
    to_meetings(sitting, "wuhao")
    return meeting


def held(sitting: Sitting) -> int:
    meeting = called(sitting)
    office = sitting.office
    lines = meeting_views.detail(office, meeting).attendees
    meetings.sign_in(office, meeting, [SignIn(line.id, Presence.PRESENT) for line in lines])
    meetings.record(office, meeting, SAID)
    sitting.window.page.refresh()
    sitting.rest()
    return meeting


def test_a_stand_in_without_a_name_and_leave_without_a_reason_are_not_stored(qtbot, sitting):
    meeting = called(sitting)
    sitting.window.page._ui.cardFrame.act(Action.SIGN_IN)
    sheet = sitting.dialog(SignInDialog)
    sheet._mark([0], Presence.STOOD_IN)
    sheet._mark([1], Presence.ON_LEAVE)
    sheet._ui.donePushButton.click()
    sitting.until(sheet._ui.problemLabel.isVisible)
    assert sheet._ui.problemLabel.text() == "请填写代会人；请填写请假事由"
    missing = sheet._ui.attendeesTableView.currentIndex()
    assert (missing.row(), missing.column()) == (0, 4)
    sheet._model.item(0, 4).setText("刘某")
    sheet._model.item(1, 4).setText("出差")
    sheet._ui.donePushButton.click()
    gone(sitting, sheet)
    kept = [(line.stand_in, line.reason) for line in meeting_views.detail(sitting.office, meeting).attendees]
    assert kept == [("刘某", ""), ("", "出差")]


def test_what_is_missing_in_a_decision_is_said_under_its_field(qtbot, sitting):
    held(sitting)
    sitting.window.page._ui.cardFrame.act(Action.DECIDE)
    page = sitting.dialog(DecisionsDialog)
    page._ui.donePushButton.click()
    problems = [page.findChild(QLabel, f"{name}ProblemLabel").text() for name in ("text", "lead", "dueOn")]
    assert problems == ["请填写", "请填写主办单位或主办人", "请填写"]
    assert rows(sitting, MatterKind.TASK) == ()
    page.reject()


def test_the_minutes_begin_with_the_text_the_agenda_makes_and_are_seen_as_a_page(qtbot, sitting):
    meeting = held(sitting)
    sitting.window.page._ui.cardFrame.act(Action.MINUTES)
    page = sitting.dialog(MinutesDialog)
    sitting.until(lambda: "老旧小区改造方案" in page._ui.textPlainTextEdit.toPlainText())
    sitting.until(lambda: shows_pages(page._ui.minutesPreview))
    assert "张伟同志在第一会议室主持召开第1次常务会议" in page._ui.textPlainTextEdit.toPlainText()
    page._ui.textPlainTextEdit.appendPlainText("会议强调，要压实责任。")
    confirm(qtbot, sitting, page)
    gone(sitting, page)
    assert rows(sitting)[0].state is State.MINUTED
    paper = meeting_minutes.paper_of(sitting.office, meeting)
    assert (paper.state, "要压实责任" in meeting_minutes.text_of(sitting.office, meeting)) == (State.REVIEW, True)


def test_the_papers_of_a_meeting_are_chosen_by_keyboard(qtbot, sitting):
    called(sitting)
    sitting.window.page._ui.cardFrame.act(Action.PRINT)
    choice = sitting.dialog(PaperChoice)
    sitting.until(choice._ui.papersListView.hasFocus)
    qtbot.keyClick(choice._ui.papersListView, Qt.Key.Key_Down)
    qtbot.keyClick(choice._ui.papersListView, Qt.Key.Key_Return)
    paper = sitting.dialog(PaperDialog)
    sitting.until(lambda: shows_pages(paper._ui.pagesPreview))
    assert paper._ui.paperTitleLabel.text().startswith("会议签到表")
    paper.reject()


def test_what_is_missing_in_a_call_is_said_and_what_was_typed_is_there_again(qtbot, sitting):
    to_meetings(sitting, "wuhao").page.start_new()
    form = sitting.dialog(MeetingDialog)
    sitting.type_in(form._ui.titleLineEdit, "专题会议")
    form._topics.show_lines([("供暖", "", "")])
    form._ui.donePushButton.click()
    sitting.until(form._ui.attendeesProblemLabel.isVisible)
    assert form._ui.placeProblemLabel.text() == "请填写"
    form._typing.keep()
    form.reject()
    sitting.rest()
    sitting.window.page.start_new()
    again = sitting.dialog(MeetingDialog)
    sitting.until(again._ui.restoredLabel.isVisible)
    assert (again._ui.titleLineEdit.text(), again._topics.lines()) == ("专题会议", [("供暖", "", "")])
    again.reject()
    sitting.rest()
