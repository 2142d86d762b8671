"""Seals in other hands: hand-over signed by three, taken out by two and brought back, looked at once a year."""

from datetime import datetime, timedelta

from deskoffice.domain import seal_custody as rules
from deskoffice.domain import seal_inventory as inventory_rules
from deskoffice.domain.errors import InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import StepKind
from deskoffice.domain.people import BUSINESS
from deskoffice.domain.seal_custody import (
    CHECKED,
    CheckLine,
    CheckResult,
    CheckRow,
    HandOverRow,
    LoanDraft,
    LoanRow,
    LoanState,
    Party,
)
from deskoffice.domain.seal_inventory import INVENTORY, HandOver, SealEvent
from deskoffice.storage import seal_custody as store
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage import seals
from deskoffice.storage.seal_custody import SealCheckRecord, SealHandOverRecord, SealLoanRecord
from deskoffice.storage.seal_inventory import SealRecord
from deskoffice.usecases import seal_inventory, stepping
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.words import word


def begin_hand_over(office: Office, seal_id: int, draft: HandOver) -> int:
    """移交: from the keeper to another, before a third; it is done when the three have signed, the taker last."""
    office.require(*INVENTORY)
    with office.act() as act:
        return begin_hand_over_in(act, seal_id, draft)


def begin_hand_over_in(act: Act, seal_id: int, draft: HandOver) -> int:
    """The transaction's part of `begin_hand_over`."""
    record = seal_inventory.record_of(act, seal_id)
    inventory_rules.check_hand_over(draft, from_person_id=record.keeper_id)
    if store.is_away(act.session, seal_id):
        raise RuleError("seal_is_away", seal=record.name)
    if store.hand_overs(act.session, seal_id, open_only=True):
        raise RuleError("seal_hand_over_open", seal=record.name)
    taker = seal_inventory.keeper_of(act, draft.to_person_id)
    witness = stepping.persons(act, [draft.witness_id])[0]
    begun = SealHandOverRecord(
        seal_id=seal_id,
        from_person_id=record.keeper_id,
        witness_id=witness.id,
        to_person_id=taker.id,
        reason=draft.reason.strip(),
        begun_at=act.at,
        giver_by="",
    )
    act.session.add(begun)
    act.record_other("seals.hand_over.begun", f"seal:{seal_id}", taker=taker.id, witness=witness.id)
    if act.actor.person_id == record.keeper_id:
        _sign_as_giver(act, begun, record)
    return begun.id


def sign_hand_over(office: Office, hand_over_id: int) -> bool:
    """Sign for the party whose turn it is; True when the seal has changed hands with it."""
    with office.act() as act:
        begun = act.session.get_one(SealHandOverRecord, hand_over_id)
        record = seal_inventory.record_of(act, begun.seal_id)
        row = _hand_over(act, begun)
        if not rules.may_sign(row, seal_inventory.one(act.session, record.id), act.actor):
            raise NotAllowed("seal_not_your_signature")
        if row.next_party is Party.GIVER:
            _sign_as_giver(act, begun, record)
        elif row.next_party is Party.WITNESS:
            begun.witness_at = act.at
        else:
            begun.taker_at = begun.ended_at = act.at
            _change_hands(act, record, row)
        act.record_other("seals.hand_over.signed", f"seal:{record.id}", party=row.next_party)
        return begun.ended_at is not None


def _hand_over(act: Act, begun: SealHandOverRecord) -> HandOverRow:
    return next(row for row in store.hand_overs(act.session, begun.seal_id) if row.id == begun.id)


def _sign_as_giver(act: Act, begun: SealHandOverRecord, record: SealRecord) -> None:
    """Only the giver can open what goes over with the seal: the taker is let in now, and alone keeps it at the end."""
    is_self = act.actor.person_id == begun.from_person_id
    begun.giver_by = act.actor.name if is_self else f"{act.actor.name}（代）"
    begun.giver_at = act.at
    taker = stepping.persons(act, [begun.to_person_id])[0]
    if taker.account_id is not None:
        accounts = frozenset({taker.account_id})
        seal_inventory.share_kept(act, record, accounts)
        seal_inventory.give_waiting(act, record, accounts)


