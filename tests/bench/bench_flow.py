"""Circulation at a hundred thousand documents against ten thousand, and two hundred readers in a second."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import big_vault
import crowd
import factories
from bench_lists import ratio

from deskoffice.domain.copies import CopyPlace
from deskoffice.domain.dwell import By
from deskoffice.domain.values import Classification
from deskoffice.usecases import (
    copies,
    copy_trail,
    dwell,
    ledgers,
    matters,
    numbering,
    quality,
    reminders,
    volume,
    worksheets,
)
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import circulating, incoming, instructions
from deskoffice.usecases.office import Office, open_office

SMALL, LARGE = 10_000, 100_000
BOUND, ROUNDS = 1.5, 7
A_PAGE, A_SECOND = 0.3, 1.0
"""Seconds of processor: what a person need not wait for, and what the issue allows for the readers."""
OF_A_YEAR = ("gaps of a year",)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
# Times of the steps as an office has them, copies of the secret papers, numbers of what went out.
_TIMES = """
UPDATE step SET
  sent_at = 1000 * strftime('%s', (SELECT created_on FROM matter WHERE id = matter_id)) + id % 9 * 3600000,
  done_at = iif(done_at IS NULL, NULL,
    1000 * strftime('%s', (SELECT created_on FROM matter WHERE id = matter_id)) + (id % 9 + 1 + id % 77) * 3600000)
"""
_COPIES = """
INSERT INTO copy (matter_id, copy_number, holder, held_since, must_return, due_on, ended_on, ending, place, origin)
SELECT id, printf('%06d', id % 40 + 1), '王丽', created_on, 1, NULL, iif(is_open, NULL, created_on),
  iif(is_open, '', 'archived'), 'kept', 'original' FROM matter WHERE NOT office_wide
"""
_NUMBERS = """
INSERT OR IGNORE INTO number (series_id, year, serial, matter_id, state, reason, "on")
SELECT (SELECT min(id) FROM series WHERE kind = 'outgoing'), CAST(substr(created_on, 1, 4) AS INTEGER),
  row_number() OVER (PARTITION BY substr(created_on, 1, 4) ORDER BY id), id, 'issued', '', created_on
FROM matter WHERE kind = 'outgoing'
"""


def opened(folder: Path, count: int) -> Office:
    """A vault with so many matters, their steps, copies and numbers."""
    office = factories.found(folder, factories.monday_morning()).office
    with office.vault.database.write() as session:
        big_vault.fill(session, count, factories.person_id(office, "王丽"))
        for statement in (_TIMES, _COPIES, _NUMBERS, "ANALYZE"):
            session.connection().exec_driver_sql(statement)
    office.close()
    office = open_office(folder, big_vault.LOGIN, factories.PASSWORD, clock=factories.monday_morning())
    office.vault.index.set_mark(1 << 40)
    return office


def works(office: Office) -> dict[str, Callable[[], object]]:
    """What a person opens in this area."""
    paper = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    series_id = numbering.series_of(office)[0][0]
    return {
        "the page of a matter": lambda: matters.card(office, paper),
        "what is in hand": lambda: matters.todo(office),
        "copies out": lambda: copies.out(office, 0, 64),
        "copies kept": lambda: copies.out(office, 0, 64, CopyPlace.KEPT),
        "where copy 000017 is": lambda: copy_trail.find(office, "000017 县政办发〔2026〕41号"),
        "dwell of a month": lambda: dwell.table(office, FIRST, LAST, By.PERSON),
        "gaps of a year": lambda: numbering.report(office, series_id, 2026),
        "案不过夜": lambda: list(ledgers.rows(office, worksheets.UNMOVED)),
        "instructions of a year": lambda: instructions.listed(office, None, 2026, size=64),
        "errors of a month": lambda: quality.errors(office, FIRST, LAST),
        "volume of the year": lambda: volume.rows(office, LAST),
        "reminders at unlock": lambda: reminders.reckon(office),
    }


def run() -> Iterator[tuple[str, float, float]]:
    """Ratios, and seconds of processor where the bound is one of seconds."""
    place = Path(tempfile.mkdtemp(prefix="deskoffice-bench-"))
    try:
        small, large = opened(place / "small", SMALL), opened(place / "large", LARGE)
        yield f"{crowd.READERS} readers added, seconds of processor", readers(small), A_SECOND
        at_large = works(large)
        pairs = {name: (work, at_large[name]) for name, work in works(small).items()}
        for name, pair in pairs.items():
            seconds = spent(pair[1])
            # What takes no time anyway may take a little more of it; a book of a year is as long as its year.
            if seconds > A_PAGE / 10 and name not in OF_A_YEAR:
                yield f"{name}: 100,000 against 10,000", ratio(*pair, rounds=ROUNDS), BOUND
            yield f"{name} at 100,000, seconds of processor", seconds, A_PAGE
        small.close()
        large.close()
    finally:
        shutil.rmtree(place)


def spent(work: Callable[[], object]) -> float:
    """The shortest of three."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def readers(office: Office) -> float:
    """A secret paper with a text is laid before all of them."""
    people = crowd.made(office)
    draft = factories.incoming_draft(level=Classification.CONFIDENTIAL, secrecy_years=5, copy_number="000017")
    paper = incoming.register(office, draft, [FileDraft("通知.txt", ("汛期值班值守。" * 500).encode())]).matter_ids[0]
    begun = time.process_time()
    circulating.circulate(office, paper, people, note="请阅，会前退回。")
    return time.process_time() - begun
