"""One spelling for what people type differently, so that text and query meet character by character."""

import re
import unicodedata

_DROPPED = re.compile("[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")
_SPACES = re.compile(r"[^\S\n]+")
_DASHES = re.compile("[-\u2010-\u2015\u2212\u2500\u2501]+")
_OPENING, _CLOSING = "([{〔【〖〘〚", ")]}〕】〗〙〛"
# Spaces that people put inside a document number: around its brackets, after GB/T, before 号.
_IN_NUMBERS = re.compile(
    rf"\s+(?=[{re.escape(_OPENING + _CLOSING)}])|(?<=[{re.escape(_OPENING + _CLOSING)}])\s+"
    r"|(?<=[A-Za-z])\s+(?=\d)|(?<=\d)\s+(?=[号年月日])"
)
_SAME = str.maketrans(
    {
        **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},  # NFKC does it too, but ten times slower
        **dict.fromkeys(_OPENING + "（［｛", "〔"),
        **dict.fromkeys(_CLOSING + "）］｝", "〕"),
        **dict.fromkeys("“”„‟‘’'＇「」『』〝〞", '"'),
        **dict.fromkeys("•・‧⋅∙", "·"),
    }
)


def fold(text: str) -> str:
    """Text with one width, one case, one kind of bracket, quote and dash, and without idle spaces.

    `收[2026] 5 号` and `收〔２０２６〕5号` become the same; `Hello world` keeps its space, since two words meet there.
    Every piece of a text folds to a piece of the folded text, so a search over it misses nothing.
    """
    plain = _DROPPED.sub("", text).translate(_SAME)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain).translate(_SAME)
    lines = _LINE_ENDS.sub("\n", plain.casefold().strip())
    return _SPACES.sub(_needed_space, _DASHES.sub("-", lines))


def _needed_space(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1], match.string[match.end()]
    if not (before + after).isascii():
        return ""
    both_letters = before.isalpha() and after.isalpha()
    both_digits = before.isdigit() and after.isdigit()
    return " " if both_letters or both_digits else ""


def terms(query: str) -> list[str]:
    """The folded pieces that must all occur: words of a query apart, the parts of a document number together.

    Pieces of punctuation only are left out, since they would match nearly everything, unless nothing else is asked for.
    """
    pieces = [fold(piece) for piece in _IN_NUMBERS.sub("", unicodedata.normalize("NFKC", query)).split()]
    return [piece for piece in pieces if any(character.isalnum() for character in piece)] or [*filter(None, pieces)]
