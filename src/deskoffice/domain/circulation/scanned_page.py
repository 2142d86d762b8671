"""Finds the elements of an official page by their places in GB/T 9704-2012 among the lines that were read."""

import re
from dataclasses import dataclass

from deskoffice.domain.values import URGENCY_WORDS


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its characters, how sure each is (0 to 1), and where it stands, from the top left."""

    text: str
    sure: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an upright page of this size."""

    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Line under line, as search wants it."""
        return "\n".join(line.text for line in sorted(self.lines, key=lambda line: (line.top, line.left)))


@dataclass(frozen=True, slots=True)
class Found:
    """A value with the lines it was read from; None where nothing was, or nothing sure enough."""

    value: str | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class PageFields:
    """What the page says of itself."""

    issuer: Found = Found()
    document_number: Found = Found()
    title: Found = Found()
    addressee: Found = Found()
    classification: Found = Found()
    secrecy_years: Found = Found()
    copy_number: Found = Found()
    urgency: Found = Found()
    date: Found = Found()


OPENING, CLOSING = "〔[【(（{｛〈<《「『〖［", "〕]】)）}｝〉>》」』〗］"
DIGIT = "[0-9OoQIl|]"
NUMBER = re.compile(
    rf"^([\u4e00-\u9fff]{{1,20}}?)(?:字)?[{re.escape(OPENING)}]((?:19|2[0O]){DIGIT}{{2}})[{re.escape(CLOSING)}]"
    rf"第?({DIGIT}{{1,5}})号(?!文)"
)
SHORT_NUMBER = re.compile(rf"^(?:[{re.escape(OPENING)}](20\d\d)[{re.escape(CLOSING)}])?第?(\d{{1,5}})([号期])$")
DATE = re.compile(rf"({DIGIT}{{4}})年({DIGIT}{{1,2}})月({DIGIT}{{1,2}})日$")
CHINESE_DATE = re.compile(
    r"([一二][九〇○零OoO0][〇○零一二三四五六七八九Oo0]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日$"
)
LEVEL = re.compile(rf"(绝密|机密|秘密|内部)(?:\D{{0,2}}({DIGIT}{{1,2}})年)?")
URGENT = re.compile("|".join(word for word in URGENCY_WORDS.values() if word))
COPY = re.compile(rf"^(?:份号|[Nn][Oo0])?[：:.．]?({DIGIT}{{3,8}})$")
SIGNER = re.compile(r"签发人.*$")
MARK_ENDS = ("文件", "令", "纪要")
LEAST_SURE = 0.35
"""A character below this is a guess."""
LEAST_SURE_DIGIT = 0.6
"""One wrong figure makes another number, another day."""
HEAD = 0.55
"""The head, with mark and number, ends within so much of the page."""


def fields(page: Page) -> PageFields:
    """The nine elements; what is not there, or not sure, is None."""
    layout = _Layout(page)
    return PageFields(
        issuer=layout.issuer(),
        document_number=layout.number_found(),
        title=layout.title(),
        addressee=layout.addressee(),
        classification=layout.level(),
        secrecy_years=layout.years(),
        copy_number=layout.copy_number(),
        urgency=layout.urgency(),
        date=layout.dated(),
    )
