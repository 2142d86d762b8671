"""A table of any length: rows by position, read page by page in the worker, old answers dropped."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from deskoffice.ui.headed_model import NO_INDEX, AnyIndex, HeadedModel
from deskoffice.ui.jobs import Job, Jobs, Progress

R = TypeVar("R")
PAGE = 64
KEPT_PAGES = 32


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """Some rows of a list, and how many the whole list has."""

    total: int
    rows: Sequence[R]


Loader = Callable[[int, int], Slice[R]]
"""First position and size → rows; runs in the worker."""


TEXTS = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole})


class PagedModel(HeadedModel, Generic[R]):
    """Rows arrive as they come into view; a new list replaces the old one only when its first page is there."""

    loaded = Signal()
    """The list was replaced; `count` is its length."""
    arrived = Signal()
    """Some rows came."""

    def __init__(self, jobs: Jobs, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(headings, parent)
        self._jobs = jobs
        self._loader: Loader[R] | None = None
        self._generation = 0
        self._count = 0
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._asked: dict[int, Job[Slice[R]]] = {}

    @property
    def count(self) -> int:
        """Length of the whole list."""
        return self._count

    def load(self, loader: Loader[R], *, near: int = 0) -> None:
        """Show another list, beginning with the page around position `near`."""
        self._generation += 1
        for job in self._asked.values():
            job.drop()
        self._asked.clear()
        self._loader = loader
        self._ask(near // PAGE, is_first=True)

    def row(self, position: int) -> R | None:
        """The row if it has arrived; otherwise it is sent for."""
        page = position // PAGE
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page, is_first=False)
            return None
        self._pages.move_to_end(page)
        return rows[position % PAGE] if position % PAGE < len(rows) else None

    def known_rows(self) -> list[tuple[int, R]]:
        """Rows that are here, with their positions."""
        return [(page * PAGE + at, row) for page, rows in self._pages.items() for at, row in enumerate(rows)]

    def _ask(self, page: int, *, is_first: bool) -> None:
        loader = self._loader
        if loader is None or page in self._asked:
            return
        generation = self._generation

        def work(progress: Progress) -> Slice[R]:
            del progress
            return loader(page * PAGE, PAGE)

        def done(found: Slice[R]) -> None:
            if generation == self._generation:
                self._asked.pop(page, None)
                self._keep(page, found, is_first=is_first)

        self._asked[page] = self._jobs.run(work, self, done=done)

    def _keep(self, page: int, found: Slice[R], *, is_first: bool) -> None:
        if is_first and not found.rows and page:
            # The list became shorter than the place the person had reached.
            self._ask(max(0, found.total - 1) // PAGE, is_first=True)
            return
        if is_first or found.total != self._count:
            self.beginResetModel()
            self._pages.clear()
            self._pages[page] = found.rows
            self._count = found.total
            self.endResetModel()
            self.loaded.emit()
            return
        self._pages[page] = found.rows
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(self._count, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self._headings) - 1))
        self.arrived.emit()

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Length of the whole list."""
        return 0 if parent.isValid() else self._count

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, for painting, for screen readers, and whole as its hint."""
        if not index.isValid() or role not in TEXTS:
            return None
        row = self.row(index.row())
        return None if row is None else self.text(row, index.column())

    def text(self, row: R, column: int) -> str:
        """What one cell says."""
        raise NotImplementedError
