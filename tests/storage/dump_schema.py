"""Print the declared schema as SQL: the text of migration 1, and what later migrations are compared with."""

import sys

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from deskoffice.storage import records, tally
from deskoffice.vault.audit import TRIGGERS
from deskoffice.vault.schema import metadata


def declared() -> str:
    """Every table, index and trigger, in the order they can be made."""
    assert records.MODULES
    dialect = sqlite.dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)).strip() for index in indexes]
    statements += [trigger.strip().rstrip(";") for trigger in (*TRIGGERS, *tally.TRIGGERS)]
    return ";\n\n".join(statements) + ";\n"


if __name__ == "__main__":
    sys.stdout.write(declared())
