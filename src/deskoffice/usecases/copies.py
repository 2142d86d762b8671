"""Copies that are out and must come back (在外份): which, with whom, since when, by when."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import CopyRow, MatterRow
from deskoffice.storage import matter_queries
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.usecases import matters
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class CopyOut:
    """A copy with the paper that it is a copy of."""

    copy: CopyRow
    matter: MatterRow


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Part of the list, and how many are out in all."""

    total: int
    rows: tuple[CopyOut, ...]


def out(office: Office, first: int, size: int) -> CopyPage:
    """Copies that are out, those to be returned soonest first; only of papers this account may know."""
    conditions = (CopyRecord.must_return, CopyRecord.ended_on.is_(None), matter_queries.may_know(office.actor))
    ids = (
        select(CopyRecord.id)
        .join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
        .where(*conditions)
        .order_by(CopyRecord.due_on.is_(None), CopyRecord.due_on, CopyRecord.id)
    )
    with office.read() as session:
        total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        shown = session.scalars(ids.offset(first).limit(size)).all()
        return CopyPage(total, _rows(office, session, shown))


def _rows(office: Office, session: Session, ids: Sequence[int]) -> tuple[CopyOut, ...]:
    records = [session.get_one(CopyRecord, copy_id) for copy_id in ids]
    papers = matters.matter_rows_by_id(office, session, {record.matter_id for record in records})
    return tuple(
        CopyOut(
            CopyRow(
                id=record.id,
                matter_id=record.matter_id,
                copy_number=record.copy_number,
                holder=record.holder,
                held_since=record.held_since,
                must_return=record.must_return,
                due_on=record.due_on,
                ended_on=None,
                ending=None,
            ),
            papers[record.matter_id],
        )
        for record in records
    )
