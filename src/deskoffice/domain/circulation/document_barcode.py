"""The barcode that a document carries (GB0626-2005, PDF417): its fields, from a scanned page or a barcode gun."""

from dataclasses import dataclass

from deskoffice.domain.circulation.written import day_of, with_brackets

SEPARATOR, END = "^", "|"
FEWEST = 11
"""Version, number, unit, kind, document number, addressee, title, level, urgency, day; some leave the rest off."""
VERSION = "GB0626"
NOTHING = frozenset({"", "无", "null", "-", "——"})


@dataclass(frozen=True, slots=True)
class DocumentBarcode:
    """The fields in their order; what is 无 in the barcode is None."""

    version: str
    barcode_number: str | None
    issuer: str | None
    kind: str | None
    document_number: str | None
    addressee: str | None
    title: str | None
    classification: str | None
    urgency: str | None
    date: str | None
    scope: str | None
    maker: str | None
    made_on: str | None
    others: tuple[str, ...] = ()


def from_bytes(payload: bytes) -> DocumentBarcode | None:
    """UTF-8 or GBK; None when it is another kind of barcode."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return parse(payload.decode(encoding))
        except UnicodeDecodeError:
            continue
    return None


def parse(text: str) -> DocumentBarcode | None:
    """The text of a barcode as a gun types it, even when keyboard or gun took one encoding for another."""
    start = text.find(VERSION)
    if start < 0:
        return None
    body = _mended(text[start:]).rstrip("\r\n").rstrip()
    parts = [part.strip() for part in body.removesuffix(END).split(SEPARATOR)]
    if len(parts) < FEWEST:
        return None
    values = [None if part in NOTHING else part for part in parts[:13]]
    values += [None] * (13 - len(values))
    _, number, issuer, kind, document_number, addressee, title, level, urgency, day, scope, maker, made = values
    return DocumentBarcode(
        version=parts[0],
        barcode_number=number,
        issuer=issuer,
        kind=kind,
        document_number=with_brackets(document_number) if document_number else None,
        addressee=addressee.rstrip("：:") if addressee else None,
        title=title,
        classification=level,
        urgency=urgency,
        date=_iso(day),
        scope=scope,
        maker=maker,
        made_on=_iso(made),
        others=tuple(part for part in parts[13:] if part not in NOTHING),
    )


def _iso(text: str | None) -> str | None:
    day = day_of(text) if text else None
    return day.isoformat() if day else None


def _mended(text: str) -> str:
    """Chinese that was typed byte by byte, or UTF-8 taken for GBK, as it was meant."""
    for wrong, right in (("latin-1", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "gb18030"), ("gb18030", "utf-8")):
        try:
            mended = text.encode(wrong).decode(right)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if mended != text:
            return mended
    return text
