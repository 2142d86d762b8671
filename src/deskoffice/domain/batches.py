"""Acts done to several matters at once: which ones can be taken back together, and how many at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from deskoffice.domain.matters import Action, MatterKind

MOST = 500
"""A day's post many times over; more would keep everybody else waiting."""


class BatchVerb(StrEnum):
    """What is done to all that were selected (批量办理). A reader added, a paper returned, cannot be taken back."""

    PROPOSE = "propose"
    """拟办"""
    CIRCULATE = "circulate"
    """传阅"""
    ASSIGN = "assign"
    """交办"""
    MARK_READ = "mark_read"
    """阅毕"""
    URGE = "urge"
    """催办"""
    SET_DUE = "set_due"
    """设期限"""
    CLOSE = "close"
    """办结"""


NEEDS: dict[BatchVerb, Action] = {
    BatchVerb.PROPOSE: Action.PROPOSE,
    BatchVerb.CIRCULATE: Action.CIRCULATE,
    BatchVerb.ASSIGN: Action.ASSIGN,
    BatchVerb.MARK_READ: Action.MARK_READ,
    BatchVerb.URGE: Action.URGE,
    BatchVerb.SET_DUE: Action.EDIT,
    BatchVerb.CLOSE: Action.CLOSE,
}
"""Which act must be allowed on a matter."""

OFFERED: dict[MatterKind, tuple[BatchVerb, ...]] = {
    MatterKind.INCOMING: tuple(BatchVerb),
    MatterKind.TASK: (BatchVerb.URGE,),
}
"""What makes sense for many matters of a kind at once."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch as the list shows it."""

    id: int
    verb: BatchVerb
    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """One verb with the selected matters that it can be done to."""

    verb: BatchVerb
    kind: MatterKind
    matter_ids: tuple[int, ...]
