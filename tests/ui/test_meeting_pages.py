"""Topics, running a meeting, results and votes, decisions, calendar and plan at the window, by keys."""

from dataclasses import replace
from datetime import date, datetime

import factories
from PySide6.QtCore import QDate, Qt
from sitting import Sitting, shows_pages
from ui.test_meetings import called, confirm, gone, held, to_meetings

from deskoffice.domain.matters import Action, ListQuery, MatterKind, State
from deskoffice.domain.meeting_plan import DayKind, LeaderDay
from deskoffice.domain.meeting_running import Answer
from deskoffice.domain.meeting_topics import MajorKind, TopicProposal, TopicResult
from deskoffice.domain.meetings import DecisionDraft, MeetingClass, Presence
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.management.record_form import RecordForm
from deskoffice.ui.meetings.calendar_grid import Span
from deskoffice.ui.meetings.calendar_page import DayForm
from deskoffice.ui.meetings.discussion import DiscussionDialog
from deskoffice.ui.meetings.meeting_form import MeetingDialog
from deskoffice.ui.meetings.minutes import MinutesDialog
from deskoffice.ui.meetings.pool_dialog import PoolDialog
from deskoffice.ui.meetings.running import RunningDialog
from deskoffice.ui.meetings.topic_form import TopicForm
from deskoffice.usecases import matters, meeting_days, meeting_running, meeting_topics, meeting_views, meetings
from deskoffice.usecases.office import CHINA

LATE = date(2026, 12, 1)


def to_area(sitting: Sitting, login: str, area: str):
    window = sitting.sit_down(login)
    window.open_area(area)
    sitting.rest()
    return window.page


def test_a_topic_is_proposed_consented_to_and_taken_from_the_pool(qtbot, sitting):
    to_area(sitting, "wuhao", "topics").start_new()
    form = sitting.dialog(TopicForm)
    for line, text in ((form._ui.titleLineEdit, "审议供热方案"), (form._ui.reporterLineEdit, "县城管局王某")):
        sitting.type_in(line, text)
    sitting.type_in(form._ui.reasonPlainTextEdit, "请会议审定。")
    confirm(qtbot, sitting, form)
    gone(sitting, form)
    page = to_area(sitting, "liqiang", "topics")
    qtbot.keyClick(page._ui.matterTableView, Qt.Key.Key_Return)
    opinion = sitting.dialog(ActDialog)
    confirm(qtbot, sitting, opinion)
    gone(sitting, opinion)
    to_meetings(sitting, "wuhao").page.start_new()
    meeting = sitting.dialog(MeetingDialog)
    meeting._ui.poolPushButton.click()
    pool = sitting.dialog(PoolDialog)
    assert pool._ui.countLabel.text() == "待上会 1 项，选中 1 项"
    confirm(qtbot, sitting, pool)
    gone(sitting, pool)
    drafts = meeting._topics.drafts()
    assert [(one.title, one.reporter) for one in drafts] == [("审议供热方案", "县城管局王某")]
    assert drafts[0].topic_id is not None
    meeting.reject()
    sitting.rest()


def test_people_are_told_things_ticked_and_papers_numbered_by_keys(qtbot, sitting):
    meeting = called(sitting)
    sitting.window.page._ui.cardFrame.act(Action.RUN)
    page = sitting.dialog(RunningDialog)
    page._ui.tabWidget.setCurrentWidget(page._ui.toldTab)
    table = page._ui.toldTableView
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_1)
    page._ui.restPushButton.click()
    page._ui.toldPushButton.click()
    sitting.until(lambda: "已通知 2" in page._ui.sumLabel.text())
    told = meeting_running.running(sitting.office, meeting).told
    assert [(one.by, one.answer) for one in told] == [("吴昊", Answer.COMING)] * 2
    page._ui.tabWidget.setCurrentWidget(page._ui.dutyTab)
    page._ui.tickPushButton.click()
    sitting.until(lambda: "办妥 1 项" in page._ui.dutySumLabel.text())
    page._ui.numberPushButton.click()
    page._ui.giveMaterialsPushButton.click()
    sitting.until(lambda: "未收回 2 份" in page._ui.materialsSumLabel.text())
    page._ui.collectAllPushButton.click()
    sitting.until(lambda: "没有材料在外" in page._ui.materialsSumLabel.text())
    page._ui.tabWidget.setCurrentWidget(page._ui.seatsTab)
    sitting.until(lambda: shows_pages(page._ui.seatsPreview))
    page.reject()


def test_a_large_sum_needs_votes_with_the_chief_last(qtbot, sitting):
    office = to_meetings(sitting, "wuhao").desk.office
    draft = TopicProposal("研究购置设备", "办公室", "吴昊", "需要购置。", major=MajorKind.MONEY, amount=300_000)
    topic = meeting_topics.propose(office, draft).matter_ids[0]
    meeting_topics.approve(to_meetings(sitting, "liqiang").desk.office, topic)
    meeting = held(sitting)
    office = sitting.office
    assert meeting_views.detail(office, meeting).topics[0].result is TopicResult.NONE
    sitting.window.page._ui.cardFrame.act(Action.DISCUSS)
    page = sitting.dialog(DiscussionDialog)
    page._ui.resultComboBox.setCurrentIndex(list(TopicResult).index(TopicResult.AGREED))
    page._ui.fillPushButton.click()
    assert page._voices.item(page._voices.rowCount() - 1, 0).text() == "张伟"
    qtbot.keyClick(page._ui.voicesTableView, Qt.Key.Key_3)
    assert page._ui.votesLabel.text() == "赞成 1，反对 0，弃权 1"
    confirm(qtbot, sitting, page)
    gone(sitting, page)
    kept = meeting_views.detail(office, meeting).topics[0]
    assert (kept.result, len(kept.voices)) == (TopicResult.AGREED, 2)


