"""The log as a file for `deskoffice-verify`: hashes and checkpoints, nothing of what the entries say."""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.vault import audit_verify, disk
from deskoffice.vault.audit_checkpoint import Checkpoint
from deskoffice.vault.audit_tables import checkpoint

FORMAT = "deskoffice-audit-1"


def write_export(session: Session, vault_id: str, out: Path) -> int:
    """JSON lines: a head, the accounts' public keys, the leaf hashes in order, the checkpoints. Gives the entries."""
    leaves = audit_verify.leaves(session)
    keys = audit_verify.signers(session)
    lines: list[dict[str, object]] = [{"format": FORMAT, "vault": vault_id, "entries": len(leaves)}]
    lines += [{"key": public.hex()} for held in keys.values() for public in sorted(held)]
    lines += [{"leaf": leaf.hex()} for leaf in leaves]
    for row in session.execute(select(checkpoint.c.text, checkpoint.c.account_id).order_by(checkpoint.c.id)):
        signed = Checkpoint.parse(row.text)
        by = next((public for public in keys.get(row.account_id, ()) if signed.is_signed_by(public)), b"")
        lines.append({"checkpoint": row.text, "by": by.hex()})
    disk.replace(out, "".join(json.dumps(line) + "\n" for line in lines).encode())
    return len(leaves)
