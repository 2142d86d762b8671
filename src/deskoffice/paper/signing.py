"""PAdES: the invisible signature beneath an imprint, which any reader of PDF can check, and the check itself."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from deskoffice.domain.errors import PaperError
from deskoffice.paper.certificates import Credential, fingerprint

FIELD = "DeskOfficeSeal"


@dataclass(frozen=True, slots=True)
class SignatureNote:
    """What the signature says of itself, in every reader: whose seal, why, where, when."""

    name: str
    reason: str
    location: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a reader finds."""

    is_signed: bool
    is_unchanged: bool = False
    """The bytes are those that were signed, all of them, by this certificate."""
    is_ours: bool = False
    """The certificate goes back to an authority of this vault."""
    signer: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    reason: str = ""


class _ClockedSigner(signers.PdfSigner):
    """pyHanko's signer at a given moment: the office's clock, not the machine's."""

    def __init__(self, metadata: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(metadata, signer)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """A session of that moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session


def sign(pdf: bytes, credential: Credential, note: SignatureNote) -> bytes:
    """The same file with a signature over all of it that allows no later change; PDF/A stays PDF/A."""
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        # Room for the envelope to the last byte: padding would be covered by no signature.
        tight_size_estimates=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=note.name,
        reason=note.reason,
        location=note.location,
    )
    # Only the seal's own certificate goes in: what else lies in the envelope is not covered by the signature.
    signer = signers.SimpleSigner(
        next(iter(load_certs_from_pemder_data(credential.certificate))),
        load_private_key_from_pemder_data(credential.key, None),
        SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # upstream's __init__ has no annotation
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed: io.BytesIO = _ClockedSigner(metadata, signer, note.at).sign_pdf(writer)
    except (PdfError, SigningError, ValueError) as error:
        raise PaperError("paper_pdf_unreadable") from error
    return signed.getvalue()


def verify(pdf: bytes, roots: Sequence[bytes]) -> SignatureVerdict:
    """What pyHanko's validator says against these authorities; nothing is fetched."""
    for noisy in ("pyhanko", "pyhanko_certvalidator"):
        # A certificate of somebody else is an answer here, not an event.
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        return _verdict(pdf, roots)
    except Exception:  # noqa: BLE001  a damaged file breaks the reader at any place: that is a changed file
        return SignatureVerdict(is_signed=b"/ByteRange" in pdf)


def _verdict(pdf: bytes, roots: Sequence[bytes]) -> SignatureVerdict:
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not found:
        return SignatureVerdict(is_signed=False)
    signature = found[-1]
    moment = signature.self_reported_timestamp
    trusted = [one for root in roots for one in load_certs_from_pemder_data(root)]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    is_whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return SignatureVerdict(
        is_signed=True,
        is_unchanged=bool(status.intact and status.valid and is_whole and status.docmdp_ok is not False),
        is_ours=bool(status.trusted),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        fingerprint=fingerprint(status.signing_cert.dump()),
        signed_at=moment,
        reason=str(signature.sig_object.get("/Reason", "")),
    )
