"""PAdES: the invisible signature beneath an imprint, which any reader of PDF can check, and the check itself."""

import io
import logging
from collections.abc import Sequence

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import BaseStampStyle, StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from deskoffice.domain.errors import PaperError
from deskoffice.paper.certificates import Credential, fingerprint
from deskoffice.paper.seal_signature import SignatureNote, SignatureVerdict, VisibleSeal

FIELD = "DeskOfficeSeal"

SIGNED_DATA = bytes.fromhex("06092A864886F70D010702")
"""The object identifier of the envelope's type, in DER."""


class _Ink(PdfContent):
    """The seal as the picture of a signature: red, and what stands below it shows through."""

    def __init__(self, mark: VisibleSeal) -> None:
        left, bottom, right, top = mark.box
        super().__init__(box=BoxConstraints(width=right - left, height=top - bottom))
        self._mark = mark

    def render(self) -> bytes:
        """The operators of the picture; what they name is added to the file."""
        ink = generic.DictionaryObject({pdf_name("/BM"): pdf_name("/Multiply")})
        self.set_resource(ResourceType.EXT_G_STATE, pdf_name("/Ink"), ink)
        mask = self._ensure_writer.add_object(self._mask())
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Seal"), mask)
        return self._mark.operators.encode()

    def _mask(self) -> generic.StreamObject:
        stencil = self._mark.stencil
        said = {
            "/Type": pdf_name("/XObject"),
            "/Subtype": pdf_name("/Image"),
            "/Width": generic.NumberObject(stencil.columns),
            "/Height": generic.NumberObject(stencil.rows),
            "/ImageMask": generic.BooleanObject(value=True),
            "/BitsPerComponent": generic.NumberObject(1),
        }
        mask = generic.StreamObject({pdf_name(key): value for key, value in said.items()}, stream_data=stencil.bits)
        mask.compress()
        return mask


class _ClockedSigner(signers.PdfSigner):
    """pyHanko's signer at a given moment: the office's clock, not the machine's."""

    def __init__(
        self,
        metadata: signers.PdfSignatureMetadata,
        signer: signers.Signer,
        note: SignatureNote,
        field: SigFieldSpec,
        style: BaseStampStyle | None,
    ) -> None:
        super().__init__(metadata, signer, stamp_style=style, new_field_spec=field)
        self._at = note.at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """A session of that moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self._at
        return session


def sign(pdf: bytes, credential: Credential, note: SignatureNote) -> bytes:
    """The same file with a signature over all of it that allows no later change; PDF/A stays PDF/A."""
    return _signed(pdf, credential, note, SigFieldSpec(FIELD), None)


def countersign(pdf: bytes, credential: Credential, note: SignatureNote, mark: VisibleSeal) -> bytes:
    """A file that others signed, with the seal as the picture of one more signature: theirs stay as they are."""
    field = SigFieldSpec(f"{FIELD}{len(_signatures(pdf)) + 1}", on_page=mark.page, box=mark.box)
    style = StaticStampStyle(background=_Ink(mark), background_opacity=1.0, border_width=0)
    return _signed(pdf, credential, note, field, style)


def is_signed(pdf: bytes) -> bool:
    """Somebody signed it already."""
    return bool(_signatures(pdf))


def is_final(pdf: bytes) -> bool:
    """Signed in a way that allows not even a further signature."""
    return any(one.docmdp_level is MDPPerm.NO_CHANGES for one in _signatures(pdf))


def _signatures(pdf: bytes) -> Sequence[EmbeddedPdfSignature]:
    try:
        found: Sequence[EmbeddedPdfSignature] = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
    except (PdfError, ValueError) as error:
        raise PaperError("paper_pdf_unreadable") from error
    return found


def _signed(
    pdf: bytes, credential: Credential, note: SignatureNote, field: SigFieldSpec, style: BaseStampStyle | None
) -> bytes:
    is_first = style is None
    metadata = signers.PdfSignatureMetadata(
        field_name=field.sig_field_name,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=is_first,
        # Room for the envelope to the last byte: padding would be covered by no signature.
        tight_size_estimates=True,
        docmdp_permissions=MDPPerm.NO_CHANGES if is_first else MDPPerm.FILL_FORMS,
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
        signed: io.BytesIO = _ClockedSigner(metadata, signer, note, field, style).sign_pdf(writer)
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
    said = [_said(signature, roots, pdf) for signature in found]
    # What others added to a file with our seal is a change of it; their signature alone proves nothing here.
    return next((one for one in reversed(said) if one.is_ours), said[-1])


def _said(signature: EmbeddedPdfSignature, roots: Sequence[bytes], pdf: bytes) -> SignatureVerdict:
    moment = signature.self_reported_timestamp
    trusted = [one for root in roots for one in load_certs_from_pemder_data(root)]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, moment=moment)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    is_whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    is_unchanged = bool(status.intact and status.valid and is_whole and status.docmdp_ok is not False)
    return SignatureVerdict(
        is_signed=True,
        is_unchanged=is_unchanged,
        is_exact=is_unchanged and _is_exact(signature, pdf),
        is_ours=bool(status.trusted),
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        fingerprint=fingerprint(status.signing_cert.dump()),
        signed_at=moment,
        reason=str(signature.sig_object.get("/Reason", "")),
    )


def _is_exact(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Written anew around what the signature covers, the envelope comes out as it stands in the file."""
    envelope, signer, own = signature.signed_data, signature.signer_info, signature.signer_cert
    hashed = {"algorithm": "sha256"}
    said = type(signer)(
        {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}},
            "digest_algorithm": hashed,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": {"algorithm": "sha256_rsa"},
            "signature": signer["signature"],
        }
    )
    expected = type(envelope)(
        {
            "version": "v1",
            "digest_algorithms": [hashed],
            "encap_content_info": {"content_type": "data"},
            "certificates": [own],
            "signer_infos": [said],
        }
    )
    _, begins, ends, _ = (int(edge) for edge in signature.byte_range)
    return pdf[begins:ends] == f"<{_wrapped(expected.dump()).hex().upper()}>".encode()


def _wrapped(signed: bytes) -> bytes:
    """As content of the type "signed data" (RFC 5652, section 3)."""
    content = SIGNED_DATA + b"\xa0\x82" + len(signed).to_bytes(2) + signed
    return b"\x30\x82" + len(content).to_bytes(2) + content
