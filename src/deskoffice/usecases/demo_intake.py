"""What comes over the counter of the practice vault besides plain papers: scans, envelopes, papers that go back."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.circulation.incoming_envelopes import EnvelopeDraft
from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason, ReturnWay
from deskoffice.domain.matters import ContentRole
from deskoffice.domain.people import Role
from deskoffice.domain.values import LEVEL_WORDS, URGENCY_WORDS, Classification
from deskoffice.paper import documents, preview
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming_envelopes, incoming_returns

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

ONE_OF = 16
SCANNED, RETURNED, ENVELOPE, PERSONAL = 2, 5, 9, 13
"""Which papers of sixteen came so; by their numbers, so that the dice of the others fall as before."""
SCAN_WIDTH = 1000
ISSUE_SIZE = 3
"""So many returns fill an issue of the bulletin."""
CASES = (
    ((ReturnReason.NO_SIGNER, ReturnReason.FORMAT), ReturnWay.TAKEN, "请按上行文格式标注签发人后重新报送。"),
    ((ReturnReason.ATTACHMENTS,), ReturnWay.PHONE, "附件2缺页，请补齐后重报。"),
    ((ReturnReason.MANY_ADDRESSEES,), ReturnWay.SENT, "请只主送一个上级机关，需要同时送其他机关的用抄送。"),
    (
        (ReturnReason.SEVERAL_MATTERS, ReturnReason.NOT_AGREED),
        ReturnWay.TAKEN,
        "请一文一事，先与县财政局会商。",
    ),
    ((ReturnReason.HIDDEN_REQUEST,), ReturnWay.SENT, "报告中不得夹带请示事项，请另文请示。"),
)


def came(draft: IncomingDraft) -> int:
    """How a paper came, from 0 to 15."""
    serial = draft.document_number.rpartition("〕")[2].removesuffix("号")
    return int(serial) % ONE_OF if serial.isdecimal() else 0


def is_envelope(draft: IncomingDraft) -> bool:
    """Numbered copies of the practice vault lie with the registry, not with one reader."""
    return came(draft) in {ENVELOPE, PERSONAL} and not draft.copy_number


def body(story: "Story", draft: IncomingDraft) -> FileDraft:
    """What lies with the paper: its text, or its scan with the words that were read."""
    text = texts.body_of(story.random, draft.title.removeprefix("关于"))
    if came(draft) != SCANNED:
        return FileDraft("来文.txt", text.encode(), ContentRole.BODY)
    meta: dict[str, object] = {
        "issuer": draft.source_unit,
        "issuer_mark": f"{draft.source_unit}文件",
        "document_number": draft.document_number,
        "title": draft.title,
        "addressee": "河东县人民政府",
        "classification": LEVEL_WORDS[draft.level] if draft.level >= Classification.CONFIDENTIAL else "",
        "secrecy_years": draft.secrecy_years,
        "copy_number": draft.copy_number,
        "urgency": URGENCY_WORDS[draft.urgency],
        "date": draft.document_date.isoformat() if draft.document_date else "",
    }
    page = documents.document_from_meta(documents.read_body("来文.txt", text.encode()), meta)
    picture = preview.page_png(documents.typeset(page, clock_time=story.office.now()).pdf, 0, SCAN_WIDTH)
    return FileDraft("扫描件.png", picture, ContentRole.BODY, f"{draft.title}\n{text}")


def returned(story: "Story", matter_id: int) -> Iterator[datetime]:
    """退文 at the first look; from time to time a bulletin."""
    reasons, way, words = CASES[matter_id % len(CASES)]
    incoming_returns.return_to_sender(story.acting(Role.SECRETARIAT), matter_id, ReturnDraft(reasons, way, words))
    yield story.clock.now + timedelta(hours=30)
    secretariat = story.acting(Role.SECRETARIAT)
    waiting = [row for row in incoming_returns.returns(secretariat) if row.bulletin_id is None]
    if len(waiting) >= ISSUE_SIZE:
        incoming_returns.make_bulletin(secretariat)


def envelope(story: "Story", draft: IncomingDraft) -> Generator[datetime, None, int]:
    """A sealed or personal envelope, opened later by the one it is for; gives the matter."""
    reader = story.actors[Role.SIGNATORY]
    outside = EnvelopeDraft(
        source_unit=draft.source_unit,
        opener=reader.name,
        received_on=draft.received_on,
        envelope_number=f"机〔{draft.received_on.year}〕{story.next_number()}号",
        level=draft.level,
        urgency=draft.urgency,
        is_personal=came(draft) == PERSONAL,
        delivery="机要交通",
    )
    clerk = story.acting(Role.CONFIDENTIAL_CLERK)
    matter_id = incoming_envelopes.register_envelope(clerk, outside).matter_ids[0]
    yield story.clock.now + timedelta(hours=26)
    # What is personal is nobody else's to see to; no day runs out over it.
    inside = replace(draft, due_on=None) if outside.is_personal else draft
    incoming_envelopes.open_envelope(story.acting(Role.SIGNATORY), matter_id, inside)
    return matter_id
