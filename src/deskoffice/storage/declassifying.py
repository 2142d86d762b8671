"""Papers whose secrecy period is over."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from deskoffice.domain.people import Actor
from deskoffice.domain.values import Classification
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord


def over(session: Session, actor: Actor, today: date) -> Sequence[tuple[MatterRecord, date]]:
    """With the day on which it was over, counted from the day of entry: never earlier than from the paper's own."""
    span = "+" + cast(MatterRecord.secrecy_years, String) + " years"
    over_on = func.date(MatterRecord.created_on, span)
    query = (
        select(MatterRecord, over_on)
        .where(
            MatterRecord.level >= int(Classification.CONFIDENTIAL),
            MatterRecord.secrecy_years > 0,
            over_on <= today.isoformat(),
            may_know(actor),
        )
        .order_by(over_on, MatterRecord.id)
    )
    return [(record, date.fromisoformat(day)) for record, day in session.execute(query)]
