"""传阅: laid before readers all at once or one after the other, read, returned, and sent on before the return."""

from collections.abc import Sequence
from datetime import date

from deskoffice.domain.circulation import verbs
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, Outcome, StepKind
from deskoffice.domain.people import PersonRow, check_clearance
from deskoffice.domain.steps import Order
from deskoffice.domain.values import Classification
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import stepping, turns
from deskoffice.usecases.circulation import moving
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said


def circulate(
    office: Office,
    matter_id: int,
    person_ids: Sequence[int],
    *,
    due_on: date | None = None,
    note: str = "",
    order: Order = Order.TOGETHER,
) -> Changes:
    """Lay it before people to read; whoever has it already is not asked again."""
    if not person_ids:
        raise InvalidDraft({"readers": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.CIRCULATE)
        known = turns.asked_already(act.session, matter_id, StepKind.CIRCULATION)
        readers = [person for person in _in_order(act, person_ids) if person.id not in known]
        if not readers:
            raise RuleError("readers_asked_already")
        if order is Order.TOGETHER:
            verbs.check_together(Classification(matter.level), len(readers), note)
            stepping.send_to_people(act, matter, StepKind.CIRCULATION, readers, due_on=due_on, note=note)
        else:
            _check_all(act, matter, readers)
            holders = [turns.Holder(person) for person in readers]
            turns.plan(act, matter, StepKind.CIRCULATION, holders, due_on=due_on, note=note)
        return moving.done(act, matter, "circulation.incoming.circulated")


def _in_order(act: Act, person_ids: Sequence[int]) -> list[PersonRow]:
    """As they were chosen, by rank where the list says nothing else."""
    rows = {person.id: person for person in stepping.persons(act, person_ids)}
    return [rows[person_id] for person_id in dict.fromkeys(person_ids)]


def _check_all(act: Act, matter: MatterRecord, readers: Sequence[PersonRow]) -> None:
    """Whose turn comes tomorrow is refused today when the paper is above the clearance."""
    for person in readers:
        if person.account_id is not None:
            account = act.session.get_one(AccountRecord, person.account_id)
            check_clearance(Classification(account.clearance), Classification(matter.level))


def mark_read(office: Office, matter_id: int, opinion: str = "", *, step_id: int = 0) -> Changes:
    """阅毕: read and returned, with an opinion only when there is one; `阅` alone is none."""
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.MARK_READ)
        step = moving.chosen_step(act, matter, step_id, {StepKind.CIRCULATION})
        said = Said(verbs.opinion_of(opinion), Outcome.READ, recorded_by=moving.recorder(act, matter, step))
        stepping.finish(act, matter, step, said)
        return moving.done(act, matter, "circulation.incoming.read")


def open_next(office: Office, matter_id: int, reason: str) -> Changes:
    """提前送下一位: before the one who has it returned it; the reason goes on record with the step."""
    moving.needed(reason)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.OPEN_NEXT)
        turns.open_next(act, matter, is_reading=True, note=f"未待退还提前送阅：{reason.strip()}")
        return moving.done(act, matter, "circulation.incoming.sent_ahead")
