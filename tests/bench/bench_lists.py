"""Lists, jumps, filters, figures and the to-do list at a million matters against ten thousand."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import big_vault

from deskoffice.domain.matters import ENDED, ListQuery, MatterKind, SortKey
from deskoffice.domain.values import Classification
from deskoffice.usecases import figures, matters
from deskoffice.usecases.office import Office

SMALL, LARGE = 10_000, 1_000_000
ROUNDS, PAGE = 15, 64
BOUND = 1.5
INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))
ALL = ListQuery(kinds=frozenset(MatterKind))
DONE = replace(ALL, states=ENDED)


def works(office: Office) -> dict[str, Callable[[], object]]:
    """What a person waits for."""
    total = matters.list_page(office, INCOMING, 0, 1).total
    numbered = replace(INCOMING, sort=SortKey.NUMBER)
    late = replace(INCOMING, due_before=date(2026, 11, 24), sort=SortKey.DUE, descending=False)
    chips = {
        "open": replace(INCOMING, open_only=True),
        "late": late,
        "all": INCOMING,
        "year": replace(INCOMING, year=2026),
    }

    def listed(query: ListQuery, first: int = 0) -> Callable[[], object]:
        return lambda: matters.list_page(office, query, first, PAGE)

    return {
        "list 收文": listed(INCOMING),
        "list 已办结, all kinds": listed(DONE),
        "sort by number": listed(numbered),
        "sort by unit": listed(replace(INCOMING, sort=SortKey.UNIT, descending=False)),
        "sort by due date": listed(replace(INCOMING, sort=SortKey.DUE, descending=False)),
        "filter 在办": listed(chips["open"]),
        "filter 超期": listed(late),
        "filter level": listed(replace(INCOMING, level=Classification.CONFIDENTIAL)),
        "filter year": listed(replace(INCOMING, year=2026)),
        "jump to the middle": listed(INCOMING, total // 2),
        "jump to the end": listed(INCOMING, total - PAGE),
        "jump by number": listed(numbered, total // 2),
        "counts of the chips": lambda: matters.counts(office, chips),
        "to-do list": lambda: matters.todo(office),
        "first page's figures": lambda: figures.home(office),
    }


def run() -> list[tuple[str, float, float]]:
    """Ratios of the shortest runs, taken in turn."""
    small, large = big_vault.opened(SMALL), big_vault.opened(LARGE)
    try:
        pairs = {name: (work, works(large)[name]) for name, work in works(small).items()}
        return [(f"{name}: 1,000,000 against 10,000", ratio(*pair), BOUND) for name, pair in pairs.items()]
    finally:
        small.close()
        large.close()


def ratio(first: Callable[[], object], second: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How many times as much of the processor the second takes: what else the machine does is not measured."""
    best = [float("inf"), float("inf")]
    for turn in range(rounds + 1):
        for at, work in enumerate((first, second)):
            start = time.process_time()
            work()
            taken = time.process_time() - start
            best[at] = min(best[at], taken) if turn else best[at]
    return best[1] / best[0]
