"""Writing a backup set: snapshot, stream, age parts, signed manifest.

The age recipients and the key that signs manifests stand in `vault_value`: every account may make a backup, none can
read one. The printed key lines hold the identities and the fingerprint of the signing key. Whoever knows the public
recipients only can make readable parts, but no manifest with that fingerprint.
"""

import contextlib
import hashlib
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from deskoffice.domain.errors import DeskOfficeError, VaultError
from deskoffice.vault import disk
from deskoffice.vault import header as headers
from deskoffice.vault.backup_medium import Writer, age_errors, digest_of, translated
from deskoffice.vault.backup_set import MANIFEST, Manifest, Part, know_signer
from deskoffice.vault.backup_stream import Member, Report, StreamReader, TarPlan
from deskoffice.vault.database import FILE_NAME, translation
from deskoffice.vault.disk import sync_folder
from deskoffice.vault.engine import open_connection
from deskoffice.vault.making import backup_fingerprint
from deskoffice.vault.objects import FOLDER
from deskoffice.vault.tables import vault_value
from deskoffice.vault.vault import Vault

PART_BYTES = 512 << 20
WORK_FOLDER = "backup"
RECIPIENTS, SIGNING_KEY = "backup_recipients", "backup_signing"
_CREATED, _WRITTEN = "vault.backup.created", "vault.backup.written"
_MOST_PARTS = 9999
_OBJECTS = "SELECT digest FROM content WHERE sealed IS NULL ORDER BY id"
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A finished set."""

    target: Path
    bytes: int
    seconds: float


def create(
    vault: Vault, target_dir: Path, progress: Progress | None = None, *, part_bytes: int = PART_BYTES
) -> BackupResult:
    """Write a set into a folder. An unfinished one of an earlier attempt goes on from its first part that differs."""
    begun = time.monotonic()
    with _snapshot(vault) as snapshot:
        run = _Run.begin(vault, target_dir, snapshot.seq)
        try:
            parts = run.write_parts(snapshot.plan, part_bytes, progress)
            run.finish(snapshot, parts)
        except DeskOfficeError as error:
            # What stopped the backup may stop the entry too; the person hears of the first.
            with contextlib.suppress(DeskOfficeError), vault.database.write() as session:
                vault.audit.append(session, "vault.backup.failed", run.subject, {"reason": error.code})
            raise
    return BackupResult(run.folder, sum(part.size for part in parts), time.monotonic() - begun)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """A moment of the vault, held still in the folder `backup`."""

    plan: TarPlan
    schema: int
    checkpoint: str
    seq: int


@contextmanager
def _snapshot(vault: Vault) -> Iterator[_Snapshot]:
    folder = vault.folder / WORK_FOLDER
    with disk.translated():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    try:
        with vault.database.write() as session:
            seq = vault.audit.append(session, "vault.backup.begun")
            checkpoint = vault.audit.sign(session)
        schema, names = _copy_database(vault, folder / FILE_NAME)
        header, _ = headers.load(vault.folder)
        disk.replace(folder / headers.COPIES[0], headers.encode(header))
        yield _Snapshot(TarPlan(_members(vault, folder, names)), schema, checkpoint.text, seq)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_database(vault: Vault, copy: Path) -> tuple[int, list[str]]:
    """Give the copy's schema number and the objects that it names."""
    # Its own connection: those of the pool refuse VACUUM INTO, which could let data out.
    connection = open_connection(vault.database.path, vault.database.key, mode="rw")
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlcipher.DatabaseError as error:
        raise translation(DBAPIError(None, None, error)) or error from error
    finally:
        connection.close()
    connection = open_connection(copy, vault.database.key, mode="rw")
    try:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        return int(schema), [str(row[0]) for row in connection.execute(_OBJECTS)]
    finally:
        connection.close()


def _members(vault: Vault, folder: Path, names: list[str]) -> Iterator[Member]:
    for name in names:
        path = vault.objects.path(name)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            raise VaultError("vault_damaged", file=f"{FOLDER}/{name[:2]}/{name}") from None
        yield Member(f"{FOLDER}/{name[:2]}/{name}", path, size, name)
    for made in (folder / FILE_NAME, folder / headers.COPIES[0]):
        yield Member(made.name, made, made.stat().st_size, secrets.token_hex(16))


