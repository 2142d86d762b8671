"""Where papers lie: who had them for how long, who was late, and the way of one paper on paper."""

from datetime import date, timedelta

import factories
import pytest

from deskoffice.domain.dwell import By, Hop, row, span_text, usual
from deskoffice.domain.matters import ListQuery, MatterKind
from deskoffice.domain.people import Role
from deskoffice.domain.quality import ErrorKind
from deskoffice.domain.steps import HandlingPart, StepKind
from deskoffice.domain.values import Classification
from deskoffice.usecases import dwell, hop_ledger, matters, quality
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import incoming, verbs
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.circulation.verbs import PastStep
from deskoffice.usecases.office import Office

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def hop(minutes: int, *, is_open: bool = False, late: int = 0) -> Hop:
    return Hop(minutes, 1, StepKind.HANDLING, "赵明", "秘书科", minutes, None, late, is_open)


@pytest.mark.parametrize(
    ("hops", "minutes"),
    [
        pytest.param([], None, id="nothing was done"),
        pytest.param([hop(90, is_open=True)], None, id="what waits is not done"),
        pytest.param([hop(10), hop(20), hop(9000)], 20, id="one that lay for days changes nothing"),
        pytest.param([hop(10), hop(20)], 15, id="between two"),
    ],
)
def test_the_usual_time_is_the_median_of_what_was_done(hops: list[Hop], minutes: int | None) -> None:
    assert usual(hops) == minutes


def test_a_line_tells_the_longest_the_late_and_what_waits() -> None:
    made = row("赵明", [hop(30), hop(600, late=2), hop(2000, is_open=True)])
    assert (made.done, made.longest, made.late, made.waiting, made.waiting_longest) == (2, 2000, 1, 1, 2000)
    assert [one.minutes for one in made.hops] == [2000, 600, 30]
    assert made.late_share == 33


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "不到1分钟"), (59, "59分钟"), (60, "1小时"), (61, "1小时1分"), (1440, "1天"), (3120, "2天4小时")],
)
def test_a_span_is_told_in_words(minutes: int, text: str) -> None:
    assert span_text(minutes) == text


def paper_with_the_bureau(office: Office) -> int:
    """Proposed after five hours; the bureau is two days late and still has it."""
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    office.clock.move(hours=5)
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), matter_id, "请阅示。", [])
    handler = Handler(None, "县应急管理局", HandlingPart.LEAD, office.today() + timedelta(days=1))
    incoming.assign(office, matter_id, Assignment((handler,), "请办理。"))
    office.clock.move(hours=72)
    return matter_id


def test_the_table_tells_who_had_papers_for_how_long(office: Office) -> None:
    paper_with_the_bureau(office)
    people = {one.name: dwell.cells(one) for one in dwell.table(office, FIRST, LAST, By.PERSON).rows}
    assert people["赵明"][1:4] == ["1", "5小时", "5小时"]
    units = {one.name: dwell.cells(one) for one in dwell.table(office, FIRST, LAST, By.UNIT).rows}
    assert units["县应急管理局"][4:] == ["1", "100％", "1", "3天"]
    kinds = [one.name for one in dwell.table(office, FIRST, LAST, By.KIND).rows]
    assert kinds == ["承办", "拟办"]


def test_what_was_entered_afterwards_is_nobodys_time(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    person_id = factories.person_id(office, "张伟")
    verbs.back_enter(office, matter_id, PastStep(StepKind.INSTRUCTION, person_id, "同意。", date(2026, 11, 2)))
    assert "张伟" not in {one.name for one in dwell.table(office, FIRST, LAST, By.PERSON).rows}


def test_nobody_reckons_with_papers_that_are_not_his(office: Office) -> None:
    level = {"level": Classification.SECRET, "secrecy_years": 10, "copy_number": "000001"}
    incoming.register(office, factories.incoming_draft(**level))
    assert dwell.table(office, FIRST, LAST, By.KIND).rows
    for role in (Role.AUDIT_ADMIN, Role.DRAFTER):
        assert dwell.table(factories.as_role(office, role), FIRST, LAST, By.KIND).rows == ()


def test_the_time_a_paper_was_set_aside_is_nobodys_and_makes_nobody_late(office: Office) -> None:
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    incoming.propose(factories.as_role(office, Role.SECRETARIAT), matter_id, "请阅示。", [])
    handler = Handler(None, "县应急管理局", HandlingPart.LEAD, office.today() + timedelta(days=1))
    incoming.assign(office, matter_id, Assignment((handler,), "请办理。"))
    office.clock.move(hours=6)
    verbs.suspend(office, matter_id, "等上级批复。")
    office.clock.move(hours=96)
    overdue = ListQuery(frozenset({MatterKind.INCOMING}), due_before=office.today())
    for held in (span_text(360), span_text(480)):
        units = {one.name: dwell.cells(one) for one in dwell.table(office, FIRST, LAST, By.UNIT).rows}
        assert units["县应急管理局"][4:] == ["", "", "1", held]
        text = pdf_text(dwell.way_of(office, matter_id).data).replace("\r\n", "")
        assert f"停留最久：县应急管理局 承办 {held}；没有超期" in text
        assert held.replace(" ", "") in pdf_text(hop_ledger.paper(office, FIRST, LAST, "pdf").data)
        assert quality.counted(quality.errors(office, FIRST, LAST))[ErrorKind.LATE] == 0
        assert matters.list_page(office, overdue, 0, 9).total == 0
        if held == span_text(360):
            verbs.resume(office, matter_id, "批复已到。")
            office.clock.move(hours=2)


def test_the_way_of_a_late_paper_names_where_it_lay(office: Office) -> None:
    text = pdf_text(dwell.way_of(office, paper_with_the_bureau(office)).data).replace("\r\n", "")
    assert "停留最久：县应急管理局 承办 3天" in text
    assert "超期：县应急管理局 承办 2 天" in text
    assert "还在手里" in text


def test_the_ledger_has_a_line_for_each_hop_with_the_words(office: Office) -> None:
    matter_id = paper_with_the_bureau(office)
    incoming.urge(office, matter_id, "请尽快反馈。")
    text = pdf_text(hop_ledger.paper(office, FIRST, LAST, "pdf").data).replace("\r\n", "")
    for words in ("文件流转台账（2026-11-01至2026-11-30）", "请阅示。", "5小时", "县应急管理局", "还在手里", "1次"):
        assert words.replace(" ", "") in text.replace(" ", "")
    assert hop_ledger.paper(office, FIRST, LAST, "xlsx").data.startswith(b"PK")
