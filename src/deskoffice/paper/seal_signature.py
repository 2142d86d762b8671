"""What a signature beneath an imprint says, how it is seen, and what a reader finds."""

from dataclasses import dataclass
from datetime import datetime

from deskoffice.paper.sheet import Stencil


@dataclass(frozen=True, slots=True)
class SignatureNote:
    """What the signature says of itself, in every reader: whose seal, why, where, when."""

    name: str
    reason: str
    location: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisibleSeal:
    """Where the picture of a signature stands, page from 0 and box in points, and how it is drawn in that box."""

    page: int
    box: tuple[int, int, int, int]
    operators: str
    """Draws `/Seal` in the graphics state `/Ink`."""
    stencil: Stencil


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a reader finds."""

    is_signed: bool
    is_unchanged: bool = False
    """The bytes are those that were signed, all of them, by this certificate."""
    is_exact: bool = False
    """The envelope too is as `sign` writes it, digit by digit: what it says of its own form no signature covers."""
    is_ours: bool = False
    """The certificate goes back to an authority of this vault."""
    signer: str = ""
    fingerprint: str = ""
    signed_at: datetime | None = None
    reason: str = ""