@dataclass(slots=True)
class _Run:
    """One attempt at a set. `known` are the parts of an earlier attempt, by what they hold."""

    vault: Vault
    folder: Path
    recipients: list[pyrage.x25519.Recipient]
    signing: Ed25519PrivateKey
    previous: str
    known: dict[str, Part]

    @classmethod
    def begin(cls, vault: Vault, target_dir: Path, seq: int) -> Self:
        """Find an unfinished set in the target, or begin a new one."""
        with vault.database.read() as session:
            values = {row.name: row.value for row in session.execute(select(vault_value))}
            last = vault.audit.latest(session, limit=1, action=_CREATED)
            with translated():
                folder, known = _unfinished(vault, session, target_dir)
        if folder is None:
            folder = target_dir / f"GW_{vault.clock():%Y%m%d_%H%M%S}_{seq}"
            with translated():
                folder.mkdir(parents=True)
                sync_folder(target_dir)
        return cls(
            vault=vault,
            folder=folder,
            recipients=[pyrage.x25519.Recipient.from_str(each) for each in values[RECIPIENTS].decode().split()],
            signing=Ed25519PrivateKey.from_private_bytes(values[SIGNING_KEY]),
            previous=str(last[0].detail["manifest"]) if last else "",
            known=known,
        )

    def write_parts(self, plan: TarPlan, part_bytes: int, progress: Progress | None) -> list[Part]:
        """Every part of the stream; those on the medium already are read back and kept."""
        parts: list[Part] = []
        for number, start in enumerate(range(0, plan.size, part_bytes), start=1):
            size = min(part_bytes, plan.size - start)
            identity = plan.identity(start, size)
            report = _reporting(progress, start, plan.size)
            name = f"part{number:04d}.age"
            part = self._kept(identity, name)
            if part is None:
                part = self._write_part(name, plan.reader(start, size, report), size)
                self._note(part, identity)
            else:
                report(size)
            parts.append(part)
        return parts

    def finish(self, snapshot: _Snapshot, parts: list[Part]) -> None:
        """Sign and write the manifest: the set is whole."""
        manifest = Manifest(
            vault_id=self.vault.id,
            made_at=int(self.vault.clock().timestamp()),
            schema=snapshot.schema,
            checkpoint=snapshot.checkpoint,
            previous=self.previous,
            signer=self.signing.public_key().public_bytes_raw().hex(),
            parts=tuple(parts),
        )
        with translated():
            for stale in set(self.folder.glob("part*")) - {self.folder / part.name for part in parts}:
                stale.unlink()
            raw = manifest.store(self.folder, self.signing)
        know_signer(self.signing.public_key().public_bytes_raw())
        size = sum(part.size for part in parts)
        detail: dict[str, str | int] = {"parts": len(parts), "bytes": size, "manifest": hashlib.sha256(raw).hexdigest()}
        with self.vault.database.write() as session:
            self.vault.audit.append(session, _CREATED, self.subject, detail)

    @property
    def subject(self) -> str:
        """The set in the log."""
        return _subject(self.folder)

    def _kept(self, identity: str, name: str) -> Part | None:
        part = self.known.get(identity)
        if part is None or part.name != name:
            return None
        path = self.folder / name
        with translated():
            is_whole = path.exists() and path.stat().st_size == part.size and digest_of(path) == part.sha256
        return part if is_whole else None

    def _write_part(self, name: str, reader: StreamReader, size: int) -> Part:
        with translated(), Writer(self.folder / name) as writer:
            with age_errors(reader, writer):
                pyrage.encrypt_io(reader, writer, self.recipients)
            digest = writer.finish()
        return Part(name, writer.size, digest, size)

    def _note(self, part: Part, identity: str) -> None:
        """Remember in the log what is on the medium: a list on the medium itself could be forged."""
        with self.vault.database.write() as session:
            detail: dict[str, str | int] = {"identity": identity, **asdict(part)}
            self.vault.audit.append(session, _WRITTEN, self.subject, detail)


def _unfinished(vault: Vault, session: Session, target_dir: Path) -> tuple[Path | None, dict[str, Part]]:
    """The newest set in the target that this vault began and did not finish, and its parts by what they hold."""
    begun = [each for each in target_dir.glob("GW_*") if not (each / MANIFEST).exists()] if target_dir.is_dir() else []
    for folder in sorted(begun, reverse=True):
        written = vault.audit.entries(session, subject=_subject(folder), action=_WRITTEN, limit=_MOST_PARTS)
        if written:
            details = [{**entry.detail} for entry in written]
            return folder, {str(detail.pop("identity")): _part(detail) for detail in details}
    return None, {}


def _part(detail: Mapping[str, str | int | bool | None]) -> Part:
    size, plain_size = detail["size"], detail["plain_size"]
    return Part(str(detail["name"]), int(size or 0), str(detail["sha256"]), int(plain_size or 0))


def _subject(folder: Path) -> str:
    return f"backup:{folder.name}"


def _reporting(progress: Progress | None, start: int, total: int) -> Report:
    done = start

    def report(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None and not progress(done, total):
            raise VaultError("vault_stopped")

    return report


def fingerprint(vault: Vault) -> str:
    """Who signs this vault's manifests, for `verify` without the printed keys."""
    with vault.database.read() as session:
        raw = session.scalars(select(vault_value.c.value).where(vault_value.c.name == SIGNING_KEY)).one()
    public = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    return backup_fingerprint(public)
