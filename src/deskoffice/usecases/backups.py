"""Encrypted backups to a folder or stick: made, proved, brought back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from deskoffice.domain.errors import VaultError
from deskoffice.storage.media import BackupRunRecord, RestoreDrillRecord
from deskoffice.storage.settings import write_setting
from deskoffice.usecases import media
from deskoffice.usecases.office import Office
from deskoffice.vault import backup
from deskoffice.vault.backup import BackupResult, BackupVerdict
from deskoffice.vault.backup_set import set_folder
from deskoffice.vault.check import pages
from deskoffice.vault.problems import Problem

Progress = Callable[[int, int], bool]


def create(office: Office, target: Path, progress: Progress | None = None) -> BackupResult:
    """Write a set, then read it back from the medium; only a proven one counts as the last backup.

    To a folder of this machine always, to a medium that can be carried away only when it is registered.
    """
    with office.read() as session:
        media.admitted(session, target)
    refuse_damage(office)
    made = backup.create(office.vault, target, progress)
    verdict = backup.verify(made.target, fingerprint=backup.fingerprint(office.vault))
    with office.act() as act:
        medium = media.admitted(act.session, target)
        act.session.add(
            BackupRunRecord(
                medium_id=medium.id if medium else None,
                set_name=made.target.name,
                at=act.at,
                by=act.actor.account_id,
                bytes=made.bytes,
                is_proven=verdict.ok,
            )
        )
        if verdict.ok:
            write_setting(act.session, "last_proven_backup", act.today.isoformat())
        detail = {"medium": medium.number} if medium else {}
        act.record_other(
            "backup.set.proved" if verdict.ok else "backup.set.bad", f"backup:{made.target.name}", **detail
        )
    return made


def refuse_damage(office: Office) -> None:
    """A damaged vault must not take the place of the last good set."""
    vault = office.vault
    for problem in pages(vault.database.path, vault.database.key, is_read_only=vault.is_read_only):
        raise VaultError("vault_damaged", file=problem.where)


def drill(office: Office, target: Path, keys: Sequence[str], progress: Progress | None = None) -> list[Problem]:
    """恢复演练: try a set of this vault in memory with the printed keys; a good one shows on the first page."""
    found = backup.drill(office.vault, target, keys, progress)
    with office.act() as act:
        name = set_folder(target).name
        act.session.add(RestoreDrillRecord(set_name=name, at=act.at, by=act.actor.account_id, is_good=not found))
        if not found:
            write_setting(act.session, "last_proven_restore", act.today.isoformat())
        act.record_other("backup.set.drilled", f"backup:{name}", problems=len(found))
    return found


def verify(target: Path, keys: Sequence[str] = (), progress: Progress | None = None) -> BackupVerdict:
    """Read a whole set back; with the backup keys it is decrypted too, and its maker is known."""
    return backup.verify(target, keys, progress)


def restore(target: Path, new_folder: Path, keys: Sequence[str], progress: Progress | None = None) -> None:
    """Make a new vault of a set; the passwords are those of the day of the backup."""
    backup.restore(target, new_folder, keys, progress)
