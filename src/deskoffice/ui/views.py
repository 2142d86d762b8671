"""Saved views: what the chips of a list were set to, under a name, in the navigation of one account."""

import json
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from deskoffice.domain.matters import SortKey
from deskoffice.domain.values import Classification
from deskoffice.ui.chips import ChipState
from deskoffice.ui.desk import Desk
from deskoffice.usecases import notes

NOTE = "views"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name, the area it belongs to, and the chips."""

    name: str
    area: str
    state: ChipState


class Views(QObject):
    """The views of this account, kept with everything else that is its own."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.views: tuple[SavedView, ...] = ()

    def load(self) -> None:
        """Read them."""
        office = self._desk.office
        self._desk.jobs.run(lambda _: notes.kept(office, NOTE), self, done=self._show)

    def add(self, view: SavedView) -> None:
        """Keep one more; one of the same name is replaced."""
        self._keep((*(one for one in self.views if one.name != view.name), view))

    def remove(self, view: SavedView) -> None:
        """Drop one; it can be taken back while the bar shows."""
        before = self.views
        self._keep(tuple(one for one in self.views if one != view))
        self._desk.tell(f"已删除视图“{view.name}”", undo=lambda: self._keep(before))

    def _keep(self, views: tuple[SavedView, ...]) -> None:
        self.views = views
        self.changed.emit()
        office, text = self._desk.office, json.dumps([_plain(view) for view in views], ensure_ascii=False)
        self._desk.jobs.run(lambda _: notes.keep(office, NOTE, text), self, done=lambda _: None)

    def _show(self, text: str) -> None:
        self.views = tuple(_view(plain) for plain in json.loads(text or "[]"))
        self.changed.emit()


def _plain(view: SavedView) -> dict[str, object]:
    state = view.state
    return {
        "name": view.name,
        "area": view.area,
        "scope": state.scope,
        "level": None if state.level is None else state.level.value,
        "unit": state.unit,
        "year": state.year,
        "sort": state.sort.value,
        "descending": state.descending,
    }


def _view(plain: dict[str, object]) -> SavedView:
    level, year = plain["level"], plain["year"]
    state = ChipState(
        scope=str(plain["scope"]),
        level=Classification(level) if isinstance(level, int) else None,
        unit=str(plain["unit"]),
        year=year if isinstance(year, int) else None,
        sort=SortKey(str(plain["sort"])),
        descending=bool(plain["descending"]),
    )
    return SavedView(str(plain["name"]), str(plain["area"]), state)
