"""One line for each kind of matter: its rules, its own fields, and which act ends which step."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from deskoffice.domain import meeting_topics, meetings, seals, supervision
from deskoffice.domain.circulation import incoming, outgoing
from deskoffice.domain.matters import Action, MatterKind, StepKind
from deskoffice.domain.people import Actor
from deskoffice.domain.standing import Standing
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import meeting_fields, meeting_topic_fields, seal_fields, task_fields
from deskoffice.usecases.circulation import incoming_fields, outgoing_fields

Rules = Callable[[Standing, Actor], tuple[Action, ...]]
Fields = Callable[[Session, MatterRecord], list[tuple[str, str]]]

_RULES: dict[MatterKind, Rules] = {
    MatterKind.INCOMING: incoming.actions,
    MatterKind.OUTGOING: outgoing.actions,
    MatterKind.SEAL_USE: seals.actions,
    MatterKind.MEETING: meetings.actions,
    MatterKind.TASK: supervision.actions,
    MatterKind.TOPIC: meeting_topics.actions,
}

_FIELDS: dict[MatterKind, Fields] = {
    MatterKind.INCOMING: incoming_fields.fields,
    MatterKind.OUTGOING: outgoing_fields.fields,
    MatterKind.SEAL_USE: seal_fields.fields,
    MatterKind.MEETING: meeting_fields.fields,
    MatterKind.TASK: task_fields.fields,
    MatterKind.TOPIC: meeting_topic_fields.fields,
}

OWN_ACTION: dict[tuple[MatterKind, StepKind], Action] = {
    **{(MatterKind.INCOMING, step): action for step, action in incoming.OWN_STEP.items()},
    **{(MatterKind.OUTGOING, step): action for step, action in outgoing.OWN_STEP.items()},
    **{(MatterKind.SEAL_USE, step): action for step, action in seals.OWN_STEP.items()},
    **{(MatterKind.MEETING, step): action for step, action in meetings.OWN_STEP.items()},
    **{(MatterKind.TASK, step): action for step, action in supervision.OWN_STEP.items()},
    **{(MatterKind.TOPIC, step): action for step, action in meeting_topics.OWN_STEP.items()},
}


def actions(kind: MatterKind) -> Rules:
    """The rules of a kind."""
    return _RULES[kind]


def fields(session: Session, matter: MatterRecord) -> list[tuple[str, str]]:
    """The kind's own fields as codes and texts."""
    return _FIELDS[MatterKind(matter.kind)](session, matter)
