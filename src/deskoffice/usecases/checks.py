"""体检: every page, object, link and audit entry looked at, and what is wrong said by name."""

from collections.abc import Callable
from pathlib import Path

from deskoffice.storage import consistency
from deskoffice.usecases.office import Office
from deskoffice.vault import check

Progress = Callable[[int, int], bool]


def files(folder: Path) -> list[str]:
    """What can be seen without a password: header copies and sealed objects."""
    return [f"{problem.code} {problem.where}".strip() for problem in check.check_files(folder)]


def everything(office: Office, progress: Progress | None = None) -> list[str]:
    """The vault's own check, then what must hold between records; an empty list is a clean bill."""
    found = [f"{problem.code} {problem.where}".strip() for problem in check.check(office.vault, progress)]
    with office.read() as session:
        return found + consistency.problems(session)
