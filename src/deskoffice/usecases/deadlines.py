"""办理时限: the office's table of working days, and what it makes of a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deskoffice.domain import deadlines as rules
from deskoffice.domain import workdays
from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.deadlines import Deadlines
from deskoffice.domain.people import Role
from deskoffice.domain.values import Urgency
from deskoffice.domain.workdays import Calendar
from deskoffice.storage import settings as store
from deskoffice.storage.settings import write_setting
from deskoffice.usecases.office import Office
from deskoffice.usecases.words import word

KEEPERS = (Role.OFFICE_LEADER, Role.SECRETARIAT, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
URGENCY, KIND = "deadlines.urgency", "deadlines.kind"


@dataclass(frozen=True, slots=True)
class Due:
    """A day and how it was reckoned; `is_plain` when a year without its calendar took part."""

    on: date
    words: str
    is_plain: bool


def table(office: Office) -> Deadlines:
    """The office's limits."""
    with office.read() as session:
        return _table(session)


def _table(session: Session) -> Deadlines:
    texts = store.read_settings(session)
    if URGENCY not in texts:
        return rules.DEFAULT
    urgencies, kinds = _pairs(texts[URGENCY]), _pairs(texts.get(KIND, ""))
    return Deadlines(
        {Urgency(int(name)): days for name, days in urgencies.items()},
        {PostKind(name): days for name, days in kinds.items()},
    )


def _pairs(text: str) -> dict[str, int]:
    return {name: int(days) for name, days in (line.split() for line in text.splitlines())}


def set_table(office: Office, deadlines: Deadlines) -> None:
    """Papers registered from now on have these limits; dates already set stay."""
    office.require(*KEEPERS)
    rules.check(deadlines)
    with office.act() as act:
        lines = "\n".join(f"{int(one)} {days}" for one, days in deadlines.by_urgency.items())
        write_setting(act.session, URGENCY, lines)
        lines = "\n".join(f"{one.value} {days}" for one, days in deadlines.by_kind.items())
        write_setting(act.session, KIND, lines)
        act.record_other("settings.deadlines.changed")


def proposed(office: Office, received_on: date, urgency: Urgency, kind: PostKind) -> Due | None:
    """By when a paper is to be done, with the reckoning in words; None where the table says nothing."""
    with office.read() as session:
        days = _table(session).days(urgency, kind)
        if days is None:
            return None
        calendar = calendar_from(session, received_on)
        on = workdays.due_on(received_on, days, calendar)
    is_plain = not all(calendar.knows(year) for year in range(received_on.year, on.year + 1))
    why = f"{word(urgency) or word(kind)} {days} 个工作日" if days else f"{word(urgency)} 当日办结"
    return Due(on, why + ("，年历未导入，按平常周末暂计" if is_plain else ""), is_plain)


def calendar_from(session: Session, day: date) -> Calendar:
    """The known days of the year and the two after it: no limit reaches further."""
    return Calendar(store.calendar(session, date(day.year, 1, 1), date(day.year + 2, 12, 31)))


def due_after(session: Session, day: date, days: int) -> date:
    """So many working days later."""
    return workdays.due_on(day, days, calendar_from(session, day))


def workdays_between(session: Session, first: date, last: date) -> int:
    """Working days after the first day up to the last."""
    return workdays.count(first, last, calendar_from(session, first))
