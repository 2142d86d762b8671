"""A draft taken back (撤回), a seal asked for again after the keeper refused it, a document given up (作废)."""

from sqlalchemy import select

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, Changes, LinkKind, MatterKind, Outcome, State, StepKind
from deskoffice.domain.people import Role
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import LinkRecord, MatterRecord, StepRecord
from deskoffice.usecases import matters, numbering, sharing, stepping
from deskoffice.usecases.circulation import moving, outgoing_countersign
from deskoffice.usecases.circulation.outgoing import ask_for_seal, drafter_of
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said


def withdraw(office: Office, matter_id: int, reason: str) -> Changes:
    """撤回: what the actor laid before the review or the signature, and nobody has answered, lies with him again."""
    moving.needed(reason)
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.WITHDRAW)
        state = State(matter.state)
        kind = StepKind.REVIEW if state is State.REVIEW else StepKind.SIGN
        for step in stepping.open_steps(act.session, matter.id, kind):
            _take_back(act, matter, step, reason)
        outgoing_countersign.withdraw(act, matter)
        if state is State.REVIEW:
            stepping.send_to_person(
                act, matter, StepKind.DRAFT, drafter_of(act, matter), note=f"撤回：{reason.strip()}"
            )
        else:
            stepping.send_to_role(act, matter, StepKind.REVIEW, Role.SECRETARIAT)
        stepping.settle(act, matter, State.DRAFTING if state is State.REVIEW else State.REVIEW)
        act.record("circulation.outgoing.withdrawn", matter)
        return act.changes()


def _take_back(act: Act, matter: MatterRecord, step: StepRecord, reason: str) -> None:
    """The step keeps the name of whom it waited for: he did nothing."""
    step.opinion_content_id = sharing.put_text(act, matter, reason.strip())
    step.done_at, step.outcome = act.at, Outcome.WITHDRAWN.value
    step.said_on, step.recorded_by = act.today, act.actor.name


def ask_seal_again(office: Office, matter_id: int, words: str) -> Changes:
    """重新送印: the version that was signed once more before the keeper, with what was put right."""
    moving.needed(words)
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.ASK_SEAL)
        stepping.withdraw(act, matter, StepKind.REQUEST)
        stepping.done_at_once(act, matter, StepKind.REQUEST, Said(words))
        signed = _signature(act, matter)
        record = act.session.get_one(OutgoingRecord, matter.id)
        ask_for_seal(act, matter, record, approver_person_id=signed.person_id or 0, note=words)
        act.record("circulation.outgoing.seal_asked_again", matter)
        return act.changes()


def _signature(act: Act, matter: MatterRecord) -> StepRecord:
    """The step in which the version was signed that lies there now."""
    steps = stepping.steps_of(act.session, matter.id)
    return [step for step in steps if step.kind == StepKind.SIGN and step.outcome == Outcome.AGREED][-1]


def void(office: Office, matter_id: int, reason: str) -> Changes:
    """作废: nothing more is done with it; the number stays with it, void, and its seal is not pressed any more."""
    moving.needed(reason)
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.VOID)
        outgoing_countersign.withdraw(act, matter)
        for use in _waiting_seals(act, matter):
            stepping.done_at_once(act, use, StepKind.VOID, Said(reason))
            numbering.void_of(act, use, reason)
            stepping.settle(act, use, State.VOID)
            act.record("seals.use.voided", use)
        stepping.done_at_once(act, matter, StepKind.VOID, Said(reason))
        numbering.void_of(act, matter, reason)
        stepping.settle(act, matter, State.VOID)
        act.record("circulation.outgoing.voided", matter, number=matter.number)
        return act.changes()


def _waiting_seals(act: Act, matter: MatterRecord) -> list[MatterRecord]:
    query = (
        select(MatterRecord)
        .join(LinkRecord, LinkRecord.to_id == MatterRecord.id)
        .where(
            LinkRecord.from_id == matter.id,
            LinkRecord.kind == LinkKind.SEALED_BY.value,
            MatterRecord.is_open,
        )
    )
    return list(act.session.scalars(query))


def _allowed(act: Act, matter_id: int, action: Action) -> MatterRecord:
    matter = act.matter(matter_id)
    if matter.kind != MatterKind.OUTGOING:
        # Other kinds offer acts of the same name, and mean something else by them.
        raise RuleError("matter_missing")
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter
