"""What the office does with a task that it chases (督办): put on record, answered, sent back, struck off."""

from collections.abc import Iterable

from deskoffice.domain import supervision as rules
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Action, Changes, LinkKind, MatterKind, Outcome, State, StepKind
from deskoffice.domain.people import PersonRow, Role, check_clearance
from deskoffice.domain.supervision import TaskDraft
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import entering, matters, sharing, stepping, urging
from deskoffice.usecases.entering import Entry
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said

KEEPERS = (*sharing.KEEPERS, Role.SUPERVISION_CLERK)


def create(office: Office, draft: TaskDraft, *, chases_id: int | None = None) -> Changes:
    """立项交办: one task, one lead, one day; `chases_id` is the paper that it comes from."""
    office.require(*rules.CHASERS, Role.SECRETARIAT)
    rules.check(draft, office.today())
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        task = create_in(act, draft)
        if chases_id is not None:
            entering.link(act, task, act.matter(chases_id), LinkKind.CHASES)
        return act.changes(task.number)


def create_in(act: Act, draft: TaskDraft) -> MatterRecord:
    """The transaction's part of `create`; `draft` is checked."""
    lead = None if draft.lead_person_id is None else stepping.persons(act, [draft.lead_person_id])[0]
    entry = Entry(
        kind=MatterKind.TASK,
        state=State.HANDLING,
        title=rules.title_of(draft.text),
        unit=draft.lead_unit or (lead.unit if lead else ""),
        level=draft.level,
        secrecy_years=draft.secrecy_years,
        urgency=draft.urgency,
        due_on=draft.due_on,
    )
    task = entering.enter(act, entry, keepers=KEEPERS)
    act.session.add(
        TaskRecord(
            matter_id=task.id,
            source=draft.source.value,
            leader=draft.leader.strip(),
            lead_unit=draft.lead_unit.strip(),
            lead_person_id=draft.lead_person_id,
            others=_lines(draft.others),
        )
    )
    stepping.done_at_once(act, task, StepKind.REGISTER, Said(draft.text))
    _give(act, task, lead)
    act.record("supervision.task.created", task, number=task.number)
    return task


def _lines(units: Iterable[str]) -> str:
    return "\n".join(unit.strip() for unit in units if unit.strip())


def _give(act: Act, task: MatterRecord, lead: PersonRow | None, *, note: str = "") -> None:
    """Into the hands of the person who leads, or of the unit, for whom somebody here writes down the answer."""
    if lead is None:
        stepping.send_to_unit(act, task, StepKind.HANDLING, task.unit, due_on=task.due_on, note=note)
    else:
        stepping.send_to_person(act, task, StepKind.HANDLING, lead, due_on=task.due_on, note=note)
    stepping.settle(act, task, State.HANDLING)


def _allowed(act: Act, matter_id: int, action: Action) -> MatterRecord:
    task = act.matter(matter_id)
    stepping.require(matters.allowed(task, stepping.standing(act.session, task), act.actor), action)
    return task


def _needed(text: str) -> None:
    if not text.strip():
        raise InvalidDraft({"opinion": "required"})


def report(office: Office, matter_id: int, result: str) -> Changes:
    """反馈: how it was done; whoever chases looks at it before it is struck off."""
    _needed(result)
    with office.act() as act:
        task = _allowed(act, matter_id, Action.REPORT)
        step = stepping.open_steps(act.session, task.id, StepKind.HANDLING)[0]
        own = step.person_id == act.actor.person_id
        stepping.finish(act, task, step, Said(result, recorded_by="" if own else act.actor.name))
        stepping.send_to_role(act, task, StepKind.CLOSE, Role.SUPERVISION_CLERK)
        stepping.settle(act, task, State.REPORTED)
        act.record("supervision.task.reported", task)
        return act.changes()


def return_for_more(office: Office, matter_id: int, reason: str) -> Changes:
    """退回补办: not enough, with the reason; back into the same hands."""
    _needed(reason)
    with office.act() as act:
        task = _allowed(act, matter_id, Action.RETURN)
        _judge(act, task, Said(reason, Outcome.RETURNED))
        lead_id = act.session.get_one(TaskRecord, matter_id).lead_person_id
        _give(act, task, None if lead_id is None else stepping.persons(act, [lead_id])[0], note=reason)
        act.record("supervision.task.returned", task)
        return act.changes()


def close(office: Office, matter_id: int, verdict: str) -> Changes:
    """销号: done and checked, by somebody who did not do it."""
    _needed(verdict)
    with office.act() as act:
        task = _allowed(act, matter_id, Action.CLOSE)
        _judge(act, task, Said(verdict, Outcome.AGREED))
        stepping.settle(act, task, State.CLOSED)
        act.record("supervision.task.closed", task)
        return act.changes()


def _judge(act: Act, task: MatterRecord, said: Said) -> None:
    """Answer what waits for 销号; the office's leaders may do it for the clerk."""
    stepping.finish(act, task, stepping.open_steps(act.session, task.id, StepKind.CLOSE)[0], said)


def urge(office: Office, matter_id: int, note: str) -> Changes:
    """催办: one reminder on record."""
    _needed(note)
    with office.act() as act:
        task = _allowed(act, matter_id, Action.URGE)
        number = urging.enter(act, task, note)
        act.record("supervision.task.urged", task, number=number)
        return act.changes(number)
