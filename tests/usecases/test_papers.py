"""Printed forms of seals, meetings and tasks: what a person reads on the paper."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from factories import as_role, log_in, person_id
from openpyxl import load_workbook
from usecases.meeting_cases import SAID, decisions, held
from usecases.seal_cases import add_seal, approved, requested, stamping

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import HandOver
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification
from deskoffice.usecases import (
    attachments,
    ledgers,
    meeting_minutes,
    meetings,
    papers_meetings,
    papers_seals,
    papers_supervision,
    people,
    seal_custody,
    seal_forms,
    seals,
    supervision,
)
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper


def words(paper: PdfPaper) -> str:
    """Everything on the paper without the spaces and breaks that the layout makes."""
    return re.sub(r"\s+", "", attachments.pdf_text(paper.data))


def test_the_request_for_a_seal_shows_who_agreed_and_who_stamped(office: Office) -> None:
    keeper = as_role(office, Role.SEAL_KEEPER)
    use = approved(office, add_seal(office), is_straddling=True)
    seals.stamp(keeper, use, stamping(keeper, use))
    text = words(papers_seals.request_sheet(office, use))
    for part in (
        "用印审批单",
        "印〔2026〕1号",
        "签订办公用品采购合同",
        "同意用印",
        "李强",
        "孙芳",
        "周燕",
        "2026年11月23日",
    ):
        assert part in text


def test_the_seal_register_has_a_line_for_every_use_and_refusal(office: Office) -> None:
    keeper, seal = as_role(office, Role.SEAL_KEEPER), add_seal(office)
    first, second = approved(office, seal), approved(office, seal)
    seals.stamp(keeper, first, stamping(keeper, first, spoiled=1, note="印泥不匀"))
    seals.refuse(keeper, second, "落款不符")
    text = words(papers_seals.register_book(keeper, seal, 2026))
    for part in ("用印登记簿", "印〔2026〕1号", "废1枚；印泥不匀", "印〔2026〕2号", "不予用印；落款不符"):
        assert part in text
    seals.refuse(as_role(office, Role.OFFICE_LEADER), requested(office, seal), "事由不清")
    lines = papers_seals.register(keeper, 2026).lines
    assert [(line["note"], line["stamped_by"]) for line in lines[1:]] == [
        ("不予用印；落款不符", "周燕"),
        ("未批准；事由不清", ""),
    ]
    assert {line["stamped_at"][:10] for line in lines} == {"2026-11-23"}


def test_the_hand_over_sheet_needs_a_hand_over(office: Office) -> None:
    seal = add_seal(office)
    with pytest.raises(DeskOfficeError, match="seal_not_handed_over"):
        seal_forms.hand_over_sheet(office, seal)
    taker = next(row for row in people.accounts(office) if row.login == "wuhao")
    people.change_account(
        as_role(office, Role.SECURITY_ADMIN), taker.id, taker.roles | {Role.SEAL_KEEPER}, taker.clearance
    )
    move = HandOver(taker.person_id, person_id(office, "李强"), "岗位轮换")
    seal_custody.begin_hand_over(as_role(office, Role.SEAL_KEEPER), seal, move)
    text = words(seal_forms.hand_over_sheet(office, seal))
    assert "印章移交单" in text
    assert "岗位轮换" in text
    assert "河东县人民政府办公室章" in words(papers_seals.inventory_book(office))


def test_the_papers_before_a_meeting(office: Office) -> None:
    meeting = held(office)
    request = words(papers_meetings.request_sheet(office, meeting))
    assert "年度会议计划" in request
    assert "同意召开" in request
    notice = words(papers_meetings.notice(office, meeting))
    assert "2026年11月24日09:00—11:30" in notice
    assert "第一会议室" in notice
    assert "老旧小区改造方案" in words(papers_meetings.agenda(office, meeting))
    assert papers_meetings.place_cards(office, meeting).data.startswith(b"%PDF")


def test_the_sign_in_sheet_says_who_came(office: Office) -> None:
    text = words(papers_meetings.sign_in_sheet(office, held(office)))
    assert re.search(r"李强.*请假", text)
    assert "应到4实到3请假1缺席0" in text


def test_the_record_is_printed_for_those_who_may_read_it(office: Office) -> None:
    meeting = held(office)
    there = log_in(office, "zhangwei")
    text = words(papers_meetings.record(there, meeting))
    assert SAID in text
    assert "李强（出差）" in text
    absent = log_in(there, "liqiang")
    with pytest.raises(DeskOfficeError, match="vault_not_yours"):
        papers_meetings.record(absent, meeting)
    absent.close()


def test_the_minutes_are_typeset_with_the_lists_at_the_end(office: Office) -> None:
    clerk = as_role(office, Role.CONFERENCE_CLERK)
    meeting = held(office, unit="河东县人民政府")
    meetings.decide(clerk, meeting, decisions(office))
    with pytest.raises(DeskOfficeError, match="meeting_not_minuted"):
        papers_meetings.minutes(office, meeting)
    meeting_minutes.write(clerk, meeting, meeting_minutes.begin(clerk, meeting))
    text = words(papers_meetings.minutes(office, meeting))
    for part in ("河东县人民政府常务会议纪要", "一、关于老旧小区改造方案", "出席：张伟、县财政局", "请假：李强"):
        assert part in text


def test_a_secret_paper_bears_its_mark(office: Office) -> None:
    meeting = held(office, level=Classification.CONFIDENTIAL, secrecy_years=5)
    for paper in (papers_meetings.notice(office, meeting), papers_meetings.sign_in_sheet(office, meeting)):
        assert "秘密★5年" in words(paper)
    assert "秘密" in words(papers_meetings.register_book(office, 2026))


def test_the_task_slip_shows_reminders_answer_and_verdict(office: Office) -> None:
    chaser = as_role(office, Role.SUPERVISION_CLERK)
    draft = TaskDraft(TaskSource.INSTRUCTION, "汛前排查水库险情", date(2026, 11, 30), lead_unit="县水利局")
    task = supervision.create(chaser, replace(draft, leader="张伟")).matter_ids[0]
    supervision.urge(chaser, task, "电话催办")
    supervision.report(chaser, task, "已排查12座")
    supervision.close(as_role(office, Role.OFFICE_LEADER), task, "属实，销号")
    text = words(papers_supervision.notice(chaser, task))
    for part in ("督办通知单", "督〔2026〕1号", "县水利局", "张伟", "电话催办", "已排查12座", "属实，销号"):
        assert part in text
    assert "已排查12座" in words(papers_supervision.register_book(chaser, 2026))


def test_the_exported_register_of_seals_counts_imprints(office: Office) -> None:
    keeper = as_role(office, Role.SEAL_KEEPER)
    use = approved(office, add_seal(office))
    seals.stamp(keeper, use, stamping(keeper, use))
    sheet = load_workbook(io.BytesIO(ledgers.export(office, "用印", "xlsx", 2026).data)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(line for line in lines if "枚数" in line)
    assert lines[-1][head.index("枚数")] == "4"
    assert lines[-1][head.index("批准人")] == "李强"


@pytest.mark.parametrize("register", ["seal_use", "meeting", "task"])
def test_a_register_of_another_year_is_empty(office: Office, register: str) -> None:
    held(office)
    assert "2025年" in words(ledgers.export(office, register, "pdf", 2025))
    assert "常务会议" not in words(ledgers.export(office, register, "pdf", 2025))
