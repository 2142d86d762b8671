"""Records behind an imprint: the chained book of each seal, certificates of seals, who approves what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealKind
from deskoffice.domain.seals import ApproverRules, BookEntry, EntryEvent, PaperKind
from deskoffice.storage.base import Base, Moment


class SealEntryRecord(Base):
    """An entry of the 用印登记簿; never changed, a correction is another entry."""

    __tablename__ = "seal_entry"
    __table_args__ = (UniqueConstraint("seal_id", "year", "serial"), Index(None, "matter_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int]
    """0 while no seal was chosen."""
    year: Mapped[int]
    serial: Mapped[int]
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    event: Mapped[str]
    requester_id: Mapped[int]
    approver_id: Mapped[int]
    keeper_id: Mapped[int]
    imprints: Mapped[int]
    stamped: Mapped[int]
    spoiled: Mapped[int]
    approved_digest: Mapped[str]
    file_digest: Mapped[str]
    previous: Mapped[str]
    digest: Mapped[str]


class SealCertificateRecord(Base):
    """A certificate; its private key is sealed to the keepers of the seal, the authority's to all keepers."""

    __tablename__ = "seal_certificate"
    __table_args__ = (Index(None, "seal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("seal.id"))
    """None for an authority of the vault."""
    issued_at: Mapped[datetime] = mapped_column(Moment)
    certificate: Mapped[bytes]
    fingerprint: Mapped[str]
    key_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))


class SealRuleRecord(Base):
    """Who approves a use, by kind of seal and of paper, where it is not as usual."""

    __tablename__ = "seal_rule"

    seal_kind: Mapped[str] = mapped_column(primary_key=True)
    paper_kind: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]


def rules(session: Session) -> ApproverRules:
    """What the office has set."""
    return {
        (SealKind(record.seal_kind), PaperKind(record.paper_kind)): Role(record.role)
        for record in session.scalars(select(SealRuleRecord))
    }


def last_entry(session: Session, seal_id: int, year: int) -> SealEntryRecord | None:
    """The end of a book."""
    query = select(SealEntryRecord).where(SealEntryRecord.seal_id == seal_id, SealEntryRecord.year == year)
    return session.scalars(query.order_by(SealEntryRecord.serial.desc()).limit(1)).first()


def entries(session: Session, seal_id: int | None = None, year: int | None = None) -> Sequence[SealEntryRecord]:
    """Entries in the order of their books."""
    query = select(SealEntryRecord)
    if seal_id is not None:
        query = query.where(SealEntryRecord.seal_id == seal_id)
    if year is not None:
        query = query.where(SealEntryRecord.year == year)
    return session.scalars(query.order_by(SealEntryRecord.seal_id, SealEntryRecord.year, SealEntryRecord.serial)).all()


def entry(record: SealEntryRecord) -> BookEntry:
    """The entry as its digest was made."""
    return BookEntry(
        seal_id=record.seal_id,
        year=record.year,
        serial=record.serial,
        matter_id=record.matter_id,
        at=record.at,
        event=EntryEvent(record.event),
        requester_id=record.requester_id,
        approver_id=record.approver_id,
        keeper_id=record.keeper_id,
        imprints=record.imprints,
        stamped=record.stamped,
        spoiled=record.spoiled,
        approved_digest=record.approved_digest,
        file_digest=record.file_digest,
        previous=record.previous,
    )


def record_of(made: BookEntry) -> SealEntryRecord:
    """The record of an entry."""
    return SealEntryRecord(
        seal_id=made.seal_id,
        year=made.year,
        serial=made.serial,
        matter_id=made.matter_id,
        at=made.at,
        event=made.event.value,
        requester_id=made.requester_id,
        approver_id=made.approver_id,
        keeper_id=made.keeper_id,
        imprints=made.imprints,
        stamped=made.stamped,
        spoiled=made.spoiled,
        approved_digest=made.approved_digest,
        file_digest=made.file_digest,
        previous=made.previous,
        digest=made.digest(),
    )


def entry_of_file(session: Session, file_digest: str) -> SealEntryRecord | None:
    """The entry that a stamped file belongs to."""
    query = select(SealEntryRecord).where(SealEntryRecord.file_digest == file_digest)
    return session.scalars(query.order_by(SealEntryRecord.id)).first()


def certificates(session: Session, seal_id: int | None) -> Sequence[SealCertificateRecord]:
    """Certificates of a seal, or the vault's authorities, the latest first."""
    query = select(SealCertificateRecord).where(SealCertificateRecord.seal_id == seal_id)
    return session.scalars(query.order_by(SealCertificateRecord.id.desc())).all()


def certificate_by(session: Session, fingerprint: str) -> SealCertificateRecord | None:
    """The certificate with this fingerprint, when the vault issued it."""
    query = select(SealCertificateRecord).where(SealCertificateRecord.fingerprint == fingerprint)
    return session.scalars(query).first()
