"""Records of packets exchanged with other vaults."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.storage.base import Base, Moment


class PartnerRecord(Base):
    """A unit whose vault we know by its public keys (交换单位)."""

    __tablename__ = "exchange_partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    code: Mapped[str]
    """Its public identity, as printed."""
    vault_id: Mapped[str] = mapped_column(unique=True)
    added_on: Mapped[date]
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    is_active: Mapped[bool]


class PacketRecord(Base):
    """A packet sent or received (摆渡包)."""

    __tablename__ = "exchange_packet"
    # A packet taken once is known by its digest for ever: the same disc is refused the second time.
    __table_args__ = (UniqueConstraint("partner_id", "is_sent", "digest"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("exchange_partner.id"))
    is_sent: Mapped[bool]
    number: Mapped[int]
    digest: Mapped[str]
    carrier: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    receipt_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the receipt was written (received) or came back (sent)."""


class PacketItemRecord(Base):
    """One paper in a packet."""

    __tablename__ = "exchange_item"
    __table_args__ = (Index(None, "packet_id", "id"), Index(None, "matter_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    packet_id: Mapped[int] = mapped_column(ForeignKey("exchange_packet.id"))
    document_number: Mapped[str]
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    state: Mapped[str]
    number: Mapped[str]
    """Its number in the receiver's book."""


def partners(session: Session) -> list[PartnerRecord]:
    """All partners by name."""
    return list(session.scalars(select(PartnerRecord).order_by(PartnerRecord.name, PartnerRecord.id)))


def partner_of_vault(session: Session, vault_id: str) -> PartnerRecord | None:
    """The active partner with this vault."""
    query = select(PartnerRecord).where(PartnerRecord.vault_id == vault_id, PartnerRecord.is_active.is_(True))
    return session.scalars(query).first()


def next_number(session: Session, partner_id: int) -> int:
    """The number of the next packet to a partner, from 1."""
    query = select(func.max(PacketRecord.number)).where(
        PacketRecord.partner_id == partner_id, PacketRecord.is_sent.is_(True)
    )
    return (session.scalar(query) or 0) + 1


def packet(session: Session, partner_id: int, digest: str, *, is_sent: bool) -> PacketRecord | None:
    """A packet known by its digest."""
    query = select(PacketRecord).where(
        PacketRecord.partner_id == partner_id, PacketRecord.digest == digest, PacketRecord.is_sent.is_(is_sent)
    )
    return session.scalars(query).first()


def packets(session: Session, limit: int) -> list[PacketRecord]:
    """The latest packets, the newest first."""
    return list(session.scalars(select(PacketRecord).order_by(PacketRecord.id.desc()).limit(limit)))


def received_numbers(session: Session, partner_id: int) -> set[int]:
    """Numbers of the packets that came from a partner."""
    query = select(PacketRecord.number).where(PacketRecord.partner_id == partner_id, PacketRecord.is_sent.is_(False))
    return set(session.scalars(query))


def items(session: Session, packet_id: int) -> list[PacketItemRecord]:
    """The papers of a packet in their order."""
    query = select(PacketItemRecord).where(PacketItemRecord.packet_id == packet_id).order_by(PacketItemRecord.id)
    return list(session.scalars(query))


def sent_to(session: Session, partner_id: int) -> set[int]:
    """Matters that went to a partner before."""
    query = (
        select(PacketItemRecord.matter_id)
        .join(PacketRecord, PacketRecord.id == PacketItemRecord.packet_id)
        .where(PacketRecord.partner_id == partner_id, PacketRecord.is_sent.is_(True))
    )
    return {matter_id for matter_id in session.scalars(query) if matter_id is not None}
