"""Acts done to several matters at once, with how each matter stood before, so that they can be taken back together."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


class ActBatchRecord(Base):
    """One act on many matters."""

    __tablename__ = "act_batch"
    __table_args__ = (Index(None, "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    verb: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class ActBatchLineRecord(Base):
    """One matter of a batch; `changed` is what the matter's own is as long as nothing else was done to it."""

    __tablename__ = "act_batch_line"
    __table_args__ = (Index(None, "matter_id"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("act_batch.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    changed: Mapped[int]
    before: Mapped[str]
    """How it stood, as JSON: its own columns, the steps that were open, who was to come next, who might know it."""