def _change_hands(act: Act, record: SealRecord, row: HandOverRow) -> None:
    before = seal_inventory.keeper_accounts(act, record)
    record.keeper_id = row.to_person_id
    record.deputy_id = None if record.deputy_id == row.to_person_id else record.deputy_id
    seal_inventory.follow_keepers(act, record, before)
    taker = stepping.persons(act, [row.to_person_id])
    for matter in seals.waiting(act.session, record.id, act.actor):
        for step in stepping.open_steps(act.session, matter.id, StepKind.STAMP):
            if step.person_id == row.from_person_id:
                step.person_id, step.person = taker[0].id, taker[0].name
                step.post, step.unit = taker[0].post, taker[0].unit
                stepping.settle(act, matter, stepping.standing(act.session, matter).state)
    said = {"from_person": row.from_person, "to_person": row.to_person, "witnesses": row.witness, "reason": row.reason}
    seal_inventory.note(act, record, SealEvent.HANDED_OVER, **said)
    act.record_other("seals.seal.handed_over", f"seal:{record.id}", keeper=row.to_person_id, witness=row.witness_id)


def cancel_hand_over(office: Office, hand_over_id: int) -> None:
    """Call off a hand-over that somebody has not signed; the taker loses what he was let in to."""
    office.require(*INVENTORY)
    with office.act() as act:
        begun = act.session.get_one(SealHandOverRecord, hand_over_id)
        if begun.ended_at is not None:
            raise RuleError("seal_hand_over_ended")
        begun.ended_at = act.at
        record = seal_inventory.record_of(act, begun.seal_id)
        taker = stepping.persons(act, [begun.to_person_id])[0].account_id
        contents = act.office.vault.contents
        held = contents.readable(act.session, seal_inventory.kept_ids(act, record)[:2])
        if taker is not None and taker not in seal_inventory.keeper_accounts(act, record):
            contents.revoke(act.session, held, {taker})
        act.record_other("seals.hand_over.cancelled", f"seal:{begun.seal_id}")


def hand_overs(office: Office, seal_id: int | None = None) -> tuple[HandOverRow, ...]:
    """Hand-overs of a seal or of all, the earliest first."""
    with office.read() as session:
        return store.hand_overs(session, seal_id)


def ask_out(office: Office, seal_id: int, draft: LoanDraft) -> int:
    """申请外带: by two people, for a reason, until a time."""
    office.require(*BUSINESS)
    rules.check_loan(draft, now=office.now())
    with office.act() as act:
        seal = seal_inventory.one(act.session, seal_id)
        inventory_rules.check_usable(seal)
        stepping.persons(act, [draft.first_id, draft.second_id])
        record = SealLoanRecord(
            seal_id=seal_id,
            first_id=draft.first_id,
            second_id=draft.second_id,
            place=draft.place.strip(),
            reason=draft.reason.strip(),
            asked_by_id=act.actor.person_id,
            asked_at=act.at,
            approver="",
            due_at=draft.due_at,
            taken_back_by="",
            state=LoanState.ASKED.value,
            note="",
        )
        act.session.add(record)
        act.record_other("seals.loan.asked", f"seal:{seal_id}")
        return record.id


def move_loan(office: Office, loan_id: int, to: LoanState, note: str = "") -> None:
    """同意、不同意外带, 取走, 归还: each by the one whose turn it is."""
    if to is LoanState.REFUSED and not note.strip():
        raise InvalidDraft({"opinion": "required"})
    with office.act() as act:
        record = act.session.get_one(SealLoanRecord, loan_id)
        seal = seal_inventory.one(act.session, record.seal_id)
        row = next(row for row in store.loans(act.session, record.seal_id) if row.id == loan_id)
        if to not in rules.loan_acts(row, seal, act.actor):
            raise NotAllowed("seal_loan_not_allowed")
        if to is LoanState.OUT:
            inventory_rules.check_usable(seal)
            if store.is_away(act.session, seal.id):
                raise RuleError("seal_is_away", seal=seal.name)
        _set_loan(act, record, to, note)
        act.record_other("seals.loan.moved", f"seal:{seal.id}", to=to.value)


def _set_loan(act: Act, record: SealLoanRecord, to: LoanState, note: str) -> None:
    record.state = to.value
    record.note = note.strip() or record.note
    if to in (LoanState.APPROVED, LoanState.REFUSED):
        record.approver = act.actor.name
        return
    seal = seal_inventory.record_of(act, record.seal_id)
    names = "、".join(person.name for person in stepping.persons(act, [record.first_id, record.second_id]))
    if to is LoanState.OUT:
        record.out_at = act.at
        seal_inventory.note(
            act, seal, SealEvent.TAKEN_OUT, to_person=names, reason=f"往{record.place}：{record.reason}"
        )
    else:
        record.back_at, record.taken_back_by = act.at, act.actor.name
        seal_inventory.note(
            act, seal, SealEvent.BROUGHT_BACK, from_person=names, to_person=act.actor.name, reason=note.strip()
        )


