"""The figures of one vault: how long a list page, a jump, a filter, the to-do list and a search take here."""

import statistics
import time
from collections.abc import Callable

from deskoffice.domain.matters import ListQuery, MatterKind, SortKey
from deskoffice.usecases import figures, ledgers, matters, search
from deskoffice.usecases.office import Office

TIMES = 15
PAGE = 64
WORDS = ("安全", "工作", "关于", "通知", "2026")
INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


def measure(office: Office) -> dict[str, object]:
    """Median milliseconds of what a person waits for, with how many matters there are."""
    counts = ledgers.matter_count(office)
    total = matters.list_page(office, INCOMING, 0, 1).total
    open_ones = ListQuery(kinds=INCOMING.kinds, open_only=True, sort=SortKey.DUE, descending=False)
    one_year = ListQuery(kinds=INCOMING.kinds, year=office.today().year, sort=SortKey.NUMBER)
    what: dict[str, Callable[[], object]] = {
        "list": lambda: matters.list_page(office, INCOMING, 0, PAGE),
        "jump": lambda: matters.list_page(office, INCOMING, total // 2, PAGE),
        "filter_open": lambda: matters.list_page(office, open_ones, 0, PAGE),
        "filter_year": lambda: matters.list_page(office, one_year, 0, PAGE),
        "todo": lambda: matters.todo(office),
        "home": lambda: figures.home(office),
    }
    search.catch_up(office)
    for number, words in enumerate(WORDS, 1):
        what[f"search_{number}"] = lambda words=words: search.find(office, words)  # type: ignore[misc]  # bound now
    return {"matters": counts, "milliseconds": {name: round(median(work), 2) for name, work in what.items()}}


def median(work: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds of the middle one of some runs; the first warms up and does not count."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)
