"""会签: others agree to a draft, one after another or all at once; a text that changes must be agreed to again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation import outgoing as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, Outcome, State, StepKind, StepRow
from deskoffice.storage.circulation.outgoing import CountersignRecord
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.usecases import matters, stepping
from deskoffice.usecases.circulation.outgoing_draft import digest, drafted
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said


class Standing(StrEnum):
    """Where one countersignature stands."""

    WAITING = "waiting"
    """Its turn has not come."""
    ASKED = "asked"
    AGREED = "agreed"
    STALE = "stale"
    """The text was changed after it."""
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True)
class Countersign:
    """One of those asked."""

    person_id: int | None
    name: str
    position: int
    standing: Standing


def of(session: Session, matter_id: int, current: str) -> tuple[Countersign, ...]:
    """Everybody asked for this text whose word counts; `current` is the digest of the text as it stands."""
    found = []
    for record in _live(session, matter_id):
        step = session.get_one(StepRecord, record.step_id) if record.step_id is not None else None
        name = step.person or step.unit if step else _name(session, record)
        found.append(Countersign(record.person_id, name, record.position, _standing(record, step, current)))
    return tuple(found)


def _live(session: Session, matter_id: int) -> list[CountersignRecord]:
    query = select(CountersignRecord).where(
        CountersignRecord.matter_id == matter_id, CountersignRecord.is_dropped.is_(False)
    )
    return list(session.scalars(query.order_by(CountersignRecord.position, CountersignRecord.id)))


def _name(session: Session, record: CountersignRecord) -> str:
    from deskoffice.storage.people import PersonRecord

    return session.get_one(PersonRecord, record.person_id).name if record.person_id is not None else record.unit


def _standing(record: CountersignRecord, step: StepRecord | None, current: str) -> Standing:
    if step is None:
        return Standing.WAITING
    if step.done_at is None:
        return Standing.ASKED
    if step.outcome == Outcome.REFUSED:
        return Standing.DISSENT
    return Standing.AGREED if record.digest == current else Standing.STALE


def standing_of(office: Office, matter_id: int) -> tuple[Countersign, ...]:
    """The same for a page."""
    with office.look() as act:
        matter = act.matter(matter_id)
        return of(act.session, matter.id, digest(drafted(act, matter)))


def ask(office: Office, matter_id: int, person_ids: Sequence[int], units: Sequence[str], *, in_order: bool) -> Changes:
    """送会签; who is asked again signs anew, and the older word no longer counts."""
    if not person_ids and not units:
        raise InvalidDraft({"person_ids": "required"})
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(
            matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.ASK_COUNTERSIGN
        )
        drafter = act.session.get_one(AccountRecord, matter.created_by).person_id
        for signer in person_ids:
            rules.check_countersigner(drafter, signer)
        stepping.persons(act, person_ids)
        _replace(act, matter, person_ids, units)
        last = max((one.position for one in _live(act.session, matter.id)), default=0)
        asked: list[tuple[int | None, str]] = [(person_id, "") for person_id in person_ids]
        asked += [(None, unit.strip()) for unit in units]
        for place, (person_id, unit) in enumerate(asked):
            act.session.add(
                CountersignRecord(
                    matter_id=matter.id,
                    position=last + 1 + (place if in_order else 0),
                    person_id=person_id,
                    unit=unit,
                    digest="",
                    is_dropped=False,
                )
            )
        act.session.flush()
        open_next(act, matter)
        act.record("circulation.outgoing.countersign_asked", matter, people=len(asked), in_order=in_order)
        return act.changes()


def _replace(act: Act, matter: MatterRecord, person_ids: Sequence[int], units: Sequence[str]) -> None:
    for record in _live(act.session, matter.id):
        is_again = record.person_id in person_ids if record.person_id is not None else record.unit in units
        if not is_again:
            continue
        step = act.session.get_one(StepRecord, record.step_id) if record.step_id is not None else None
        if step is not None and step.done_at is None:
            raise RuleError("countersign_already_asked", name=step.person or step.unit)
        record.is_dropped = True


def open_next(act: Act, matter: MatterRecord) -> None:
    """Ask those whose turn it is, when nobody asked before is still to answer."""
    live = _live(act.session, matter.id)
    if not stepping.open_steps(act.session, matter.id, StepKind.COUNTERSIGN):
        waiting = [one for one in live if one.step_id is None]
        for record in [one for one in waiting if one.position == waiting[0].position]:
            record.step_id = _send(act, matter, record).id
    stepping.settle(act, matter, State(matter.state))


def _send(act: Act, matter: MatterRecord, record: CountersignRecord) -> StepRecord:
    if record.person_id is None:
        return stepping.send_to_unit(act, matter, StepKind.COUNTERSIGN, record.unit)
    return stepping.send_to_person(act, matter, StepKind.COUNTERSIGN, stepping.persons(act, [record.person_id])[0])


def countersign(office: Office, matter_id: int, opinion: str, *, agrees: bool) -> Changes:
    """会签: agree to the text as it stands, or say why not."""
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.COUNTERSIGN)
        step = stepping.own_step(act, matter, StepKind.COUNTERSIGN)
        return _finish(act, matter, step, Said(opinion, Outcome.AGREED), agrees=agrees)


def record(office: Office, matter_id: int, step_id: int, opinion: str, *, agrees: bool, said_on: date) -> Changes:
    """代录会签: what somebody wrote on the paper, with his date."""
    with office.act() as act:
        matter = act.matter(matter_id)
        stepping.require(
            matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.RECORD_COUNTERSIGN
        )
        if said_on > act.today:
            raise InvalidDraft({"said_on": "date_in_future"})
        waiting = stepping.open_steps(act.session, matter.id, StepKind.COUNTERSIGN)
        step = next((one for one in waiting if one.id == step_id), None)
        if step is None:
            raise RuleError("step_missing")
        said = Said(opinion, Outcome.AGREED, recorded_by=act.actor.name, said_on=said_on)
        return _finish(act, matter, step, said, agrees=agrees)


def _finish(act: Act, matter: MatterRecord, step: StepRecord, said: Said, *, agrees: bool) -> Changes:
    if not agrees and not said.opinion.strip():
        raise InvalidDraft({"opinion": "required"})
    outcome = Outcome.AGREED if agrees else Outcome.REFUSED
    words = said.opinion.strip() or "同意"
    stepping.finish(act, matter, step, Said(words, outcome, said.recorded_by, said.said_on))
    query = select(CountersignRecord).where(CountersignRecord.step_id == step.id)
    signed = act.session.scalars(query).one()
    signed.digest = digest(drafted(act, matter))
    open_next(act, matter)
    act.record("circulation.outgoing.countersigned", matter, agreed=agrees)
    return act.changes()


def withdraw(act: Act, matter: MatterRecord) -> None:
    """Ask nobody any more: the draft goes back."""
    for record in _live(act.session, matter.id):
        step = act.session.get_one(StepRecord, record.step_id) if record.step_id is not None else None
        if step is None:
            record.is_dropped = True
        elif step.done_at is None:
            step.done_at, step.outcome = act.at, Outcome.WITHDRAWN.value
            record.is_dropped = True


def open_steps(office: Office, matter_id: int) -> tuple[StepRow, ...]:
    """Countersignatures that somebody may write down for others now."""
    with office.look() as act:
        matter = act.matter(matter_id)
        rows = matters.step_rows(office, act.session, matter.id)
        return tuple(row for row in rows if row.kind is StepKind.COUNTERSIGN and row.done_at is None)
