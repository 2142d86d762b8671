"""What the office does with a document that it issues (发文办理): one function for each act."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from deskoffice.domain.circulation import outgoing as rules
from deskoffice.domain.circulation.outgoing import UNSEALED, Distribution, OutgoingDraft, Signing
from deskoffice.domain.copies import CopyOrigin, CopyPlace
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, Changes, ContentRole, MatterKind, Outcome, State, StepKind
from deskoffice.domain.numbering import written
from deskoffice.domain.people import PersonRow, Role, check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord, StepRecord
from deskoffice.storage.people import AccountRecord
from deskoffice.storage.series import SeriesRecord
from deskoffice.usecases import attachments, matters, numbering, seals, settings, sharing, stepping
from deskoffice.usecases.attachments import FileDraft, ReadFile
from deskoffice.usecases.circulation import outgoing_check, outgoing_countersign, outgoing_paper, outgoing_secrecy
from deskoffice.usecases.circulation.outgoing_draft import details, digest, drafted
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word

BODY_NAME = "正文.txt"


def create(office: Office, draft: OutgoingDraft) -> Changes:
    """Begin a draft; it stays with the drafter until it is handed in."""
    office.require(Role.DRAFTER, Role.SECRETARIAT, Role.CONFIDENTIAL_CLERK, Role.OFFICE_LEADER)
    rules.check(draft)
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        return create_in(act, draft)


def create_in(act: Act, draft: OutgoingDraft) -> Changes:
    """The transaction's part of `create`; `draft` is checked."""
    matter = MatterRecord(
        kind=MatterKind.OUTGOING.value,
        state=State.DRAFTING.value,
        is_open=True,
        number="",
        number_order=0,
        document_number="",
        due_on=None,
        created_on=act.today,
        created_at=act.at,
        created_by=act.actor.account_id,
        holder="",
        changed=0,
    )
    _common(act, draft, matter)
    sharing.open_matter(act, matter, draft.title)
    act.session.add(_fields(act, matter, draft, OutgoingRecord(matter_id=matter.id, signer="")))
    _put_body(act, matter, draft.body_text)
    _open_draft(act, matter)
    stepping.settle(act, matter, State.DRAFTING)
    act.record("circulation.outgoing.drafted", matter)
    return act.changes()


def _common(act: Act, draft: OutgoingDraft, matter: MatterRecord) -> None:
    matter.unit = settings.settings_in(act.session).office_name
    matter.level = int(draft.level)
    matter.secrecy_years = draft.secrecy_years
    matter.urgency = int(draft.urgency)
    matter.retention = draft.retention


def _fields(act: Act, matter: MatterRecord, draft: OutgoingDraft, record: OutgoingRecord) -> OutgoingRecord:
    record.document_kind = draft.kind.value
    record.series_id = draft.series_id
    record.addressee = draft.addressee.strip()
    record.copy_to = "\n".join(unit.strip() for unit in draft.copy_to if unit.strip())
    record.details_content_id = sharing.keep_text(act, matter, details(draft))
    record.printed_copies = draft.printed_copies
    record.kept_rules = " ".join(draft.kept_rules)
    record.joint_with = "\n".join(unit.strip() for unit in draft.joint_with if unit.strip())
    return record


def _put_body(act: Act, matter: MatterRecord, text: str) -> None:
    file = FileDraft(BODY_NAME, text.encode(), ContentRole.BODY)
    attachments.put(act, matter, ReadFile(file, "text/plain", text))


def _open_draft(act: Act, matter: MatterRecord) -> StepRecord:
    drafter = drafter_of(act, matter)
    return stepping.send_to_person(act, matter, StepKind.DRAFT, drafter)


def drafter_of(act: Act, matter: MatterRecord) -> PersonRow:
    """Who wrote it."""
    person_id = act.session.scalars(select(AccountRecord.person_id).where(AccountRecord.id == matter.created_by)).one()
    return stepping.persons(act, [person_id])[0]


def edit(office: Office, matter_id: int, draft: OutgoingDraft) -> Changes:
    """Change the draft; a changed text is a new version."""
    rules.check(draft)
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.EDIT)
        if matter.level != int(draft.level):
            raise InvalidDraft({"level": "level_fixed"})
        before = drafted(act, matter)
        _common(act, draft, matter)
        sharing.set_title(act, matter, draft.title.strip(), sharing.audience(act.session, matter))
        _fields(act, matter, draft, act.session.get_one(OutgoingRecord, matter_id))
        if before.body_text != draft.body_text:
            _put_body(act, matter, draft.body_text)
        act.record("circulation.outgoing.edited", matter)
        return act.changes()


