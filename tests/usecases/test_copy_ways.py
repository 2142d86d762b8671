"""Where a copy is, who had it and what they said; lending, copying, counting, returning, destroying."""

from dataclasses import replace
from datetime import date

import factories
import pytest

from deskoffice.domain.copies import (
    BatchState,
    CopyOrigin,
    CopyPlace,
    LoanDraft,
    RequestState,
    check_reproduction,
    scanned,
)
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import CopyEnd
from deskoffice.domain.steps import Order
from deskoffice.domain.values import Classification
from deskoffice.usecases import copies, copy_batches, copy_papers, copy_requests, copy_trail, matters, search
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import circulating, incoming, verbs
from deskoffice.usecases.copy_batches import Ending

SECRET = {"level": Classification.SECRET, "secrecy_years": 10, "must_return": True}


def received(office, copy_number="000017", **changes):
    """A numbered paper of the city's; gives the id of its copy."""
    draft = factories.incoming_draft(copy_number=copy_number, **(SECRET | changes))
    matter_id = incoming.register(office, draft, []).matter_ids[0]
    return matters.card(office, matter_id).copies[0].id


def loan(office, name="赵明", **changes):
    draft = LoanDraft(factories.person_id(office, name), date(2026, 11, 24), "起草方案参考", "李强")
    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("text", "copy", "number"),
    [
        ("000017 东政办发〔2026〕41号", "000017", "东政办发〔2026〕41号"),
        ("东政办发[2026]41号 000017", "000017", "东政办发〔2026〕41号"),
        ("第17号份 东政办发（2026）41号", "000017", "东政办发〔2026〕41号"),
        ("东政办发〔2026〕41号 份号17", "000017", "东政办发〔2026〕41号"),
        ("000017", "000017", ""),
        ("东政办发〔2026〕41号 17", "000017", "东政办发〔2026〕41号"),
        ("东政办发〔2026〕41号的第000017号份在谁手里", "000017", "东政办发〔2026〕41号"),
        ("Where is copy 000017 of 东政办发〔2026〕41号, who had it", "000017", "东政办发〔2026〕41号"),
    ],
)
def test_a_copy_is_named_in_any_style(text, copy, number):
    found = scanned(text)
    assert (found.copy_number, found.document_number) == (copy, number)


@pytest.mark.parametrize("text", ["", "东政办发〔2026〕41号", "汛期", "17"])
def test_what_names_no_copy_is_left_to_the_search(text):
    assert scanned(text) is None


def test_the_way_of_a_copy_says_who_had_it_when_and_what_they_said(office):
    copy_id = received(office)
    matter_id = copies.out(office, 0, 9).rows[0].matter.id
    leader = factories.person_id(office, "张伟")
    incoming.propose(factories.as_login(office, "zhaoming"), matter_id, "请张伟同志阅示。", [leader])
    incoming.instruct(factories.as_login(office, "zhangwei"), matter_id, "请应急局认真落实。")
    copies.lend(office, copy_id, loan(office))
    office.clock.move(days=2)
    [found] = copy_trail.find(office, "请问东政办发〔2026〕41号 000017 在哪")
    assert [hit.row.id for hit in search.find(office, "东政办发〔2026〕41号 000017").hits] == [matter_id]
    way = copy_trail.trail(office, found.copy.id)
    assert way.sentence == "东政办发〔2026〕41号 第 000017 号份：借出，在 赵明 处第 3 天，应于 2026-11-24 前退还"
    told = "\n".join(f"{line.what} {line.to_holder} {line.words}" for line in way.lines)
    assert "收到 王丽" in told
    assert "“请应急局认真落实。”" in told
    assert "借出 赵明 起草方案参考（李强批准）" in told
    text = pdf_text(copy_trail.paper(office, copy_id).data).replace("\n", "").replace("\r", "")
    assert "请应急局认真落实" in text
    assert "第3天" in text.replace(" ", "")


