"""Backups as the window speaks of them: made, proved, and what was wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deskoffice.usecases import backups
from deskoffice.usecases.check_words import in_words
from deskoffice.usecases.office import Office

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A finished set: the name of its folder, its bytes, and how long it took."""

    name: str
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ProvedBackup:
    """Whether a set is whole; `bad` names the files that are not."""

    is_good: bool
    bad: tuple[str, ...]


def make(office: Office, folder: Path, progress: Progress) -> MadeBackup:
    """Write a set and read it back."""
    made = backups.create(office, folder, progress)
    return MadeBackup(made.target.name, made.bytes, made.seconds)


def prove(folder: Path, progress: Progress) -> ProvedBackup:
    """Read a whole set back, without its keys."""
    verdict = backups.verify(folder, (), progress)
    return ProvedBackup(verdict.ok, tuple(verdict.bad))


def drill(office: Office, folder: Path, keys: Sequence[str], progress: Progress) -> tuple[str, ...]:
    """Try a set in memory; gives what was wrong, as the check says it."""
    return tuple(in_words(found.code, found.where) for found in backups.drill(office, folder, keys, progress))
