"""密封件, 亲启件: only the envelope is entered; the person it is for opens it and completes the fields."""

from collections.abc import Sequence

from deskoffice.domain.circulation import incoming as rules
from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.circulation.incoming_envelopes import EnvelopeDraft, check, envelope_title
from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import Action, Changes, State, StepKind
from deskoffice.domain.people import PersonRow, Role, check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.storage.circulation.incoming import IncomingRecord, same_paper
from deskoffice.storage.circulation.incoming_envelopes import IncomingEnvelopeRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import attachments, routes, sharing, stepping
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, moving
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.sharing import KEEPERS
from deskoffice.usecases.stepping import Said
from deskoffice.vault.contents import Audience


def register_envelope(office: Office, draft: EnvelopeDraft) -> Changes:
    """Enter what stands on an envelope; it then waits for its opener, and nobody else can act on it."""
    office.require(Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT)
    check(draft)
    check_clearance(office.actor.clearance, draft.level)
    with office.act() as act:
        opener = _opener(act, draft.opener)
        outside = _outside(draft)
        key = rules.number_key(draft.source_unit, draft.envelope_number)
        if key and same_paper(act.session, key, act.actor):
            raise InvalidDraft({"envelope_number": "same_envelope_registered"})
        matter = incoming.new_matter(act, outside, is_for_few=True)
        act.session.add(IncomingRecord(matter_id=matter.id, **incoming.own_values(outside)))
        act.session.add(
            IncomingEnvelopeRecord(
                matter_id=matter.id,
                envelope_number=draft.envelope_number.strip(),
                opener_id=opener.id,
                is_personal=draft.is_personal,
            )
        )
        stepping.done_at_once(act, matter, StepKind.REGISTER, Said())
        stepping.send_to_person(act, matter, StepKind.OPENING, opener, due_on=None)
        stepping.settle(act, matter, State.REGISTERED)
        act.record("circulation.envelope.registered", matter, number=matter.number)
        return act.changes(matter.number)


def _opener(act: Act, name: str) -> PersonRow:
    """The person who may open it: known by name, and with an account of their own."""
    found = [row for row in people.persons(act.session, act.today) if row.name == name.strip()]
    with_account = [row for row in found if row.account_id is not None]
    if not with_account:
        raise InvalidDraft({"opener": "opener_without_account" if found else "person_unknown"})
    return with_account[0]


def _outside(draft: EnvelopeDraft) -> IncomingDraft:
    return IncomingDraft(
        source_unit=draft.source_unit,
        title=envelope_title(draft),
        received_on=draft.received_on,
        document_number=draft.envelope_number,
        level=draft.level,
        urgency=draft.urgency,
        post_kind=PostKind.CONFIDENTIAL,
        addressee=draft.opener,
        delivery=draft.delivery,
    )


def inside_of(office: Office, matter_id: int) -> IncomingDraft:
    """The form for what was inside: what the envelope said is there, what it could not say is empty."""
    draft = incoming.draft_of(office, matter_id)
    return rules.unopened(draft)


def open_envelope(office: Office, matter_id: int, draft: IncomingDraft, files: Sequence[FileDraft] = ()) -> Changes:
    """拆封: the opener says what was inside. A sealed paper then goes its way; a personal one stays with its reader."""
    rules.check(draft)
    read = [attachments.read(file) for file in files]
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.OPEN)
        if matter.level != int(draft.level):
            raise InvalidDraft({"level": "level_fixed"})
        step = stepping.own_step(act, matter, StepKind.OPENING)
        envelope = act.session.get_one(IncomingEnvelopeRecord, matter.id)
        envelope.opened_at = act.at
        incoming.store(act, matter, draft)
        audience = Audience.only(act.actor.account_id) if envelope.is_personal else None
        stepping.finish(act, matter, step, Said())
        if not envelope.is_personal:
            _share(act, matter)
        for file in read:
            attachments.put(act, matter, file, audience)
        if draft.copy_number.strip():
            act.session.add(incoming.own_copy(act, matter, draft))
        if envelope.is_personal:
            stepping.send_to_person(act, matter, StepKind.HANDLING, _person(act), due_on=draft.due_on)
        else:
            routes.begin(act, matter, draft.post_kind)
        moving.settle(act, matter)
        act.record("circulation.envelope.opened", matter)
        return act.changes(matter.number)


def _share(act: Act, matter: MatterRecord) -> None:
    """Those who run the papers know it from now on."""
    sharing.add_readers(act, matter, people.holders_of(act.session, KEEPERS, Classification(matter.level)))


def _person(act: Act) -> PersonRow:
    return stepping.persons(act, [act.actor.person_id])[0]
