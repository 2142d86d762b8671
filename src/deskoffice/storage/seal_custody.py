"""Records of where seals are: hand-overs with their signatures, seals out of the office, yearly checks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.seal_custody import HandOverRow, LoanRow, LoanState, Party
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.people import PersonRecord
from deskoffice.storage.seal_inventory import SealRecord


class SealHandOverRecord(Base):
    """A change of keeper and its three signatures (移交)."""

    __tablename__ = "seal_hand_over"
    __table_args__ = (Index(None, "seal_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    from_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    witness_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(Moment)
    giver_by: Mapped[str]
    giver_at: Mapped[datetime | None] = mapped_column(Moment)
    witness_at: Mapped[datetime | None] = mapped_column(Moment)
    taker_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class SealLoanRecord(Base):
    """A seal that leaves the office (外带)."""

    __tablename__ = "seal_loan"
    __table_args__ = (Index(None, "seal_id", "id"), Index(None, "state", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    place: Mapped[str]
    reason: Mapped[str]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    approver: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(Moment)
    out_at: Mapped[datetime | None] = mapped_column(Moment)
    back_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_back_by: Mapped[str]
    state: Mapped[str]
    note: Mapped[str]


class SealCheckRecord(Base):
    """What a yearly check found of one seal (年度核查)."""

    __tablename__ = "seal_check"
    __table_args__ = (Index(None, "year", "seal_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    year: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str]
    witness: Mapped[str]
    result: Mapped[str]
    note: Mapped[str]


def _names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    query = select(PersonRecord.id, PersonRecord.name).where(PersonRecord.id.in_(set(ids)))
    return {row.id: row.name for row in session.execute(query)}


def hand_overs(session: Session, seal_id: int | None = None, *, open_only: bool = False) -> tuple[HandOverRow, ...]:
    """Hand-overs of a seal or of all, the earliest first."""
    query = select(SealHandOverRecord).order_by(SealHandOverRecord.id)
    if seal_id is not None:
        query = query.where(SealHandOverRecord.seal_id == seal_id)
    if open_only:
        query = query.where(SealHandOverRecord.ended_at.is_(None))
    records = session.scalars(query).all()
    names = _names(session, (i for r in records for i in (r.from_person_id, r.witness_id, r.to_person_id)))
    return tuple(_hand_over(record, names) for record in records)


def _hand_over(record: SealHandOverRecord, names: dict[int, str]) -> HandOverRow:
    signed = (
        (Party.GIVER, record.giver_by, record.giver_at),
        (Party.WITNESS, names[record.witness_id], record.witness_at),
        (Party.TAKER, names[record.to_person_id], record.taker_at),
    )
    return HandOverRow(
        id=record.id,
        seal_id=record.seal_id,
        from_person_id=record.from_person_id,
        from_person=names[record.from_person_id],
        to_person_id=record.to_person_id,
        to_person=names[record.to_person_id],
        witness_id=record.witness_id,
        witness=names[record.witness_id],
        reason=record.reason,
        begun_at=record.begun_at,
        signed=tuple((party, name, at) for party, name, at in signed if at is not None),
        is_open=record.ended_at is None,
    )


def loans(
    session: Session, seal_id: int | None = None, states: Iterable[LoanState] = LoanState, *, limit: int = 500
) -> tuple[LoanRow, ...]:
    """Times that a seal or any left the office, the latest first."""
    wanted = [state.value for state in states]
    query = select(SealLoanRecord).where(SealLoanRecord.state.in_(wanted)).order_by(SealLoanRecord.id.desc())
    if seal_id is not None:
        query = query.where(SealLoanRecord.seal_id == seal_id)
    return _loan_rows(session, session.scalars(query.limit(limit)).all())


def loans_of_day(session: Session, start: datetime, end: datetime) -> tuple[LoanRow, ...]:
    """What went out or came back in this time, and what is still out."""
    moved = or_(
        SealLoanRecord.out_at.between(start, end),
        SealLoanRecord.back_at.between(start, end),
        SealLoanRecord.state == LoanState.OUT.value,
    )
    return _loan_rows(session, session.scalars(select(SealLoanRecord).where(moved).order_by(SealLoanRecord.id)).all())


def _loan_rows(session: Session, records: Sequence[SealLoanRecord]) -> tuple[LoanRow, ...]:
    people = _names(session, (i for r in records for i in (r.first_id, r.second_id, r.asked_by_id)))
    query = select(SealRecord.id, SealRecord.name).where(SealRecord.id.in_({record.seal_id for record in records}))
    seals = {row.id: row.name for row in session.execute(query)}
    return tuple(_loan(record, seals, people) for record in records)


def _loan(record: SealLoanRecord, seals: dict[int, str], people: dict[int, str]) -> LoanRow:
    return LoanRow(
        id=record.id,
        seal_id=record.seal_id,
        seal=seals[record.seal_id],
        first_id=record.first_id,
        first=people[record.first_id],
        second_id=record.second_id,
        second=people[record.second_id],
        place=record.place,
        reason=record.reason,
        asked_by_id=record.asked_by_id,
        asked_by=people[record.asked_by_id],
        asked_at=record.asked_at,
        approver=record.approver,
        due_at=record.due_at,
        out_at=record.out_at,
        back_at=record.back_at,
        taken_back_by=record.taken_back_by,
        state=LoanState(record.state),
        note=record.note,
    )


def is_away(session: Session, seal_id: int) -> bool:
    """The seal is out of the office now."""
    query = select(SealLoanRecord.id).where(
        SealLoanRecord.seal_id == seal_id, SealLoanRecord.state == LoanState.OUT.value
    )
    return session.scalars(query).first() is not None


def checked_in(session: Session, year: int) -> dict[int, SealCheckRecord]:
    """The latest result of each seal in a year."""
    query = select(SealCheckRecord).where(SealCheckRecord.year == year).order_by(SealCheckRecord.id)
    return {record.seal_id: record for record in session.scalars(query)}


def overdue(session: Session, now: datetime) -> tuple[LoanRow, ...]:
    """Seals that should have been back."""
    return tuple(row for row in loans(session, states=(LoanState.OUT,)) if row.is_overdue(now))


def unchecked(session: Session, year: int, states: Iterable[str], entered_before: date) -> int:
    """Seals here that no check of the year has looked at; one entered late in the year waits for the next."""
    done = select(SealCheckRecord.seal_id).where(SealCheckRecord.year == year)
    query = select(SealRecord.id).where(SealRecord.state.in_(list(states)), SealRecord.id.not_in(done))
    return sum(
        1
        for seal_id in session.scalars(query)
        if (record := session.get_one(SealRecord, seal_id)).enabled_on is None or record.enabled_on < entered_before
    )
