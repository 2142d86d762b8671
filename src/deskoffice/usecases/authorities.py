"""Acting for somebody (授权代办): given with its limits, granted through the vault, taken away when it ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from deskoffice.domain import standing_in as rules
from deskoffice.domain.errors import NotAllowed, RuleError
from deskoffice.domain.matters import MatterKind, StepKind
from deskoffice.domain.people import Role
from deskoffice.domain.standing_in import Authority, AuthorityDraft
from deskoffice.domain.values import Classification
from deskoffice.storage import standing_in as store
from deskoffice.storage.matter_queries import may_know
from deskoffice.storage.matters import MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.storage.people import AccountRecord, PersonRecord
from deskoffice.storage.standing_in import AuthorityMatterRecord, AuthorityRecord
from deskoffice.usecases import sharing
from deskoffice.usecases.office import Act, Office


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority as the page shows it."""

    authority: Authority
    principal: str
    deputy: str
    basis: str
    ended_on: date | None
    may_end: bool


def give(office: Office, draft: AuthorityDraft) -> None:
    """By the one who is away himself, or by a leader of the office for another; never to oneself."""
    with office.act() as act:
        deputy = _account(act.session, draft.deputy_id)
        clearance = Classification(deputy.clearance) if deputy else Classification.PUBLIC
        rules.check(draft, clearance=clearance, today=act.today)
        if deputy is None:
            raise RuleError("deputy_without_account")
        _check_giver(act, draft)
        record = AuthorityRecord(
            principal_id=draft.principal_id,
            deputy_id=draft.deputy_id,
            from_on=draft.from_on,
            to_on=draft.to_on,
            kinds="\n".join(sorted(kind.value for kind in draft.kinds)),
            steps="\n".join(sorted(step.value for step in draft.steps)),
            ceiling=int(draft.ceiling),
            basis=draft.basis.strip(),
            made_at=act.at,
            made_by=act.actor.account_id,
        )
        act.session.add(record)
        act.session.flush()
        _settle_one(act, record)
        act.record_other("people.authority.given", f"person:{draft.principal_id}", deputy=draft.deputy_id)


def _check_giver(act: Act, draft: AuthorityDraft) -> None:
    own = draft.principal_id == act.actor.person_id
    if not own and (not act.actor.has(Role.OFFICE_LEADER) or draft.deputy_id == act.actor.person_id):
        raise NotAllowed("authority_of_another")


def _account(session: Session, person_id: int | None) -> AccountRecord | None:
    found = select(AccountRecord).where(AccountRecord.person_id == person_id, AccountRecord.is_disabled.is_(False))
    return session.scalars(found).first()


def take_back(office: Office, authority_id: int) -> None:
    """It ends today; what the deputy could read because of it is sealed away from him."""
    with office.act() as act:
        record = act.session.get(AuthorityRecord, authority_id)
        if record is None or record.ended_on is not None:
            raise RuleError("authority_missing")
        if not _may_end(act.office, record):
            raise NotAllowed("authority_of_another")
        record.ended_on = act.today
        _settle_one(act, record)
        act.record_other("people.authority.ended", f"person:{record.principal_id}", deputy=record.deputy_id)


def _may_end(office: Office, record: AuthorityRecord) -> bool:
    is_part = office.actor.person_id in (record.principal_id, record.deputy_id)
    return record.ended_on is None and (is_part or office.actor.has(Role.OFFICE_LEADER))


def listed(office: Office) -> tuple[AuthorityRow, ...]:
    """Those that concern this person; a leader of the office sees all of them."""
    everybody = office.actor.has(Role.OFFICE_LEADER)
    with office.read() as session:
        names = {person.id: person.name for person in session.scalars(select(PersonRecord))}
        return tuple(
            AuthorityRow(
                authority=store.value_of(record),
                principal=names[record.principal_id],
                deputy=names[record.deputy_id],
                basis=record.basis,
                ended_on=record.ended_on,
                may_end=_may_end(office, record),
            )
            for record in store.authorities(session)
            if everybody or office.actor.person_id in (record.principal_id, record.deputy_id)
        )


