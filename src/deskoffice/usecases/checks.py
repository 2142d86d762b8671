"""体检: every page, object, link and audit entry looked at, and what is wrong said by name."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from deskoffice.storage import consistency, tally
from deskoffice.usecases import seal_book
from deskoffice.usecases.office import Office
from deskoffice.vault import check, header
from deskoffice.vault.objects import FOLDER as OBJECTS
from deskoffice.vault.objects import ObjectStore

Progress = Callable[[int, int], bool]


def files(folder: Path) -> list[str]:
    """What shows without a password: header copies that differ, objects that are not what they are named."""
    _, differing = header.load(folder)
    found = [f"header_copy_differs {name}" for name in differing]
    store = ObjectStore(folder / OBJECTS)
    damaged = [name for name in store.names() if hashlib.sha256(store.read(name)).hexdigest() != name]
    return found + [f"object_damaged {name}" for name in damaged]


def everything(office: Office, progress: Progress | None = None) -> list[str]:
    """The vault's own check, then what must hold between records; an empty list is a clean bill."""
    found = [f"{problem.code} {problem.where}".strip() for problem in check.check(office.vault, progress)]
    with office.read() as session:
        if not tally.is_right(session):
            found.append("tally_differs matter_tally")
        return found + consistency.problems(session) + seal_book.problems(session)
