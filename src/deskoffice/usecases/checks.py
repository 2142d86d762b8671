"""体检: every page, object, link and audit entry looked at, and what is wrong said by name."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from deskoffice.storage import consistency, tally
from deskoffice.storage.settings import read_settings, write_setting
from deskoffice.usecases import seal_book
from deskoffice.usecases.office import Office
from deskoffice.vault import check
from deskoffice.vault.closing import LastClosing

Progress = Callable[[int, int], bool]
EVERY = timedelta(days=7)
_LAST = "last_check"


def files(folder: Path) -> list[str]:
    """What shows without a password: header copies that differ, objects that are not what they are named."""
    return [f"{problem.code} {problem.where}" for problem in check.check_files(folder)]


def everything(office: Office, progress: Progress | None = None) -> list[str]:
    """The vault's own check, then what must hold between records; an empty list is a clean bill."""
    found = [f"{problem.code} {problem.where}".strip() for problem in check.check(office.vault, progress)]
    with office.read() as session:
        if not tally.is_right(session):
            found.append("tally_differs matter_tally")
        return found + consistency.problems(session) + seal_book.problems(session)


def weekly(office: Office, progress: Progress | None = None) -> list[str] | None:
    """The check that nobody asks for: once a week, and after the program was cut off; None when it is not due."""
    if not office.is_writable or not _is_due(office):
        return None
    found = everything(office, progress)
    with office.act() as act:
        write_setting(act.session, _LAST, act.today.isoformat())
        act.record_other("vault.checked", problems=len(found))
    return found


def _is_due(office: Office) -> bool:
    with office.read() as session:
        last = read_settings(session).get(_LAST, "")
    since = date.fromisoformat(last) if last else date.min
    was_cut_off = office.vault.last_closing in {LastClosing.CUT_OFF, LastClosing.MISSING}
    return office.today() - since >= (timedelta(days=1) if was_cut_off else EVERY)
