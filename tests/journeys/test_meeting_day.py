"""A day's 常务会议 at the keyboard: nine topics, 31 people, to the minutes, nine extracts and eleven tasks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys.test_issuing import CHECKER, LOG_IN, Desk, failures
from PySide6.QtWidgets import QLabel, QWidget
from sitting import shows_pages
from usecases.meeting_cases import BUREAUS

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.domain.meeting_topics import TopicResult
from deskoffice.domain.people import UnitDraft
from deskoffice.ui.act_dialog import ActDialog
from deskoffice.ui.circulation.outgoing import ReviewDialog
from deskoffice.ui.circulation.outgoing_dispatch import DispatchDialog
from deskoffice.ui.circulation.outgoing_sign import SignDialog
from deskoffice.ui.matter_list import MatterListPage
from deskoffice.ui.meetings.decisions import DecisionsDialog
from deskoffice.ui.meetings.discussion import DiscussionDialog
from deskoffice.ui.meetings.meeting_form import MeetingDialog
from deskoffice.ui.meetings.meetings import PAPERS
from deskoffice.ui.meetings.minutes import MinutesDialog
from deskoffice.ui.meetings.record import RecordDialog
from deskoffice.ui.meetings.sign_in import SignInDialog
from deskoffice.ui.paper_choice import PaperChoice
from deskoffice.ui.papers import PaperDialog
from deskoffice.usecases import matters, meeting_minutes, meeting_views, papers_meetings, people
from deskoffice.usecases.attachments import pdf_text

TWENTY_MINUTES = 2_000
"""Two keys a second, and more than three minutes left to wait and to look."""
MEMBERS, SITTING_IN = ("zw", "lq", "zm", "sf", "zj"), ("wh", "fj", "zy")
TOWNS = ("城关", "柳林", "清溪", "高桥", "平湖", "双龙", "石门", "永安", "新塘", "龙泉", "太和", "青山", "白马", "红星")
TOPICS = (
    "全县安全生产工作",
    "年度财政预算调整方案",
    "老旧小区改造项目",
    "粮食收购工作",
    "农村公路养护办法",
    "卫生院改扩建资金",
    "校园食品安全整治",
    "河道采砂规划",
    "国有土地出让方案",
)
RESULTS = (1, 1, 2, 3, 1, 5, 4, 4, 5)
"""Which of the results of the box: agreed, in principle, heard, put off, joined; four of them put off or joined."""
DECIDED = ("12月31日前开展安全生产检查", "按程序办理预算调整", "完善方案后组织实施", "做好收储和资金保障")
SAID = "汇报了有关情况。张伟：责任要落到人。"


class MeetingDesk(Desk):
    """The lists are empty in the morning."""

    def open_area(self, login: str, area: str) -> None:
        """Log in when somebody else sits here, and turn to a list by its name."""
        if self._window is None or self.office.actor.login != login:
            self.sit_down(login)
            self.strokes += LOG_IN
        self.command(area)
        page = self.window.page
        assert isinstance(page, MatterListPage), area
        self.until(lambda: not page._model.count or page._ui.cardFrame.card is not None)
        self.rest()


@pytest.fixture
def desk(qtbot, office) -> Iterator[MeetingDesk]:
    for name in (*BUREAUS, *(f"{town}镇人民政府" for town in TOWNS)):
        people.add_unit(office, UnitDraft(name))
    seat = MeetingDesk(qtbot, office)
    yield seat
    seat.get_up()
    seat.office.close()


def pick(desk: Desk, tab: str, names: tuple[str, ...]) -> None:
    """A few letters and Enter for each."""
    desk.press(tab)
    for name in names:
        desk.write(name)
        desk.press("Return")


def call_it(desk: Desk) -> None:
    desk.open_area("wuhao", "会议")
    desk.press("Ctrl+N")
    form = desk.dialog(MeetingDialog)
    desk.write("县政府常务会议")
    desk.press("Alt+P")
    desk.write("县政府第一会议室")
    chairs = form._ui.chairComboBox
    chief = next(at for at in range(chairs.count()) if chairs.itemText(at).startswith("张伟"))
    desk.press("Alt+C", *["Down"] * chief, "Alt+G")
    desk.write("年度会议计划")
    pick(desk, "Alt+1", MEMBERS)
    pick(desk, "Alt+2", SITTING_IN)
    pick(desk, "Alt+3", tuple(people.initials(name) for name in (*BUREAUS, *(f"{town}镇人" for town in TOWNS))))
    for title, bureau in zip(TOPICS, BUREAUS, strict=True):
        lines = form._topics.rowCount()
        desk.press("Alt+I")
        desk.until(lambda wanted=lines + 1: form._topics.rowCount() == wanted)
        desk.write(title)
        desk.press("Tab")
        desk.write(bureau)
    # The last cell is still open; what stands in it counts.
    desk.finish(form)
    (meeting,) = matters.list_page(desk.office, ListQuery(frozenset({MatterKind.MEETING})), 0, 9).rows
    assert [one.reporter for one in meeting_views.detail(desk.office, meeting.id).topics] == list(BUREAUS)


def print_it(desk: Desk, name: str) -> str:
    """Ctrl+P, the form from the list, Enter: the paper as it will be printed; gives what it says."""
    desk.command("打印")
    choice = desk.dialog(PaperChoice)
    at = next(at for at, paper in enumerate(PAPERS) if paper.name == name)
    desk.press(*["Down"] * at, "Return")
    paper = desk.dialog(PaperDialog)
    assert choice is not None
    desk.until(lambda: shows_pages(paper._ui.pagesPreview))
    data = paper._paper.data
    desk.press("Esc")
    desk.rest()
    return "".join(pdf_text(data).split())


def act(desk: Desk, words: str, kind: type[QWidget]) -> QWidget:
    desk.command(words)
    return desk.dialog(kind)


def sign_in(desk: Desk) -> None:
    """All came but two: one on leave, one who sent somebody."""
    sheet = act(desk, "签到", SignInDialog)
    desk.until(sheet._ui.attendeesTableView.hasFocus)
    desk.press("Down", "3")
    desk.write("参加省里培训")
    desk.press("Return", "Down", "2")
    desk.write("刘科长")
    desk.press("Return", "Alt+A")
    desk.until(lambda: "未签到 0" in sheet._ui.sumLabel.text())
    assert "应到 31，到会 30，请假 1" in sheet._ui.sumLabel.text()
    desk.finish(sheet)


def record_it(desk: Desk) -> None:
    """Under the heading of each topic what was said."""
    page = act(desk, "会议记录", RecordDialog)
    desk.until(page._ui.textPlainTextEdit.hasFocus)
    desk.press("Ctrl+Home")
    for _ in TOPICS:
        desk.press("End", "Return")
        desk.write(SAID)
        desk.press("Down", "Down")
    desk.finish(page)


def tell_the_results(desk: Desk) -> None:
    page = act(desk, "审议结果", DiscussionDialog)
    desk.until(page._ui.resultComboBox.hasFocus)
    for at, result in enumerate(RESULTS):
        desk.press(*["Down"] * result, *(["Ctrl+Down"] if at < len(RESULTS) - 1 else []))
    assert [one.result for one in page.outcomes()] == [list(TopicResult)[result] for result in RESULTS]
    desk.finish(page)


def problems(page: QWidget) -> list[str]:
    """What the dialog says is missing."""
    return [label.text() for label in page.findChildren(QLabel) if label.objectName().endswith("ProblemLabel")]


def decide(desk: Desk) -> None:
    """Eleven: of each topic one, of the first two a second; the bureau that reported leads, the day is read."""
    page = act(desk, "议定事项", DecisionsDialog)
    desk.until(page._ui.textPlainTextEdit.hasFocus)
    assert page._ui.leadComboBox.currentText() == BUREAUS[0], [one.reporter for one in page._topics]
    for at in range(len(TOPICS)):
        if at:
            desk.press("Alt+I", "Down", "Alt+T")
        for text in (DECIDED[at % 4], "下月报告进展")[: 2 if at < 2 else 1]:
            desk.write(text)
            desk.press("Ctrl+=")
            assert not page._ui.textPlainTextEdit.toPlainText(), problems(page)
    assert page._model.rowCount() == 11
    desk.finish(page)


def issue(desk: Desk) -> None:
    """Its own text, reviewed, signed, numbered, handed out to nine."""
    page = act(desk, "拟写纪要", MinutesDialog)
    desk.until(lambda: bool(page._ui.textPlainTextEdit.toPlainText()))
    desk.finish(page)
    desk.answer("zhaoming", ReviewDialog, "已核，请签发。")
    dialog = desk.open("zhangwei", "发文", SignDialog)
    desk.write("同意印发。")
    desk.finish(dialog)
    dialog = desk.open("wangli", "发文", DispatchDialog)
    for bureau in BUREAUS:
        desk.write(people.initials(bureau))
        desk.press("Return")
    desk.finish(dialog)


@pytest.mark.timeout(600)
def test_an_executive_meeting_from_the_call_to_the_print(desk):
    call_it(desk)
    desk.finish(desk.open("liqiang", "会议", ActDialog))
    desk.open_area("wuhao", "会议")
    assert "老旧小区改造项目" in print_it(desk, "会议通知")
    assert "永安镇人民政府" in print_it(desk, "会议签到表")
    sign_in(desk)
    record_it(desk)
    tell_the_results(desk)
    decide(desk)
    issue(desk)
    desk.open_area("wuhao", "会议")
    assert SAID in print_it(desk, "会议记录")
    minutes = print_it(desk, "会议纪要")
    assert "请假：赵明" in minutes or "请假" in minutes
    assert "老旧小区改造项目" in print_it(desk, "纪要摘录（各单位）")
    assert "共计11" in print_it(desk, "议定事项任务分解表")
    print(f"{desk.strokes} keys from the call to the print")  # noqa: T201  for who measures
    assert desk.strokes < TWENTY_MINUTES, f"{desk.strokes} keys"
    day_is_whole(desk)


def day_is_whole(desk: Desk) -> None:
    """31 lines, 9 topics, 11 tasks with nine leads, 9 extracts, minutes by the standard."""
    office = desk.office
    meeting = matters.list_page(office, ListQuery(frozenset({MatterKind.MEETING})), 0, 9).rows[0].id
    found = meeting_views.detail(office, meeting)
    assert (len(found.attendees), len(found.topics), len(found.decisions)) == (31, 9, 11)
    assert {one.leads for one in found.decisions} == set(BUREAUS)
    paper = meeting_minutes.paper_of(office, meeting)
    assert paper is not None
    assert paper.state is State.DISPATCHED
    assert len(meeting_minutes.units_of(found)) == 9
    if CHECKER.exists():
        pdf = Path(office.vault.folder).with_name("纪要.pdf")
        pdf.write_bytes(papers_meetings.minutes(office, meeting).data)
        assert failures(pdf) == []
