"""Word drafts: text, headings, numbers and tables come in; hostile and broken files are refused in words."""

import io
import json
import os
import random
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from docx import Document
from paper.mutations import mutated

from deskoffice.domain.errors import PaperError
from deskoffice.paper.documents import read_body, to_docx
from deskoffice.paper.docx_child import LARGEST_PART, read
from deskoffice.paper.docx_in import child_environment
from deskoffice.paper.model import Layout, OfficialDocument, Paragraph, Table
from deskoffice.usecases.messages import sentence

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
FILES, CHILDREN = (10_000, 500) if os.environ.get("DESKOFFICE_SOAK") else (40, 4)
PASTED = Path(__file__).resolve().parents[3] / "shared" / "samples" / "summary_2021_pasted.docx"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, *, prologue: str = "", **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f"{prologue}<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(body: str, **parts: str) -> list[str]:
    return [item["text"] for item in read(package(body, **parts))["items"]]


def test_a_file_saved_by_word_comes_in_with_headings_tables_and_title() -> None:
    document = Document()
    document.add_paragraph("工作要点", style="Title")
    document.add_paragraph("一、加强领导")
    document.add_paragraph("要落实责任。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["序号", "单位", "1", "水利局"], strict=True
    ):
        cell.text = text
    document.add_paragraph("加强值守", style="Heading 2")
    out = io.BytesIO()
    document.save(out)
    body = read_body("a.docx", out.getvalue())
    assert body.title == "工作要点"
    assert body.blocks == (
        Paragraph("一、加强领导", 1),
        Paragraph("要落实责任。"),
        Table((("序号", "单位"), ("1", "水利局"))),
        Paragraph("加强值守", 2),
    )


