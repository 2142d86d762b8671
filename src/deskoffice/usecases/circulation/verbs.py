"""What is done with a step of an incoming document beside finishing it, each with its reason on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from deskoffice.domain.circulation import verbs as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, Outcome, State, StepKind
from deskoffice.domain.steps import HandlingPart, Order, Place
from deskoffice.storage import people
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import deadlines, numbering, stepping, turns
from deskoffice.usecases.circulation import moving
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.stepping import Said


def send_on(
    office: Office,
    matter_id: int,
    kind: StepKind,
    person_ids: Sequence[int],
    *,
    units: Sequence[str] = (),
    order: Order = Order.TOGETHER,
    due_on: date | None = None,
    note: str = "",
) -> Changes:
    """送审, 送会签: before people and units, all at once or one after the other."""
    if kind not in {StepKind.REVIEW, StepKind.COUNTERSIGN}:
        raise RuleError("route_step_unknown")
    if not person_ids and not units:
        raise InvalidDraft({"readers": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.SEND_ON)
        asked = stepping.persons(act, person_ids)
        if order is Order.IN_TURN:
            holders = [*(turns.Holder(person) for person in asked), *(turns.Holder(unit=unit) for unit in units)]
            turns.plan(act, matter, kind, holders, due_on=due_on, note=note)
        else:
            stepping.send_to_people(act, matter, kind, asked, due_on=due_on, note=note)
            for unit in units:
                stepping.send_to_unit(act, matter, kind, unit, due_on=due_on, note=note)
        return moving.done(act, matter, "circulation.incoming.sent_on")


def answer(office: Office, matter_id: int, kind: StepKind, opinion: str, *, step_id: int = 0) -> Changes:
    """审核、会签: the opinion of whoever was asked, or what he wrote on paper."""
    moving.needed(opinion)
    action = Action.REVIEW if kind is StepKind.REVIEW else Action.COUNTERSIGN
    with office.act() as act:
        matter = moving.allowed(act, matter_id, action)
        step = moving.chosen_step(act, matter, step_id, {kind})
        said = Said(opinion, Outcome.AGREED, recorded_by=moving.recorder(act, matter, step))
        stepping.finish(act, matter, step, said)
        return moving.done(act, matter, "circulation.incoming.answered")


def send_back(office: Office, matter_id: int, reason: str, *, step_id: int = 0) -> Changes:
    """退回: not for him or not ready; whoever sent it decides again, and nothing planned goes on meanwhile."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.SEND_BACK)
        step = moving.chosen_step(act, matter, step_id, rules.SENT_BACK)
        said = Said(reason, Outcome.RETURNED, recorded_by=moving.recorder(act, matter, step))
        stepping.finish(act, matter, step, said)
        if step.kind != StepKind.CIRCULATION:
            _to_sender(act, matter, step, reason)
        return moving.done(act, matter, "circulation.incoming.sent_back")


def _to_sender(act: Act, matter: MatterRecord, step: StepRecord, reason: str) -> None:
    """Opens a proposal: the one who sent it says how it goes on."""
    sender = act.session.get_one(AccountRecord, step.sent_by)
    rows = people.persons(act.session, act.today, [sender.person_id])
    if rows and not stepping.open_steps(act.session, matter.id, StepKind.PROPOSAL):
        stepping.send_to_person(act, matter, StepKind.PROPOSAL, rows[0], note=f"退回：{reason.strip()}")


def withdraw(office: Office, matter_id: int, reason: str) -> Changes:
    """撤回: what the actor sent and nobody has signed for, with what he planned to follow."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.WITHDRAW)
        steps = [step for step in stepping.steps_of(act.session, matter.id) if _is_takeable(act, step)]
        kinds = {StepKind(step.kind) for step in steps}
        for step in steps:
            stepping.finish(act, matter, step, Said(reason, Outcome.WITHDRAWN, recorded_by=act.actor.name))
        turns.drop(act, matter, kinds)
        if kinds - {StepKind.CIRCULATION}:
            person = stepping.persons(act, [act.actor.person_id])[0]
            stepping.send_to_person(act, matter, StepKind.PROPOSAL, person, note=f"撤回：{reason.strip()}")
        return moving.done(act, matter, "circulation.incoming.withdrawn")


def _is_takeable(act: Act, step: StepRecord) -> bool:
    is_waiting = step.done_at is None and step.received_at is None
    return is_waiting and step.sent_by == act.actor.account_id and step.kind in rules.SENT_BACK


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes a step over: a person here or a unit outside."""

    person_id: int | None = None
    unit: str = ""


