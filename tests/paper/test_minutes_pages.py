"""Minutes whose lists of who came run over a page: every page that goes on has its 22 lines."""

from datetime import UTC, datetime

import pytest

from deskoffice.paper.documents import document_from_meta, read_body, typeset
from deskoffice.paper.preview import text

SHORT = ["财政", "教育", "水利", "应急", "农业", "交通", "卫生", "住建", "公安", "民政", "司法", "审计", "统计"]
NAMES = "、".join(f"县{name}局" for name in SHORT)
META = {"layout": "minutes", "issuer_mark": "河东县人民政府常务会议纪要", "date": "2026-11-24"}


@pytest.mark.parametrize("lines", range(24, 40, 3))
def test_a_page_that_goes_on_is_full_though_the_lists_begin_on_it(lines):
    said = "会议议定，按期完成。\n" * lines + f"出席：{NAMES}、{NAMES}。\n列席：吴昊。\n请假：赵明（培训）。"
    made = typeset(document_from_meta(read_body("纪要.txt", said.encode()), META), clock_time=datetime.now(UTC))
    pages = [page.split("\r\n") for page in text(made.pdf).split("\f")]
    # The number of the page is a line too.
    assert [len([line for line in page if line.strip()]) - 1 for page in pages[1:-1]] == [22] * (len(pages) - 2)
