"""What the office does with a document that came in (收文办理): one function for each act."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from deskoffice.domain.circulation import incoming as rules
from deskoffice.domain.circulation import verbs
from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Action, Changes, MatterKind, MatterRow, Outcome, State, StepKind
from deskoffice.domain.numbering import written
from deskoffice.domain.people import Role, check_clearance
from deskoffice.domain.steps import HandlingPart, Nature, UrgeWay
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage import series
from deskoffice.storage.circulation.incoming import IncomingRecord, same_paper
from deskoffice.storage.matters import CopyRecord, MatterRecord, StepRecord
from deskoffice.usecases import attachments, matters, routes, sharing, stepping, turns, urging
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming_returns, moving
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said

OWN_FIELDS = tuple(field.name for field in fields(IncomingDraft) if field.name in IncomingRecord.__table__.columns)
"""Fields of the draft that are columns of the kind's own table; the others are the matter's."""


GONE = frozenset({State.RETURNED, State.VOID})
"""A paper that went back, or was entered by mistake, may be registered again."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Who takes part in the handling: a person here or a unit outside, as what, by when."""

    person_id: int | None = None
    unit: str = ""
    part: HandlingPart = HandlingPart.LEAD
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who handles a paper (交办), each with the own part and deadline."""

    handlers: tuple[Handler, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownCopy:
    """The same paper registered before: this very copy, another one, or one that went back."""

    row: MatterRow
    copy_number: str
    is_same: bool
    is_returned: bool


def known_copies(office: Office, draft: IncomingDraft) -> tuple[KnownCopy, ...]:
    """Papers of this unit and number that the actor may know, the very same copy first."""
    key = rules.number_key(draft.source_unit, draft.document_number)
    if not key:
        return ()
    with office.read() as session:
        found = same_paper(session, key, office.actor)
        rows = matters.rows(office, session, [matter for matter, _ in found])
    copies = [
        KnownCopy(row, record.copy_number, record.copy_number == draft.copy_number.strip(), matter.state in GONE)
        for row, (matter, record) in zip(rows, found, strict=True)
    ]
    return tuple(sorted(copies, key=lambda copy: copy.is_returned or not copy.is_same))


def register(office: Office, draft: IncomingDraft, files: Sequence[FileDraft] = ()) -> Changes:
    """Enter a document under the next number of its year; it then waits for the proposal (拟办)."""
    office.require(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)
    rules.check(draft)
    check_clearance(office.actor.clearance, draft.level)
    read = [attachments.read(file) for file in files]
    with office.act() as act:
        return register_in(act, draft, read)


def register_in(act: Act, draft: IncomingDraft, files: Sequence[attachments.ReadFile]) -> Changes:
    """The transaction's part of `register`; `draft` is checked."""
    key = rules.number_key(draft.source_unit, draft.document_number)
    known = same_paper(act.session, key, act.actor) if key else []
    here = [record for matter, record in known if matter.state not in GONE]
    if any(record.copy_number == draft.copy_number.strip() for record in here):
        raise InvalidDraft({"copy_number": "same_copy_registered"})
    matter = new_matter(act, draft)
    act.session.add(IncomingRecord(matter_id=matter.id, **own_values(draft)))
    for file in files:
        attachments.put(act, matter, file)
    if draft.copy_number.strip():
        act.session.add(own_copy(act, matter, draft))
    incoming_returns.note_resubmission(act, matter, [earlier for earlier, _ in known])
    stepping.done_at_once(act, matter, StepKind.REGISTER, Said())
    routes.begin(act, matter, draft.post_kind)
    stepping.settle(act, matter, State.REGISTERED)
    act.record("circulation.incoming.registered", matter, number=matter.number)
    return act.changes(matter.number, ("copy_known",) if here else ())


def new_matter(act: Act, draft: IncomingDraft, *, is_for_few: bool = False) -> MatterRecord:
    """A matter under the next number of its kind of post; one for few is shown to nobody at large."""
    register = series.series_coded(act.session, MatterKind.INCOMING, rules.POST_CODES[draft.post_kind])
    matter = MatterRecord(
        kind=MatterKind.INCOMING.value,
        state=State.REGISTERED.value,
        is_open=True,
        number="",
        number_order=0,
        created_on=draft.received_on,
        created_at=act.at,
        created_by=act.actor.account_id,
        holder="",
        changed=0,
    )
    _common(draft, matter)
    sharing.open_matter(act, matter, draft.title, keepers=() if is_for_few else sharing.KEEPERS, is_for_few=is_for_few)
    serial = series.take(act.session, register.id, draft.received_on, matter.id)
    matter.number = written(register.code, draft.received_on.year, serial)
    matter.number_order = draft.received_on.year * 1_000_000 + serial
    return matter


