"""Reads the values of a form by field code: what a field may hold, and text cleaned of what no printer shows."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskoffice.domain.values import chinese_date
from deskoffice.paper.forms.model import FieldValue, Form, Opinion, Values, fields_of


class Filled:
    """The values of one form; a field that is absent is empty, a field the form does not have is an error."""

    def __init__(self, form: Form, values: Values) -> None:
        known = {code.split(".")[0] for code in fields_of(form)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise KeyError(f"{form.code} has no field {', '.join(unknown)}")
        self._values = values

    def text(self, field: str) -> str:
        value = self._values.get(field, "")
        if not isinstance(value, str):
            raise TypeError(f"{field} holds text")
        return printable(value)

    def opinions(self, field: str) -> tuple[Opinion, ...]:
        """The opinions of an area; plain text counts as one that nobody has signed."""
        value = self._values.get(field, "")
        if isinstance(value, str):
            return (Opinion("", None, printable(value)),) if value.strip() else ()
        return tuple(_clean(one) for one in value if isinstance(one, Opinion))

    def rows(self, field: str) -> list[Mapping[str, str]]:
        value = self._values.get(field, ())
        return [{code: printable(text) for code, text in row.items()} for row in _mappings(field, value)]


def signature(opinion: Opinion) -> str:
    """Name and full date, and who wrote it down for them: `张明　2026年3月5日（王芳代录）`."""
    date = chinese_date(opinion.when) if opinion.when else ""
    recorded = f"（{opinion.recorded_by}代录）" if opinion.recorded_by else ""
    return "　".join(part for part in (opinion.who, date) if part) + recorded


def shortened(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"


def printable(text: str) -> str:
    """Lines kept, other spaces made plain, and no characters that are there but cannot be seen."""
    return "".join(_printed(one) for one in text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")


def _printed(character: str) -> str:
    if character in "\n　":
        return character
    kind = unicodedata.category(character)
    if kind in {"Zs", "Zl", "Zp"} or character == "\t":
        return " "
    return "" if kind in {"Cc", "Cf"} else character


def _clean(opinion: Opinion) -> Opinion:
    return replace(
        opinion,
        who=printable(opinion.who),
        text=printable(opinion.text),
        recorded_by=printable(opinion.recorded_by),
    )


def _mappings(field: str, value: FieldValue) -> Sequence[Mapping[str, str]]:
    if isinstance(value, str):
        if value:
            raise TypeError(f"{field} holds rows")
        return ()
    return [row for row in value if isinstance(row, Mapping)]
