"""The office's seals: entered, changed, handed over, taken out of use; every change in the history."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain import seal_inventory as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.people import PersonRow, Role
from deskoffice.domain.seal_inventory import (
    INVENTORY,
    SealDraft,
    SealEvent,
    SealEventRow,
    SealRow,
    SealState,
    StateChange,
)
from deskoffice.domain.values import Classification
from deskoffice.paper.seal import cleaned
from deskoffice.storage import people, seals
from deskoffice.storage import seal_custody as custody_store
from deskoffice.storage import seal_inventory as store
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seal_inventory import SealEventRecord, SealRecord
from deskoffice.usecases import attachments, seal_credentials, sharing, stepping
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Act, Office
from deskoffice.vault.contents import Audience, Content


def all_seals(office: Office) -> tuple[SealRow, ...]:
    """Every seal, also those out of use."""
    with office.read() as session:
        return store.seals(session)


def usable(office: Office) -> tuple[SealRow, ...]:
    """Seals that can be asked for."""
    return tuple(seal for seal in all_seals(office) if seal.state is SealState.IN_USE)


def history(office: Office, seal_id: int) -> tuple[SealEventRow, ...]:
    """Everything that happened to a seal."""
    with office.read() as session:
        return store.history(session, seal_id)


def one(session: Session, seal_id: int) -> SealRow:
    """A seal that must exist."""
    found = store.seals(session, [seal_id])
    if not found:
        raise RuleError("seal_missing")
    return found[0]


def add(office: Office, draft: SealDraft) -> int:
    """Enter a seal into the list."""
    office.require(*INVENTORY)
    rules.check(draft)
    with office.act() as act:
        return add_in(act, draft)


def add_in(act: Act, draft: SealDraft) -> int:
    """The transaction's part of `add`; `draft` is checked."""
    _check_name(act.session, draft.name, seal_id=None)
    keeper = keeper_of(act, draft.keeper_id)
    if draft.deputy_id is not None:
        keeper_of(act, draft.deputy_id)
    record = _fill(draft, SealRecord(state=SealState.IN_USE.value, keeper_id=draft.keeper_id))
    _link_enabling(act, record)
    act.session.add(record)
    act.session.flush()
    note(act, record, SealEvent.ENTERED, to_person=keeper.name)
    act.record_other("seals.seal.entered", f"seal:{record.id}")
    return record.id


def _fill(draft: SealDraft, record: SealRecord) -> SealRecord:
    record.name = draft.name.strip()
    record.kind = draft.kind.value
    record.owner = draft.owner.strip()
    record.material = draft.material.strip()
    record.size = draft.size.strip()
    record.deputy_id = draft.deputy_id
    record.enabled_by = draft.enabled_by.strip()
    record.enabled_matter_id = None
    record.enabled_on = draft.enabled_on
    record.place = draft.place.strip()
    record.note = draft.note.strip()
    return record


def _link_enabling(act: Act, record: SealRecord) -> None:
    """The document with the number that is named, when this person knows it."""
    wanted = record.enabled_by.replace("[", "〔").replace("]", "〕").replace(" ", "")
    query = select(MatterRecord.id).where(
        MatterRecord.kind == MatterKind.OUTGOING.value,
        MatterRecord.document_number == wanted,
        may_know(act.actor),
    )
    record.enabled_matter_id = act.session.scalars(query).first() if wanted else None


def _check_name(session: Session, name: str, *, seal_id: int | None) -> None:
    known = session.scalars(select(SealRecord).where(SealRecord.name == name.strip())).first()
    if known is not None and known.id != seal_id:
        raise RuleError("seal_name_known")


def keeper_of(act: Act, person_id: int) -> PersonRow:
    """A person whose account has the keeper's role."""
    person = stepping.persons(act, [person_id])[0]
    if person.account_id not in people.holders_of(act.session, [Role.SEAL_KEEPER], Classification.PUBLIC):
        raise RuleError("seal_keeper_role_missing", name=person.name)
    return person


def note(act: Act, record: SealRecord, event: SealEvent, **said: str) -> None:
    """A line in the history of a seal."""
    texts = {"from_person": "", "to_person": "", "witnesses": "", "reason": ""} | said
    act.session.add(
        SealEventRecord(
            seal_id=record.id,
            at=act.at,
            event=event.value,
            state=record.state,
            by=act.actor.name,
            content_id=record.imprint_content_id,
            **texts,
        )
    )


def edit(office: Office, seal_id: int, draft: SealDraft) -> None:
    """Correct what was typed; the keeper changes by hand-over only."""
    office.require(*INVENTORY)
    rules.check(draft)
    with office.act() as act:
        record = record_of(act, seal_id)
        if draft.keeper_id != record.keeper_id:
            raise InvalidDraft({"keeper_id": "keeper_by_hand_over"})
        _check_name(act.session, draft.name, seal_id=seal_id)
        if draft.deputy_id is not None and draft.deputy_id != record.deputy_id:
            keeper_of(act, draft.deputy_id)
        before = keeper_accounts(act, record)
        _fill(draft, record)
        _link_enabling(act, record)
        follow_keepers(act, record, before)
        note(act, record, SealEvent.EDITED)
        act.record_other("seals.seal.edited", f"seal:{seal_id}")


