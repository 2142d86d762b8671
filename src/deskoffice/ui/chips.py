"""Filters above a list as chips: one scope, then level, unit, year and order, each saying what it is set to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from deskoffice.domain.matters import ListQuery, SortKey
from deskoffice.domain.values import Classification
from deskoffice.ui.desk import Desk
from deskoffice.ui.picker import Choice, PickerPopup
from deskoffice.ui.reading_only import WRITES
from deskoffice.ui.theme import mark, text_metrics
from deskoffice.ui.tree import descendants
from deskoffice.usecases.words import word

T = TypeVar("T")
YEARS_BACK = 8
SORTINGS = (
    ("登记先后", SortKey.CREATED, True),
    ("编号", SortKey.NUMBER, True),
    ("期限先后", SortKey.DUE, False),
    ("单位", SortKey.UNIT, False),
)


class Narrower(Protocol):
    """A scope: a key, a word and what it does to a query."""

    @property
    def key(self) -> str:
        """Names the count."""

    @property
    def word(self) -> str:
        """On the chip."""

    @property
    def narrow(self) -> Callable[[ListQuery, date], ListQuery]:
        """Adds the scope's conditions."""


@dataclass(frozen=True, slots=True)
class ChipState:
    """What the chips are set to; a saved view is one of these with a name."""

    scope: str
    level: Classification | None = None
    unit: str = ""
    year: int | None = None
    sort: SortKey = SortKey.CREATED
    descending: bool = True


LEAST, USUAL = 8, 14
"""Pixels beside the words of a chip, in a short row and else."""


def may_shrink(chip: QPushButton) -> None:
    """Where the row is short a chip gives up the room beside its words, never the words."""
    policy = chip.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
    chip.setSizePolicy(policy)
    chip.setMinimumWidth(text_metrics(13, bold=True).horizontalAdvance(chip.text()) + 2 * LEAST)


