"""Records that every kind of matter shares: the matter, its steps, links, contents, copies and readers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment

ASKED = ("state", "level", "office_wide")
OPEN = text("is_open IS 1")


def where_named(table: str, column: str) -> Index:
    """Rows that name something, found by it: taking it out asks them all, and an old book is taken out by thousands."""
    return Index(f"ix_{table}_{column}", column, sqlite_where=text(f"{column} IS NOT NULL"))


class GoneMatterRecord(Base):
    """A matter that was taken out again with its import: indexes forget it, and its id is never given again."""

    __tablename__ = "gone_matter"
    __table_args__ = (Index(None, "seq"),)

    matter_id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    """Sequence number of the audit entry, among the changes that search indexes catch up by."""


class MatterRecord(Base):
    """What the office handles (件); the kind's own table has the rest under the same id."""

    __tablename__ = "matter"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        CheckConstraint("NOT office_wide OR level <= 1", name="office_wide_level"),
        CheckConstraint("(title = '') = (title_content_id IS NOT NULL)", name="title_in_one_place"),
        # What a list asks of a row before it is shown stands in the index, so that a list is read from it alone.
        Index("ix_matter_created", "created_on", "id", "kind", *ASKED),
        Index("ix_matter_kind_created", "kind", "created_on", "id", *ASKED),
        Index("ix_matter_kind_number", "kind", "number_order", "id", "created_on", *ASKED),
        Index("ix_matter_kind_unit", "kind", "unit", "id", "created_on", *ASKED),
        Index("ix_matter_kind_due", "kind", "due_on", text("id DESC"), "created_on", *ASKED),
        Index("ix_matter_open_due", "due_on", text("id DESC"), "kind", *ASKED, sqlite_where=OPEN),
        Index("ix_matter_open_created", "created_on", "id", "kind", *ASKED, sqlite_where=OPEN),
        Index("ix_matter_open_kind_due", "kind", "due_on", text("id DESC"), *ASKED, sqlite_where=OPEN),
        Index("ix_matter_open_kind_created", "kind", "created_on", "id", *ASKED, sqlite_where=OPEN),
        Index("ix_matter_open_kind_number", "kind", "number_order", "id", *ASKED, sqlite_where=OPEN),
        Index("ix_matter_open_kind_unit", "kind", "unit", "id", *ASKED, sqlite_where=OPEN),
        Index(None, "document_number"),
        Index(None, "changed"),
        where_named("matter", "title_content_id"),
    )

    # Above every id that was ever given: the log names matters by it.
    id: Mapped[int] = mapped_column(
        primary_key=True,
        default=text(
            "(SELECT 1 + max(coalesce((SELECT max(id) FROM matter), 0),"
            " coalesce((SELECT max(matter_id) FROM gone_matter), 0)))"
        ),
    )
    kind: Mapped[str]
    state: Mapped[str]
    is_open: Mapped[bool]
    number: Mapped[str]
    number_order: Mapped[int]
    """Year times a million plus the serial, so that numbers sort as people count them."""
    title: Mapped[str]
    """Empty when the title is sealed (from 机密 up)."""
    title_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    unit: Mapped[str]
    document_number: Mapped[str]
    level: Mapped[int]
    secrecy_years: Mapped[int | None]
    urgency: Mapped[int]
    due_on: Mapped[date | None]
    holder: Mapped[str]
    held_since: Mapped[date | None]
    created_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    closed_on: Mapped[date | None]
    retention: Mapped[str]
    office_wide: Mapped[bool]
    """True when the whole office may know it; otherwise the readers are named."""
    changed: Mapped[int]
    """Sequence number of the last audit entry about it; search indexes catch up by it."""


class MatterReaderRecord(Base):
    """One account in the 知悉范围 of a matter."""

    __tablename__ = "matter_reader"
    __table_args__ = (Index(None, "account_id", "matter_id"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))


class StepRecord(Base):
    """A matter in somebody's hands; the name and the title are those of that day."""

    __tablename__ = "step"
    __table_args__ = (
        Index(None, "matter_id", "id"),
        Index(None, "person_id", "done_at", "matter_id"),
        Index(None, "role", "done_at", "matter_id"),
        Index(None, "due_on"),
        Index(None, "outcome", "done_at"),
        where_named("step", "opinion_content_id"),
        where_named("step", "note_content_id"),
        where_named("step", "corrects_id"),
        Index("ix_step_instruction", "said_on", "id", "nature", "matter_id", sqlite_where=text("nature != ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    """A role when the step waits for whoever holds it; empty when it waits for a person or a unit."""
    person: Mapped[str]
    post: Mapped[str]
    unit: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    received_at: Mapped[datetime | None] = mapped_column(Moment)
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str]
    opinion_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    note_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    recorded_by: Mapped[str]
    said_on: Mapped[date | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    part: Mapped[str] = mapped_column(server_default="")
    """Which part of the handling: 主办, 协办, 阅知; empty for other kinds."""
    deputy: Mapped[str] = mapped_column(server_default="")
    """Who did it in the person's place (代), by a written authority."""
    first_due_on: Mapped[date | None]
    """The day first set, kept when a later one was allowed (延期)."""
    nature: Mapped[str] = mapped_column(server_default="")
    """Of an instruction: to be acted on, praise, or only read."""
    is_back_entered: Mapped[bool] = mapped_column(server_default="0")
    """Entered afterwards from the paper (补录); `said_on` is the true day."""


class LinkRecord(Base):
    """Two matters joined."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("from_id", "to_id", "kind"), Index(None, "to_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    kind: Mapped[str]


class MatterContentRecord(Base):
    """A piece of content of a matter; a new version is a new row."""

    __tablename__ = "matter_content"
    __table_args__ = (
        Index(None, "matter_id", "id"),
        Index(None, "content_id"),
        Index(None, "name_content_id"),
        where_named("matter_content", "text_content_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    name_content_id: Mapped[int] = mapped_column(ForeignKey("content.id"))
    text_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    """What search covers of it; None when it has no text (a picture)."""
    role: Mapped[str]
    version: Mapped[int]
    media_type: Mapped[str]
    size: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class MatterTextRecord(Base):
    """A sealed text that the kind's own table names, so that readers who come later are given it too."""

    __tablename__ = "matter_text"
    __table_args__ = (Index(None, "matter_id"),)

    content_id: Mapped[int] = mapped_column(ForeignKey("content.id"), primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))


class CopyRecord(Base):
    """One numbered copy of a paper: where it is, since when, must it come back, how it ended."""

    __tablename__ = "copy"
    __table_args__ = (
        Index(None, "matter_id", "copy_number"),
        Index(None, "must_return", "ended_on", "due_on"),
        Index(None, "copy_number"),
        Index(None, "ended_on", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    copy_number: Mapped[str]
    holder: Mapped[str]
    held_since: Mapped[date]
    must_return: Mapped[bool]
    due_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ending: Mapped[str]
    place: Mapped[str] = mapped_column(server_default="kept")
    """With the 机要员, given out for good, or lent."""
    origin: Mapped[str] = mapped_column(server_default="original")
    """Printed or received, copied by approval, or an extract."""
