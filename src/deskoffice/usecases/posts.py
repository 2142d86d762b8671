"""任职: the posts a person has held, so that an old slip can be read with the titles of its day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from deskoffice.storage.people import PostRecord, UnitRecord
from deskoffice.usecases.office import Office


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post; `to_on` is None while it is held."""

    unit: str
    title: str
    from_on: date
    to_on: date | None


def history(office: Office, person_id: int) -> tuple[PostRow, ...]:
    """Posts of a person, the latest first."""
    query = (
        select(PostRecord, UnitRecord.name)
        .join(UnitRecord, UnitRecord.id == PostRecord.unit_id)
        .where(PostRecord.person_id == person_id)
        .order_by(PostRecord.from_on.desc(), PostRecord.id.desc())
    )
    with office.read() as session:
        return tuple(PostRow(unit, post.title, post.from_on, post.to_on) for post, unit in session.execute(query))