def test_the_whole_way_of_a_copy_stands_on_its_page_and_its_paper(office):
    copy_id, clerk = received(office), factories.as_login(office, "zhaoming")
    [out] = copies.out(office, 0, 9).rows
    reader = [factories.person_id(office, "李强")]
    circulating.circulate(office, out.matter.id, reader, note="请阅", order=Order.IN_TURN)
    office.clock.move(hours=4)
    circulating.mark_read(factories.as_login(office, "liqiang"), out.matter.id, "建议纳入督查。")
    copies.lend(office, copy_id, loan(office))
    office.clock.move(hours=5)
    copies.give_back(office, copy_id)
    for kind, approves in ((CopyOrigin.REPRODUCED, True), (CopyOrigin.EXTRACT, False)):
        copy_requests.ask(clerk, copy_id, kind, count=2, purpose="会议用")
        request = next(one.id for one in copy_requests.waiting(office) if one.state is RequestState.ASKED)
        copy_requests.decide(factories.as_login(office, "liqiang"), request, approves=approves)
    batch = copy_batches.begin_count(office)
    copy_batches.scan(office, batch, "000017")
    office.clock.move(hours=1)
    batch = copy_batches.begin_clearing(office, out.matter.unit, 2026)
    copy_batches.scan(office, batch, "000017")
    copy_batches.finish(office, batch, Ending("市政府办 刘洋"))
    told = [(line.what, line.to_holder, line.words) for line in copy_trail.trail(office, copy_id).lines]
    assert [line for line in told if line[0] != "拟办中"] == [
        ("收到", "王丽", ""),
        ("传阅", "李强", "“建议纳入督查。”　2026-11-23 12:30 办完"),
        ("借出", "赵明", "起草方案参考（李强批准）"),
        ("归还", "王丽", ""),
        ("复制件 2 份", "赵明", "会议用，李强已批准，份号 000018、000019"),
        ("摘录件 2 份", "", "会议用，李强不批准"),
        ("清点", "", "在位，最近一次"),
        ("清退", "东江市人民政府办公室", "接收人：市政府办 刘洋"),
    ]
    text = pdf_text(copy_trail.paper(office, copy_id).data).replace("\r\n", "").replace(" ", "")
    for words in ("已清退", "建议纳入督查", "起草方案参考", "000018、000019", "市政府办刘洋"):
        assert words in text


def test_a_copy_lent_is_given_back(office):
    copy_id = received(office)
    copies.lend(office, copy_id, loan(office))
    assert [one.copy.id for one in copies.out(office, 0, 9, CopyPlace.LENT).rows] == [copy_id]
    with pytest.raises(RuleError, match="copy_not_here"):
        copies.lend(office, copy_id, loan(office, "李强"))
    copies.give_back(office, copy_id)
    assert copies.out(office, 0, 9, CopyPlace.LENT).total == 0
    [row] = copies.out(office, 0, 9, CopyPlace.KEPT).rows
    assert (row.copy.holder, row.copy.ended_on) == ("王丽", None)


@pytest.mark.parametrize(
    ("name", "code"),
    [("陈晨", "clearance_too_low"), ("孙芳", "copy_not_in_scope")],
    ids=["below the level", "not in the scope"],
)
def test_a_copy_is_lent_within_clearance_and_scope(office, name, code):
    copy_id = received(office)
    with pytest.raises(RuleError, match=code):
        copies.lend(office, copy_id, loan(office, name))
    assert copies.out(office, 0, 9).rows[0].copy.holder == "王丽"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": " "}, "opinion"), ({"approver": ""}, "approver"), ({"due_on": date(2026, 11, 22)}, "due_on")],
)
def test_a_loan_has_a_reason_a_day_and_an_approver(office, changes, field):
    copy_id = received(office)
    with pytest.raises(InvalidDraft) as refused:
        copies.lend(office, copy_id, loan(office, **changes))
    assert field in refused.value.problems


def test_a_reproduction_is_approved_by_a_leader_and_numbered_on(office):
    copy_id = received(office)
    copy_requests.ask(office, copy_id, CopyOrigin.REPRODUCED, count=2, purpose="会议用")
    [request] = copy_requests.waiting(office)
    assert (request.state, request.purpose, request.may_decide) == (RequestState.ASKED, "会议用", False)
    with pytest.raises(NotAllowed):
        copy_requests.decide(office, request.id, approves=True)
    copy_requests.decide(factories.as_login(office, "liqiang"), request.id, approves=True)
    made = matters.card(office, request.out.matter.id).copies
    assert [(one.copy_number, one.holder) for one in made] == [
        ("000017", "王丽"),
        ("000018", "王丽"),
        ("000019", "王丽"),
    ]
    assert "复制 王丽" in "".join(
        f"{line.what} {line.to_holder}" for line in copy_trail.trail(office, made[1].id).lines
    )
    with pytest.raises(RuleError, match="request_decided"):
        copy_requests.decide(factories.as_login(office, "liqiang"), request.id, approves=True)


def test_top_secret_is_not_copied():
    with pytest.raises(RuleError, match="copy_top_secret"):
        check_reproduction(Classification.TOP_SECRET)


