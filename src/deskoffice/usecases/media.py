"""Registered media and whose turn it is: a backup leaves the machine on nothing else (移动存储介质)."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain import media as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.media import (
    DAYS_BETWEEN_BACKUPS,
    DAYS_BETWEEN_DRILLS,
    ROTATION,
    MediumDraft,
    MediumKind,
    MediumRow,
)
from deskoffice.domain.people import Role
from deskoffice.domain.values import LEVEL_WORDS, Classification
from deskoffice.storage import media as store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.media import MediumRecord
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault.media import medium_root, read_mark, write_mark

KEEPERS = (Role.SECURITY_ADMIN, Role.CONFIDENTIAL_CLERK)
"""Who keeps the register of carriers."""


def register(office: Office, folder: Path, draft: MediumDraft) -> None:
    """Enter the medium that a folder lies on and write its name on it; a fixed disk is no medium."""
    office.require(*KEEPERS)
    rules.check(draft)
    root = medium_root(folder)
    if root is None:
        raise RuleError("medium_is_fixed")
    with office.act() as act:
        _refuse_low(act.session, draft.level)
        if any(record.number == draft.number.strip() for record in store.media(act.session)):
            raise InvalidDraft({"number": "medium_number_known"})
        mark = write_mark(root)
        if any(record.mark == mark for record in store.media(act.session)):
            raise RuleError("medium_known")
        record = MediumRecord(
            mark=mark,
            number=draft.number.strip(),
            kind=draft.kind.value,
            level=int(draft.level),
            keeper=draft.keeper.strip(),
            registered_on=act.today,
            registered_by=act.actor.account_id,
        )
        act.session.add(record)
        act.session.flush()
        act.record_other("media.medium.registered", f"medium:{record.id}", number=record.number)


def end(office: Office, medium_id: int) -> None:
    """Lost, broken or destroyed: no backup goes to it any more."""
    office.require(*KEEPERS)
    with office.act() as act:
        record = act.session.get_one(MediumRecord, medium_id)
        if record.ended_on is None:
            record.ended_on = act.today
            act.record_other("media.medium.ended", f"medium:{record.id}", number=record.number)


def rows(office: Office) -> tuple[MediumRow, ...]:
    """All media with what they last took; the one whose turn it is is marked."""
    with office.read() as session:
        runs = store.last_runs(session)
        following = _next(session)
        return tuple(_row(record, runs.get(record.id), is_next=record is following) for record in store.media(session))


def _row(record: MediumRecord, last: datetime | None, *, is_next: bool) -> MediumRow:
    return MediumRow(
        id=record.id,
        number=record.number,
        kind=MediumKind(record.kind),
        level=Classification(record.level),
        keeper=record.keeper,
        registered_on=record.registered_on,
        last_backup_at=last,
        is_next=is_next,
        is_active=record.ended_on is None,
    )


def _next(session: Session) -> MediumRecord | None:
    """The active medium that was not used for longest, one never used first."""
    runs = store.last_runs(session)
    active = [record for record in store.media(session) if record.ended_on is None]
    return min(active, key=lambda record: (record.id in runs, runs.get(record.id), record.id), default=None)


def admitted(session: Session, target: Path) -> MediumRecord | None:
    """The registered medium that a backup would go to, None for a folder of this machine.

    RuleError `medium_unregistered` and `medium_level_too_low`.
    """
    root = medium_root(target)
    if root is None:
        return None
    record = store.by_mark(session, read_mark(root))
    if record is None:
        raise RuleError("medium_unregistered")
    _refuse_low(session, Classification(record.level))
    return record


def _refuse_low(session: Session, level: Classification) -> None:
    highest = Classification(session.scalar(select(func.max(MatterRecord.level))) or 0)
    if level < highest:
        raise RuleError("medium_level_too_low", level=LEVEL_WORDS[level])


def reminders(session: Session, now: datetime) -> list[str]:
    """What is due: a backup, the medium whose turn it is, a restore to be tried. Whole sentences for the first page."""
    runs, today = store.last_runs(session), now.astimezone(CHINA).date()
    found = []
    last = max(runs.values(), default=None)
    days = None if last is None else (today - last.astimezone(CHINA).date()).days
    if days is None or days >= DAYS_BETWEEN_BACKUPS:
        following = _next(session)
        turn = f"，轮到 {following.number}" if following else ""
        found.append(f"已有 {days} 天没有备份{turn}" if days is not None else f"还没有做过备份{turn}")
    active = sum(record.ended_on is None for record in store.media(session))
    if 0 < active < ROTATION:
        found.append(f"备份介质只登记了 {active} 个，应有 {ROTATION} 个轮换")
    found += _drill_due(session, now)
    return found


def _drill_due(session: Session, now: datetime) -> list[str]:
    if not store.last_runs(session):
        return []
    drill = store.last_drill(session)
    if drill is None:
        return ["还没有做过恢复演练"]
    days = (now.astimezone(CHINA).date() - drill.at.astimezone(CHINA).date()).days
    return [f"距上次恢复演练已 {days} 天，应每月一次"] if days >= DAYS_BETWEEN_DRILLS else []
