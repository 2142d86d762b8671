"""Records of tasks that somebody chases."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base
from deskoffice.storage.matter_queries import entered_in, may_know
from deskoffice.storage.matters import MatterRecord


class TaskRecord(Base):
    """The fields of a task (督办事项); its full text is the opinion of the step that opened it."""

    __tablename__ = "task"

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    source: Mapped[str]
    leader: Mapped[str]
    lead_unit: Mapped[str]
    lead_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    others: Mapped[str]
    """Units that help (协办), one a line."""


def register(session: Session, actor: Actor, year: int | None) -> Sequence[tuple[MatterRecord, TaskRecord]]:
    """Tasks put on record in a year or in all years in the order of their numbers."""
    statement = (
        select(MatterRecord, TaskRecord)
        .join(TaskRecord, TaskRecord.matter_id == MatterRecord.id)
        .where(*entered_in(year), may_know(actor))
        .order_by(MatterRecord.number_order)
    )
    return [(matter, task) for matter, task in session.execute(statement)]
