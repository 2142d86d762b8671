"""What all records share: the declarative base and the column types of the office."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from deskoffice.vault.schema import metadata as vault_metadata


class Base(DeclarativeBase):
    """Base of the records; one description of tables with the vault's own."""

    metadata = vault_metadata


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as whole milliseconds since 1970 in UTC, so that it sorts and survives thirty years."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002  SQLAlchemy calls it so
        """Milliseconds of an aware moment."""
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment in UTC."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)
