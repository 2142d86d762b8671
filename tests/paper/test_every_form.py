"""Every form and book, blank and filled, judged by veraPDF in one go."""

from datetime import UTC, date, datetime

import pytest

from deskoffice.paper.forms import FORMS, Opinion, blank, fill, overprint
from deskoffice.paper.forms.model import FieldValue, Row, Stamp, Table, fields_of
from deskoffice.paper.forms.registers import REGISTERS, book
from deskoffice.paper.pictures import pdf_of

AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
LONG = "同意拟办意见，请县水利局牵头，会同有关乡镇抓紧办理，限期报告结果。"


def sample(code: str) -> dict[str, FieldValue]:
    """A word in every cell, rows in every table, an opinion that goes on overleaf where one fits."""
    values: dict[str, FieldValue] = {}
    tables: dict[str, dict[str, str]] = {}
    for field, label in fields_of(FORMS[code]).items():
        table, _, column = field.partition(".")
        if column:
            tables.setdefault(table, {})[column] = "1" if column in {"row", "x", "y"} else label[:6] or "一"
        else:
            values[field] = label[:8] or "一"
    for block in FORMS[code].blocks:
        if isinstance(block, Row) and block.weight >= 1:
            said = Opinion("张建国", date(2026, 3, 4), LONG * 40, "李文静")
            values |= {cell.field: (said,) for cell in block.cells}
    return values | {table: [row] * 30 for table, row in tables.items()}


def is_tabular(code: str) -> bool:
    return any(isinstance(block, Row | Table | Stamp) for block in FORMS[code].blocks)


def test_verapdf_accepts_every_form_and_book(verapdf, seal_picture) -> None:
    names, files = [], []
    for code in FORMS:
        names += [f"{code} blank", f"{code} filled"]
        files += [blank(code, made_at=AT), fill(code, sample(code), made_at=AT)]
        if is_tabular(code):
            names.append(f"{code} overprint")
            files.append(overprint(code, sample(code), made_at=AT))
    for code, register in REGISTERS.items():
        line = {column.code: column.header for column in register.columns}
        names.append(code)
        files.append(book(code, [line] * 40, office="办公室", year=2026, level_mark="机密", made_at=AT))
    names.append("picture")
    files.append(pdf_of(seal_picture, "印模.png", made_at=AT))
    verdicts = dict(zip(names, verapdf("2u", files), strict=True))
    assert {name: verdict for name, verdict in verdicts.items() if verdict != "PASS"} == {}


@pytest.mark.parametrize("code", [code for code in FORMS if any(isinstance(one, Row) for one in FORMS[code].blocks)])
def test_no_form_clips_an_opinion_that_is_too_long(code) -> None:
    from deskoffice.paper.preview import text

    said = [value for value in sample(code).values() if not isinstance(value, str)]
    opinions = sum(isinstance(one, Opinion) for value in said for one in value)
    words = "".join(text(fill(code, sample(code), made_at=AT)).split())
    assert words.count("限期报告结果") >= opinions * 40 * 0.95
