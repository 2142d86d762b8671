"""The tables of the audit log, which take new rows only."""

from sqlalchemy import DDL, Column, Computed, ForeignKey, Index, Integer, LargeBinary, Table, Text, event

from deskoffice.vault.schema import metadata

# The columns after `chain` are read out of the body by the engine, so they cannot say anything else than it does.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("subject", Text, Computed("json_extract(body, '$.subject')", persisted=False)),
    Column("action", Text, Computed("json_extract(body, '$.action')", persisted=False)),
    Column("account_id", Integer, Computed("json_extract(body, '$.account')", persisted=False)),
    Column("at", Integer, Computed("json_extract(body, '$.at')", persisted=False)),
    Index("ix_audit_subject", "subject"),
    Index("ix_audit_action", "action"),
    Index("ix_audit_account_id", "account_id"),
    Index("ix_audit_at", "at"),
)
audit_frontier = Table(
    "audit_frontier",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("highest_at", Integer, nullable=False),
    Column("last_at", Integer, nullable=False),
    Column("last_boot", Text, nullable=False),
    Column("last_running", Integer, nullable=False),
)
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("account_id", ForeignKey("account_key.id"), nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_checkpoint_account_id_size", "account_id", "size"),
)
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
_AT_THE_END = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)"
TRIGGERS = (
    f"CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN {_AT_THE_END} {_REFUSE}",
    *(
        f"CREATE TRIGGER {table}_keeps_on_{verb.lower()} BEFORE {verb} ON {table} {_REFUSE}"
        for table in ("audit", "checkpoint")
        for verb in ("UPDATE", "DELETE")
    ),
)
"""A hurdle for mistakes, not a defence: who holds the database key can drop them; only a witness outside shows it."""

for _trigger in TRIGGERS:
    event.listen(checkpoint, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]  # SQLAlchemy left it bare
