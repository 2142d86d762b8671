"""The office's seals: entered, changed, handed over, taken out of use; every change in the history."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain import seal_inventory as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.people import PersonRow, Role
from deskoffice.domain.seal_inventory import (
    INVENTORY,
    HandOver,
    SealDraft,
    SealEvent,
    SealEventRow,
    SealRow,
    SealState,
    StateChange,
)
from deskoffice.domain.values import Classification
from deskoffice.storage import people, seals
from deskoffice.storage import seal_inventory as store
from deskoffice.storage.seal_inventory import SealEventRecord, SealRecord
from deskoffice.usecases import attachments, sharing, stepping
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
    keeper = _keeper(act, draft.keeper_id)
    if draft.deputy_id is not None:
        _keeper(act, draft.deputy_id)
    record = _fill(draft, SealRecord(state=SealState.IN_USE.value, keeper_id=draft.keeper_id))
    act.session.add(record)
    act.session.flush()
    _note(act, record, SealEvent.ENTERED, to_person=keeper.name)
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
    record.enabled_on = draft.enabled_on
    record.place = draft.place.strip()
    record.note = draft.note.strip()
    return record


def _check_name(session: Session, name: str, *, seal_id: int | None) -> None:
    known = session.scalars(select(SealRecord).where(SealRecord.name == name.strip())).first()
    if known is not None and known.id != seal_id:
        raise RuleError("seal_name_known")


def _keeper(act: Act, person_id: int) -> PersonRow:
    """A person whose account has the keeper's role."""
    person = stepping.persons(act, [person_id])[0]
    if person.account_id not in people.holders_of(act.session, [Role.SEAL_KEEPER], Classification.PUBLIC):
        raise RuleError("seal_keeper_role_missing", name=person.name)
    return person


def _note(act: Act, record: SealRecord, event: SealEvent, **said: str) -> None:
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
        record = _record(act, seal_id)
        if draft.keeper_id != record.keeper_id:
            raise InvalidDraft({"keeper_id": "keeper_by_hand_over"})
        _check_name(act.session, draft.name, seal_id=seal_id)
        if draft.deputy_id is not None and draft.deputy_id != record.deputy_id:
            _keeper(act, draft.deputy_id)
        before = _keeper_accounts(act, record)
        _fill(draft, record)
        _follow_keepers(act, record, before)
        _note(act, record, SealEvent.EDITED)
        act.record_other("seals.seal.edited", f"seal:{seal_id}")


def _record(act: Act, seal_id: int) -> SealRecord:
    record = act.session.get(SealRecord, seal_id)
    if record is None:
        raise RuleError("seal_missing")
    return record


def hand_over(office: Office, seal_id: int, draft: HandOver) -> None:
    """移交: from the keeper to another, before a third; what waits for the seal goes with it."""
    office.require(*INVENTORY)
    with office.act() as act:
        record = _record(act, seal_id)
        rules.check_hand_over(draft, from_person_id=record.keeper_id)
        giver = one(act.session, seal_id).keeper
        taker = _keeper(act, draft.to_person_id)
        witness = stepping.persons(act, [draft.witness_id])[0]
        before = _keeper_accounts(act, record)
        record.keeper_id = taker.id
        record.deputy_id = None if record.deputy_id == taker.id else record.deputy_id
        _follow_keepers(act, record, before)
        said = {
            "from_person": giver,
            "to_person": taker.name,
            "witnesses": witness.name,
            "reason": draft.reason.strip(),
        }
        _note(act, record, SealEvent.HANDED_OVER, **said)
        act.record_other("seals.seal.handed_over", f"seal:{seal_id}", keeper=taker.id, witness=witness.id)


def _keeper_accounts(act: Act, record: SealRecord) -> frozenset[int]:
    keepers = [person_id for person_id in (record.keeper_id, record.deputy_id) if person_id is not None]
    rows = people.persons(act.session, act.today, keepers)
    return frozenset(row.account_id for row in rows if row.account_id is not None)


def _follow_keepers(act: Act, record: SealRecord, before: frozenset[int]) -> None:
    """The imprint and the papers that wait go to the new keepers.

    Somebody who cannot open the imprint cannot pass it on either: the new keeper then takes a new one.
    """
    now = _keeper_accounts(act, record)
    if now == before:
        return
    imprint, contents = record.imprint_content_id, act.office.vault.contents
    if imprint is not None and contents.readable(act.session, [imprint]):
        contents.grant(act.session, [imprint], now)
        contents.revoke(act.session, [imprint], before - now)
    else:
        record.imprint_content_id = None
    for matter in seals.waiting(act.session, record.id, act.actor):
        cleared = people.holders_of(act.session, [Role.SEAL_KEEPER], Classification(matter.level))
        sharing.add_readers(act, matter, (now - before) & cleared)


def change_state(office: Office, seal_id: int, change: StateChange) -> None:
    """启用、停用、封存、缴销、销毁."""
    office.require(*INVENTORY)
    with office.act() as act:
        record = _record(act, seal_id)
        record.state = rules.move(SealState(record.state), change, keeper_id=record.keeper_id).value
        witnesses = stepping.persons(act, change.witness_ids)
        names = "、".join(person.name for person in witnesses)
        _note(act, record, SealEvent.STATE, witnesses=names, reason=change.reason.strip())
        act.record_other("seals.seal.state_changed", f"seal:{seal_id}", state=record.state)


def keep_imprint(office: Office, seal_id: int, picture: FileDraft) -> None:
    """留存印模: the imprint as a picture, sealed to the keepers and nobody else in the office."""
    office.require(*INVENTORY)
    file = attachments.read(picture)
    if not file.media_type.startswith("image/"):
        raise InvalidDraft({"imprint": "picture_needed"})
    with office.act() as act:
        record = _record(act, seal_id)
        audience = Audience.only(*_keeper_accounts(act, record))
        record.imprint_content_id = office.vault.contents.put(
            act.session, picture.data, audience, name=picture.name, media_type=file.media_type
        )
        _note(act, record, SealEvent.IMPRINT)
        act.record_other("seals.seal.imprint_kept", f"seal:{seal_id}", content=record.imprint_content_id)


def imprint(office: Office, seal_id: int) -> Content:
    """The picture of the imprint, for its keepers; the opening is entered in the log."""
    with office.act() as act:
        record = _record(act, seal_id)
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
