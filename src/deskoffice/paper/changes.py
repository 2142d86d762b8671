"""A text with its changes marked (花脸稿): what was taken out struck through, what was put in underlined, by author."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskoffice.domain.circulation.changes import Mark, Paragraph, authors
from deskoffice.paper import archive, backend_pdf, fonts
from deskoffice.paper.fonts import Role
from deskoffice.paper.geometry import BOTTOM, CELL, COLUMNS, LEFT, PITCH, RIGHT, SIZE_3, TOP, baseline_from_top, em
from deskoffice.paper.sheet import Colour, Page, Rule, Setter, Style

TEXT = Style(Role.FANG, SIZE_3, CELL)
CHANGED = Style(Role.FANG, SIZE_3, CELL, Colour.RED)
TITLE = Style(Role.SONG, 18.0)
SMALL = Style(Role.SONG, 9.0)
NOTE = Style(Role.KAI, 10.5)
LINE = 0.35
STRIKE, UNDER = 0.33, -0.14
"""Heights of the lines over the baseline, in ems."""
SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its changes and what stands around it."""

    office: str
    title: str
    mark: str
    about: str
    paragraphs: tuple[Paragraph, ...]
    trace: str


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    mark: Mark
    width: float


def draw(text: MarkedText, *, made_at: datetime) -> bytes:
    """The marked text as PDF/A."""
    faces = fonts.load()
    signs = {name: SIGNS[at % len(SIGNS)] for at, name in enumerate(authors(text.paragraphs))}
    words = "".join(piece.text for one in text.paragraphs for piece in one)
    faces.require(words + text.title + text.about + text.office + text.trace + "".join(signs) + SIGNS)
    composer = _Composer(Setter(faces), text, signs)
    pages = composer.compose()
    description = archive.Description(f"花脸稿　{text.title}", text.office, made_at, {})
    return archive.finish(backend_pdf.draw(pages, faces), description, headings=[archive.Heading(text.title, 0)])


class _Composer:
    """Fills pages line by line."""

    def __init__(self, setter: Setter, text: MarkedText, signs: dict[str, str]) -> None:
        self._setter, self._text, self._signs = setter, text, signs
        self.pages: list[Page] = []
        self._y = 0.0

    def compose(self) -> list[Page]:
        self._begin_page()
        self._head()
        for paragraph in self._text.paragraphs:
            for line in self._lines(list(self._letters(paragraph))):
                self._put(line)
        self._feet()
        return self.pages

    def _begin_page(self) -> None:
        self.pages.append(Page())
        self._y = TOP
        if self._text.mark:
            self._setter.text(self.pages[-1], self._text.mark, LEFT, baseline_from_top(TOP - 9, 14.0), TEXT)

    def _head(self) -> None:
        page, setter = self.pages[0], self._setter
        middle = (LEFT + RIGHT) / 2
        for line in setter.lines(f"花脸稿　{self._text.title}", TITLE, RIGHT - LEFT):
            setter.line(page, line, LEFT, baseline_from_top(self._y, TITLE.size), TITLE)
            self._y += PITCH
        about = self._text.about
        setter.centred(page, about, middle, baseline_from_top(self._y + 1, NOTE.size), NOTE)
        self._y += PITCH * 0.8
        key = "　".join(f"{sign}{name}" for name, sign in self._signs.items())
        words = f"删去的划线，增加的加下划线；修改人：{key}" if key else "两稿文字没有不同"
        setter.centred(page, words, middle, baseline_from_top(self._y, NOTE.size), NOTE)
        self._y += PITCH

    def _letters(self, paragraph: Paragraph) -> Iterator[_Letter]:
        before = ""
        for piece in paragraph:
            if piece.author and piece.author != before:
                yield self._letter(self._signs[piece.author], Mark.INSERTED)
            before = piece.author
            for one in piece.text:
                yield self._letter(one, piece.mark)

    def _letter(self, one: str, mark: Mark) -> _Letter:
        return _Letter(one, mark, self._setter.width(one, TEXT))

    def _lines(self, letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
        """As many as fit; a paragraph begins two characters in."""
        blank = _Letter("", Mark.KEPT, 2 * CELL)
        line, used, room = [blank], blank.width, COLUMNS * CELL
        for letter in letters:
            if used + letter.width > room:
                yield line
                line, used = [], 0.0
            line.append(letter)
            used += letter.width
        yield line

    def _put(self, line: Sequence[_Letter]) -> None:
        if self._y + PITCH > BOTTOM:
            self._begin_page()
        page, y, x = self.pages[-1], baseline_from_top(self._y, SIZE_3), LEFT
        for letter in line:
            if letter.text:
                self._setter.text(page, letter.text, x, y, TEXT if letter.mark is Mark.KEPT else CHANGED)
            if letter.mark is not Mark.KEPT:
                height = STRIKE if letter.mark is Mark.DELETED else UNDER
                at = y - height * em(SIZE_3)
                page.items.append(Rule(x, at, x + letter.width, at, LINE, Colour.RED))
            x += letter.width
        self._y += PITCH

    def _feet(self) -> None:
        for number, page in enumerate(self.pages, start=1):
            y = BOTTOM + 12
            self._setter.text(page, self._text.trace, LEFT, y, SMALL)
            self._setter.right(page, f"第{number}页　共{len(self.pages)}页", RIGHT, y, SMALL)
