"""Records of registered media, of the backups they took, and of restores that were tried."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.storage.base import Base, Moment


class MediumRecord(Base):
    """A stick, disk or disc that backups may go to."""

    __tablename__ = "medium"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(unique=True)
    """The random name written on it."""
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    level: Mapped[int]
    keeper: Mapped[str]
    registered_on: Mapped[date]
    registered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ended_on: Mapped[date | None]


class BackupRunRecord(Base):
    """A finished backup that was read back."""

    __tablename__ = "backup_run"
    __table_args__ = (Index(None, "medium_id", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    medium_id: Mapped[int | None] = mapped_column(ForeignKey("medium.id"))
    """None for a folder of this machine."""
    set_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    bytes: Mapped[int]
    is_proven: Mapped[bool]


class RestoreDrillRecord(Base):
    """A set that was restored into memory and looked at (恢复演练)."""

    __tablename__ = "restore_drill"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    is_good: Mapped[bool]


def media(session: Session) -> list[MediumRecord]:
    """All media, the active ones first, by number."""
    query = select(MediumRecord).order_by(MediumRecord.ended_on.is_not(None), MediumRecord.number)
    return list(session.scalars(query))


def by_mark(session: Session, mark: str) -> MediumRecord | None:
    """The active medium with this name on it."""
    query = select(MediumRecord).where(MediumRecord.mark == mark, MediumRecord.ended_on.is_(None))
    return session.scalars(query).first()


def last_runs(session: Session) -> dict[int | None, datetime]:
    """When each medium, and this machine's own folder under None, last took a proven backup."""
    query = (
        select(BackupRunRecord.medium_id, func.max(BackupRunRecord.at))
        .where(BackupRunRecord.is_proven.is_(True))
        .group_by(BackupRunRecord.medium_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def last_drill(session: Session) -> RestoreDrillRecord | None:
    """The latest restore that was tried and found good."""
    query = select(RestoreDrillRecord).where(RestoreDrillRecord.is_good.is_(True))
    return session.scalars(query.order_by(RestoreDrillRecord.at.desc())).first()