def test_automatic_numbers_are_written_out() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "chineseCountingThousand", "%1、") + level.format(1, "decimal", "%2.")
    numbering = (
        f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    own = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(para(text, own.format(at)) for text, at in (("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1)))
    assert texts(body, numbering=numbering) == ["一、甲", "1.子", "2.丑", "二、乙", "1.寅"]


def test_deleted_text_is_dropped_and_inserted_text_kept() -> None:
    body = (
        "<w:p><w:r><w:t>原</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
    )
    said = read(package(body))
    assert [item["text"] for item in said["items"]] == ["原增"]
    assert said["warnings"] == [("hidden_text_left_out", "隐")]


def test_pictures_formulas_and_notes_are_named_when_they_are_left_out() -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    body = (
        "<w:p><w:r><w:t>图示</w:t><w:drawing/></w:r></w:p>"
        f"<w:p><w:r><w:t>公式</w:t></w:r><m:oMath {math}/></w:p>"
        "<w:p><w:r><w:t>脚注</w:t><w:footnoteReference/></w:r></w:p>"
    )
    findings = read_body("a.docx", package(body)).findings
    assert [finding.code for finding in findings] == ["picture_left_out", "formula_left_out", "note_left_out"]


def test_merged_cells_keep_the_columns_in_line() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format
    wide, continued = '<w:gridSpan w:val="2"/>', "<w:vMerge/>"
    first = cell(wide, para("合计")) + cell('<w:vMerge w:val="restart"/>', para("3"))
    second = cell("", para("甲")) + cell(continued, para("x")) + cell(continued, para("1"))
    body = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"
    rows, merged = [["合计", "", "3"], ["甲", "", ""]], [[0, 0, 1, 2], [0, 2, 2, 1]]
    assert read(package(body))["items"] == [{"rows": rows, "merged": merged}]


def with_entry(name: str, data: bytes = b"x") -> bytes:
    out = io.BytesIO(package(para("正文")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def declared(data: bytes) -> bytes:
    """A part that says in its directory entry to be empty, and is not."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    return data[: at + 24] + b"\x01\x00\x00\x00" + data[at + 28 :]


HOSTILE = {
    "entity bomb": package("<w:p/>", prologue='<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'),
    "external entity": package("&x;", prologue='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "doctype": package(para("x"), prologue="<!DOCTYPE document>"),
    "zip bomb": package(" " * (LARGEST_PART + 1)),
    "up the folders": with_entry("../../evil"),
    "absolute name": with_entry("/etc/evil"),
    "backslashes": with_entry("a\\..\\..\\b"),
    "drive letter": with_entry("C:evil"),
    "no document": with_entry("x")[:60],
    "truncated": package(para("正文" * 500))[:-200],
    "wrong length": declared(package(para("正文" * 500))),
    "not a zip": b"PK\x03\x04" + b"\x00" * 500,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "broken xml": package("<w:p><w:r>"),
    "deep nesting": package("<w:p>" * 100_000),
    "another office file": package("").replace(b"word/document.xml", b"xlsx/document.xml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_broken_files_are_refused_in_words(name, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PaperError) as refused:
        read_body("a.docx", HOSTILE[name])
    assert refused.value.code.startswith("paper_")
    assert list(tmp_path.iterdir()) == []


def test_utf_16_does_not_hide_a_doctype() -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><w:document {SPACE}/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", text.encode("utf-16"))
    with pytest.raises(PaperError, match="paper_docx_hostile"):
        read_body("a.docx", out.getvalue())


def sources() -> list[bytes]:
    """A plain file, one saved by Word, our own with tables, and a page pasted from the web where it is at hand."""
    table = f"<w:tbl><w:tr><w:tc>{para('序号')}</w:tc></w:tr></w:tbl>"
    styles = f'<w:styles {SPACE}><w:style w:styleId="a"><w:name w:val="Title"/></w:style></w:styles>'
    plain = package(para("要点", '<w:pStyle w:val="a"/>') + para("一、加强领导") + table, styles=styles)
    word, out = Document(), io.BytesIO()
    word.add_heading("工作要点", 1)
    word.add_paragraph("要落实责任。", style="List Number")
    word.add_table(2, 2).cell(0, 0).merge(word.tables[0].cell(1, 1)).text = "合计"
    word.save(out)
    rows = (("序号", "单位"), ("1", "水利局"))
    own = to_docx(OfficialDocument(blocks=(Paragraph("正文。"), Table(rows)), title="通知", layout=Layout.UPWARD))
    return [plain, out.getvalue(), own, *([PASTED.read_bytes()] if PASTED.is_file() else [])]


@pytest.fixture
def limited_child(tmp_path):
    """Asks a fresh copy of the limited child, in an empty folder."""
    (tmp_path / "empty").mkdir()
    command = [sys.executable, str(Path(__file__).with_name("docx_forks.py"))]
    with Popen(command, stdin=PIPE, stdout=PIPE, cwd=tmp_path / "empty", env=child_environment()) as process:

        def ask(data: bytes):
            process.stdin.write(len(data).to_bytes(8, "big") + data)
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
    assert list((tmp_path / "empty").iterdir()) == []


@pytest.mark.timeout(3600)
def test_mutated_files_are_read_or_refused_but_never_crash_the_limited_child(limited_child) -> None:
    good, chance = sources(), random.Random(20260305)
    codes: Counter[str] = Counter()
    for _ in range(FILES):
        said = limited_child(mutated(chance.choice(good), chance))
        codes["read" if "items" in said else said.get("code", str(said))] += 1
    print(dict(codes))  # noqa: T201
    assert codes.total() == FILES
    assert all(code == "read" or sentence(PaperError(code)) != sentence(KeyError()) for code in codes)
    assert not [code for code in codes if code != "read" and not code.startswith("paper_docx_")]


def told(data: bytes) -> str:
    """What a person is told of the file; 读入 when it is taken."""
    try:
        read_body("a.docx", data)
    except PaperError as refused:
        return sentence(refused)
    return "读入"


@pytest.mark.timeout(3600)
def test_mutated_files_leave_no_trace_behind_the_child_process(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    good, chance = sources(), random.Random(20260306)
    for _ in range(CHILDREN):
        said = told(mutated(chance.choice(good), chance))
        assert said == "读入" or re.fullmatch(r"[^。{}]+。", said), said
    assert list(tmp_path.iterdir()) == []


def read_texts(body: str) -> list[str]:
    return [block.text for block in read_body("a.docx", package(body)).blocks if isinstance(block, Paragraph)]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    deleted = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'
    assert read_texts(para("建立“县包乡、", deleted) + para("乡包村”责任体系。") + para("第二段。")) == [
        "建立“县包乡、乡包村”责任体系。",
        "第二段。",
    ]


def test_the_words_of_a_text_box_come_in_once_and_are_told() -> None:
    box = f"<w:txbxContent>{para('联系电话见此。')}</w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    shape = f"<mc:AlternateContent {space}>{both}</mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>第一段。</w:t></w:r><w:r><w:drawing>{shape}</w:drawing></w:r></w:p>" + para("第二段。")
    found = read_body("a.docx", package(body))
    assert found.text == "第一段。\n联系电话见此。\n第二段。"
    assert [finding.code for finding in found.findings] == ["text_box_taken"]


def test_a_table_inside_a_cell_stays_in_its_cell_and_one_on_a_landscape_page_is_wide() -> None:
    def table(*cells: str) -> str:
        return "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"

    turned = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    upright = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    nested = table(para("甲"), table(para("乙"), para("丙")) + para(""))
    body = nested + para("", upright) + table(para("丁"), para("戊")) + para("", turned) + para("完。") + upright
    tables = [block for block in read_body("a.docx", package(body)).blocks if isinstance(block, Table)]
    assert [(one.rows, one.is_wide) for one in tables] == [((("甲", "乙\n丙"),), False), ((("丁", "戊"),), True)]
