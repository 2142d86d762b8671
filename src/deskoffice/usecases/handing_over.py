"""移交: everything one person holds passes to another before a third, in one transaction, with the list."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import MatterKind, MatterRow, Outcome, StepKind
from deskoffice.domain.media import MediumKind
from deskoffice.domain.people import PersonRow, Role
from deskoffice.domain.seal_inventory import HandOver
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.storage import people
from deskoffice.storage.matters import CopyRecord, MatterRecord, StepRecord
from deskoffice.storage.media import MediumRecord
from deskoffice.storage.moves import PlannedStepRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.storage.standing_in import AuthorityRecord, HandOverRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import copies, matters, printing, seal_custody, stepping, turns
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word
from deskoffice.vault.contents import Audience

APART = frozenset({StepKind.REVIEW, StepKind.SIGN})
"""What nobody may do to the own draft."""


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the list."""

    kind: str
    code: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything in one person's hands, as far as the asking account may know, and how much is beyond it."""

    lines: tuple[Held, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class HandOverDraft:
    """Who gives, who takes, who watches, and why."""

    from_person_id: int | None
    to_person_id: int | None
    witness_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class HandOverRow:
    """A hand-over that was made."""

    id: int
    at: datetime
    from_person: str
    to_person: str
    witness: str


def held(office: Office, person_id: int) -> Holdings:
    """What would pass."""
    _check_may(office, person_id)
    with office.read() as session:
        return _held(office, session, person_id)


def _check_may(office: Office, person_id: int | None) -> None:
    if person_id != office.actor.person_id and not office.actor.has(Role.OFFICE_LEADER):
        raise NotAllowed("hand_over_not_yours")


def _held(office: Office, session: Session, person_id: int) -> Holdings:
    steps, planned = _steps(session, person_id), _planned(session, person_id)
    carried = _copies(session, people.persons(session, office.today(), [person_id]))
    wanted = {one.matter_id for one in steps} | {one.matter_id for one in planned} | {one.matter_id for one in carried}
    papers = matters.matter_rows_by_id(office, session, wanted)
    lines = [_step_line(step, papers[step.matter_id]) for step in steps if step.matter_id in papers]
    lines += [
        Held(f"待{word(StepKind(one.kind))}", papers[one.matter_id].number, papers[one.matter_id].title, "未轮到")
        for one in planned
        if one.matter_id in papers
    ]
    lines += [_copy_line(copy, papers[copy.matter_id]) for copy in carried if copy.matter_id in papers]
    lines += [Held("印章", "", seal.name, "三方签字后交接") for seal in _seals(session, person_id)]
    keeper = people.persons(session, office.today(), [person_id])
    lines += [_medium_line(medium) for medium in _media(session, keeper)]
    return Holdings(tuple(lines), len(wanted - papers.keys()))


def _step_line(step: StepRecord, row: MatterRow) -> Held:
    kind = word(StepKind(step.kind)) if row.kind is not MatterKind.TASK else word(MatterKind.TASK)
    due = f"{step.due_on:%m-%d} 前" if step.due_on else ""
    return Held(kind, row.number or row.document_number, row.title, due)


def _copy_line(copy: CopyRecord, row: MatterRow) -> Held:
    mark = secrecy_mark(row.level, row.secrecy_years)
    return Held("份", f"第 {copy.copy_number} 号", row.title, mark)


def _steps(session: Session, person_id: int) -> Sequence[StepRecord]:
    query = select(StepRecord).where(StepRecord.person_id == person_id, StepRecord.done_at.is_(None))
    return session.scalars(query.order_by(StepRecord.id)).all()


def _planned(session: Session, person_id: int) -> Sequence[PlannedStepRecord]:
    query = select(PlannedStepRecord).where(PlannedStepRecord.person_id == person_id, PlannedStepRecord.ending == "")
    return session.scalars(query).all()


def _copies(session: Session, persons: Iterable[PersonRow]) -> Sequence[CopyRecord]:
    names = [person.name for person in persons]
    query = select(CopyRecord).where(CopyRecord.holder.in_(names), CopyRecord.ended_on.is_(None))
    return session.scalars(query.order_by(CopyRecord.id)).all()


def _seals(session: Session, person_id: int) -> Sequence[SealRecord]:
    return session.scalars(select(SealRecord).where(SealRecord.keeper_id == person_id)).all()


def _media(session: Session, persons: Iterable[PersonRow]) -> Sequence[MediumRecord]:
    names = [person.name for person in persons]
    query = select(MediumRecord).where(MediumRecord.keeper.in_(names), MediumRecord.ended_on.is_(None))
    return session.scalars(query.order_by(MediumRecord.number)).all()


def _medium_line(medium: MediumRecord) -> Held:
    return Held("载体", medium.number, word(MediumKind(medium.kind)), LEVEL_WORDS[Classification(medium.level)])


def hand_over(office: Office, draft: HandOverDraft) -> int:
    """All of it or nothing; the new holder is given the contents. Gives the number of the hand-over."""
    _check(draft)
    _check_may(office, draft.from_person_id)
    with office.act() as act:
        giver, taker, witness = _three(act, draft)
        listed = _held(office, act.session, giver.id)
        if listed.unknown:
            raise RuleError("hand_over_not_known", count=listed.unknown)
        if not listed.lines:
            raise RuleError("hand_over_nothing")
        _pass_steps(act, giver, taker, draft.reason)
        _pass_copies(act, giver, taker)
        for seal in _seals(act.session, giver.id):
            seal_custody.begin_hand_over_in(act, seal.id, HandOver(taker.id, witness.id, draft.reason))
        for medium in _media(act.session, [giver]):
            medium.keeper = taker.name
        _end_authorities(act, giver)
        record = _record(act, draft, listed, (giver, taker, witness))
        act.record_other("people.post.handed_over", f"person:{giver.id}", items=len(listed.lines), taker=taker.id)
        return record.id


def _check(draft: HandOverDraft) -> None:
    missing = {
        name: "required" for name in ("from_person_id", "to_person_id", "witness_id") if getattr(draft, name) is None
    }
    if not draft.reason.strip():
        missing["reason"] = "required"
    if missing:
        raise InvalidDraft(missing)
    if len({draft.from_person_id, draft.to_person_id, draft.witness_id}) != 3:
        raise RuleError("hand_over_three")


def _three(act: Act, draft: HandOverDraft) -> tuple[PersonRow, PersonRow, PersonRow]:
    wanted = [one for one in (draft.from_person_id, draft.to_person_id, draft.witness_id) if one is not None]
    rows = {row.id: row for row in stepping.persons(act, wanted)}
    giver, taker, witness = (rows[one] for one in wanted)
    if taker.account_id is None:
        raise RuleError("person_without_account", name=taker.name)
    return giver, taker, witness


def _pass_steps(act: Act, giver: PersonRow, taker: PersonRow, reason: str) -> None:
    """Each step ends in the giver's hands and goes on in the taker's, with its dates; the slip shows both."""
    steps = _steps(act.session, giver.id)
    _check_apart(act, steps, taker)
    recorder = "" if _is_self(act, giver) else act.actor.name
    for step in steps:
        matter = act.session.get_one(MatterRecord, step.matter_id)
        said = Said(f"移交：{reason.strip()}", Outcome.TRANSFERRED, recorded_by=recorder)
        stepping.finish(act, matter, step, said)
        _go_on(act, matter, step, giver, taker)
        stepping.settle(act, matter, stepping.standing(act.session, matter).state)
        act.record("matter.step.handed_over", matter)
    for planned in _planned(act.session, giver.id):
        if taker.id in turns.asked_already(act.session, planned.matter_id, StepKind(planned.kind)):
            planned.ending = "dropped"
        planned.person_id = taker.id


def _go_on(act: Act, matter: MatterRecord, step: StepRecord, giver: PersonRow, taker: PersonRow) -> None:
    """The same step in the taker's hands, unless he has it to read already or in his turn."""
    kind = StepKind(step.kind)
    if kind is StepKind.CIRCULATION and taker.id in turns.asked_already(act.session, matter.id, kind):
        turns.advance(act, matter)
        return
    made = stepping.send_to_person(act, matter, kind, taker, due_on=step.due_on, note=f"由{giver.name}移交")
    made.part, made.first_due_on, made.sent_by = step.part, step.first_due_on, step.sent_by
    if (task := act.session.get(TaskRecord, matter.id)) is not None and task.lead_person_id == giver.id:
        task.lead_person_id = taker.id


def _is_self(act: Act, giver: PersonRow) -> bool:
    return act.actor.person_id == giver.id


def _check_apart(act: Act, steps: Iterable[StepRecord], taker: PersonRow) -> None:
    """Nobody is handed the review or the signing of the own draft."""
    judged = [step.matter_id for step in steps if step.kind in APART]
    own = (
        select(func.count())
        .select_from(MatterRecord)
        .where(MatterRecord.id.in_(judged), MatterRecord.created_by == taker.account_id)
    )
    if count := act.session.scalar(own):
        raise RuleError("hand_over_own_draft", count=count)


def _pass_copies(act: Act, giver: PersonRow, taker: PersonRow) -> None:
    """Whoever holds the paper must be able to open its record too."""
    for copy in _copies(act.session, [giver]):
        stepping.admit(act, act.session.get_one(MatterRecord, copy.matter_id), taker)
    copies.hand_over_all(act, giver.name, taker)


def _end_authorities(act: Act, giver: PersonRow) -> None:
    """Whoever leaves acts for nobody; what others do for him goes on with his successor's own authority."""
    mine = (AuthorityRecord.deputy_id == giver.id) | (AuthorityRecord.principal_id == giver.id)
    for record in act.session.scalars(select(AuthorityRecord).where(mine, AuthorityRecord.ended_on.is_(None))):
        record.ended_on = act.today


def _record(
    act: Act, draft: HandOverDraft, listed: Holdings, three: tuple[PersonRow, PersonRow, PersonRow]
) -> HandOverRecord:
    giver, taker, witness = three
    kept = json.dumps({"reason": draft.reason.strip(), "lines": [asdict(line) for line in listed.lines]})
    # The one who watches may not be cleared for every title on the list.
    may_read = [one.account_id for one in (giver, taker) if one.account_id is not None]
    audience = Audience.only(act.actor.account_id, *may_read)
    record = HandOverRecord(
        from_person_id=giver.id,
        to_person_id=taker.id,
        witness_id=witness.id,
        at=act.at,
        made_by=act.actor.account_id,
        list_content_id=act.office.vault.contents.put_text(act.session, kept, audience),
    )
    act.session.add(record)
    act.session.flush()
    return record


def made(office: Office) -> tuple[HandOverRow, ...]:
    """Hand-overs whose list this account may read, the newest first."""
    with office.read() as session:
        records = session.scalars(select(HandOverRecord).order_by(HandOverRecord.id.desc())).all()
        readable = office.vault.contents.readable(session, [record.list_content_id for record in records])
        return tuple(_row(session, office, one) for one in records if one.list_content_id in readable)


def _row(session: Session, office: Office, record: HandOverRecord) -> HandOverRow:
    names = {row.id: row.name for row in people.persons(session, office.today())}
    ids = (record.from_person_id, record.to_person_id, record.witness_id)
    giver, taker, witness = (names.get(one, "") for one in ids)
    return HandOverRow(record.id, record.at.astimezone(CHINA), giver, taker, witness)


def paper(office: Office, hand_over_id: int) -> PdfPaper:
    """工作移交清单, to be signed by the three."""
    with office.look() as act:
        record = act.session.get(HandOverRecord, hand_over_id)
        texts = {} if record is None else office.vault.contents.texts(act.session, [record.list_content_id])
        if record is None or not texts:
            raise RuleError("hand_over_missing")
        row = _row(act.session, office, record)
        kept = json.loads(texts[record.list_content_id])
        act.record_other("matter.form.printed", f"person:{record.from_person_id}", form="post_hand_over")
    items = [{"number": str(at), **line} for at, line in enumerate(kept["lines"], start=1)]
    values = {
        "handed_over_on": chinese_date(row.at.date()),
        "count": f"{len(items)} 项",
        "from_person": row.from_person,
        "to_person": row.to_person,
        "witness": row.witness,
        "reason": kept["reason"],
        "items": items,
    }
    return PdfPaper(printing.filled(office, "post_hand_over", values), f"工作移交清单 {row.from_person}.pdf")