def test_minutes_being_typed_are_there_again_after_the_window_died(qtbot, sitting):
    held(sitting)
    sitting.window.page._ui.cardFrame.act(Action.MINUTES)
    page = sitting.dialog(MinutesDialog)
    page._ui.textPlainTextEdit.appendPlainText("会议强调，压实责任。")
    page._typing.keep()
    sitting.rest()
    # Nothing is closed in order: the window goes as it goes when the machine dies.
    to_meetings(sitting, "wuhao").page._ui.cardFrame.act(Action.MINUTES)
    again = sitting.dialog(MinutesDialog)
    sitting.until(again._ui.restoredLabel.isVisible)
    assert "压实责任" in again._ui.textPlainTextEdit.toPlainText()
    again.reject()
    sitting.rest()


def test_a_late_decision_is_red_urged_and_opens_its_task(qtbot, sitting):
    meeting = held(sitting)
    decision = DecisionDraft("供暖设备检修完毕", LATE, lead_unit="县城管局", leader="张伟")
    meetings.decide(sitting.office, meeting, [decision])
    sitting.office.clock.move(days=20)
    page = to_area(sitting, "zhengjie", "decisions")
    assert page._ui.latePushButton.text() == "超期 1"
    page._ui.urgeAllPushButton.click()
    task = meeting_views.all_decisions(sitting.office)[0].decision.task
    sitting.until(lambda: any(step.kind.value == "urge" for step in matters.card(sitting.office, task.id).steps))
    page._ui.decisionsTableView.setFocus()
    qtbot.keyClick(page._ui.decisionsTableView, Qt.Key.Key_Return)
    sitting.rest()
    assert sitting.window.page._ui.cardFrame.card.row.id == task.id


def test_the_calendar_tells_that_a_leader_is_wanted_twice(qtbot, sitting):
    called(sitting)
    chair = factories.person_id(sitting.office, "张伟")
    begins = datetime(2026, 11, 23, 15, tzinfo=CHINA)
    draft = LeaderDay(chair, DayKind.ACTIVITY, begins, begins.replace(hour=16), "调研供暖", "城关镇")
    meeting_days.enter(sitting.office, draft)
    page = to_area(sitting, "wuhao", "meeting_calendar")
    assert "“县政府常务会议”与“调研供暖”（张伟）" in page._ui.clashLabel.text()
    qtbot.keyClick(page._ui.calendarGrid, Qt.Key.Key_Right)
    sitting.rest()
    assert page._ui.dayLabel.text() == "11月24日 星期二"
    page._ui.weekPushButton.click()
    sitting.rest()
    assert (page._span, page._ui.rangeLabel.text()) == (Span.WEEK, "2026年11月23日至11月29日")
    page.start_new()
    form = sitting.dialog(DayForm)
    form.ui.personComboBox.setCurrentIndex(1)
    sitting.type_in(form.ui.whatLineEdit, "接访")
    form.ui.dayDateEdit.setDate(QDate(2026, 11, 25))
    confirm(qtbot, sitting, form)
    gone(sitting, form)
    days = meeting_days.between(sitting.office, date(2026, 11, 25), date(2026, 11, 25))
    assert [one.what for one in days.leaders] == ["接访"]


def test_the_plan_and_last_years_figures_are_typed_and_compared(qtbot, sitting):
    meeting = called(sitting)
    before = meeting_views.draft_of(sitting.office, meeting)
    meetings.edit(sitting.office, meeting, replace(before, meeting_class=MeetingClass.SECOND))
    page = to_area(sitting, "wuhao", "meeting_plan")
    page.start_new()
    form = sitting.dialog(RecordForm)
    sitting.type_in(form.ui.titleLineEdit, "全县经济工作会议")
    confirm(qtbot, sitting, form)
    gone(sitting, form)
    assert page._ui.summaryLabel.text() == "计划 1 项，已开 0 项"
    page._ui.typePushButton.click()
    figures = sitting.dialog(RecordForm)
    figures.ui.secondCountSpinBox.setValue(4)
    confirm(qtbot, sitting, figures)
    gone(sitting, figures)
    assert page._ui.changeLabel.text() == "−75.0%"
    assert "上年数为录入" in page._ui.changeHintLabel.text()


def test_a_meeting_merged_into_another_brings_its_topics_along(office):
    from usecases.meeting_cases import called as asked

    clerk = factories.as_login(office, "wuhao")
    first = asked(office)
    second = asked(office, title="专题会议")
    leader = factories.as_login(office, "liqiang")
    assert [row.id for row in meetings.mergeable(leader, second)] == [first]
    meetings.merge(leader, second, first, "并入常务会议")
    assert len(meeting_views.detail(clerk, first).topics) == 4
    row = matters.list_page(office, ListQuery(frozenset({MatterKind.MEETING})), 0, 10).rows[0]
    assert (row.id, row.state) == (second, State.REFUSED)
    assert all(line.presence is Presence.EXPECTED for line in meeting_views.detail(clerk, first).attendees)
