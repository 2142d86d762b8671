"""Errors by hand and by the log, verdicts, and the year's papers against last year's and the ceiling."""

from datetime import date

import factories
import pytest

from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import StepKind
from deskoffice.domain.quality import ErrorDraft, ErrorKind, Verdict
from deskoffice.domain.steps import HandlingPart
from deskoffice.storage.matters import StepRecord
from deskoffice.usecases import quality, stepping, volume
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import incoming, outgoing, verbs
from deskoffice.usecases.circulation.incoming import Assignment, Handler

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def kinds(office):
    return [(row.kind, row.source.split(":")[0], row.is_dismissed) for row in quality.errors(office, *YEAR)]


def drafted(office):
    drafter = factories.as_login(office, "sunfang")
    matter_id = outgoing.create(drafter, factories.outgoing_draft(office)).matter_ids[0]
    outgoing.submit(drafter, matter_id)
    return matter_id


def test_a_zero_is_stated_because_errors_could_have_been_entered(office):
    assert quality.errors(office, *YEAR) == ()
    assert set(quality.counted(()).values()) == {0}
    assert "漏办0" in pdf_text(quality.paper(office, *YEAR).data).replace("\n", "").replace("\r", "")


def test_what_a_person_enters_is_counted_with_its_words(office):
    draft = ErrorDraft(ErrorKind.FORMAT, date(2026, 11, 20), "孙芳", "版记位置不对，已重印。", "张伟")
    quality.enter(office, draft)
    [row] = quality.errors(office, *YEAR)
    assert (row.kind, row.person, row.found_by, row.note) == (
        ErrorKind.FORMAT,
        "孙芳",
        "张伟",
        "版记位置不对，已重印。",
    )
    assert quality.counted([row])[ErrorKind.FORMAT] == 1


def test_a_paper_nobody_was_asked_about_and_a_draft_sent_back_appear_by_themselves(office):
    incoming.register(office, factories.incoming_draft(), [])
    outgoing.return_to_drafter(factories.as_login(office, "zhaoming"), drafted(office), "错字较多。")
    assert kinds(office) == [(ErrorKind.WORDING, "step", False)]
    office.clock.move(days=6)
    assert set(kinds(office)) == {(ErrorKind.WORDING, "step", False), (ErrorKind.MISSED, "matter", False)}


def test_a_draft_sent_back_for_its_form_and_an_assignment_to_the_wrong_hands_appear_by_themselves(office):
    outgoing.return_to_drafter(factories.as_login(office, "zhaoming"), drafted(office), "版记抄送次序不对。")
    matter_id = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    incoming.propose(factories.as_login(office, "zhaoming"), matter_id, "请孙芳同志办理。", [])
    handler = Handler(factories.person_id(office, "孙芳"), "", HandlingPart.LEAD, None)
    incoming.assign(office, matter_id, Assignment((handler,), "请办理。"))
    verbs.send_back(factories.as_login(office, "sunfang"), matter_id, "不属本人职责。")
    found = {(row.kind, row.person) for row in quality.errors(office, *YEAR)}
    assert found == {(ErrorKind.FORMAT, "孙芳"), (ErrorKind.WRONG, "王丽")}


def test_a_step_done_after_its_day_is_late_and_one_done_on_the_day_is_not(office):
    def assigned(title):
        matter_id = incoming.register(office, factories.incoming_draft(title=title, document_number=""), []).matter_ids[
            0
        ]
        with office.act() as act:
            matter = act.matter(matter_id)
            person = stepping.persons(act, [factories.person_id(office, "赵明")])[0]
            return stepping.send_to_person(act, matter, StepKind.HANDLING, person, due_on=date(2026, 11, 23)).id

    def finish(step_id):
        with office.act() as act:
            step = act.session.get_one(StepRecord, step_id)
            stepping.finish(act, act.matter(step.matter_id), step, stepping.Said("已办"))

    in_time, late, never = assigned("甲的通知"), assigned("乙的通知"), assigned("丙的通知")
    office.clock.move(hours=14)  # 22:30 of the same day
    finish(in_time)
    office.clock.move(hours=2)  # half past midnight
    finish(late)
    found = {row.source for row in quality.errors(office, *YEAR) if row.kind is ErrorKind.LATE}
    assert found == {f"step:{late}", f"step:{never}"}


