"""The page of a draft as it would print, for the eyes of who writes it: pictures, findings, and where the cursor is."""

import io
from dataclasses import dataclass

import pypdfium2

from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.paper import preview
from deskoffice.usecases.circulation import outgoing_check, outgoing_paper
from deskoffice.usecases.circulation.outgoing_check import CheckLine
from deskoffice.usecases.circulation.outgoing_import import in_words
from deskoffice.usecases.office import Office

SOUGHT = 14
"""Letters of a paragraph that are looked for: enough to be its own, few enough to stand on a page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph begins: the page from 0, and how far down it as a share of its height."""

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class Proof:
    """The pages, not yet drawn; what the check and the typesetter noticed, and the paragraph under the cursor."""

    pdf: bytes
    pages: int
    findings: tuple[CheckLine, ...]
    place: Place | None


def proof(office: Office, draft: OutgoingDraft, *, matter_id: int | None, paragraph: str) -> Proof:
    """Typeset the draft as it stands; `paragraph` is the one being written."""
    made = outgoing_paper.preview(office, draft)
    set_apart = tuple(
        CheckLine(found.sentence, "body_text", found.row, is_blocking=False, can_be_overridden=False)
        for found in in_words(made.findings)
        if found.code != "kind_not_in_title"
    )
    findings = (*outgoing_check.of_draft(office, draft, matter_id), *set_apart)
    return Proof(made.pdf, made.pages, findings, place_of(made.pdf, paragraph))


def page(pdf: bytes, number: int, width: int) -> bytes:
    """One page, from 0, as a picture: only those in view are drawn."""
    return preview.page_png(pdf, number, width)


def place_of(pdf: bytes, paragraph: str) -> Place | None:
    """Where the first letters of a paragraph stand; None when they are not on any page."""
    wanted = "".join(paragraph.split())[:SOUGHT]
    if not wanted:
        return None
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        for number, sheet in enumerate(document):
            letters = sheet.get_textpage()
            # Blanks and line ends of the page are no letters of the paragraph.
            shown = [(at, one) for at, one in enumerate(letters.get_text_range()) if not one.isspace()]
            found = "".join(one for _, one in shown).find(wanted)
            if found >= 0:
                top = letters.get_charbox(shown[found][0])[3]
                return Place(number, 1 - top / sheet.get_height())
    return None
