"""Records of seal uses: the register that every imprint is in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from deskoffice.domain.matters import State, StepKind
from deskoffice.domain.people import Actor
from deskoffice.storage.base import Base, Moment
from deskoffice.storage.matter_queries import entered_in, may_know
from deskoffice.storage.matters import MatterRecord, StepRecord


class SealUseRecord(Base):
    """The fields of a use of a seal (用印)."""

    __tablename__ = "seal_use"
    __table_args__ = (
        CheckConstraint("stamped <= imprints", name="no_more_than_approved"),
        CheckConstraint("stamped = 0 OR approved_digest <> ''", name="approved_before_stamped"),
        Index(None, "seal_id", "matter_id"),
        Index(None, "paper_matter_id"),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("seal.id"))
    """None until the keeper chooses, where signing opened the use and no seal of the issuer is known."""
    paper_kind: Mapped[str]
    paper_matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"))
    """Whose paper it is: a signed document, or this matter with the paper attached."""
    copies: Mapped[int]
    imprints: Mapped[int]
    pages: Mapped[int | None]
    is_straddling: Mapped[bool]
    approved_content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    approved_digest: Mapped[str]
    """Digest of the version that was approved; empty before."""
    stamped: Mapped[int]
    spoiled: Mapped[int]
    stamped_at: Mapped[datetime | None] = mapped_column(Moment)


def register(
    session: Session, actor: Actor, *, seal_id: int | None, year: int | None
) -> Sequence[tuple[MatterRecord, SealUseRecord]]:
    """Uses asked for in a year or in all years in the order of their numbers, of one seal or of all."""
    statement = (
        select(MatterRecord, SealUseRecord)
        .join(SealUseRecord, SealUseRecord.matter_id == MatterRecord.id)
        .where(*entered_in(year), may_know(actor))
        .order_by(MatterRecord.number_order)
    )
    if seal_id is not None:
        statement = statement.where(SealUseRecord.seal_id == seal_id)
    return [(matter, use) for matter, use in session.execute(statement)]


def waiting(session: Session, seal_id: int, actor: Actor) -> Sequence[MatterRecord]:
    """Open uses of a seal, and the signed documents that they are for."""
    uses = session.execute(
        select(SealUseRecord.matter_id, SealUseRecord.paper_matter_id)
        .join(MatterRecord, MatterRecord.id == SealUseRecord.matter_id)
        .where(SealUseRecord.seal_id == seal_id, MatterRecord.is_open.is_(True))
    )
    ids = {matter_id for pair in uses for matter_id in pair}
    return session.scalars(select(MatterRecord).where(MatterRecord.id.in_(ids), may_know(actor))).all()


def waiting_steps(session: Session, paper_matter_id: int) -> Sequence[StepRecord]:
    """Open steps of sealing a signed document, whoever they wait for."""
    statement = (
        select(StepRecord)
        .join(SealUseRecord, SealUseRecord.matter_id == StepRecord.matter_id)
        .where(
            SealUseRecord.paper_matter_id == paper_matter_id,
            StepRecord.kind == StepKind.STAMP.value,
            StepRecord.done_at.is_(None),
        )
    )
    return session.scalars(statement).all()


def sealed_before(session: Session, paper_matter_id: int, matter_id: int) -> bool:
    """The same signed document was sealed in another use."""
    statement = (
        select(MatterRecord.id)
        .join(SealUseRecord, SealUseRecord.matter_id == MatterRecord.id)
        .where(
            SealUseRecord.paper_matter_id == paper_matter_id,
            MatterRecord.id != matter_id,
            MatterRecord.state == State.CLOSED.value,
        )
    )
    return session.scalars(statement).first() is not None


def approved_before(session: Session, paper_matter_id: int, content_id: int) -> str:
    """What an earlier use of the same signature stood for; empty for the first."""
    statement = select(SealUseRecord.approved_digest).where(
        SealUseRecord.paper_matter_id == paper_matter_id, SealUseRecord.approved_content_id == content_id
    )
    return session.scalars(statement.order_by(SealUseRecord.matter_id)).first() or ""


def stamped_before(session: Session, paper_matter_id: int, content_id: int, matter_id: int) -> Sequence[SealUseRecord]:
    """Other uses that put a seal on the same version, in their order."""
    statement = select(SealUseRecord).where(
        SealUseRecord.paper_matter_id == paper_matter_id,
        SealUseRecord.approved_content_id == content_id,
        SealUseRecord.matter_id != matter_id,
        SealUseRecord.stamped > 0,
    )
    return session.scalars(statement.order_by(SealUseRecord.stamped_at)).all()