def _allowed(act: Act, matter_id: int, action: Action) -> MatterRecord:
    matter = act.matter(matter_id)
    if matter.kind != MatterKind.OUTGOING:
        raise RuleError("matter_missing")
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), action)
    return matter


def submit(office: Office, matter_id: int) -> Changes:
    """送核: hand the draft to those who review."""
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.SUBMIT)
        outgoing_secrecy.declare_open(act, matter)
        stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.DRAFT), Said())
        stepping.send_to_role(act, matter, StepKind.REVIEW, Role.SECRETARIAT)
        stepping.settle(act, matter, State.REVIEW)
        act.record("circulation.outgoing.submitted", matter)
        return act.changes()


def review(office: Office, matter_id: int, opinion: str, signatory_id: int) -> Changes:
    """核稿: agree, and lay it before the one who signs."""
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.REVIEW)
        drafter = drafter_of(act, matter)
        rules.check_reviewer(drafter.id, act.actor.person_id)
        rules.check_signatory(drafter.id, signatory_id)
        _check_countersigned(act, matter)
        stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.REVIEW), Said(opinion, Outcome.AGREED))
        signatory = stepping.persons(act, [signatory_id])[0]
        _check_may_sign(act, signatory)
        stepping.send_to_person(act, matter, StepKind.SIGN, signatory)
        stepping.settle(act, matter, State.SIGNING)
        act.record("circulation.outgoing.reviewed", matter)
        return act.changes()


def _check_countersigned(act: Act, matter: MatterRecord) -> None:
    """A text changed after 会签 is laid before nobody until it was agreed to again."""
    asked = outgoing_countersign.of(act.session, matter.id, digest(drafted(act, matter)))
    stale = [one.name for one in asked if one.standing is outgoing_countersign.Standing.STALE]
    if stale:
        raise RuleError("countersign_stale", names="、".join(stale))


def _check_may_sign(act: Act, person: PersonRow) -> None:
    """An account signs by its role; a leader without one signs on paper, which the clerk records."""
    roles = {row.id: row.roles for row in people.accounts(act.session)}
    if person.account_id is not None and Role.SIGNATORY not in roles[person.account_id]:
        raise NotAllowed("signatory_role_missing", name=person.name)


def return_to_drafter(office: Office, matter_id: int, reason: str) -> Changes:
    """退回修改: back to the drafter with the reason (条例 §21); the number of one that was signed stays with it."""
    if not reason.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.RETURN)
        said = Said(reason, Outcome.RETURNED)
        if matter.state == State.SIGNED:
            _take_signature_back(act, matter, said)
        else:
            kind = StepKind.REVIEW if matter.state == State.REVIEW else StepKind.SIGN
            stepping.finish(act, matter, stepping.own_step(act, matter, kind), said)
        outgoing_countersign.withdraw(act, matter)
        _open_draft(act, matter)
        stepping.settle(act, matter, State.DRAFTING)
        act.record("circulation.outgoing.returned", matter)
        return act.changes()


def _take_signature_back(act: Act, matter: MatterRecord, said: Said) -> None:
    """What the keeper refused is signed anew once it was changed; the version that was signed stays in the file."""
    stepping.withdraw(act, matter, StepKind.REQUEST)
    stepping.done_at_once(act, matter, StepKind.REQUEST, said)
    record = act.session.get_one(OutgoingRecord, matter.id)
    record.signer, record.signed_on, record.approved_content_id = "", None, None


def sign(office: Office, matter_id: int, opinion: str, signing: Signing | None = None) -> Changes:
    """签发: the number is taken, the text is fixed, the seal use is opened, all in one transaction."""
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.SIGN)
        step = stepping.own_step(act, matter, StepKind.SIGN)
        return sign_in(act, matter, step, Said(opinion or "同意", Outcome.AGREED), signing or Signing())


def record_signature(
    office: Office, matter_id: int, opinion: str, signed_on: date, signing: Signing | None = None
) -> Changes:
    """代录签发: what the leader signed on paper, with his date."""
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.RECORD_SIGNATURE)
        if signed_on > act.today:
            raise InvalidDraft({"said_on": "date_in_future"})
        step = stepping.open_steps(act.session, matter.id, StepKind.SIGN)[0]
        said = Said(opinion or "同意", Outcome.AGREED, recorded_by=act.actor.name, said_on=signed_on)
        return sign_in(act, matter, step, said, signing or Signing())


