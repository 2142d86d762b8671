"""Drafts and fields become one document: repeated parts go, missing ones come from the text, wrong ones are refused."""

from datetime import date

import pytest

from deskoffice.domain.errors import PaperError
from deskoffice.domain.values import secrecy_mark
from deskoffice.paper.documents import document_from_meta, read_body
from deskoffice.paper.model import Body, Paragraph, Table

TITLED = "关于做好防汛工作的通知\n各乡镇人民政府：\n请认真落实。\n清河县人民政府\n2026年3月5日"


def codes(document) -> list[str]:
    return [finding.code for finding in document.findings]


def body(text=TITLED, name="a.txt"):
    return read_body(name, text.encode())


def test_what_the_text_repeats_of_the_fields_is_left_out_and_told() -> None:
    meta = {
        "title": "清河县人民政府关于做好防汛工作的通知",
        "addressee": "各乡镇人民政府",
        "issuer": "清河县人民政府",
        "date": "2026-03-05",
    }
    document = document_from_meta(body(), meta)
    assert document.blocks == (Paragraph("请认真落实。"),)
    assert codes(document) == ["repeated_title", "repeated_addressee", "repeated_signature"]


def test_what_the_fields_lack_is_taken_from_the_text() -> None:
    document = document_from_meta(body(), {"issuer_mark": "清河县人民政府文件"})
    assert (document.title, document.addressee) == ("关于做好防汛工作的通知", "各乡镇人民政府：")
    assert (document.issuers, document.dated_on) == (("清河县人民政府",), date(2026, 3, 5))
    assert document.blocks == (Paragraph("请认真落实。"),)


def test_a_different_first_line_is_not_lost() -> None:
    document = document_from_meta(body(), {"title": "清河县水利局工作要点"})
    assert document.blocks[0] == Paragraph("关于做好防汛工作的通知")


def test_headings_are_known_by_their_numbers() -> None:
    text = "第一段。\n一、加强领导\n（一）落实责任\n1.修订预案\n（1）分级响应\n3.5万元已到位。"
    levels = [block.level for block in body(text).blocks if isinstance(block, Paragraph)]
    assert levels == [0, 1, 2, 3, 4, 0]


def test_attachments_behind_the_text_become_attachments() -> None:
    text = "请落实。\n附件：1.责任人名单\n2.物资清单\n附件1\n责任人名单\n张建国。\n附件2\n物资清单\n编织袋。"
    document = document_from_meta(body(text), {})
    assert [one.title for one in document.attachments] == ["责任人名单", "物资清单"]
    assert [one.blocks for one in document.attachments] == [(Paragraph("张建国。"),), (Paragraph("编织袋。"),)]
    assert document.blocks == (Paragraph("请落实。"),)


def test_markdown_keeps_words_headings_and_tables() -> None:
    table = "| 序号 | 单位 |\n|---|---|\n| 1 | 水利局 |\n"
    text = f"# 工作要点\n\n## 一、加强领导\n\n**各单位**要[落实](http://a)责任。\n\n{table}"
    read = body(text, "a.md")
    assert read.title == "工作要点"
    assert read.blocks == (
        Paragraph("一、加强领导", 1),
        Paragraph("各单位要落实责任。"),
        Table((("序号", "单位"), ("1", "水利局"))),
    )


def test_fields_are_read_in_their_forms() -> None:
    meta = {
        "classification": "机密",
        "secrecy_years": 10,
        "urgency": "特急",
        "copy_number": "3",
        "signer": "张建国、李志强",
        "document_number": "清政发[2026]第07号",
        "layout": "upward",
    }
    document = document_from_meta(body(), meta)
    assert secrecy_mark(document.classification, document.secrecy_years) == "机密★10年"
    assert document.signers == ("张建国", "李志强")
    assert document.document_number == "清政发〔2026〕7号"
    assert "number_brackets" in codes(document)


@pytest.mark.parametrize(
    "meta",
    [
        {"classification": "绝对机密"},
        {"secrecy_years": 0},
        {"secrecy_years": 31},
        {"copy_number": "1234567"},
        {"urgency": "很急"},
        {"date": "2026-02-30"},
        {"layout": "poster"},
        {"attachments": [1]},
        {"issuer": {"name": "x"}},
        {"title": 3.5},
    ],
    ids=lambda meta: next(iter(meta)),
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(meta) -> None:
    with pytest.raises(PaperError) as refused:
        document_from_meta(body(), meta)
    assert refused.value.code == "paper_meta_wrong_value"
    assert refused.value.values["key"] == next(iter(meta))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(PaperError, match="paper_meta_unknown_key"):
        document_from_meta(body(), {"titel": "x"})


@pytest.mark.parametrize("value", [["标题"], {"a": 1}, 1.5, True], ids=["list", "object", "fraction", "truth"])
def test_a_title_that_is_no_text_is_refused(value) -> None:
    with pytest.raises(PaperError, match="paper_meta_wrong_value"):
        document_from_meta(Body(()), {"title": value})


def test_a_draft_typed_with_its_head_title_on_three_lines_and_note_is_printed_once() -> None:
    lines = (
        "清河县人民政府办公室文件",
        "清政办发〔2026〕7号",
        "清河县人民政府办公室",
        "关于做好2026年防汛抗旱",
        "工作的通知",
        "各乡镇人民政府：",
        "请认真贯彻执行。",
        "清河县人民政府办公室",
        "2026年3月5日",
        "（此件公开发布）",
    )
    body = read_body("a.txt", "\n".join(lines).encode())
    document = document_from_meta(body, {"issuer_mark": "清河县人民政府办公室文件"})
    assert document.title == "清河县人民政府办公室关于做好2026年防汛抗旱工作的通知"
    assert document.document_number == "清政办发〔2026〕7号"
    assert document.note == "此件公开发布"
    assert [block.text for block in document.blocks] == ["请认真贯彻执行。"]
    assert {"typed_head", "note_from_text", "signature_from_text"} <= set(codes(document))