def principals(act: Act, matter: MatterRecord, step: StepKind) -> frozenset[int]:
    """For whom the actor may do such a step of the matter today."""
    found, _ = store.held(act.session, act.actor.person_id, act.today)
    kind, level = MatterKind(matter.kind), Classification(matter.level)
    return frozenset(one.principal_id for one in found if one.covers(kind, level, step))


def deputies_of(act: Act, matter: MatterRecord, person_ids: Sequence[int]) -> list[int]:
    """Accounts that are to read a matter because they stand in for somebody who is asked; it is noted why."""
    records = act.session.scalars(select(AuthorityRecord).where(AuthorityRecord.principal_id.in_(person_ids)))
    return [
        account.id
        for record in records
        if store.runs(record, act.today) and (account := _to_be_given(act, record, matter)) is not None
    ]


def _to_be_given(act: Act, record: AuthorityRecord, matter: MatterRecord) -> AccountRecord | None:
    """The deputy's account when he may read the matter by this authority and does not yet."""
    authority, account = store.value_of(record), _account(act.session, record.deputy_id)
    if matter.kind not in {kind.value for kind in authority.kinds} or matter.level > authority.ceiling:
        return None
    if account is None or account.clearance < matter.level:
        return None
    if act.session.get(MatterReaderRecord, (matter.id, account.id)) is not None:
        return None
    if act.session.get(AuthorityMatterRecord, (record.id, matter.id)) is None:
        act.session.add(AuthorityMatterRecord(authority_id=record.id, matter_id=matter.id))
    return account


def settle(office: Office) -> None:
    """Give what has begun and take what has ended, as far as this account can; done at every unlock."""
    with office.read() as session:
        records = store.authorities(session)
        waiting = [record.id for record in records if _is_unsettled(session, record, office.today())]
    if waiting and office.is_writable and not office.actor.is_officer:
        with office.act() as act:
            for authority_id in waiting:
                _settle_one(act, act.session.get_one(AuthorityRecord, authority_id))


def _is_unsettled(session: Session, record: AuthorityRecord, day: date) -> bool:
    return store.runs(record, day) or bool(store.matters_given(session, record.id))


def _settle_one(act: Act, record: AuthorityRecord) -> None:
    if store.runs(record, act.today):
        for matter in _waiting_for(act, record):
            account = _to_be_given(act, record, matter)
            if account is not None:
                sharing.add_readers(act, matter, [account.id])
    elif record.ended_on is not None or record.to_on < act.today:
        _take_away(act, record)


def _waiting_for(act: Act, record: AuthorityRecord) -> Iterable[MatterRecord]:
    """Matters of named readers that wait for the principal and that the actor can pass on."""
    open_steps = select(StepRecord.matter_id).where(
        StepRecord.person_id == record.principal_id, StepRecord.done_at.is_(None)
    )
    query = select(MatterRecord).where(
        MatterRecord.id.in_(open_steps), MatterRecord.office_wide.is_(False), may_know(act.actor)
    )
    return act.session.scalars(query).all()


def _take_away(act: Act, record: AuthorityRecord) -> None:
    account_id = act.session.scalars(select(AccountRecord.id).where(AccountRecord.person_id == record.deputy_id)).one()
    given = select(MatterReaderRecord.matter_id).where(
        MatterReaderRecord.matter_id.in_(store.matters_given(act.session, record.id)),
        MatterReaderRecord.account_id == act.actor.account_id,
    )
    for matter_id in act.session.scalars(given).all():
        sharing.remove_reader(act, act.session.get_one(MatterRecord, matter_id), account_id)
        act.session.execute(
            delete(AuthorityMatterRecord).where(
                AuthorityMatterRecord.authority_id == record.id, AuthorityMatterRecord.matter_id == matter_id
            )
        )