def sign_in(act: Act, matter: MatterRecord, step: StepRecord, said: Said, signing: Signing) -> Changes:
    """The transaction's part of signing."""
    draft = drafted(act, matter)
    found = outgoing_check.found_in(act, matter, draft)
    outgoing_check.refuse(found, signing.override)
    if signing.override.strip() and any(one.is_blocking for one in found):
        step.note_content_id = sharing.put_text(act, matter, f"不采纳体检意见：{signing.override.strip()}")
    stepping.finish(act, matter, step, said)
    record = act.session.get_one(OutgoingRecord, matter.id)
    record.signer, record.signed_on = step.person, said.said_on or act.today
    _number(act, matter, record, signing)
    _fix(act, matter, record, draft)
    if draft.kind in UNSEALED:
        stepping.send_to_role(act, matter, StepKind.DISPATCH, Role.CONFIDENTIAL_CLERK)
        stepping.settle(act, matter, State.STAMPED)
    else:
        ask_for_seal(act, matter, record, approver_person_id=step.person_id or 0)
    act.record("circulation.outgoing.signed", matter, number=matter.number)
    return act.changes(matter.number)


def ask_for_seal(
    act: Act, matter: MatterRecord, record: OutgoingRecord, *, approver_person_id: int, note: str = ""
) -> None:
    """Open the seal use that the signature allows; `note` is for the keeper."""
    stepping.settle(act, matter, State.SIGNED)
    # The open step is on the linked seal use; the list of papers says the same.
    matter.holder = f"{word(Role.SEAL_KEEPER)} {word(StepKind.STAMP)}"
    seals.open_for_signed(
        act,
        matter,
        copies=record.printed_copies,
        content_id=record.approved_content_id or 0,
        approver_person_id=approver_person_id,
        note=note,
    )


def _fix(act: Act, matter: MatterRecord, record: OutgoingRecord, draft: OutgoingDraft) -> None:
    """Keep the version that was signed, fields and text."""
    fields = outgoing_paper.meta(
        act.session, draft, number=matter.document_number, signer=record.signer, dated=record.signed_on
    )
    file = FileDraft("签发稿.json", outgoing_paper.snapshot(fields, draft.body_text), ContentRole.APPROVED)
    record.approved_content_id = attachments.put(act, matter, ReadFile(file, "application/json", "")).content_id


def _number(act: Act, matter: MatterRecord, record: OutgoingRecord, signing: Signing) -> None:
    register = act.session.get_one(SeriesRecord, record.series_id)
    on = record.signed_on or act.today
    if numbering.keeps(act, matter, register, on, chosen=signing.serial):
        return
    serial = numbering.take(act.session, register, on, matter.id, chosen=signing.serial, reason=signing.number_reason)
    matter.number = matter.document_number = written(register.code, on.year, serial)
    matter.number_order = on.year * 1_000_000 + serial


def dispatch(office: Office, matter_id: int, distribution: Sequence[Distribution]) -> Changes:
    """印发分发: number the copies from 000001 on and hand them out; what is left over stays with the clerk."""
    parts = tuple(distribution)
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.DISPATCH)
        return dispatch_in(act, matter, parts)


def dispatch_in(act: Act, matter: MatterRecord, parts: tuple[Distribution, ...]) -> Changes:
    """The transaction's part of `dispatch`."""
    record = act.session.get_one(OutgoingRecord, matter.id)
    rules.check_distribution(record.printed_copies, parts)
    holders = [part.unit.strip() for part in parts for _ in range(part.copies)]
    holders += [act.actor.name] * (record.printed_copies - len(holders))
    must_return = matter.level >= Classification.SECRET
    for serial, holder in enumerate(holders, start=1):
        act.session.add(
            CopyRecord(
                matter_id=matter.id,
                copy_number=f"{serial:06d}",
                holder=holder,
                held_since=act.today,
                must_return=must_return and holder != act.actor.name,
                ending="",
                place=(CopyPlace.KEPT if holder == act.actor.name else CopyPlace.OUT).value,
                origin=CopyOrigin.ORIGINAL.value,
            )
        )
    record.dispatched_on = act.today
    stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.DISPATCH), Said())
    stepping.send_to_role(act, matter, StepKind.CLOSE, Role.CONFIDENTIAL_CLERK)
    stepping.settle(act, matter, State.DISPATCHED)
    act.record("circulation.outgoing.dispatched", matter, copies=len(holders))
    return act.changes()


def close(office: Office, matter_id: int) -> Changes:
    """办结: the office's own copy goes to the file."""
    with office.act() as act:
        matter = _allowed(act, matter_id, Action.CLOSE)
        stepping.finish(act, matter, stepping.own_step(act, matter, StepKind.CLOSE), Said())
        stepping.settle(act, matter, State.CLOSED)
        act.record("circulation.outgoing.closed", matter)
        return act.changes()


def signatories(office: Office) -> tuple[PersonRow, ...]:
    """People who may sign."""
    with office.read() as session:
        ids = {row.person_id for row in people.accounts(session) if Role.SIGNATORY in row.roles and not row.is_disabled}
        return people.persons(session, office.today(), ids)
