"""A practice vault: an invented county office with a year of plausible work, told in the order of time."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.access import PRACTICE
from deskoffice.domain.circulation.incoming import POST_CODES, PostKind
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.people import Actor, PersonDraft, Role, UnitDraft
from deskoffice.domain.workdays import Calendar
from deskoffice.storage import people as people_store
from deskoffice.storage import series
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import (
    demo_exchange,
    demo_history,
    demo_lives,
    demo_meetings,
    demo_seals,
    demo_year,
    ledgers,
    passwords,
    people,
    settings,
)
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.demo_past import Draft
from deskoffice.usecases.founding import FoundingAccount, FoundingDraft, create_office
from deskoffice.usecases.office import CHINA, Office, system_clock
from deskoffice.usecases.settings import OfficeSettings
from deskoffice.vault.kdf import KdfCost

ACTS_IN_ONE_TRANSACTION = 400
OUTGOING_SHARE = 8
"""One paper in so many goes out; a county office receives about seven times what it issues."""
TOLD_OUTGOING_SHARE = 5
"""Of the latest papers more: one stands at every step between the first draft and the last copy."""
DESKS = {
    "outgoing": (0.5, 3, 10, 17, 24, 30, 35, 39, 43, 47, 51, 56),
    "seal_use": (0.2, 1, 2, 5, 6, 9),
    "task": (2, 9, 18, 24, 31, 44),
    "task_late": (75, 92),
}
"""How many working hours ago what lies on the desks today began."""
LIVED_THROUGH = 60
"""So many of the latest papers are told act by act; what lies further back is written in bulk as closed."""
SHORTEST_TOLD = timedelta(days=30)
FRESH = timedelta(days=8)
MOST_MEETINGS = 6
"""So many of the past are told whole: each is some fifty acts."""
FEWEST_WITH_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class Practice:
    """What was made, with everything that is printed for those who practise."""

    accounts: tuple[FoundingAccount, ...]
    recovery_shares: tuple[str, ...]
    backup_keys: tuple[str, ...]
    counts: dict[str, int]


class PracticeClock:
    """The clock of the story: it stands where the story is."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def build(folder: Path, *, documents: int, seed: int) -> Practice:
    """Make the vault; `folder` must not exist."""
    if folder.exists():
        raise RuleError("demo_folder_exists")
    end = system_clock().astimezone(CHINA)
    clock = PracticeClock(datetime.combine(date(end.year, 1, 4), time(8), CHINA))
    if end - clock.now < timedelta(days=60):
        clock.now = end - timedelta(days=300)
    accounts = tuple(
        FoundingAccount(login, texts.PASSWORD, name, post, roles, clearance)
        for login, name, post, roles, clearance in texts.STAFF
    )
    names = OfficeSettings(texts.OFFICE, "县政府办", texts.OFFICE, "J001")
    draft = FoundingDraft(names, texts.CODE, texts.ISSUER_MARK, accounts)
    founded = create_office(folder, draft, clock=clock, cost=KdfCost.smallest())
    try:
        _set_up(founded.office)
        _tell(founded.office, clock, end, documents=documents, random=Random(seed))  # noqa: S311  invented texts
        clock.now = end
        demo_exchange.write(founded.office)
        demo_year.write(founded.office)
        counts = ledgers.matter_count(founded.office)
    finally:
        founded.office.close()
    counts[MatterKind.SEAL_USE] += demo_seals.keepers_day(folder, clock)
    return Practice(accounts, founded.recovery_shares, founded.backup_keys, counts)


def _set_up(office: Office) -> None:
    """Units that papers come from and go to, the leaders without an account, the seals."""
    with office.act() as act:
        for rank, (unit, _) in enumerate(texts.SENDERS, start=10):
            people.add_unit_in(act, UnitDraft(unit, rank=rank))
        for rank, unit in enumerate(texts.DEPARTMENTS, start=40):
            if unit not in {name for name, _ in texts.SENDERS}:
                people.add_unit_in(act, UnitDraft(unit, rank=rank))
        own = people_store.units(act.session)[0].id
        for rank, (name, post) in enumerate(texts.LEADERS, start=200):
            people.add_person_in(act, PersonDraft(name, own, post, rank, from_on=act.today))
        demo_seals.enter(act)
        # Whoever practises a year later must not be stopped at the door.
        passwords.write_policy(act, PRACTICE)
        act.record_other("office.practice.set_up")


