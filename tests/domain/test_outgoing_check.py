"""签发前体检: what stops a signature, what is only said, and where each finding stands."""

from dataclasses import replace
from datetime import date

import pytest

from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.circulation.outgoing_check import Attached, Subject, check, left_out
from deskoffice.domain.circulation.outgoing_words import Person
from deskoffice.domain.values import Classification

NOTICE = OutgoingDraft(
    kind=DocumentKind.NOTICE,
    title="关于做好汛期值班工作的通知",
    series_id=1,
    body_text="为做好汛期值班工作，现将有关事项通知如下。\n一、压实责任。",
    addressee="各乡镇人民政府：",
    printed_copies=9,
)
REQUEST = replace(
    NOTICE,
    kind=DocumentKind.REQUEST,
    title="关于解决防汛物资的请示",
    body_text="我县防汛物资不足。\n妥否，请批示。",
    addressee="东江市人民政府：",
    note="（联系人：李强，电话：12345）",
)
REPORT = replace(REQUEST, kind=DocumentKind.REPORT, title="关于汛情的报告", body_text="汛情平稳。\n特此报告。")
GOOD = Subject(
    draft=NOTICE,
    kind_word="通知",
    series_code="东政办发",
    issuer_mark="河东县人民政府办公室文件",
    today=date(2026, 11, 23),
    is_level_decided=True,
    people=(Person("张伟", "副县长"), Person("李强", "办公室主任")),
)


def found(subject: Subject) -> dict[str, tuple[str, int, bool]]:
    return {one.code: (one.place, one.row, one.is_blocking) for one in check(subject)}


def of(draft: OutgoingDraft, word: str = "通知", **changes: object) -> dict[str, tuple[str, int, bool]]:
    return found(replace(GOOD, draft=draft, kind_word=word, **changes))


def body(text: str) -> OutgoingDraft:
    return replace(NOTICE, body_text=text)


def test_a_sound_notice_and_a_sound_request_have_no_findings():
    assert found(GOOD) == {}
    assert of(REQUEST, "请示") == {}
    assert of(REPORT, "报告") == {}


@pytest.mark.parametrize(
    ("draft", "word", "code", "place", "row", "blocks"),
    [
        (replace(NOTICE, level=Classification.SECRET), "通知", "period_missing", "secrecy_years", 0, True),
        (replace(NOTICE, addressee=""), "通知", "addressee_missing", "addressee", 0, True),
        (replace(NOTICE, addressee="张伟副县长："), "通知", "to_a_leader", "addressee", 0, True),
        (
            replace(NOTICE, printed_copies=1, copy_to=("县委办公室", "县政协办公室")),
            "通知",
            "copies_too_few",
            "printed_copies",
            0,
            False,
        ),
        (replace(NOTICE, printed_copies=1), "通知", "one_copy_for_many", "printed_copies", 0, False),
        (replace(REQUEST, addressee="东江市人民政府，东江市财政局："), "请示", "one_addressee", "addressee", 0, True),
        (replace(REQUEST, copy_to=("各乡镇人民政府",)), "请示", "copy_downward", "copy_to", 0, True),
        (replace(REQUEST, copy_to=("清河镇人民政府",)), "请示", "copy_downward", "copy_to", 0, True),
        (
            replace(REQUEST, body_text="请予批准资金。\n请予支持人员编制。\n妥否，请批示。"),
            "请示",
            "many_matters",
            "body_text",
            2,
            True,
        ),
        (replace(REQUEST, body_text="我县防汛物资不足。"), "请示", "closing_missing", "body_text", 0, False),
        (replace(REQUEST, note=""), "请示", "contact_missing", "note", 0, False),
        (replace(REPORT, body_text="汛情平稳。\n请予支持资金。"), "报告", "request_in_report", "body_text", 2, True),
        (replace(NOTICE, title="关于汛期值班"), "通知", "kind_not_in_title", "title", 0, False),
        (replace(NOTICE, title="关于转发汛期值班的通知的通知"), "通知", "kind_doubled", "title", 0, False),
        (body("会议定于2026年2月30日召开。"), "通知", "date_impossible", "body_text", 1, True),
        (body("通知如下。\n会议定于11月23日（星期二）召开。"), "通知", "weekday_wrong", "body_text", 2, True),
        (body("由王晓明副县长牵头。"), "通知", "name_unknown", "body_text", 1, False),
        (body("请张伟县长出席。"), "通知", "title_not_theirs", "body_text", 1, False),
        (body("附机密★10年材料。"), "通知", "secret_words", "body_text", 1, False),
        (body("具体见附件1。"), "通知", "attachment_mentioned", "body_text", 1, False),
        (
            replace(NOTICE, attachment_titles=("任务分工表",)),
            "通知",
            "attachment_not_there",
            "attachment_titles",
            0,
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_what_is_wrong_is_found_where_it_stands(draft, word, code, place, row, blocks):
    assert of(draft, word)[code] == (place, row, blocks)


@pytest.mark.parametrize(
    "text",
    [
        "会议定于2026年11月23日（星期一）召开。",
        "会议定于11月29日（星期天）召开。",
        "由张伟副县长牵头，李强同志配合。",
        "各局局长、各镇镇长参加。",
        "设立领导小组，主任由分管领导兼任。",
        "2024年2月29日起施行。",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert of(body(text)) == {}


def test_attachments_are_held_against_the_main_paper():
    draft = replace(NOTICE, attachment_titles=("任务分工表",))
    attached = (
        Attached("附件1：任务分工表.pdf", 2, Classification.PUBLIC),
        Attached("名单.docx", None, Classification.SECRET),
    )
    codes = of(draft, attached=attached)
    assert "attachment_not_there" not in codes
    assert codes["attachment_not_named"][2] is False
    assert codes["attachment_level"] == ("attachment_titles", 0, True)


@pytest.mark.parametrize(
    ("series", "kind", "code", "blocks"),
    [
        ("东政办函", DocumentKind.NOTICE, "head_of_another_class", True),
        ("东政办发", DocumentKind.LETTER, "letter_under_document_head", False),
    ],
)
def test_the_red_head_belongs_to_the_class_of_the_number(series, kind, code, blocks):
    assert of(replace(NOTICE, kind=kind), series_code=series)[code][2] is blocks


def test_the_level_and_the_countersignatures_stop_a_signature_and_stand_first():
    subject = replace(GOOD, is_level_decided=False, waiting=("县财政局",), stale=("李强",), dissent=("县人社局",))
    codes = found(replace(subject, draft=replace(NOTICE, title="关于汛期")))
    assert list(codes)[-1] == "kind_not_in_title"
    assert all(codes[code][2] for code in ("level_undecided", "countersign_waiting", "countersign_stale", "dissent"))
    assert [one.code for one in check(subject) if one.can_be_overridden] == ["dissent"]


def test_organs_of_a_joint_document_that_nobody_asked_are_told():
    joint = replace(GOOD, draft=replace(GOOD.draft, joint_with=("清河县财政局", "清河县水利局")))
    told = next(one for one in check(joint) if one.code == "joint_not_asked")
    assert (told.place, told.text, told.is_blocking) == ("joint_with", "清河县财政局、清河县水利局", False)
    assert "joint_not_asked" not in found(replace(joint, asked=("县财政局", "清河县水利局")))


def test_named_units_without_a_copy_are_told_and_classes_of_units_are_not():
    draft = replace(NOTICE, addressee="各乡镇人民政府，县财政局：", copy_to=("县委办公室，县政协办公室", "县财政局"))
    assert left_out(draft, ["县委办公室"]) == ("县财政局", "县政协办公室")