def _common(draft: IncomingDraft, matter: MatterRecord) -> None:
    matter.unit = draft.source_unit.strip()
    matter.document_number = draft.document_number.strip()
    matter.level = int(draft.level)
    matter.secrecy_years = draft.secrecy_years
    matter.urgency = int(draft.urgency)
    matter.due_on = draft.due_on
    matter.retention = draft.retention


def own_values(draft: IncomingDraft) -> dict[str, object]:
    """Columns of the kind's own table, by the names that the draft has too, and the key that knows a paper again."""
    found: dict[str, object] = {"number_key": rules.number_key(draft.source_unit, draft.document_number)}
    for name in OWN_FIELDS:
        value = getattr(draft, name)
        found[name] = value.strip() if isinstance(value, str) else value
    return found


def own_copy(act: Act, matter: MatterRecord, draft: IncomingDraft) -> CopyRecord:
    """The numbered copy that lies with whoever entered it."""
    return CopyRecord(
        matter_id=matter.id,
        copy_number=draft.copy_number.strip(),
        holder=act.actor.name,
        held_since=draft.received_on,
        must_return=draft.must_return,
        ending="",
    )


def draft_of(office: Office, matter_id: int) -> IncomingDraft:
    """What was typed, to be shown in the form again."""
    with office.read() as session:
        row = matters.matter_rows_by_id(office, session, [matter_id]).get(matter_id)
        if row is None:
            raise RuleError("matter_missing")
        matter = session.get_one(MatterRecord, matter_id)
        record = session.get_one(IncomingRecord, matter_id)
        own = {name: getattr(record, name) for name in OWN_FIELDS}
        own["post_kind"] = PostKind(record.post_kind)
        return IncomingDraft(
            source_unit=matter.unit,
            title=row.title,
            document_number=matter.document_number,
            level=Classification(matter.level),
            secrecy_years=matter.secrecy_years,
            urgency=Urgency(matter.urgency),
            due_on=matter.due_on,
            retention=matter.retention,
            **own,
        )


def edit(office: Office, matter_id: int, draft: IncomingDraft) -> Changes:
    """Correct what was typed; the level is not changed here, since readers depend on it."""
    rules.check(draft)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.EDIT)
        if matter.level != int(draft.level):
            raise InvalidDraft({"level": "level_fixed"})
        store(act, matter, draft)
        act.record("circulation.incoming.edited", matter)
        return act.changes()


def store(act: Act, matter: MatterRecord, draft: IncomingDraft) -> None:
    """Put what was typed into the records of a matter; its level stays."""
    _common(draft, matter)
    sharing.set_title(act, matter, draft.title.strip(), sharing.audience(act.session, matter))
    record = act.session.get_one(IncomingRecord, matter.id)
    for name, value in own_values(draft).items():
        setattr(record, name, value)


def _moved(act: Act, matter: MatterRecord, verb: str) -> Changes:
    return moving.done(act, matter, f"circulation.incoming.{verb}")


def propose(office: Office, matter_id: int, opinion: str, leader_ids: Sequence[int]) -> Changes:
    """拟办: say what should be done, and lay it before the leaders; without any, the route goes on."""
    moving.needed(opinion)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.PROPOSE)
        step = stepping.own_step(act, matter, StepKind.PROPOSAL)
        stepping.finish(act, matter, step, Said(opinion))
        leaders = stepping.persons(act, leader_ids)
        if leaders:
            # Leaders named here take the place of the role that the route would ask.
            turns.drop(act, matter, {StepKind.INSTRUCTION})
        for person in leaders:
            stepping.send_to_person(act, matter, StepKind.INSTRUCTION, person, due_on=matter.due_on)
        return _moved(act, matter, "proposed")


def instruct(office: Office, matter_id: int, opinion: str, nature: Nature = Nature.REQUEST) -> Changes:
    """批示: the leader's own words, or those of the one who acts for him; a bare 阅 is a mark, not words."""
    moving.needed(opinion)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.INSTRUCT)
        step = stepping.own_step(act, matter, StepKind.INSTRUCTION)
        stepping.finish(act, matter, step, instruction(opinion, nature))
        return _moved(act, matter, "instructed")


def instruction(words: str, nature: Nature, *, recorded_by: str = "", said_on: date | None = None) -> Said:
    """What a leader said, as a step keeps it."""
    found = verbs.nature_of(words, nature)
    outcome = Outcome.READ if found is Nature.READ else Outcome.DONE
    return Said(verbs.opinion_of(words), outcome, recorded_by, said_on, found.value)


