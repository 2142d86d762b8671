"""Records of outgoing documents."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base


class OutgoingRecord(Base):
    """The fields of a matter that the office issues (发文)."""

    __tablename__ = "outgoing"

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    document_kind: Mapped[str]
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    addressee: Mapped[str]
    copy_to: Mapped[str]
    """One unit a line."""
    details_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    """Titles of attachments and the note under the text, sealed like the body since they tell as much."""
    printed_copies: Mapped[int]
    signer: Mapped[str]
    signed_on: Mapped[date | None]
    approved_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    """The version that was signed; its digest is what the seal keeper must see again."""
    dispatched_on: Mapped[date | None]