def record_of(act: Act, seal_id: int) -> SealRecord:
    """The record of a seal that must exist."""
    record = act.session.get(SealRecord, seal_id)
    if record is None:
        raise RuleError("seal_missing")
    return record


def keeper_accounts(act: Act, record: SealRecord) -> frozenset[int]:
    """Accounts of those who keep a seal."""
    keepers = [person_id for person_id in (record.keeper_id, record.deputy_id) if person_id is not None]
    rows = people.persons(act.session, act.today, keepers)
    return frozenset(row.account_id for row in rows if row.account_id is not None)


def follow_keepers(act: Act, record: SealRecord, before: frozenset[int]) -> None:
    """The imprint, the seal's key and the papers that wait go to the new keepers.

    Somebody who cannot open the imprint cannot pass it on either: the new keeper then takes a new one.
    """
    now = keeper_accounts(act, record)
    if now == before:
        return
    contents = act.office.vault.contents
    held = kept_ids(act, record)
    if record.imprint_content_id is not None and record.imprint_content_id in contents.readable(act.session, held):
        share_kept(act, record, now)
        leaving = before - now
        contents.revoke(act.session, contents.readable(act.session, held[:2]), leaving)
    else:
        record.imprint_content_id = None
    give_waiting(act, record, now - before)


def kept_ids(act: Act, record: SealRecord) -> list[int]:
    """What is sealed to the keepers: the imprint, the seal's key, the authority's key."""
    keys = seal_credentials.key_ids(act.session, record.id)
    return [content_id for content_id in (record.imprint_content_id, *keys) if content_id is not None]


def share_kept(act: Act, record: SealRecord, accounts: frozenset[int]) -> None:
    """Let accounts open what is sealed to the keepers, as far as the actor can."""
    contents = act.office.vault.contents
    contents.grant(act.session, contents.readable(act.session, kept_ids(act, record)), accounts)


def give_waiting(act: Act, record: SealRecord, accounts: frozenset[int]) -> None:
    """Let accounts read the papers that wait for the seal, as far as they are cleared."""
    for matter in seals.waiting(act.session, record.id, act.actor):
        cleared = people.holders_of(act.session, [Role.SEAL_KEEPER], Classification(matter.level))
        sharing.add_readers(act, matter, accounts & cleared)


def change_state(office: Office, seal_id: int, change: StateChange) -> None:
    """启用、停用、封存、缴销、销毁; not while it is away or on its way to another keeper."""
    office.require(*INVENTORY)
    with office.act() as act:
        record = record_of(act, seal_id)
        if custody_store.is_away(act.session, seal_id):
            raise RuleError("seal_is_away", seal=record.name)
        if custody_store.hand_overs(act.session, seal_id, open_only=True):
            raise RuleError("seal_hand_over_open", seal=record.name)
        record.state = rules.move(SealState(record.state), change, keeper_id=record.keeper_id).value
        witnesses = stepping.persons(act, change.witness_ids)
        said = {
            "witnesses": "、".join(person.name for person in witnesses),
            "reason": change.reason.strip(),
            "to_person": change.receiver.strip(),
        }
        note(act, record, SealEvent.STATE, **said)
        act.record_other("seals.seal.state_changed", f"seal:{seal_id}", state=record.state)


def keep_imprint(office: Office, seal_id: int, picture: FileDraft) -> None:
    """留存印模: the imprint cut out of its picture, sealed to the keepers and nobody else in the office.

    With the first imprint the seal gets the certificate under which its stamped files are signed.
    """
    office.require(*INVENTORY)
    file = attachments.read(picture)
    if not file.media_type.startswith("image/"):
        raise InvalidDraft({"imprint": "picture_needed"})
    cut_out = cleaned(picture.data)
    with office.act() as act:
        record = record_of(act, seal_id)
        rules.check_keeper(one(act.session, seal_id), act.actor)
        keepers = keeper_accounts(act, record)
        record.imprint_content_id = office.vault.contents.put(
            act.session, cut_out, Audience.only(*keepers), name=f"{record.name}.png", media_type="image/png"
        )
        if seal_credentials.of_seal(act, seal_id) is None:
            seal_credentials.issue(act, record, keepers)
        note(act, record, SealEvent.IMPRINT)
        act.record_other("seals.seal.imprint_kept", f"seal:{seal_id}", content=record.imprint_content_id)


def imprint(office: Office, seal_id: int) -> Content:
    """The picture of the imprint, for its keepers; the opening is entered in the log."""
    with office.act() as act:
        record = record_of(act, seal_id)
        if record.imprint_content_id is None:
            raise RuleError("content_missing")
        act.record_other("seals.seal.imprint_opened", f"seal:{seal_id}")
        return office.vault.contents.open(act.session, record.imprint_content_id)


def of_issuer(rows: Iterable[SealRow], issuer: str) -> SealRow | None:
    """The seal that papers signed by a body bear: its only one in use, or the only 公章 among several."""
    own = [row for row in rows if row.state is SealState.IN_USE and row.owner == issuer]
    formal = [row for row in own if row.kind in (rules.SealKind.OFFICIAL, rules.SealKind.OFFICE)]
    chosen = formal or own
    return chosen[0] if len(chosen) == 1 else None