def record_instruction(office: Office, matter_id: int, step_id: int, opinion: str, said_on: date) -> Changes:
    """代录: write down what a leader wrote on paper, word for word, with his date."""
    moving.needed(opinion)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.RECORD_INSTRUCTION)
        record_in(act, matter, step_id, opinion, Nature.REQUEST, said_on)
        return _moved(act, matter, "instruction_recorded")


def record_in(act: Act, matter: MatterRecord, step_id: int, opinion: str, nature: Nature, said_on: date) -> StepRecord:
    """The transaction's part of `record_instruction`."""
    if said_on > act.today:
        raise InvalidDraft({"said_on": "date_in_future"})
    waiting = stepping.open_steps(act.session, matter.id, StepKind.INSTRUCTION)
    step = next((s for s in waiting if s.id == step_id), None)
    if step is None:
        raise RuleError("step_missing")
    said = instruction(opinion, nature, recorded_by=act.actor.name, said_on=said_on)
    return stepping.finish(act, matter, step, said)


def assign(office: Office, matter_id: int, assignment: Assignment) -> Changes:
    """交办: one leads, others help or are only told, each by the own day."""
    rules.check_parts([handler.part for handler in assignment.handlers])
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.ASSIGN)
        turns.drop(act, matter, {StepKind.HANDLING})
        for handler in assignment.handlers:
            _hand(act, matter, handler, assignment.note)
        lead = next(one for one in assignment.handlers if one.part is HandlingPart.LEAD)
        matter.due_on = lead.due_on or matter.due_on
        return _moved(act, matter, "assigned")


def _hand(act: Act, matter: MatterRecord, handler: Handler, note: str) -> None:
    """阅知 is read, not handled."""
    kind = StepKind.CIRCULATION if handler.part is HandlingPart.INFORMED else StepKind.HANDLING
    if kind is StepKind.CIRCULATION and handler.person_id in turns.asked_already(act.session, matter.id, kind):
        # He has it to read already, or will.
        return
    if handler.person_id is not None:
        person = stepping.persons(act, [handler.person_id])[0]
        step = stepping.send_to_person(act, matter, kind, person, due_on=handler.due_on, note=note)
    else:
        step = stepping.send_to_unit(act, matter, kind, handler.unit.strip(), due_on=handler.due_on, note=note)
    step.part = handler.part.value


def report(office: Office, matter_id: int, step_id: int, result: str) -> Changes:
    """反馈: the handler's result, or what a unit answered, written down by those who run the papers."""
    moving.needed(result)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.REPORT)
        waiting = stepping.open_steps(act.session, matter.id, StepKind.HANDLING)
        step = next((s for s in waiting if s.id == step_id), None)
        if step is None:
            raise RuleError("step_missing")
        own = step.person_id == act.actor.person_id
        stepping.finish(act, matter, step, Said(result, recorded_by="" if own else act.actor.name))
        return _moved(act, matter, "reported")


def urge(office: Office, matter_id: int, note: str, *, way: UrgeWay = UrgeWay.PHONE, step_id: int = 0) -> Changes:
    """催办: one numbered reminder on record."""
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.URGE)
        number = urging.enter(act, matter, note, way=way, step_id=step_id)
        act.record("circulation.incoming.urged", matter, number=number)
        return act.changes(number)


def set_due(office: Office, matter_id: int, due_on: date | None) -> Changes:
    """设期限: by when it is to be done, for those who run the papers; a step's own day is put off with its reason."""
    if due_on is None:
        raise InvalidDraft({"due_on": "required"})
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.EDIT)
        if due_on < matter.created_on:
            raise InvalidDraft({"due_on": "due_before_received"})
        matter.due_on = due_on
        act.record("circulation.incoming.due_set", matter)
        return act.changes()


def close(office: Office, matter_id: int, result: str) -> Changes:
    """办结: done, with the result."""
    moving.needed(result)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.CLOSE)
        stepping.done_at_once(act, matter, StepKind.CLOSE, Said(result))
        stepping.settle(act, matter, State.CLOSED)
        act.record("circulation.incoming.closed", matter)
        return act.changes()


def add_readers(office: Office, matter_id: int, person_ids: Sequence[int], reason: str) -> Changes:
    """扩大知悉范围: name more readers of a matter of any kind, with the reason on record."""
    moving.needed(reason)
    with office.act() as act:
        matter = act.matter(matter_id)
        standing = stepping.standing(act.session, matter)
        stepping.require(matters.allowed(matter, standing, act.actor), Action.ADD_READER)
        for person in stepping.persons(act, person_ids):
            stepping.admit(act, matter, person)
        act.record("matter.reader.added", matter, people=len(person_ids))
        return act.changes()
