"""The vault's own tables: accounts' public keys, the office key, sealed content and who can open it."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from deskoffice.vault.schema import metadata

OFFICE = 0  # the reader that stands for every business account
RECOVERY = -1  # the reader that two of the three printed shares bring back

account_key = Table(
    "account_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("sealing_public", LargeBinary, nullable=False),
    Column("signing_public", LargeBinary, nullable=False),
    Column("office", Boolean, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("disabled_at", Integer),
)
# After a recovery the account signs with a new key; what it signed before must still verify.
former_key = Table(
    "former_key",
    metadata,
    Column("account_id", ForeignKey("account_key.id"), nullable=False),
    Column("signing_public", LargeBinary, nullable=False),
    PrimaryKeyConstraint("account_id", "signing_public"),
)
vault_value = Table(
    "vault_value",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
# A new generation whenever a business account leaves; the older ones still open what was sealed to them.
office_key = Table(
    "office_key",
    metadata,
    Column("generation", Integer, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("retired_at", Integer),
)
office_key_grant = Table(
    "office_key_grant",
    metadata,
    Column("generation", ForeignKey("office_key.generation"), nullable=False),
    Column("reader", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    PrimaryKeyConstraint("generation", "reader"),
)
# One HPKE seal for a reader and a session of an author; it carries the keys of all contents sealed in that session.
wrapping_key = Table(
    "wrapping_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reader", Integer, nullable=False),
    Column("generation", ForeignKey("office_key.generation")),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
content = Table(
    "content",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("suite", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("author_id", ForeignKey("account_key.id"), nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
# Where in the log the last head of a content stands (see `heads`).
content_head = Table(
    "content_head",
    metadata,
    Column("content_id", ForeignKey("content.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)
content_grant = Table(
    "content_grant",
    metadata,
    Column("content_id", ForeignKey("content.id", ondelete="CASCADE"), nullable=False),
    Column("reader", Integer, nullable=False),
    Column("wrapping_key_id", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    PrimaryKeyConstraint("content_id", "reader"),
    Index("ix_content_grant_reader_content_id", "reader", "content_id"),
    sqlite_with_rowid=False,
)