@dataclass(slots=True)
class Story:
    """What the lives of matters share: who acts, which number series, the dice."""

    office: Office
    clock: PracticeClock
    actors: dict[Role, Actor]
    by_name: dict[str, int]
    series_id: int
    incoming_series: Mapping[PostKind, int]
    calendar: Calendar
    random: Random
    _number: int = 0

    @property
    def session(self) -> Session:
        """The one transaction of the story: each of tens of thousands would wait for the disk."""
        if self.office.joined is None:
            raise RuleError("database_busy")
        return self.office.joined

    def next_number(self) -> int:
        """A number that no other paper bears."""
        self._number += self.random.randint(1, 9)
        return self._number

    def acting(self, role: Role) -> Office:
        """The office as somebody with a role."""
        return replace(self.office, actor=self.actors[role])


def _tell(office: Office, clock: PracticeClock, end: datetime, *, documents: int, random: Random) -> None:
    """Run all lives in the order of time, many acts to a transaction."""
    told = min(documents, LIVED_THROUGH)
    # As dense as the months before, but long enough for a whole life.
    recent = end - max(SHORTEST_TOLD, (end - clock.now) * told / documents)
    with office.vault.database.write() as session:
        story = _story(office, session, clock, random)
        began = clock.now
        demo_meetings.plan(story, end.date())
        held = demo_meetings.year(story, began, recent, most=min((documents - told) // 3, MOST_MEETINGS))
        _write_history(story, recent, documents - told - held)
    clock.now = recent
    begins = _begins(recent, end, told, random)
    waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
    while begins or waiting:
        with office.vault.database.write() as session:
            _go_on(story, session)
            for _ in range(ACTS_IN_ONE_TRANSACTION):
                if begins or waiting:
                    _next(story, clock, end, begins, waiting)
    _end(office, story, end, documents)


def _end(office: Office, story: Story, end: datetime, documents: int) -> None:
    """What waits today: next week's meeting, topics, and the post of the morning up to the number asked for."""
    story.clock.now = end - timedelta(minutes=30)
    with office.vault.database.write() as session:
        _go_on(story, session)
        demo_meetings.waiting(story)
        demo_meetings.coming(story, end)
        query = select(func.count()).select_from(MatterRecord)
        papers = session.scalar(query.where(MatterRecord.kind.in_([MatterKind.INCOMING, MatterKind.OUTGOING]))) or 0
        for _ in range(documents - papers):
            next(demo_lives.incoming_life(story))


def _next(
    story: Story,
    clock: PracticeClock,
    end: datetime,
    begins: list[tuple[datetime, int, str]],
    waiting: list[tuple[datetime, int, Iterator[datetime]]],
) -> None:
    """The earliest of what begins and what goes on."""
    if begins and (not waiting or begins[0][0] <= waiting[0][0]):
        at, order, kind = heapq.heappop(begins)
        life = demo_lives.LIVES[kind](story)
    else:
        at, order, life = heapq.heappop(waiting)
    clock.now = at
    following = next(life, None)
    if following is None:
        return
    following = _working_hour(max(following, at + timedelta(minutes=5)))
    if following < end:
        heapq.heappush(waiting, (following, order, life))


def _begins(start: datetime, end: datetime, documents: int, random: Random) -> list[tuple[datetime, int, str]]:
    """When each matter begins; meetings, seal requests and tasks beside the documents."""
    outgoing = max(1, documents // TOLD_OUTGOING_SHARE)
    # The minutes of a meeting are one of the papers that the office issues.
    meetings = max(2, documents // 30) if documents >= FEWEST_WITH_MEETINGS else 0
    desks = DESKS | {"outgoing": DESKS["outgoing"][: outgoing - 1], "seal_refused": DESKS["outgoing"][-1:]}
    kinds = ["incoming"] * (documents - outgoing - meetings) + ["meeting"] * meetings
    kinds += ["seal_use"] * 2 + ["task"] * 2 + ["seal_loan"] * 6 + ["seal_end"]
    length = (end - start).total_seconds()
    fresh = min(FRESH, end - start).total_seconds()
    begins = []
    for order, kind in enumerate(kinds):
        # One of two is of the last days, so that every desk has something on it.
        back = random.random() * (fresh if order % 2 == 0 else length)
        at = _working_hour(end - timedelta(seconds=back))
        begins.append((at if at < end else _last_working_day(end) + timedelta(minutes=order % 480), order, kind))
    lying = [(hours, kind) for kind, ago in desks.items() for hours in ago]
    begins += [(_worked_before(end, hours), len(kinds) + at, kind) for at, (hours, kind) in enumerate(lying)]
    # A seal that went out on the last working day and is not back: the first page says so.
    begins.append((_last_working_day(end), len(begins), "seal_loan"))
    begins.append((_working_hour(end - timedelta(days=3)), len(begins), "authority"))
    heapq.heapify(begins)
    return begins


def _last_working_day(end: datetime) -> datetime:
    """Half past eight of the last whole working day before the end of the story."""
    day = end.date() - timedelta(days=1)
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return datetime.combine(day, time(8, 30), CHINA)


def _worked_before(end: datetime, hours: float) -> datetime:
    """The moment so many working hours before the end of the story."""
    at, left = end.astimezone(CHINA), timedelta(hours=hours)
    while True:
        morning, evening = (datetime.combine(at.date(), time(hour), CHINA) for hour in (8, 18))
        worked = min(at, evening) - morning if at.weekday() < 5 else timedelta()
        if worked > left:
            return min(at, evening) - left
        left -= max(worked, timedelta())
        at = evening - timedelta(days=1)


def _working_hour(moment: datetime) -> datetime:
    """The same moment, or the next working morning."""
    local = moment.astimezone(CHINA)
    if local.hour >= 18:
        local = datetime.combine(local.date() + timedelta(days=1), time(8, 30 + local.minute // 3), CHINA)
    elif local.hour < 8:
        local = datetime.combine(local.date(), time(8, 30 + local.minute // 3), CHINA)
    while local.weekday() >= 5:
        local += timedelta(days=1)
    return local


def _story(office: Office, session: Session, clock: PracticeClock, random: Random) -> Story:
    actors: dict[Role, Actor] = {}
    known = people_store.persons(session, office.today())
    posts = {row.id: row for row in known}
    for row in people_store.accounts(session):
        person = posts[row.person_id]
        actor = Actor(row.id, row.login, person.id, row.name, person.post, person.unit, row.roles, row.clearance)
        for role in row.roles:
            actors.setdefault(role, actor)
    return Story(
        office=replace(office, joined=session),
        clock=clock,
        actors=actors,
        by_name={row.name: row.id for row in known},
        series_id=next(row.id for row in series.all_series(session) if row.kind == "outgoing"),
        incoming_series={
            kind: series.series_coded(session, MatterKind.INCOMING, code).id for kind, code in POST_CODES.items()
        },
        calendar=settings.calendar_of(session, office.today().year),
        random=random,
    )


def _go_on(story: Story, session: Session) -> None:
    """Another transaction of the same story, which lives already begun hold on to."""
    story.office = replace(story.office, joined=session)


def _write_history(story: Story, until: datetime, count: int) -> None:
    """Papers of the months before, spread over the working days."""
    if not count:
        return
    # The last of them is closed before the told part begins: the log is in the order of time.
    span = (until - timedelta(days=7) - story.clock.now).total_seconds()
    moments = sorted(
        _working_hour(story.clock.now + timedelta(seconds=story.random.random() * span)) for _ in range(count)
    )

    def drafts() -> Iterator[tuple[datetime, Draft]]:
        for place, moment in enumerate(moments):
            story.clock.now = moment
            is_issued = place % OUTGOING_SHARE == 0
            yield moment, demo_lives.outgoing_draft(story) if is_issued else demo_lives.incoming_draft(story)

    demo_history.write(story, drafts())