class MenuChip(QPushButton, Generic[T]):
    """A chip that opens a menu of values; filled while it narrows the list."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(f"{name} ▾", parent)
        self._name = name
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.setAccessibleName(name)

    def show_value(self, text: str) -> None:
        """The value in words; empty when the chip narrows nothing."""
        self.setText(f"{text or self._name} ▾")
        may_shrink(self)
        self.setChecked(bool(text))
        self.setAccessibleName(f"{self._name} {text}".strip())

    def ask(self, values: Sequence[tuple[str, T]], chosen: Callable[[T], None]) -> None:
        """Open the menu below the chip."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, value in values:
            menu.addAction(text).triggered.connect(lambda _=False, v=value: chosen(v))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class ChipBar(QWidget):
    """The chips of one list."""

    changed = Signal()
    save_wanted = Signal()

    def __init__(self, desk: Desk, scopes: Sequence[Narrower], *, unit_word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scopes = {scope.key: scope for scope in scopes}
        self._first = ChipState(scope=scopes[0].key)
        self.state = self._first
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._scope_chips = self._make_scopes()
        self._level: MenuChip[Classification | None] = self._menu_chip("密级", self._on_level_clicked)
        self._unit: MenuChip[str] = self._menu_chip(unit_word, self._on_unit_clicked)
        self._year: MenuChip[int | None] = self._menu_chip("年度", self._on_year_clicked)
        self._sort: MenuChip[tuple[SortKey, bool]] = self._menu_chip("排序", self._on_sort_clicked)
        save = QPushButton("＋ 保存为视图", self)
        save.setProperty("role", "chip")
        save.setProperty(WRITES, True)
        save.setAccessibleName("保存为视图")
        save.clicked.connect(self.save_wanted)
        may_shrink(save)
        self._row.addWidget(save)
        self._row.addStretch(1)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be more room, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All chips are wide, or all are narrow."""
        chips = list(descendants(self, QPushButton))
        beside = 2 * (USUAL + 1) + self._row.spacing()
        wanted = sum(chip.minimumWidth() - 2 * LEAST + beside for chip in chips)
        for chip in chips:
            mark(chip, "narrow", self.width() < wanted)

    def _make_scopes(self) -> dict[str, QPushButton]:
        group, made = QButtonGroup(self), {}
        for scope in self._scopes.values():
            chip = QPushButton(scope.word, self)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAccessibleName(scope.word)
            chip.clicked.connect(lambda _=False, key=scope.key: self.set_state(replace(self.state, scope=key)))
            group.addButton(chip)
            self._row.addWidget(chip)
            made[scope.key] = chip
        return made

    def _menu_chip(self, name: str, clicked: Callable[[], None]) -> MenuChip[T]:
        chip: MenuChip[T] = MenuChip(name, self)
        # Qt has toggled the chip; it shows what the list is narrowed to, not that it was clicked.
        chip.clicked.connect(self._show)
        chip.clicked.connect(clicked)
        self._row.addWidget(chip)
        return chip

    def apply(self, base: ListQuery) -> ListQuery:
        """The query that the chips make of the list's own."""
        narrowed = self._with_values(base)
        scope = self._scopes.get(self.state.scope)
        return scope.narrow(narrowed, self._desk.office.today()) if scope else narrowed

    def counted(self, base: ListQuery) -> dict[str, ListQuery]:
        """A query for the count of each scope, under the other chips as they are."""
        today, narrowed = self._desk.office.today(), self._with_values(base)
        return {key: scope.narrow(narrowed, today) for key, scope in self._scopes.items()}

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write the counts into the chips."""
        for key, chip in self._scope_chips.items():
            chip.setText(f"{self._scopes[key].word} {counts[key]:,}")
            may_shrink(chip)
        self._fit()

    def set_state(self, state: ChipState) -> None:
        """Set all chips at once."""
        self.state = state
        self._show()
        self.changed.emit()

    def suggested_name(self) -> str:
        """What a view of the present chips could be called."""
        state = self.state
        parts = [
            state.unit,
            f"{state.year}年" if state.year else "",
            word(state.level) if state.level is not None else "",
        ]
        return "".join(part for part in parts if part) + self._scopes[state.scope].word

    def clear(self) -> None:
        """Narrow nothing at all."""
        everything = "all" if "all" in self._scopes else self._first.scope
        self.set_state(replace(self._first, scope=everything, sort=self.state.sort, descending=self.state.descending))

    def sort_by(self, sort: SortKey, *, descending: bool) -> None:
        """Change the order, as a clicked header does."""
        self.set_state(replace(self.state, sort=sort, descending=descending))

    def _with_values(self, base: ListQuery) -> ListQuery:
        state = self.state
        return replace(
            base, level=state.level, unit=state.unit, year=state.year, sort=state.sort, descending=state.descending
        )

    def _show(self) -> None:
        state = self.state
        for key, chip in self._scope_chips.items():
            chip.setChecked(key == state.scope)
        self._level.show_value(word(state.level) if state.level is not None else "")
        self._unit.show_value(state.unit)
        self._year.show_value(f"{state.year}年" if state.year else "")
        is_usual = (state.sort, state.descending) == (self._first.sort, self._first.descending)
        name = next((text for text, key, _ in SORTINGS if key == state.sort), "")
        self._sort.show_value("" if is_usual else name)
        mark(self, "narrowed", state != self._first)

    def _on_level_clicked(self) -> None:
        levels = [level for level in Classification if level <= self._desk.actor.clearance]
        values: list[tuple[str, Classification | None]] = [("全部密级", None), *((word(one), one) for one in levels)]
        self._level.ask(values, lambda level: self.set_state(replace(self.state, level=level)))

    def _on_year_clicked(self) -> None:
        this = self._desk.office.today().year
        values: list[tuple[str, int | None]] = [("全部年度", None)]
        values += [(f"{year}年", year) for year in range(this, this - YEARS_BACK, -1)]
        self._year.ask(values, lambda year: self.set_state(replace(self.state, year=year)))

    def _on_sort_clicked(self) -> None:
        self._sort.ask(
            [(text, (key, down)) for text, key, down in SORTINGS], lambda to: self.sort_by(to[0], descending=to[1])
        )

    def _on_unit_clicked(self) -> None:
        choices = [Choice(0, "全部单位", "", "")]
        choices += [Choice(unit.id, unit.name, "", unit.initials) for unit in self._desk.directory.units]
        popup = PickerPopup(choices, self)
        popup.chosen.connect(self._on_unit_chosen)
        popup.open_below(self._unit)

    def _on_unit_chosen(self, choice: Choice) -> None:
        self.set_state(replace(self.state, unit=choice.text if choice.id else ""))
