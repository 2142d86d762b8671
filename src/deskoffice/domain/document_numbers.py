"""Document numbers as people type them: 〔2024〕5号, [2024]5, (２０２４) 5 号, 2024 5, 〔二〇二四〕第五号."""

import re
import unicodedata

_DIGITS = str.maketrans("〇○零一二三四五六七八九两", "0001234567892")
_NUMERAL = "〇○零一二三四五六七八九十百千两"
_OPEN, _CLOSE = "〔\\[({【〖", "〕\\])}】〗"
_WHOLE = re.compile(
    rf"(?P<code>[^\d\s{_OPEN}{_CLOSE}]*?(?:[A-Za-z]+)?)\s*"
    rf"(?:[{_OPEN}]\s*(?P<year>\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s*年?\s*[{_CLOSE}]\s*(?:第\s*)?"
    rf"|(?P<bare>(?:19|20)\d{{2}}|二[〇○零][〇○零一二三四五六七八九]{{2}})\s*(?:年\s*(?:第\s*)?|第\s*|\s))"
    rf"(?P<serial>\d{{1,6}}|[{_NUMERAL}]{{1,7}})\s*(?P<mark>号?)"
)
_SERIAL_ONLY = re.compile(rf"第\s*(?P<serial>\d{{1,6}}|[{_NUMERAL}]{{1,7}})\s*号")


def canonical(text: str) -> str:
    """The number as GB/T 9704 writes it, 县发〔2024〕5号; empty when the whole text is no number with its year."""
    found = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return ""
    year = (found["year"] or found["bare"]).translate(_DIGITS)
    return f"{found['code']}〔{year}〕{_value(found['serial'])}{found['mark']}"


def serial_only(text: str) -> str:
    """第41号 as it stands at the end of a number, 〕41号; empty for anything else."""
    found = _SERIAL_ONLY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"〕{_value(found['serial'])}号" if found else ""


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if not re.search("[十百千]", numeral):
        return int(numeral.translate(_DIGITS))
    total, digit = 0, 0
    for one in numeral:
        if one in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[one]
            digit = 0
        else:
            digit = int(one.translate(_DIGITS))
    return total + digit
