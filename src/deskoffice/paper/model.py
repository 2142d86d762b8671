"""An official document as values: what is said, before anything is known of its pages."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from deskoffice.domain.values import Classification


class Layout(StrEnum):
    """Formats of GB/T 9704-2012: ordinary, upward (上行文), letter (信函), order (命令), minutes (纪要)."""

    DOCUMENT = "document"
    UPWARD = "upward"
    LETTER = "letter"
    ORDER = "order"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader of a draft changed, left out or noticed; `row` is the line of the source, from 1, or 0."""

    code: str
    text: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; level 1 to 4 is a heading, 0 is text."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Cells that are one: its first row and column, from 0, and how many of each."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row, the first row repeated at the head of each page.

    `is_wide` says that the draft has it on a landscape page; of merged cells the first has the words.
    """

    rows: tuple[tuple[str, ...], ...]
    is_wide: bool = False
    merged: tuple[Span, ...] = ()


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper named under the text (附件说明), with its content when it is bound in behind."""

    title: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class SealImpression:
    """A seal to be pressed on the signature: a picture with a transparent or white ground.

    Without a picture its place is left free, with name and date where the seal by hand will cover them. A signature
    (签名章) stands for the name of the person who signs; its `diameter` is its longer side.
    """

    picture: bytes
    diameter: float
    is_signature: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What was read from a draft file: title if it has one, text as blocks, attachments that follow the text.

    `number` is the document number of a head that was typed over the title.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    title: str = ""
    attachments: tuple[Attachment, ...] = ()
    number: str = ""

    @property
    def text(self) -> str:
        """The words alone, a paragraph a line, as the search index and the editor want them."""
        return blocks_text(self.blocks)


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """Everything GB/T 9704-2012 puts on the paper; an empty field leaves its element out."""

    blocks: tuple[Block, ...] = ()
    layout: Layout = Layout.DOCUMENT
    kind: str = ""
    issuers: tuple[str, ...] = ()
    issuer_mark: tuple[str, ...] = ()
    document_number: str = ""
    title: str = ""
    addressee: str = ""
    classification: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    copy_number: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()
    dated_on: date | None = None
    attachments: tuple[Attachment, ...] = ()
    note: str = ""
    copy_to: tuple[str, ...] = ()
    print_office: str = ""
    printed_on: date | None = None
    seals: tuple[SealImpression, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)


def blocks_text(blocks: tuple[Block, ...]) -> str:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.extend("\t".join(row) for row in block.rows)
    return "\n".join(lines)
