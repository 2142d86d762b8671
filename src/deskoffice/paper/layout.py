"""Lays out an official document: from values to positioned pages, without a PDF in sight."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from deskoffice.paper.archive import Heading
from deskoffice.paper.breaker import Atom
from deskoffice.paper.clean import heading_length, is_list
from deskoffice.paper.flow import (
    MOST_LINES_FOR_IMPRINT,
    Blank,
    Cursor,
    Filled,
    Flowing,
    Need,
    TextBlock,
    fill,
    fill_by_spacing,
    fill_carried,
    fill_from_page_1,
    fill_shorter,
    is_full,
    without_blanks_inside,
    without_headings_at_foot,
)
from deskoffice.paper.fonts import Fonts, Role, ink_middle
from deskoffice.paper.geometry import (
    BOTTOM,
    CELL,
    LEFT,
    RIGHT,
    ROWS,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    WIDTH,
    baseline,
    em,
)
from deskoffice.paper.head import MARK_HEIGHTS, Head
from deskoffice.paper.imprint import Imprint, imprint
from deskoffice.paper.model import Block, Layout, OfficialDocument, Paragraph, Table, blocks_text
from deskoffice.paper.sheet import BODY, Page, Rule, Run, Setter, Style
from deskoffice.paper.signature import Signature
from deskoffice.paper.tables import needs_turning
from deskoffice.paper.title import title_lines, title_options
from deskoffice.paper.turned import flowing_table, turned_block

HEI = Style(Role.HEI, SIZE_3, CELL)
TITLE = Style(Role.BIAO, SIZE_2)
PAGE_NUMBER = Style(Role.SONG, SIZE_4, em(SIZE_4))
HEADINGS = {1: HEI, 2: Style(Role.KAI, SIZE_3, CELL)}
PAGE_NUMBER_BELOW = 7.0
ATTENDANCE = re.compile(r"^(出席|列席|请假|缺席|参加|主持|记录|分送)：")
NAME = re.compile(r"(?<![^、，；：])([\u4e00-\u9fff]{2,4})(?![^、，；。])")
"""Between two marks of a list; no line end cuts a name."""

HAN = "[\u4e00-\u9fff]"
SPACED_NAME = re.compile(rf"((?:^|(?<=\u3000))(?:{HAN}{{2,4}}|{HAN}\u3000{HAN})(?=\u3000|$))")
"""A name between blanks, 李　强 too."""

LONGEST_OUTLINE_ENTRY = 60
CENTRE = LEFT + WIDTH / 2


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The pages, where the headings stand, and what was chosen to make them."""

    pages: tuple[Page, ...]
    headings: tuple[Heading, ...]
    choice: "Choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """How the pages were made to fit: what a program that makes its own pages has to be told.

    `mark_height` is that of the names of the mark together, `has_addressee` says that they stand above the text,
    `imprint_apart` that the imprint has a page of its own, which is `bare` of a number behind a white one.
    """

    mark_height: float = MARK_HEIGHTS[0]
    has_addressee: bool = True
    imprint_apart: bool = False
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Title, text and signature as they go on the pages; `row` is that of the title."""

    title: Sequence[str]
    row: int
    blocks: Sequence[Flowing]
    filled: Filled
    signature: Signature
    names_addressee: bool
    mark_height: float = MARK_HEIGHTS[0]


