"""Records of tasks that somebody chases."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base


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
