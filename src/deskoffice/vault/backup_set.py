"""A backup set: numbered age files and a signed manifest that is written last and makes them a whole."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deskoffice.domain.errors import VaultError
from deskoffice.vault import disk
from deskoffice.vault.backup_medium import write_whole
from deskoffice.vault.making import backup_fingerprint
from deskoffice.vault.state import state_folder

FORMAT = "deskoffice-backup-1"
SIGNERS = "backup-signers"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_SET_NAME = re.compile(r"GW_\d{8}_\d{6}_\d+")
_MAX_BYTES = 16 << 20
_SIGNATURE_BYTES = 64
_FINGERPRINT_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Part:
    """One age file: its own size and SHA-256, and how many bytes of the stream it holds."""

    name: str
    size: int
    sha256: str
    plain_size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a set consists of. `checkpoint` is the log's signed state, so that a set is also a witness of the log."""

    vault_id: str
    made_at: int
    schema: int
    checkpoint: str
    previous: str
    signer: str
    parts: tuple[Part, ...]

    def store(self, folder: Path, key: Ed25519PrivateKey) -> bytes:
        """Write signature and manifest; from then on the set counts. Gives the manifest's bytes."""
        raw = json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True, indent=1).encode() + b"\n"
        write_whole(folder / SIGNATURE, key.sign(raw))
        write_whole(folder / MANIFEST, raw)
        return raw

    @classmethod
    def load(cls, folder: Path, fingerprints: frozenset[str]) -> Self:
        """The signed manifest; VaultError naming the bad file. Without fingerprints any signer's whole set is taken."""
        raw, signature = _read(folder / MANIFEST), _read(folder / SIGNATURE)
        try:
            manifest = cls._decode(raw)
            public = bytes.fromhex(manifest.signer)
            Ed25519PublicKey.from_public_bytes(public).verify(signature, raw)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise VaultError("backup_manifest_damaged", file=MANIFEST) from None
        except InvalidSignature:
            raise VaultError("backup_manifest_damaged", file=SIGNATURE) from None
        if len(signature) != _SIGNATURE_BYTES:
            raise VaultError("backup_manifest_damaged", file=SIGNATURE)
        if fingerprints and backup_fingerprint(public) not in fingerprints:
            raise VaultError("backup_of_another_signer", file=SIGNATURE)
        return manifest

    @classmethod
    def _decode(cls, raw: bytes) -> Self:
        fields = json.loads(raw)
        if fields.pop("format") != FORMAT:
            raise ValueError("format")
        numbers = [f"part{number:04d}.age" for number in range(1, len(fields["parts"]) + 1)]
        parts = tuple(_part(part) for part in fields.pop("parts"))
        if not parts or [part.name for part in parts] != numbers:
            raise ValueError("parts")
        texts = {name: str(fields[name]) for name in ("vault_id", "checkpoint", "previous", "signer")}
        return cls(made_at=_whole(fields["made_at"]), schema=_whole(fields["schema"]), parts=parts, **texts)


@dataclass(frozen=True, slots=True, repr=False)
class BackupKeys:
    """The printed key lines: age identities, and the fingerprints of who signs the manifests."""

    identities: tuple[pyrage.x25519.Identity, ...]
    fingerprints: frozenset[str]

    @classmethod
    def parse(cls, lines: Sequence[str]) -> Self:
        """VaultError `backup_key_mistyped` with the line's number (from 1); empty lines are left out.

        The paper shows both in groups of letters: gaps do not count, nor does the case.
        """
        identities, fingerprints = [], set()
        for number, line in enumerate(lines, start=1):
            typed = "".join(line.split())
            if not typed:
                continue
            fingerprint = typed[-_FINGERPRINT_LETTERS:].lower()
            try:
                identities.append(pyrage.x25519.Identity.from_str(typed[:-_FINGERPRINT_LETTERS].upper()))
            except pyrage.IdentityError:
                raise VaultError("backup_key_mistyped", line=number) from None
            if re.fullmatch("[0-9a-f]+", fingerprint) is None:
                raise VaultError("backup_key_mistyped", line=number)
            fingerprints.add(fingerprint)
        return cls(tuple(identities), frozenset(fingerprints))


def know_signer(public: bytes) -> None:
    """Note on this machine who signs sets here, for proving one without the printed keys."""
    with suppress(OSError):
        folder = state_folder() / SIGNERS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / backup_fingerprint(public)).touch()


def known_signers() -> frozenset[str]:
    """The signers of sets made on this machine; none on a fresh one."""
    try:
        return frozenset(each.name for each in (state_folder() / SIGNERS).iterdir())
    except OSError:
        return frozenset()


def set_folder(target: Path) -> Path:
    """The set meant: the folder itself, or the newest whole set in it."""
    if not (target / MANIFEST).exists() and target.is_dir():
        sets = [each for each in target.iterdir() if _SET_NAME.fullmatch(each.name) and (each / MANIFEST).exists()]
        if sets:
            return max(sets, key=lambda each: each.name)
    return target


def _part(fields: dict[str, object]) -> Part:
    return Part(str(fields["name"]), _whole(fields["size"]), str(fields["sha256"]), _whole(fields["plain_size"]))


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("number")
    return value


def _read(path: Path) -> bytes:
    try:
        with disk.opened(path) as file:
            raw = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise VaultError("backup_file_missing", file=path.name) from None
    if len(raw) > _MAX_BYTES:
        raise VaultError("backup_manifest_damaged", file=path.name)
    return raw
