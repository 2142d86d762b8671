"""Records of where numbered copies went: hand-overs, lists worked through with the scanner, requests to copy."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


class CopyBatchRecord(Base):
    """Many copies worked through in one go: counted before going home, returned to a sender, destroyed."""

    __tablename__ = "copy_batch"
    __table_args__ = (Index(None, "kind", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    on: Mapped[date]
    unit: Mapped[str]
    """The sender that the copies go back to, or who destroys them."""
    year: Mapped[int | None]
    state: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    approved_on: Mapped[date | None]
    done_on: Mapped[date | None]
    people: Mapped[str]
    """Who received, or who escorted and watched the destruction."""
    way: Mapped[str]


class CopyBatchLineRecord(Base):
    """One copy of a list; `seen_at` is the moment of the scan."""

    __tablename__ = "copy_batch_line"
    __table_args__ = (Index(None, "copy_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("copy_batch.id"), primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("copy.id"), primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)


class CopyEventRecord(Base):
    """One hand-over of a copy; only added to."""

    __tablename__ = "copy_event"
    __table_args__ = (Index(None, "copy_id", "id"), Index(None, "person_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("copy.id"))
    event: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    from_holder: Mapped[str]
    to_holder: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    approver: Mapped[str]
    note_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))


class CopyRequestRecord(Base):
    """Somebody asks to copy or to extract from a numbered copy (复制、摘录审批)."""

    __tablename__ = "copy_request"
    __table_args__ = (Index(None, "state", "id"), Index(None, "copy_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    copy_id: Mapped[int] = mapped_column(ForeignKey("copy.id"))
    kind: Mapped[str]
    copies: Mapped[int]
    purpose_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    state: Mapped[str]
    requested_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    requested_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