@dataclass(slots=True)
class Composer:
    """One run over a document; `pages` grows from the head to the imprint."""

    document: OfficialDocument
    setter: Setter
    pages: list[Page] = field(default_factory=lambda: [Page()])
    headings: list[Heading] = field(default_factory=list)
    _text: list[Flowing] = field(init=False)
    _note: list[Flowing] = field(init=False)

    def __post_init__(self) -> None:
        self._text = list(self._blocks(self.document.blocks))
        self._note = list(self._attachment_note())

    def compose(self) -> LaidOut:
        fit = self._fit()
        self._draw_title(fit)
        self._draw_filled(fit.filled)
        self._note_headings(fit)
        fit.signature.draw(self._page(fit.filled.end.page), int(fit.filled.end.row))
        for number, attachment in enumerate(self.document.attachments, 1):
            if attachment.blocks:
                self._draw_attachment(number, attachment.title, attachment.blocks)
        content = len(self.pages)
        unnumbered = self._draw_imprint("" if fit.names_addressee else self.document.addressee)
        self._draw_page_numbers(unnumbered)
        has_more = len(self.pages) > content
        choice = Choice(fit.mark_height, fit.names_addressee, has_more, bool(unnumbered))
        return LaidOut(tuple(self.pages), tuple(self.headings), choice)

    def _heads(self) -> Sequence[float]:
        """Heights for the names of the mark, those first that leave room for addressee and text on page 1."""
        title = title_lines(self.document.title, self.document.issuers) if self.document.title else []
        heights = MARK_HEIGHTS if len(self.document.issuer_mark) > 1 else MARK_HEIGHTS[:1]
        free = {tallest: ROWS - 2 - self._draw_head(tallest) - len(title) for tallest in heights}
        for above in (sum(len(block.lines) for block in self._addressee(0)), 0):
            roomy = [tallest for tallest in heights if free[tallest] > above]
            if roomy:
                return roomy
        return heights[-1:]

    def _draw_head(self, tallest: float) -> int:
        """The head alone on page 1; return the row of the title."""
        self.pages[0] = Page()
        return Head(self.document, self.setter, tallest).draw(self.pages[0])

    def _fit(self) -> Fit:
        """The text as it goes on the pages, a line or two shorter where that keeps the imprint on its last page."""
        fit = self._signed_fit()
        block = imprint(self.document, self.setter, "" if fit.names_addressee else self.document.addressee)
        end = fit.filled.end
        if block is None or any(one.blocks for one in self.document.attachments) or end.page % 2 == 0:
            return fit
        foot = [baseline(end.row + fit.signature.tail - 1 - shorter) for shorter in (0, MOST_LINES_FOR_IMPRINT)]
        if block.fits_below(foot[0]) or not block.fits_below(foot[1]):
            return fit
        need, blocks, _ = self._flowing(fit.row, fit.title, fit.signature)
        filled = fill_shorter(
            blocks,
            need,
            lambda one: one.end.page == end.page and block.fits_below(baseline(one.end.row + need.tail - 1)),
        )
        return replace(fit, filled=filled) if filled is not None else fit

    def _signed_fit(self) -> Fit:
        """The text with its signature behind it on the same page, by the least visible means.

        First the text as it comes, then other spacing in some paragraphs, then a title of a line more or less, then
        the seal nearer to the text, then a smaller mark of several names.
        """
        usual = Signature(self.document, self.setter)
        title = self.document.title
        options = title_options(title, self.document.issuers) if title else [[]]
        heads = self._heads()
        for tallest in heads:
            row = self._draw_head(tallest)
            for signature in (usual, usual.compact()):
                for lines in options:
                    fit = self._fitted(row, lines, signature)
                    if fit is not None:
                        return replace(fit, mark_height=tallest)
        return replace(self._fitted_last(self._draw_head(heads[0]), options[0], usual), mark_height=heads[0])

    def _fitted_last(self, row: int, title: Sequence[str], signature: Signature) -> Fit:
        """White on page 1; then the signature with the list of attachments alone; in the end lines that go over."""
        need, blocks, has_addressee = self._flowing(row, title, signature)
        carried = fill_carried(blocks, need)
        filled = fill_from_page_1(blocks, need) or (carried if is_full(carried, first=1) else None)
        if filled is None and self._note:
            need = replace(need, body=len(blocks))
            tried = (fill(blocks, need.start), fill_by_spacing(blocks, need), fill_from_page_1(blocks, need))
            met = [one for one in tried if one is not None and need.is_met(one)]
            filled = next((one for one in met if is_full(one, first=1)), met[0] if met else None)
        return Fit(title, row, blocks, filled or carried, signature, has_addressee)

    def _fitted(self, row: int, lines: list[str], signature: Signature) -> Fit | None:
        need, blocks, has_addressee = self._flowing(row, lines, signature)
        filled = fill(blocks, need.start)
        has_space = need.is_met(filled)
        if not filled.placed or (has_space and is_full(filled)):
            return Fit(lines, row, blocks, filled, signature, has_addressee)
        better = fill_by_spacing(blocks, need) or (filled if has_space else None)
        return Fit(lines, row, blocks, better, signature, has_addressee) if better is not None else None

    def _flowing(self, row: int, title: Sequence[str], signature: Signature) -> tuple[Need, list[Flowing], bool]:
        """What has to stand behind the text, the text under so long a title, and whether it begins with addressees."""
        start = Cursor(0, row + len(title) + 1 if title else row)
        addressee = self._addressee(int(start.row))
        text = list(without_headings_at_foot([*addressee, *self._text, *self._note], start))
        need = Need(start, signature.tail, len(addressee) + len(self._text), lead=len(addressee))
        if self.document.layout is Layout.MINUTES:
            kept = without_blanks_inside(text, need)
            need, text = replace(need, body=need.body - len(text) + len(kept)), kept
        return need, text, bool(addressee)

    def _draw_title(self, fit: Fit) -> None:
        if fit.title:
            self.headings.append(Heading("".join(fit.title), 0))
        for number, line in enumerate(fit.title):
            self.setter.centred(self.pages[0], line, CENTRE, baseline(fit.row + number, SIZE_2), TITLE)

    def _addressee(self, row: int) -> list[TextBlock]:
        """The paragraph of the addressees; none when it would leave page 1 without text (7.3.2)."""
        words = self.document.addressee.strip().rstrip("：:")
        if not words:
            return []
        block = TextBlock(tuple(self.setter.atoms(words + "：", BODY)), first=0.0)
        return [block] if row + len(block.lines) < ROWS else []

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Flowing]:
        attended = False
        for block in blocks:
            if not isinstance(block, Paragraph):
                yield flowing_table(block, self.setter)
            elif self.document.layout is Layout.MINUTES and (label := ATTENDANCE.match(block.text)):
                if not attended:
                    yield Blank()
                attended = True
                yield self._attendance(block.text, label.end())
            else:
                is_alone = block.level > 0 and heading_length(block.text, block.level) == len(block.text)
                is_heading = is_alone and not block.text.endswith("。")
                yield TextBlock(tuple(self._paragraph(block)), is_heading=is_heading)

    def _paragraph(self, block: Paragraph) -> list[Atom]:
        """A heading that runs on into text keeps its own face up to its full stop."""
        style = HEADINGS.get(block.level, BODY)
        length = heading_length(block.text, block.level)
        if is_list(block.text):
            return self._names(block.text)
        if style is BODY or length == len(block.text):
            return self.setter.atoms(block.text, style)
        return self.setter.atoms(block.text[:length], style) + self.setter.atoms(block.text[length:], BODY)

    def _names(self, text: str) -> list[Atom]:
        atoms: list[Atom] = []
        for word in SPACED_NAME.split(text):
            atoms += [self.setter.solid(word, BODY)] if SPACED_NAME.fullmatch(word) else self.setter.atoms(word, BODY)
        return atoms

    def _attendance(self, text: str, label: int) -> TextBlock:
        atoms = [self.setter.solid(text[:label], HEI)]
        if is_list(text):
            return TextBlock((*atoms, *self._names(text[label:])), hang=2.0 + label)
        for word in NAME.split(text[label:]):
            is_name = NAME.fullmatch(word) is not None
            atoms += [self.setter.solid(word, BODY)] if is_name else self.setter.atoms(word, BODY)
        return TextBlock(tuple(atoms), hang=2.0 + label)

    def _attachment_note(self) -> Iterator[Flowing]:
        """One free line, then 附件： and the names, turned lines under the first character of the name (7.3.4)."""
        titles = [attachment.title for attachment in self.document.attachments]
        if not titles:
            return
        yield Blank()
        for number, title in enumerate(titles, 1):
            mark = f"{number}. " if len(titles) > 1 else ""
            hang = 5.0 + self.setter.width(mark, BODY) / CELL
            labels = ("附件：" if number == 1 else "", mark)
            solid = [self.setter.solid(label, BODY) for label in labels if label]
            atoms = (*solid, *self.setter.atoms(title, BODY))
            yield TextBlock(atoms, first=2.0 if number == 1 else 5.0, hang=hang)

    def _note_headings(self, fit: Fit) -> None:
        begins = zip(fit.blocks, fit.filled.begins, strict=True)
        texts = [begin for block, begin in begins if not isinstance(block, Blank)][fit.names_addressee :]
        for block, begin in zip(self.document.blocks, texts, strict=False):
            if isinstance(block, Paragraph) and block.level in HEADINGS:
                title = block.text.split("。", maxsplit=1)[0][:LONGEST_OUTLINE_ENTRY]
                self.headings.append(Heading(title, begin.page, block.level + bool(self.document.title)))

    def _draw_filled(self, filled: Filled) -> None:
        for placed in filled.placed:
            placed.unit.draw(self.setter, self._page(placed.page), placed.row)

    def _page(self, number: int) -> Page:
        while len(self.pages) <= number:
            self.pages.append(Page())
        return self.pages[number]

    def _draw_attachment(self, number: int, title: str, blocks: Sequence[Block]) -> None:
        """A page of its own: 附件 and its number on line 1, the title on line 3 (7.3.7)."""
        index = len(self.pages)
        mark = f"附件{number}" if len(self.document.attachments) > 1 else "附件"
        lines = title_lines(title, self.document.issuers)
        self.headings.append(Heading(f"{mark} {title}", index))
        first = blocks[0]
        if isinstance(first, Table) and needs_turning(first, self.setter):
            turned = turned_block(first, self.setter, mark=mark, title=lines)
            self._draw_filled(fill([turned, *self._blocks(blocks[1:])], Cursor(index, 0)))
            return
        page = self._page(index)
        self.setter.text(page, mark, LEFT, baseline(0), HEI)
        for row, line in enumerate(lines, 2):
            self.setter.centred(page, line, CENTRE, baseline(row, SIZE_2), TITLE)
        self._draw_filled(fill(list(self._blocks(blocks)), Cursor(index, 3 + len(lines))))

    def _draw_imprint(self, addressee: str) -> frozenset[int]:
        """Put the imprint at the foot of the last even page; return the pages that carry no number for it."""
        block = imprint(self.document, self.setter, addressee)
        if block is None:
            return frozenset()
        content = len(self.pages)
        needs_even = self.document.layout is not Layout.LETTER
        target = content if self._has_space(block) else content + 1
        if needs_even and target % 2:
            target += 1
        block.draw(self.setter, self._page(target - 1))
        # A blank page before the imprint, and the imprint's own page then, carry no number.
        return frozenset(range(content, target)) if target > content + 1 else frozenset()

    def _has_space(self, block: Imprint) -> bool:
        """Whether the last page is white where the block would stand."""
        if self.pages[-1].turned is not None:
            return False
        baselines = [item.y for item in self.pages[-1].items if isinstance(item, Run)]
        edges = [max(item.y0, item.y1) for item in self.pages[-1].items if isinstance(item, Rule) and item.y1 < BOTTOM]
        return block.fits_below(max([*baselines, *edges], default=0.0))

    def _draw_page_numbers(self, unnumbered: frozenset[int]) -> None:
        middle = ink_middle(self.setter.fonts.face(Role.SONG, "—"), "—") * em(SIZE_4)
        y = BOTTOM + PAGE_NUMBER_BELOW + middle
        for index, page in enumerate(self.pages):
            if index in unnumbered or (index == 0 and self._is_letter_head()):
                continue
            page.number = index + 1
            words = f"— {page.number} —"
            if page.number % 2:
                self.setter.right(page, words, RIGHT - em(SIZE_4), y, PAGE_NUMBER)
            else:
                self.setter.text(page, words, LEFT + em(SIZE_4), y, PAGE_NUMBER)

    def _is_letter_head(self) -> bool:
        return self.document.layout is Layout.LETTER and bool(self.document.issuer_mark)


def lay_out(document: OfficialDocument, fonts: Fonts) -> LaidOut:
    """The document on pages; a character without a glyph stops it before the first page."""
    fonts.require(document_text(document))
    return Composer(document, Setter(fonts)).compose()


def document_text(document: OfficialDocument) -> str:
    """Every character that will be printed."""
    attachments = "".join(one.title + blocks_text(one.blocks) for one in document.attachments)
    words = (
        blocks_text(document.blocks),
        attachments,
        *document.issuers,
        *document.issuer_mark,
        document.document_number,
        document.title,
        document.addressee,
        document.copy_number,
        document.urgency,
        *document.signers,
        document.note,
        *document.copy_to,
        document.print_office,
    )
    return "".join(words)
