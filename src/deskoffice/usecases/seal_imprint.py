"""The stamped file: the approved version as a PDF with the seal on it and the vault's signature beneath."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from PIL import Image

from deskoffice.domain.matters import ContentRole
from deskoffice.domain.seal_inventory import SealKind, SealRow
from deskoffice.domain.seals import StampedFile
from deskoffice.paper import documents, pressing
from deskoffice.paper.certificates import Credential
from deskoffice.paper.model import SealImpression
from deskoffice.paper.seal import stencil
from deskoffice.paper.seal_signature import SignatureNote
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage import seals as use_store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import attachments, previews, seal_credentials, settings
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.circulation import outgoing_paper
from deskoffice.usecases.office import Act
from deskoffice.vault.contents import Content

A4_INCHES = 8.27


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an imprint is made of: whose seal, its picture, and whether it goes across the edges too."""

    seal: SealRow
    picture: bytes
    is_straddling: bool = False


def make(act: Act, matter: MatterRecord, paper: MatterRecord, content: Content, imprint: Imprint) -> str:
    """Store the stamped file with its paper; gives its SHA-256, or nothing when the seal's key is not at hand."""
    credential = seal_credentials.of_seal(act, imprint.seal.id)
    if credential is None:
        return ""
    note = SignatureNote(
        name=imprint.seal.name,
        reason=f"{matter.number} 用印",
        location=settings.settings_in(act.session).office_name,
        at=act.at,
    )
    data = _stamped(act, content, [*_there_already(act, matter), imprint], credential, note)
    draft = FileDraft(f"{_stem(content.name, paper)}（{matter.number}）.pdf", data, ContentRole.SIGNED_PDF)
    attachments.put(act, paper, ReadFile(draft, "application/pdf", ""))
    return sha256(data).hexdigest()


def _stamped(
    act: Act, content: Content, imprints: Sequence[Imprint], credential: Credential, note: SignatureNote
) -> bytes:
    """A file that the other side signed already keeps that signature: the seal is the picture of the next one."""
    from deskoffice.paper import signing

    if _fate(content) is StampedFile.PRESSED:
        return signing.sign(pressed(act, content, imprints), credential, note)
    ink, diameter = stencil(imprints[-1].picture), imprints[-1].seal.diameter
    place = pressing.places(content.data, [imprints[-1].seal.owner], diameter)[0]
    mark = pressing.as_picture(content.data, ink, place, diameter)
    return signing.countersign(content.data, credential, note, mark)


def _stem(name: str, paper: MatterRecord) -> str:
    return paper.document_number or name.rpartition(".")[0] or name or "用印文件"


def picture(act: Act, seal_id: int) -> bytes | None:
    """The kept imprint, when this account may open it."""
    kept = act.session.get_one(SealRecord, seal_id).imprint_content_id
    contents = act.office.vault.contents
    if kept is None or not contents.readable(act.session, [kept]):
        return None
    return contents.open(act.session, kept).data


def _there_already(act: Act, matter: MatterRecord) -> list[Imprint]:
    """Seals that the same version bears from earlier uses, as far as the keeper may open their imprints."""
    use = act.session.get_one(SealUseRecord, matter.id)
    if use.approved_content_id is None:
        return []
    every = {seal.id: seal for seal in seal_store.seals(act.session)}
    found: dict[int, Imprint] = {}
    for one in use_store.stamped_before(act.session, use.paper_matter_id, use.approved_content_id, matter.id):
        if one.seal_id is not None and one.seal_id != use.seal_id and (kept := picture(act, one.seal_id)) is not None:
            found[one.seal_id] = Imprint(every[one.seal_id], kept, is_straddling=one.is_straddling)
    return list(found.values())


def pressed(act: Act, content: Content, imprints: Sequence[Imprint]) -> bytes:
    """The page with its seals: a document of the office is set anew around them all, another paper, which comes with
    each request anew, bears the last where it signs.
    """
    if content.media_type == "application/json":
        document = outgoing_paper.document(content.data)
        sealed = replace(document, seals=_beside(document.issuers, imprints))
        pdf = documents.typeset(sealed, clock_time=act.at, account=act.actor.name).pdf
    else:
        last, pdf = imprints[-1], as_pdf(act, content)
        places = pressing.places(pdf, [last.seal.owner], last.seal.diameter)
        pdf = pressing.press(pdf, stencil(last.picture), places, last.seal.diameter)
    return _straddled(pdf, imprints)


def _straddled(pdf: bytes, imprints: Sequence[Imprint]) -> bytes:
    """One seal goes across the edges, the one pressed last: two would lie on one another there."""
    across = next((one for one in reversed(imprints) if one.is_straddling), None)
    if across is None:
        return pdf
    return pressing.press(pdf, stencil(across.picture), (), across.seal.diameter, straddles=True)


def _beside(issuers: Sequence[str], imprints: Sequence[Imprint]) -> tuple[SealImpression, ...]:
    """Each over its own name in a joint document, the places of the others left free; else the one pressed last."""
    by_owner = {
        one.seal.owner: SealImpression(one.picture, one.seal.diameter, is_signature=one.seal.kind is SealKind.LEADER)
        for one in imprints
    }
    last = imprints[-1].seal
    if len(issuers) < 2 or last.owner not in issuers:
        return (by_owner[last.owner],)
    free = SealImpression(b"", last.diameter)
    return tuple(by_owner.get(name, free) for name in issuers)


def as_pdf(act: Act, content: Content) -> bytes:
    """A paper that came along, as the PDF that it would print as."""
    if content.media_type == "application/pdf":
        return content.data
    if content.media_type.startswith("image/"):
        out = io.BytesIO()
        with Image.open(io.BytesIO(content.data)) as scan:
            scan.convert("RGB").save(out, "PDF", resolution=scan.width / A4_INCHES)
        return out.getvalue()
    body = documents.read_body(content.name or "正文.txt", content.data)
    return documents.typeset(documents.document_from_meta(body, {}), clock_time=act.at).pdf


def can_bear(content: Content) -> bool:
    """A page can be made of it to be stamped; a signature that forbids any change leaves only the ink on paper."""
    return _fate(content) in (StampedFile.PRESSED, StampedFile.COUNTERSIGNED)


def fate(act: Act, seal: SealRow | None, content: Content) -> StampedFile:
    """What will become of the file, told to the keeper before the ink."""
    if seal is not None and picture(act, seal.id) is None:
        return StampedFile.NO_IMPRINT
    return _fate(content)


def _fate(content: Content) -> StampedFile:
    from deskoffice.paper import signing

    if not previews.is_viewable(content.media_type):
        return StampedFile.NO_PAGE
    if content.media_type != "application/pdf" or not signing.is_signed(content.data):
        return StampedFile.PRESSED
    return StampedFile.FINAL if signing.is_final(content.data) else StampedFile.COUNTERSIGNED
