"""What is taken out is what was shown, and everything can be taken out and read back without this program."""

import json
from dataclasses import replace
from io import BytesIO

import factories
import pypdfium2
from factories import incoming_draft
from openpyxl import load_workbook

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.matters import ContentRole, ListQuery, MatterKind, SortKey
from deskoffice.domain.values import Classification
from deskoffice.usecases import list_export, matters, open_form
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.list_export import ShownList
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}), sort=SortKey.NUMBER, descending=False)
SHOWN = ShownList("收文", INCOMING, ("收文号", "标题", "密级 缓急", "办理期限", "在谁手里"), "来文单位")


def stocked(office: Office) -> list[IncomingDraft]:
    secret = {"level": Classification.CONFIDENTIAL, "secrecy_years": 5, "copy_number": "000003"}
    drafts = [
        incoming_draft(),
        incoming_draft(source_unit="县财政局", document_number="县财〔2026〕7号", title="=1+1 关于经费的请示"),
        incoming_draft(document_number="东政办发〔2026〕42号", title="关于保密检查的通知", **secret),
    ]
    for draft in drafts:
        incoming.register(office, draft, [FileDraft("来文.txt", "全文如下。".encode(), ContentRole.BODY)])
    return drafts


def test_a_list_is_exported_as_it_is_filtered_with_its_mark(office: Office) -> None:
    drafts = stocked(office)
    made = list_export.export(office, SHOWN, "xlsx")
    page = load_workbook(BytesIO(made.data)).worksheets[0]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells[0][0] == "秘密"
    assert [row[4] for row in cells[3:]] == [draft.title for draft in drafts]
    assert page.cell(5, 5).data_type == "s"
    narrowed = replace(SHOWN, query=replace(INCOMING, unit="县财政局"))
    rows = load_workbook(BytesIO(list_export.export(office, narrowed, "xlsx").data)).worksheets[0].iter_rows(min_row=3)
    assert [row[3].value for row in rows] == ["县财〔2026〕7号"]


def test_a_list_is_a_paper_too(office: Office) -> None:
    stocked(office)
    with pypdfium2.PdfDocument(list_export.export(office, SHOWN, "pdf").data) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "关于保密检查的通知" in text.replace("\r\n", "")
    assert "秘密" in text


def test_everything_leaves_in_an_open_form_and_is_read_back(office: Office) -> None:
    drafts = stocked(office)
    first = matters.list_page(office, INCOMING, 0, 1).rows[0]
    office = factories.log_in(office, "zhaoming")
    incoming.propose(office, first.id, "拟请张伟副县长阅示。", [factories.person_id(office, "张伟")])
    lines = [json.loads(json.dumps(line, ensure_ascii=False)) for line in open_form.lines(office)]
    assert [line["title"] for line in lines] == [draft.title for draft in drafts]
    whole = lines[0]
    assert [step["opinion"] for step in whole["steps"] if step["kind"] == "拟办"] == ["拟请张伟副县长阅示。"]
    assert whole["contents"][0]["name"] == "来文.txt"
    assert "全文如下。" in whole["text"]
    assert lines[2]["copies"][0]["copy_number"] == "000003"
    assert "王丽" in lines[2]["readers"]
    office.close()