def test_what_the_log_shows_can_be_explained_away_once(office):
    matter_id = drafted(office)
    outgoing.return_to_drafter(factories.as_login(office, "zhaoming"), matter_id, "补充会签。")
    [row] = quality.errors(office, *YEAR)
    draft = ErrorDraft(row.kind, row.on, row.person, "领导要求补充会签，不是差错", "", matter_id, row.source, True)
    quality.enter(office, draft)
    assert kinds(office) == [(ErrorKind.WORDING, "step", True)]
    assert quality.counted(quality.errors(office, *YEAR))[ErrorKind.WORDING] == 0
    with pytest.raises(RuleError, match="error_known"):
        quality.enter(office, draft)


@pytest.mark.parametrize(("note", "on"), [(" ", date(2026, 11, 20)), ("错", date(2026, 12, 1))])
def test_an_error_has_words_and_a_day_that_has_been(office, note, on):
    with pytest.raises(InvalidDraft):
        quality.enter(office, ErrorDraft(ErrorKind.LATE, on, "孙芳", note))


def test_a_leader_judges_a_text(office):
    matter_id = drafted(office)
    quality.give_verdict(office, matter_id, "张伟", Verdict.PLEASED, on=date(2026, 11, 23), note="文字精炼。")
    [row] = quality.verdicts(office, *YEAR)
    assert (row.leader, row.verdict, row.note) == ("张伟", Verdict.PLEASED, "文字精炼。")
    assert "领导评价 1 次" in pdf_text(quality.paper(office, *YEAR).data)


def test_who_may_not_know_a_paper_sees_no_error_of_it(office):
    from deskoffice.domain.values import Classification

    draft = factories.incoming_draft(level=Classification.SECRET, secrecy_years=10, copy_number="000001")
    incoming.register(office, draft, [])
    office.clock.move(days=6)
    assert len(quality.errors(office, *YEAR)) == 1
    assert quality.errors(factories.as_login(office, "intern"), *YEAR) == ()
    with pytest.raises(NotAllowed):
        quality.enter(factories.as_login(office, "intern"), ErrorDraft(ErrorKind.LATE, date(2026, 11, 20), "", "晚了"))


def signed(office):
    matter_id = drafted(office)
    leader = factories.as_login(office, "zhangwei")
    outgoing.review(factories.as_login(office, "zhaoming"), matter_id, "", leader.actor.person_id)
    outgoing.sign(leader, matter_id, "同意")


def test_this_year_stands_against_typed_months_and_the_ceiling(office):
    series_id = factories.outgoing_draft(office).series_id
    signed(office)
    volume.type_baseline(office, series_id, 2025, [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 30, 9])
    volume.plan(office, 2026, {series_id: 1})
    [row] = volume.rows(office, date(2026, 11, 30))
    assert (row.issued, row.before, row.is_before_typed, row.ceiling) == (1, 32, True, 1)
    assert volume.cells(row)[3:5] == ["-31", "-96.9"]
    assert volume.warning(row) == "已到年度上限"
    assert volume.rows(office, date(2026, 11, 23))[0].before == 25
    text = pdf_text(volume.paper(office, date(2026, 11, 30), "pdf").data)
    assert "东政办发" in text
    assert volume.paper(office, date(2026, 11, 30), "xlsx").data.startswith(b"PK")


def test_next_year_compares_with_what_was_counted(office):
    signed(office)
    office.clock.move(days=366)
    signed(office)
    signed(office)
    [row] = volume.rows(office, date(2027, 11, 24))
    assert (row.issued, row.before, row.is_before_typed) == (2, 1, False)
    assert volume.cells(row)[3:5] == ["+1", "+100.0"]
    assert volume.warning(row) == "多于去年同期"


@pytest.mark.parametrize("ceiling", [0, -1, 100_000])
def test_a_ceiling_is_a_number_of_papers(office, ceiling):
    with pytest.raises(InvalidDraft):
        volume.plan(office, 2026, {1: ceiling})
