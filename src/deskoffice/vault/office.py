"""The office key: one key pair that every business account holds, and its hand-over."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from deskoffice.vault import keys
from deskoffice.vault.tables import account_key, office_key, office_key_grant


def new_generation(session: Session, moment: int) -> tuple[int, X25519PrivateKey]:
    """Make a new office key; nobody holds it until it is handed over."""
    generation = (session.scalar(select(func.max(office_key.c.generation))) or 0) + 1
    private = X25519PrivateKey.generate()
    session.execute(
        insert(office_key), {"generation": generation, "public": keys.public_of(private), "created_at": moment}
    )
    return generation, private


def hand_over(
    session: Session, vault_id: bytes, generation: int, *, private: X25519PrivateKey, to: dict[int, bytes]
) -> None:
    """Seal one generation to readers, given with their public keys."""
    rows = [
        {
            "generation": generation,
            "reader": reader,
            "wrapped": keys.seal_to(public, private.private_bytes_raw(), _info(vault_id, generation, reader)),
        }
        for reader, public in to.items()
    ]
    if rows:
        session.execute(insert(office_key_grant), rows)


def held_by(session: Session, vault_id: bytes, reader: int, private: X25519PrivateKey) -> dict[int, X25519PrivateKey]:
    """Every generation that was handed to a reader."""
    rows = session.execute(select(office_key_grant).where(office_key_grant.c.reader == reader))
    return {
        row.generation: X25519PrivateKey.from_private_bytes(
            keys.open_sealed(private, row.wrapped, _info(vault_id, row.generation, reader))
        )
        for row in rows
    }


def waiting(session: Session, generation: int) -> dict[int, bytes]:
    """Business accounts that do not hold this generation yet, with their public keys."""
    has = select(office_key_grant.c.reader).where(office_key_grant.c.generation == generation)
    rows = session.execute(
        select(account_key.c.id, account_key.c.sealing_public).where(
            account_key.c.office, account_key.c.disabled_at.is_(None), account_key.c.id.not_in(has)
        )
    )
    return {row.id: row.sealing_public for row in rows}


def is_retired(session: Session) -> bool:
    """Whether an account left since the newest key was made, so that a new one is due."""
    newest = select(office_key.c.retired_at).order_by(office_key.c.generation.desc()).limit(1)
    return session.scalar(newest) is not None


def retire(session: Session, account_id: int, moment: int) -> None:
    """Take the office key from an account; the next business account that unlocks makes a new one."""
    session.execute(update(office_key).where(office_key.c.retired_at.is_(None)).values(retired_at=moment))
    session.execute(delete(office_key_grant).where(office_key_grant.c.reader == account_id))


def _info(vault_id: bytes, generation: int, reader: int) -> bytes:
    return f"office/1 {vault_id.hex()} {generation} {reader}".encode()