def test_the_evening_count_says_what_is_missing_and_who_has_it(office):
    first, second = received(office), received(office, "000018", document_number="东政办发〔2026〕42号")
    copies.lend(office, second, loan(office))
    batch = copy_batches.begin_count(office)
    assert copy_batches.scan(office, batch, "000017").code == "seen"
    assert copy_batches.scan(office, batch, "000017 东政办发〔2026〕41号").code == "again"
    assert copy_batches.scan(office, batch, "000099").code == "unknown"
    missing = [line.out.copy.holder for line in copy_batches.lines(office, batch) if line.seen_at is None]
    assert missing == ["赵明"]
    assert copy_batches.finish(office, batch, Ending("")) == 1
    row = copy_batches.recent(office)[0]
    assert (row.state, row.total, row.seen) == (BatchState.DONE, 2, 1)
    assert matters.card(office, copies.out(office, 0, 9).rows[0].matter.id).copies[0].ended_on is None
    assert "未见" in pdf_text(copy_papers.paper(office, batch).data)
    assert first != second


def test_a_sender_gets_back_what_was_seen_and_the_rest_stays_missing(office):
    received(office)
    received(office, "000018", document_number="东政办发〔2026〕42号")
    [(unit, year)] = copy_batches.senders(office)
    batch = copy_batches.begin_clearing(office, unit, year)
    copy_batches.scan(office, batch, "000018")
    with pytest.raises(InvalidDraft):
        copy_batches.finish(office, batch, Ending(""))
    copy_batches.finish(office, batch, Ending("市政府办 刘洋"))
    endings = {one.copy_number: (one.holder, one.ending) for row in [*_cards(office)] for one in row.copies}
    assert endings == {"000017": ("王丽", None), "000018": ("东江市人民政府办公室", CopyEnd.RETURNED)}
    text = pdf_text(copy_papers.paper(office, batch).data)
    assert "000018" in text
    assert "000017" not in text


def _cards(office):
    from deskoffice.domain.matters import ListQuery, MatterKind

    page = matters.list_page(office, ListQuery(frozenset({MatterKind.INCOMING})), 0, 9)
    return [matters.card(office, row.id) for row in page.rows]


def test_destruction_is_approved_watched_by_two_and_final(office):
    copy_id = received(office, must_return=False)
    card = _cards(office)[0]
    leader = factories.person_id(office, "张伟")
    incoming.propose(factories.as_login(office, "zhaoming"), card.row.id, "请阅示。", [leader])
    incoming.instruct(factories.as_login(office, "zhangwei"), card.row.id, "已阅。")
    incoming.close(office, card.row.id, "已办。")
    batch = copy_batches.begin_destruction(office, 2026)
    copy_batches.scan(office, batch, "000017")
    with pytest.raises(RuleError, match="destruction_not_approved"):
        copy_batches.finish(office, batch, Ending("王丽、赵明", "送销毁中心"))
    with pytest.raises(NotAllowed):
        copy_batches.approve(office, batch)
    copy_batches.approve(factories.as_login(office, "liqiang"), batch)
    with pytest.raises(InvalidDraft):
        copy_batches.finish(office, batch, Ending("王丽", "送销毁中心"))
    assert copy_batches.finish(office, batch, Ending("王丽、赵明", "送销毁中心")) == 1
    assert _cards(office)[0].copies[0].ending is CopyEnd.DESTROYED
    with pytest.raises(RuleError, match="batch_done"):
        copy_batches.scan(office, batch, "000017")
    assert "监销" in pdf_text(copy_papers.paper(office, batch).data)
    assert "已销毁" in copy_trail.trail(office, copy_id).sentence


def test_a_kept_copy_of_a_finished_paper_goes_to_the_file(office):
    copy_id, back = received(office, must_return=False), received(office, document_number="东政办发〔2026〕42号")
    card = next(one for one in _cards(office) if one.copies[0].id == copy_id)
    with pytest.raises(RuleError, match="copy_paper_open"):
        copies.file_away(office, copy_id)
    with pytest.raises(RuleError, match="copy_goes_back"):
        copies.file_away(office, back)
    verbs.void(office, card.row.id, "重复登记。")
    copies.file_away(office, copy_id)
    assert copy_trail.trail(office, copy_id).sentence.endswith("2026-11-23 已归档")
    with pytest.raises(RuleError, match="copy_not_here"):
        copies.file_away(office, copy_id)


def test_who_may_not_know_a_paper_finds_none_of_its_copies(office):
    copy_id = received(office)
    intern = factories.as_login(office, "intern")
    assert copy_trail.find(intern, "000017") == ()
    with pytest.raises(RuleError, match="matter_missing"):
        copy_trail.trail(intern, copy_id)
