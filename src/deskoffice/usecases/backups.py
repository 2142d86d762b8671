"""Encrypted backups to a folder or stick: made, proved, brought back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from deskoffice.storage.settings import write_setting
from deskoffice.usecases.office import Office
from deskoffice.vault import backup
from deskoffice.vault.backup import BackupResult, BackupVerdict

Progress = Callable[[int, int], bool]


def create(office: Office, target: Path, progress: Progress | None = None) -> BackupResult:
    """Write a set, then read it back from the medium; only a proven one counts as the last backup."""
    made = backup.create(office.vault, target, progress)
    verdict = backup.verify(made.target, fingerprint=backup.fingerprint(office.vault))
    with office.act() as act:
        if verdict.ok:
            write_setting(act.session, "last_proven_backup", act.today.isoformat())
        act.record_other("backup.set.proved" if verdict.ok else "backup.set.bad", f"backup:{made.target.name}")
    return made


def verify(target: Path, keys: Sequence[str] = (), progress: Progress | None = None) -> BackupVerdict:
    """Read a whole set back; with the backup keys it is decrypted too, and its maker is known."""
    return backup.verify(target, keys, progress)


def restore(target: Path, new_folder: Path, keys: Sequence[str], progress: Progress | None = None) -> None:
    """Make a new vault of a set; the passwords are those of the day of the backup."""
    backup.restore(target, new_folder, keys, progress)