def transfer(office: Office, matter_id: int, taker: Taker, reason: str, *, step_id: int = 0) -> Changes:
    """转办: the same step with the same deadline in other hands."""
    moving.needed(reason)
    if taker.person_id is None and not taker.unit.strip():
        raise InvalidDraft({"handlers": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.TRANSFER)
        step = moving.chosen_step(act, matter, step_id, rules.PASSED_ON)
        said = Said(reason, Outcome.TRANSFERRED, recorded_by=moving.recorder(act, matter, step))
        stepping.finish(act, matter, step, said)
        _again(act, matter, step, taker, note=f"转办：{reason.strip()}")
        return moving.done(act, matter, "circulation.incoming.transferred")


def _again(act: Act, matter: MatterRecord, step: StepRecord, taker: Taker, *, note: str) -> StepRecord:
    """The same step once more, its dates and its part kept."""
    kind = StepKind(step.kind)
    if taker.person_id is not None:
        person = stepping.persons(act, [taker.person_id])[0]
        made = stepping.send_to_person(act, matter, kind, person, due_on=step.due_on, note=note)
    else:
        made = stepping.send_to_unit(act, matter, kind, taker.unit.strip(), due_on=step.due_on, note=note)
    made.part, made.first_due_on = step.part, step.first_due_on
    return made


def add_signer(office: Office, matter_id: int, person_ids: Sequence[int], note: str, place: Place) -> Changes:
    """加签: somebody else's word before the actor gives his own, or after it."""
    moving.needed(note)
    if not person_ids:
        raise InvalidDraft({"readers": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.ADD_SIGNER)
        step = moving.chosen_step(act, matter, 0, rules.JOINED)
        asked, kind = stepping.persons(act, person_ids), StepKind(step.kind)
        if place is Place.AFTER:
            turns.plan(act, matter, kind, map(turns.Holder, asked), due_on=step.due_on, note=note, first=True)
        else:
            own = stepping.persons(act, [step.person_id or act.actor.person_id])[0]
            said = Said(note, Outcome.TRANSFERRED, recorded_by=moving.recorder(act, matter, step))
            stepping.finish(act, matter, step, said)
            turns.plan(act, matter, kind, [turns.Holder(own)], due_on=step.due_on, first=True)
            stepping.send_to_people(act, matter, kind, asked, due_on=step.due_on, note=note)
        return moving.done(act, matter, "circulation.incoming.signer_added")


def suspend(office: Office, matter_id: int, reason: str, until: date | None = None) -> Changes:
    """挂起: set aside until something else is known; the clock stands still meanwhile."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.SUSPEND)
        person = stepping.persons(act, [act.actor.person_id])[0]
        stepping.send_to_person(act, matter, StepKind.SUSPEND, person, due_on=until, note=reason)
        return moving.done(act, matter, "circulation.incoming.suspended")


def resume(office: Office, matter_id: int, note: str = "") -> Changes:
    """恢复: every deadline moves by the working days that it lay."""
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.RESUME)
        step = stepping.open_steps(act.session, matter.id, StepKind.SUSPEND)[0]
        stepping.finish(act, matter, step, Said(note))
        lain = deadlines.workdays_between(act.session, step.sent_at.astimezone(CHINA).date(), act.today)
        _put_off_by(act, matter, lain)
        return moving.done(act, matter, "circulation.incoming.resumed")


def _put_off_by(act: Act, matter: MatterRecord, days: int) -> None:
    waiting = [step for step in stepping.steps_of(act.session, matter.id) if step.done_at is None]
    for step in waiting:
        if days and step.due_on is not None:
            _set_due(step, deadlines.due_after(act.session, step.due_on, days))
    if days and matter.due_on is not None:
        matter.due_on = deadlines.due_after(act.session, matter.due_on, days)


def _set_due(step: StepRecord, due_on: date) -> None:
    step.first_due_on = step.first_due_on or step.due_on
    step.due_on = due_on


def extend(office: Office, matter_id: int, due_on: date | None, reason: str, *, step_id: int = 0) -> Changes:
    """延期: a later day with the reason; the day first set stays on the slip."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.EXTEND)
        step = moving.chosen_step(act, matter, step_id, rules.PASSED_ON)
        if due_on is None or due_on <= (step.due_on or act.today):
            raise InvalidDraft({"due_on": "due_not_later"})
        _set_due(step, due_on)
        if matter.due_on is not None and matter.due_on < due_on:
            matter.due_on = due_on
        noted = stepping.done_at_once(act, matter, StepKind.EXTEND, Said(reason))
        noted.due_on, noted.first_due_on = due_on, step.first_due_on
        return moving.done(act, matter, "circulation.incoming.extended")


@dataclass(frozen=True, slots=True)
class PastStep:
    """One line of a slip that was written on paper while nobody was at the machine (补录)."""

    kind: StepKind
    person_id: int | None
    opinion: str
    said_on: date | None
    unit: str = ""
    part: HandlingPart | None = None


def back_enter(office: Office, matter_id: int, past: PastStep) -> Changes:
    """补录: enter what happened on paper, with its true day and a mark that it was entered later."""
    if past.said_on is None or past.said_on > office.today():
        raise InvalidDraft({"said_on": "date_in_future"})
    if past.person_id is None and not past.unit.strip():
        raise InvalidDraft({"handlers": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.BACK_ENTER)
        taker = Taker(past.person_id, past.unit)
        like = StepRecord(kind=past.kind.value, part="", due_on=None, first_due_on=None)
        step = _again(act, matter, like, taker, note="")
        opinion = rules.opinion_of(past.opinion)
        outcome = Outcome.DONE if opinion else Outcome.READ
        said = Said(opinion, outcome, recorded_by=act.actor.name, said_on=past.said_on)
        stepping.finish(act, matter, step, said)
        step.is_back_entered = True
        step.sent_at = min(act.at, datetime.combine(past.said_on, time(9), CHINA))
        return moving.done(act, matter, "circulation.incoming.back_entered")


def void(office: Office, matter_id: int, reason: str) -> Changes:
    """作废: entered by mistake or withdrawn; the number, the reason and who said so stay."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.VOID)
        stepping.done_at_once(act, matter, StepKind.VOID, Said(reason))
        numbering.void_of(act, matter, reason)
        stepping.settle(act, matter, State.VOID)
        act.record("circulation.incoming.voided", matter)
        return act.changes()
