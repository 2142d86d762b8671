"""What the pages of one session share: the office, its worker, the directory, and ways to tell and to go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import Action, Changes, MatterCard, MatterKind, MatterRow
from deskoffice.domain.people import Actor, PersonRow, UnitRow
from deskoffice.domain.values import Classification
from deskoffice.ui.jobs import Jobs
from deskoffice.ui.theme import Tokens
from deskoffice.ui.tree import descendants
from deskoffice.usecases.office import Office


@dataclass(slots=True)
class Directory:
    """Units and people in the order of rank, read once and again when they change."""

    units: tuple[UnitRow, ...] = ()
    persons: tuple[PersonRow, ...] = ()
    officers: frozenset[int] = frozenset()
    """Persons who keep the machine, the clearances and the log."""

    def colleagues(self) -> list[PersonRow]:
        """Who may be asked about a paper: the three officers see none."""
        return [person for person in self.persons if person.id not in self.officers]

    def unit_names(self) -> list[str]:
        """Names in the order of rank."""
        return [unit.name for unit in self.units]


@dataclass(frozen=True, slots=True)
class Told:
    """Something a person should know; with `undo` it can be taken back while it shows."""

    text: str
    undo: Callable[[], None] | None = field(default=None)


Opener = Callable[["Desk", MatterCard, QWidget], None]
"""Opens the dialog or page of one action on one matter; the widget is the parent."""

Openers = Mapping[tuple[MatterKind, Action], Opener]


ADDING = ((Action.ATTACH,), (Action.ADD_READER,), (Action.VOID,))


class Desk(QObject):
    """One session at the workstation. Pages hold it, and nothing of one another."""

    told = Signal(object)
    """Told."""
    refused = Signal(object)
    """DeskOfficeError."""
    changed = Signal(object)
    """Changes of an act: pages that show one of these matters draw it again."""
    look_wanted = Signal()
    """The other set of colours, light or dark."""
    lock_wanted = Signal()
    """The vault was closed by an act: back to the log-in page."""
    renewal_wanted = Signal(str)
    """A password was typed in this process: another one goes on. With what was told of the act."""
    leaving = Signal()
    """The session ends: keep what is being typed."""
    directory_changed = Signal()
    """Units or people were changed: the directory is read again."""
    area_wanted = Signal(str)
    matter_wanted = Signal(object)
    """MatterRow to be shown in its area."""

    def __init__(
        self, office: Office, jobs: Jobs, *, tokens: Tokens, openers: Openers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.jobs = jobs
        self.tokens = tokens
        self._openers = openers
        self.directory = Directory()
        jobs.failed.connect(self.refused)

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.office.actor

    def offered(self, card: MatterCard) -> tuple[Action, ...]:
        """Actions allowed now, the likely one first; those that have a dialog or page."""
        found = tuple(action for action in card.actions if (card.row.kind, action) in self._openers)
        # Where nothing waits for this person, looking at a paper is likelier than adding to it.
        return tuple(sorted(found, key=lambda one: one is not Action.PRINT)) if found[:1] in ADDING else found

    def act(self, card: MatterCard, action: Action, parent: QWidget) -> None:
        """Open the dialog or page of an action."""
        self._openers[card.row.kind, action](self, card, parent)

    def forget_passwords(self, told: str = "") -> None:
        """Say what was done, and let a process go on in which no password was typed."""
        if told:
            self.tell(told)
        self.renewal_wanted.emit(told)

    def tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say quietly that something was done."""
        self.told.emit(Told(text, undo))

    def refuse(self, error: DeskOfficeError) -> None:
        """Say why something was not done."""
        self.refused.emit(error)

    def note(self, changes: Changes) -> None:
        """Let every page know what an act changed."""
        self.changed.emit(changes)

    def go(self, area: str) -> None:
        """Turn to an area by its key."""
        self.area_wanted.emit(area)

    def open_matter(self, row: MatterRow) -> None:
        """Show a matter in its own area."""
        self.matter_wanted.emit(row)


class Page(QWidget):
    """One page of the stack. It tells the highest level in view, and can be refreshed."""

    level_changed = Signal(object)
    """Classification."""
    help_topic = "index"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.level = Classification.PUBLIC

    def show_level(self, level: Classification) -> None:
        """Tell the banner the highest level in view."""
        self.level = level
        self.level_changed.emit(level)

    def refresh(self) -> None:
        """Read again what is shown; called when the page comes into view and on F5."""

    def start_new(self) -> None:
        """Ctrl+N: the one thing that this page makes; nothing on most pages."""

    def acts(self) -> list[tuple[str, Callable[[], None]]]:
        """What may be done with what is in view, the likely first: the finder offers it by name."""
        return []

    def focus_first(self) -> None:
        """Where the keys go when the page comes into view: its list, else its main act."""
        views = [view for view in descendants(self, QAbstractItemView) if _takes_keys(view)]
        mains = [one for one in descendants(self, QPushButton) if one.property("role") == "main" and _takes_keys(one)]
        if found := [*views, *mains]:
            found[0].setFocus()

    def focus_search(self) -> None:
        """Ctrl+F: the page's search box; nothing on most pages."""


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
