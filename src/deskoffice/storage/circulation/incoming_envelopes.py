"""Records of envelopes that only a named person opens."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from deskoffice.storage.base import Base, Moment


class IncomingEnvelopeRecord(Base):
    """A sealed or personal envelope (密封件, 亲启件): what stands on it, and whether it was opened."""

    __tablename__ = "incoming_envelope"

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    envelope_number: Mapped[str]
    opener_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    is_personal: Mapped[bool]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