def loans(office: Office, seal_id: int | None = None) -> tuple[LoanRow, ...]:
    """Times that a seal or any left the office, the latest first."""
    with office.read() as session:
        return store.loans(session, seal_id)


def loans_today(office: Office) -> tuple[LoanRow, ...]:
    """What went out or came back today, and what is still out: for the daily sheet."""
    start = datetime.combine(office.today(), datetime.min.time(), CHINA)
    with office.read() as session:
        return store.loans_of_day(session, start, start + timedelta(days=1))


def daily_lines(office: Office) -> list[list[str]]:
    """The seals on the sheet of the day: what is out, what went and what came back, each with its time."""
    lines = []
    for row in loans_today(office):
        times = [
            f"{at.astimezone(CHINA):%m-%d %H:%M}{name}"
            for name, at in (("取走", row.out_at), ("归还", row.back_at))
            if at is not None
        ]
        late = "，逾期未还" if row.is_overdue(office.now()) else ""
        what = f"印章外带：{row.seal}，往{row.place}，{'，'.join(times)}{late}"
        due = f"{row.due_at.astimezone(CHINA):%m-%d}"
        lines.append([f"外带{row.id}号", what, "", due, f"{row.first}、{row.second}", ""])
    return lines


def alarms(office: Office) -> tuple[str, ...]:
    """What the first page says of seals: overdue outside, waiting for a signature, not looked at this year."""
    today = office.today()
    with office.read() as session:
        late = store.overdue(session, office.now())
        waiting = store.hand_overs(session, open_only=True)
        seals_by_id = {row.id: row for row in seal_store.seals(session)}
        left = 0
        if today.month >= rules.CHECK_FROM_MONTH:
            before = today.replace(month=rules.CHECK_FROM_MONTH, day=1)
            left = store.unchecked(session, today.year, [state.value for state in CHECKED], before)
    found = [
        f"“{row.seal}”外带逾期未还：{row.first}、{row.second}带往{row.place}，"
        f"应于 {row.due_at.astimezone(CHINA):%m月%d日 %H:%M} 归还"
        for row in late
    ]
    found += [
        f"“{seals_by_id[row.seal_id].name}”移交待您签字（{word(row.next_party)}）"
        for row in waiting
        if row.next_party is not None and rules.may_sign(row, seals_by_id[row.seal_id], office.actor)
    ]
    return (*found, *([f"{today.year}年度还有 {left} 枚印章没有核查"] if left else []))


def check_sheet(office: Office, year: int) -> tuple[CheckRow, ...]:
    """Every seal that is here, with what the check of the year found."""
    with office.read() as session:
        found = store.checked_in(session, year)
        rows = [seal for seal in seal_store.seals(session) if seal.state in CHECKED or seal.id in found]
    return tuple(_check_row(seal_row, year, found.get(seal_row.id)) for seal_row in rows)


def _check_row(seal: inventory_rules.SealRow, year: int, record: SealCheckRecord | None) -> CheckRow:
    if record is None:
        return CheckRow(seal, year, None, "", "", None, "")
    result = CheckResult(record.result)
    return CheckRow(seal, year, record.at, record.by, record.witness, result, record.note)


def check_seals(office: Office, lines: tuple[CheckLine, ...], witness_id: int) -> None:
    """年度核查: each seal looked at by two, the result kept and in the history of the seal."""
    rules.check_lines(lines, witness_id=witness_id, actor=office.actor)
    with office.act() as act:
        witness = stepping.persons(act, [witness_id])[0]
        for line in lines:
            record = seal_inventory.record_of(act, line.seal_id)
            made = SealCheckRecord(
                seal_id=line.seal_id,
                year=act.today.year,
                at=act.at,
                by=act.actor.name,
                witness=witness.name,
                result=line.result.value,
                note=line.note.strip(),
            )
            act.session.add(made)
            said = "；".join(part for part in (word(line.result), line.note.strip()) if part)
            seal_inventory.note(act, record, SealEvent.CHECKED, witnesses=witness.name, reason=said)
        act.record_other("seals.year.checked", seals=len(lines))
