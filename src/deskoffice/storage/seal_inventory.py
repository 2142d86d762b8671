"""Records of the office's seals and of everything that happened to them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.seal_inventory import SealEvent, SealEventRow, SealKind, SealRow, SealState
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.people import PersonRecord


class SealRecord(Base):
    """A seal (印章)."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    owner: Mapped[str]
    material: Mapped[str]
    size: Mapped[str]
    keeper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    enabled_by: Mapped[str]
    enabled_on: Mapped[date | None]
    place: Mapped[str]
    note: Mapped[str]
    state: Mapped[str]
    imprint_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    """The imprint as a picture, sealed to keeper and deputy only."""
    enabled_matter_id: Mapped[int | None]
    """The document of this office that put it into use."""


class SealEventRecord(Base):
    """One line of a seal's history; never changed."""

    __tablename__ = "seal_event"
    __table_args__ = (Index(None, "seal_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    event: Mapped[str]
    state: Mapped[str]
    by: Mapped[str]
    from_person: Mapped[str]
    to_person: Mapped[str]
    witnesses: Mapped[str]
    reason: Mapped[str]
    content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))


def seals(session: Session, seal_ids: Iterable[int] | None = None) -> tuple[SealRow, ...]:
    """Seals in the order they were entered, all of them or those asked for."""
    query = select(SealRecord).order_by(SealRecord.id)
    if seal_ids is not None:
        query = query.where(SealRecord.id.in_(list(seal_ids)))
    records = session.scalars(query).all()
    keepers = {record.keeper_id for record in records} | {record.deputy_id for record in records}
    people = select(PersonRecord.id, PersonRecord.name).where(PersonRecord.id.in_(keepers - {None}))
    names = {row.id: row.name for row in session.execute(people)}
    return tuple(_row(record, names) for record in records)


def _row(record: SealRecord, names: dict[int, str]) -> SealRow:
    return SealRow(
        id=record.id,
        name=record.name,
        kind=SealKind(record.kind),
        owner=record.owner,
        material=record.material,
        size=record.size,
        keeper_id=record.keeper_id,
        keeper=names[record.keeper_id],
        deputy_id=record.deputy_id,
        deputy="" if record.deputy_id is None else names[record.deputy_id],
        enabled_by=record.enabled_by,
        enabled_on=record.enabled_on,
        place=record.place,
        note=record.note,
        state=SealState(record.state),
        has_imprint=record.imprint_content_id is not None,
        enabled_matter_id=record.enabled_matter_id,
    )


def history(session: Session, seal_id: int) -> tuple[SealEventRow, ...]:
    """What happened to a seal, oldest first."""
    query = select(SealEventRecord).where(SealEventRecord.seal_id == seal_id).order_by(SealEventRecord.id)
    return tuple(
        SealEventRow(
            at=record.at,
            event=SealEvent(record.event),
            state=SealState(record.state),
            by=record.by,
            from_person=record.from_person,
            to_person=record.to_person,
            witnesses=record.witnesses,
            reason=record.reason,
        )
        for record in session.scalars(query)
    )
