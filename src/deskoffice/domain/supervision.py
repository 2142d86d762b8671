"""Tasks that somebody chases: what is asked of whom by when, and who may say that it is done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from deskoffice.domain.drafts import Problems, check_secrecy, check_text
from deskoffice.domain.matters import Action, State, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import Standing
from deskoffice.domain.values import Classification, Urgency

TITLE_LENGTH = 60


class TaskSource(StrEnum):
    """Where a task comes from (督办来源)."""

    MEETING = "meeting"
    """会议议定"""
    INSTRUCTION = "instruction"
    """领导批示"""
    DOCUMENT = "document"
    """上级文件"""
    PROPOSAL = "proposal"
    """建议提案"""
    PUBLIC = "public"
    """群众反映"""
    OTHER = "other"
    """其他"""


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task as typed (督办立项); somebody leads it, a person here or a unit outside, until a day."""

    source: TaskSource
    text: str
    due_on: date | None
    lead_unit: str = ""
    lead_person_id: int | None = None
    others: tuple[str, ...] = ()
    """Units that help (协办)."""
    leader: str = ""
    """The leader answerable for it (责任领导)."""
    urgency: Urgency = Urgency.ORDINARY
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None


def check(draft: TaskDraft, today: date) -> None:
    """Raise InvalidDraft with every problem at once."""
    problems = Problems()
    if not draft.text.strip():
        problems.add("text", "required")
    if draft.lead_unit:
        check_text(problems, "lead", draft.lead_unit, longest=100)
    elif draft.lead_person_id is None:
        problems.add("lead", "lead_needed")
    if draft.due_on is None:
        problems.add("due_on", "required")
    elif draft.due_on < today:
        problems.add("due_on", "due_in_past")
    check_secrecy(problems, draft.level, draft.secrecy_years)
    problems.raise_any()


def title_of(text: str) -> str:
    """The first sentence as a title, cut where it is too long for a line."""
    line = text.strip().splitlines()[0]
    first = line.split("。")[0].strip() or line
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


OWN_STEP = {StepKind.HANDLING: Action.REPORT, StepKind.CLOSE: Action.CLOSE}

CHASERS = (Role.SUPERVISION_CLERK, Role.OFFICE_LEADER)


def actions(standing: Standing, actor: Actor) -> tuple[Action, ...]:
    """What the actor may do now, the likely one first."""
    if not standing.is_open:
        return (Action.PRINT,)
    allowed: list[Action] = []
    waiting = {step.kind for step in standing.open_steps}
    handles = StepKind.HANDLING in {step.kind for step in standing.open_for(actor)}
    if StepKind.HANDLING in waiting and (handles or actor.has(*CHASERS)):
        allowed.append(Action.REPORT)
    if actor.has(*CHASERS):
        if standing.state is State.REPORTED and actor.person_id not in standing.done_by.get(StepKind.HANDLING, ()):
            allowed += [Action.CLOSE, Action.RETURN]
        if StepKind.HANDLING in waiting:
            allowed.append(Action.URGE)
        allowed.append(Action.ADD_READER)
    if handles or actor.has(*CHASERS):
        allowed.append(Action.ATTACH)
    return (*allowed, Action.PRINT)
