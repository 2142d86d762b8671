"""Running a meeting: notices told, things done, papers handed out and collected by number, telephones put away."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from deskoffice.domain import meeting_running as rules
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, Changes, CopyEnd, CopyRow
from deskoffice.domain.meeting_running import (
    Answer,
    CheckItem,
    CheckRow,
    GivenRow,
    Phase,
    PhoneRow,
    Running,
    Told,
    ToldRow,
    Way,
)
from deskoffice.domain.meetings import CALLERS, Presence
from deskoffice.domain.values import Classification
from deskoffice.storage import meeting_running as store
from deskoffice.storage import meetings
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.storage.meeting_running import CheckRecord, GivenRecord, PhoneRecord, ToldRecord
from deskoffice.storage.meetings import AttendeeRecord, MeetingRecord
from deskoffice.usecases import matters, stepping
from deskoffice.usecases.office import CHINA, Act, Office

USUAL: tuple[tuple[Phase, str, int], ...] = (
    (Phase.BEFORE, "印发会议通知，逐个落实参会人员", -24),
    (Phase.BEFORE, "汇总审核议题材料，编号装订", -20),
    (Phase.BEFORE, "布置会场：会标、桌签、座次、茶水", -3),
    (Phase.BEFORE, "调试话筒、投影和视频设备", -2),
    (Phase.DURING, "签到，核对到会、请假和代会人员", 0),
    (Phase.DURING, "按议题引导列席单位进出会场", 0),
    (Phase.DURING, "会议记录", 0),
    (Phase.AFTER, "收回编号材料，清理会场", 4),
    (Phase.AFTER, "整理会议纪要，送审签发", 48),
    (Phase.AFTER, "议定事项交办督查", 8),
)
"""What every meeting needs, with hours from its beginning; classified ones need more."""
SECRET: tuple[tuple[Phase, str, int], ...] = (
    (Phase.BEFORE, "保密检查：会场、设备、无关人员", -2),
    (Phase.DURING, "手机集中存放，宣读保密纪律", 0),
)


def running(office: Office, matter_id: int) -> Running:
    """Everything about the running of a meeting."""
    with office.read() as session:
        lines = [line.id for line in meetings.attendees(session, matter_id)]
        return Running(
            told=tuple(_told(row) for row in store.told(session, matter_id)),
            checklist=tuple(_check(row) for row in store.checklist(session, matter_id)),
            given=tuple(_given(row, copy) for row, copy in store.given(session, matter_id)),
            phones=tuple(
                PhoneRow(row.attendee_id, row.slot, _local(row.put_at), _local(row.taken_at) if row.taken_at else None)
                for row in store.phones(session, lines)
            ),
        )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)


def _told(row: ToldRecord) -> ToldRow:
    return ToldRow(
        row.attendee_id, _local(row.told_at), row.told_by, Way(row.way), row.to_whom, Answer(row.answer), row.said
    )


def _check(row: CheckRecord) -> CheckRow:
    due, done = row.due_at, row.done_at
    return CheckRow(
        id=row.id,
        phase=Phase(row.phase),
        text=row.text,
        person=row.person,
        due_at=_local(due) if due else None,
        done_at=_local(done) if done else None,
        done_by=row.done_by,
    )


def _given(row: GivenRecord, copy: CopyRecord) -> GivenRow:
    shown = CopyRow(
        id=copy.id,
        matter_id=copy.matter_id,
        copy_number=copy.copy_number,
        holder=copy.holder,
        held_since=copy.held_since,
        must_return=copy.must_return,
        due_on=copy.due_on,
        ended_on=copy.ended_on,
        ending=CopyEnd(copy.ending) if copy.ending else None,
    )
    return GivenRow(row.attendee_id, shown)


def usual_checklist(act: Act, matter: MatterRecord, starts_at: datetime) -> None:
    """The checklist that a meeting begins with."""
    things = (*USUAL, *(SECRET if matter.level >= Classification.CONFIDENTIAL else ()))
    ordered = sorted(things, key=lambda thing: list(Phase).index(thing[0]))
    for position, (phase, text, hours) in enumerate(ordered, start=1):
        item = CheckItem(phase, text, act.actor.name, starts_at + timedelta(hours=hours))
        _add(act, matter, item, position)


def _add(act: Act, matter: MatterRecord, item: CheckItem, position: int) -> None:
    act.session.add(
        CheckRecord(
            meeting_id=matter.id,
            position=position,
            phase=item.phase.value,
            text=item.text.strip(),
            person=item.person.strip(),
            due_at=item.due_at,
            done_at=None,
            done_by="",
        )
    )


def _meeting(act: Act, matter_id: int) -> MatterRecord:
    """A meeting that this actor may run now."""
    act.office.require(*CALLERS)
    matter = act.matter(matter_id)
    stepping.require(matters.allowed(matter, stepping.standing(act.session, matter), act.actor), Action.RUN)
    return matter


def tell(office: Office, matter_id: int, entries: Sequence[Told]) -> Changes:
    """通知: who was told by whom and what was answered; leave and stand-ins go on the sign-in sheet at once."""
    for entry in entries:
        rules.check_told(entry)
    with office.act() as act:
        matter = _meeting(act, matter_id)
        lines = {line.id: line for line in meetings.attendees(act.session, matter_id)}
        for entry in entries:
            line = lines.get(entry.attendee_id)
            if line is None:
                raise RuleError("attendee_missing")
            _tell(act, matter, line, entry)
        act.record("meetings.attendee.told", matter, lines=len(entries))
        return act.changes()


def _tell(act: Act, matter: MatterRecord, line: AttendeeRecord, entry: Told) -> None:
    act.session.add(
        ToldRecord(
            attendee_id=line.id,
            meeting_id=matter.id,
            told_at=act.at,
            told_by=act.actor.name,
            way=entry.way.value,
            to_whom=entry.to_whom.strip(),
            answer=entry.answer.value,
            said=entry.said.strip(),
        )
    )
    if line.presence in (Presence.PRESENT, Presence.ABSENT):
        return
    line.presence = Presence.ON_LEAVE.value if entry.answer is Answer.LEAVE else Presence.EXPECTED.value
    line.reason = entry.said.strip() if entry.answer is Answer.LEAVE else ""
    line.stand_in = entry.said.strip() if entry.answer is Answer.STAND_IN else ""


def change_checklist(office: Office, matter_id: int, items: Sequence[CheckItem]) -> Changes:
    """会务分工: the open things of the checklist anew; what is done stays."""
    for item in items:
        rules.check_item(item)
    with office.act() as act:
        matter = _meeting(act, matter_id)
        done = 0
        for row in store.checklist(act.session, matter_id):
            if row.done_at is None:
                act.session.delete(row)
            else:
                done += 1
                row.position = done
        act.session.flush()
        for position, item in enumerate(items, start=done + 1):
            _add(act, matter, item, position)
        act.record("meetings.checklist.changed", matter, items=len(items))
        return act.changes()


def tick(office: Office, matter_id: int, check_ids: Iterable[int]) -> Changes:
    """办妥: who did it and when."""
    with office.act() as act:
        matter = _meeting(act, matter_id)
        known = {row.id: row for row in store.checklist(act.session, matter_id)}
        for check_id in check_ids:
            if check_id not in known:
                raise RuleError("check_item_missing")
            row = known[check_id]
            row.done_at, row.done_by = row.done_at or act.at, row.done_by or act.actor.name
        act.record("meetings.checklist.done", matter)
        return act.changes()


def hand_out(office: Office, matter_id: int, numbers: Sequence[tuple[int, str]]) -> Changes:
    """发放材料: a numbered set to each; papers of a classified meeting must come back the same day."""
    with office.act() as act:
        matter = _meeting(act, matter_id)
        lines = {line.id: line for line in meetings.attendees(act.session, matter_id)}
        taken = {copy.copy_number for _, copy in store.given(act.session, matter_id)}
        secret = matter.level >= Classification.CONFIDENTIAL
        starts = act.session.get_one(MeetingRecord, matter_id).starts_at.astimezone(CHINA).date()
        for attendee_id, number in numbers:
            if attendee_id not in lines:
                raise RuleError("attendee_missing")
            if number in taken:
                raise RuleError("copy_number_taken", number=number)
            taken.add(number)
            line = lines[attendee_id]
            copy = CopyRecord(
                matter_id=matter_id,
                copy_number=number,
                holder=line.stand_in or line.person or line.unit,
                held_since=act.today,
                must_return=secret,
                due_on=max(starts, act.today) if secret else None,
                ending="",
            )
            act.session.add(copy)
            act.session.flush()
            act.session.add(GivenRecord(copy_id=copy.id, attendee_id=attendee_id))
        act.record("meetings.materials.given", matter, copies=len(numbers))
        return act.changes()


def collect(office: Office, matter_id: int, copy_ids: Iterable[int]) -> Changes:
    """收回材料, by number."""
    with office.act() as act:
        matter = _meeting(act, matter_id)
        known = {copy.id: copy for _, copy in store.given(act.session, matter_id)}
        back = 0
        for copy_id in copy_ids:
            copy = known.get(copy_id)
            if copy is None:
                raise RuleError("content_missing")
            if copy.ended_on is None:
                copy.ended_on, copy.ending, copy.holder = act.today, CopyEnd.RETURNED.value, act.actor.name
                back += 1
        act.record("meetings.materials.collected", matter, copies=back)
        return act.changes()


def put_phones(office: Office, matter_id: int, slots: Sequence[tuple[int, str]]) -> Changes:
    """手机寄存: a place in the cabinet for each."""
    with office.act() as act:
        matter = _meeting(act, matter_id)
        known = {line.id for line in meetings.attendees(act.session, matter_id)}
        for attendee_id, slot in slots:
            if attendee_id not in known:
                raise RuleError("attendee_missing")
            act.session.merge(PhoneRecord(attendee_id=attendee_id, slot=slot.strip(), put_at=act.at, taken_at=None))
        act.record("meetings.phone.put", matter, phones=len(slots))
        return act.changes()


def take_phones(office: Office, matter_id: int, attendee_ids: Iterable[int]) -> Changes:
    """取走."""
    with office.act() as act:
        matter = _meeting(act, matter_id)
        for row in store.phones(act.session, list(attendee_ids)):
            row.taken_at = row.taken_at or act.at
        act.record("meetings.phone.taken", matter)
        return act.changes()


def check_cleared(act: Act, matter: MatterRecord) -> None:
    """Nothing of a classified meeting is still outside when it is closed."""
    out = [copy for _, copy in store.given(act.session, matter.id) if copy.must_return and copy.ended_on is None]
    if out:
        raise RuleError("materials_out", count=len(out))
    lines = [line.id for line in meetings.attendees(act.session, matter.id)]
    left = [row for row in store.phones(act.session, lines) if row.taken_at is None]
    if left:
        raise RuleError("phones_out", count=len(left))
