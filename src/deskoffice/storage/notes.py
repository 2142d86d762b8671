"""Records of what an account keeps for itself: views, and what is being typed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


class NoteRecord(Base):
    """One text under a key, sealed to the account alone."""

    __tablename__ = "note"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    kept_at: Mapped[datetime] = mapped_column(Moment)
