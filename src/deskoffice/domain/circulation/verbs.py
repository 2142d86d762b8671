"""What may be done with a step beside finishing it: send back, take back, pass on, add, set aside, put off."""

from deskoffice.domain.drafts import Problems
from deskoffice.domain.matters import Action, StepKind
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.standing import OpenStep, Standing
from deskoffice.domain.steps import Nature
from deskoffice.domain.values import Classification

RUNS_PAPERS = (Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)

SENT_BACK = frozenset(
    {StepKind.INSTRUCTION, StepKind.HANDLING, StepKind.CIRCULATION, StepKind.COUNTERSIGN, StepKind.REVIEW}
)
"""Who has one of these may say that it is not for him, or not ready."""
PASSED_ON = frozenset({StepKind.HANDLING, StepKind.INSTRUCTION})
"""What may be laid into other hands with a reason (转办, 转批)."""
JOINED = frozenset({StepKind.INSTRUCTION, StepKind.COUNTERSIGN, StepKind.REVIEW})
"""To what somebody else's word may be added (加签)."""

_READ = frozenset({"阅", "已阅", "阅毕", "阅悉", "已阅读", "阅知", "圈阅", "已阅知", "阅过"})
_MARKS = "。，、！.,! 　\n\t"


def is_plain_read(text: str) -> bool:
    """True where the words say only that it was read: that is a mark, not an opinion."""
    return text.strip(_MARKS) in _READ


def opinion_of(text: str) -> str:
    """The opinion in what was typed; nothing where it was only read."""
    return "" if is_plain_read(text) else text.strip()


def nature_of(text: str, nature: Nature) -> Nature:
    """A leader who wrote no more than 阅 has read it, whatever was ticked."""
    return Nature.READ if is_plain_read(text) else nature


def check_together(level: Classification, readers: int, reason: str) -> None:
    """Several at once with a numbered paper means passing it on sideways (不得横传); only with a reason."""
    problems = Problems()
    if level >= Classification.CONFIDENTIAL and readers > 1 and not reason.strip():
        problems.add("opinion", "together_needs_reason")
    problems.raise_any()


def of_own(standing: Standing, actor: Actor) -> list[Action]:
    """What goes with the steps in the actor's hands."""
    kinds = {step.kind for step in standing.open_for(actor)}
    found: list[Action] = []
    if kinds & PASSED_ON:
        found.append(Action.TRANSFER)
    if kinds & JOINED:
        found.append(Action.ADD_SIGNER)
    if kinds & SENT_BACK:
        found.append(Action.SEND_BACK)
    return found


def of_those_who_run_papers(standing: Standing, actor: Actor) -> list[Action]:
    """What those who run the papers may do beside, also for people who write on paper only."""
    kinds = {step.kind for step in standing.open_steps}
    found: list[Action] = [Action.SEND_ON]
    if StepKind.CIRCULATION in kinds:
        found.append(Action.MARK_READ)
    if StepKind.CIRCULATION in kinds and StepKind.CIRCULATION in standing.planned:
        found.append(Action.OPEN_NEXT)
    if kinds & PASSED_ON:
        found += [Action.TRANSFER, Action.EXTEND]
    if kinds & SENT_BACK:
        found.append(Action.SEND_BACK)
    found += [Action.BACK_ENTER, Action.SUSPEND]
    if actor.has(Role.OFFICE_LEADER) or not standing.was_handled:
        found.append(Action.VOID)
    return found


def may_withdraw(standing: Standing, actor: Actor) -> bool:
    """Whoever sent something may take it back until somebody signs for it."""
    return any(_is_withdrawable(step, actor) for step in standing.open_steps)


def _is_withdrawable(step: OpenStep, actor: Actor) -> bool:
    return step.sent_by == actor.account_id and not step.is_received and step.kind in SENT_BACK
