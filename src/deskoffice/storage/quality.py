"""Records of errors, of leaders' verdicts, and of what a year's numbers are measured against."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


class QualityErrorRecord(Base):
    """An error that a person entered, or what a person said of one that the log shows."""

    __tablename__ = "quality_error"
    __table_args__ = (Index(None, "on", "id"), Index(None, "matter_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    on: Mapped[date]
    kind: Mapped[str]
    person: Mapped[str]
    found_by: Mapped[str]
    source: Mapped[str | None] = mapped_column(unique=True)
    """`step:12` for one that the log shows; None for one entered by hand."""
    is_dismissed: Mapped[bool]
    """Explained away: it stays in the list with the reason and is not counted."""
    note_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)


class QualityVerdictRecord(Base):
    """What a leader said of a text (领导评价)."""

    __tablename__ = "quality_verdict"
    __table_args__ = (Index(None, "on", "id"), Index(None, "matter_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    leader: Mapped[str]
    verdict: Mapped[str]
    on: Mapped[date]
    note_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    entered_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    entered_at: Mapped[datetime] = mapped_column(Moment)


class VolumePlanRecord(Base):
    """How many papers a series may issue in a year (总量控制)."""

    __tablename__ = "volume_plan"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    ceiling: Mapped[int]


class VolumeBaselineRecord(Base):
    """Papers of a month before the program was used, typed in for the first comparison."""

    __tablename__ = "volume_baseline"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    issued: Mapped[int]
