"""Records of outgoing documents."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


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
    kept_rules: Mapped[str] = mapped_column(server_default="")
    """Codes of the cleaning rules that are refused, a blank between."""
    joint_with: Mapped[str] = mapped_column(server_default="")
    """Other organs that issue it, one a line."""


class CountersignRecord(Base):
    """Whose 会签 is asked for, in which order, and which text was signed; the words stand in the step."""

    __tablename__ = "countersign"
    __table_args__ = (Index(None, "matter_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    position: Mapped[int]
    """Those of one position sign at the same time; the next position is asked when all of them have signed."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit: Mapped[str]
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    """None until its turn comes."""
    digest: Mapped[str]
    """SHA-256 of what was signed; empty until then."""
    is_dropped: Mapped[bool]
    """No longer asked: withdrawn, or asked anew."""


class SecrecyDecisionRecord(Base):
    """One decision on the level of a document (定密): proposed with its basis, approved or refused by who may."""

    __tablename__ = "secrecy_decision"
    __table_args__ = (Index(None, "matter_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    level: Mapped[int]
    secrecy_years: Mapped[int | None]
    basis_code: Mapped[str]
    basis_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    """The clause, the source paper or the secret points in words, sealed like the text."""
    state: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    opinion_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
