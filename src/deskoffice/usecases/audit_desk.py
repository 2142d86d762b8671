"""审计要点: what the auditor should look at in a period, found in the log; no title and no content is read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from deskoffice.domain.errors import EnvironmentFailure
from deskoffice.domain.people import Role
from deskoffice.domain.workdays import Calendar
from deskoffice.usecases import audits, sessions, settings
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault import disk
from deskoffice.vault.audit import CLOCK_SET_BACK, AuditEntry, Checkpoint, Consistency

FIRST_HOUR, LAST_HOUR = 7, 20
MANY_VIEWS = 40
"""So many papers opened by one person on one day are worth a question."""
_PAGE = 2000
_MAX_BYTES = 1 << 16
_VIEWED = ("matter.content.opened", "matter.viewed")
_PRINTED = "circulation.outgoing.printed"
_DISTRIBUTED = ("circulation.outgoing.dispatched", "circulation.outgoing.distributed")
_OF_MACHINE = ("vault.heads", "vault.rights", "vault.office_key.handed_over")


class Kind(StrEnum):
    """What is out of the ordinary."""

    HOURS = "非工作时间"
    VIEWS = "大量查看"
    PRINTS = "打印后未登记分发"
    GAPS = "中断与时间可疑"
    FAILURES = "登录失败"
    RIGHTS = "账号与权限"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the desk; `seq` is the first entry it speaks of."""

    kind: Kind
    seq: int
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How the log stands to a witness from outside."""

    is_good: bool
    text: str


COMPARED = {
    Consistency.SAME: (True, "与核对点完全一致，此后没有新的日志。"),
    Consistency.CONTINUES: (True, "日志是从这个核对点接着写下来的，没有改动、调换、删减。"),
    Consistency.ROLLED_BACK: (False, "核对点之后的日志不见了：保密库被换成了旧的，请立即停用并报告。"),
    Consistency.REWRITTEN: (False, "日志与核对点对不上：被改写过，请立即停用并报告。"),
    Consistency.ANOTHER_VAULT: (False, "这是另一个保密库的核对点，请换本库的。"),
    Consistency.NOT_SIGNED: (False, "核对点的签名不是本库账号的，不能作为凭据。"),
}


def findings(office: Office, since: date, until: date) -> tuple[Finding, ...]:
    """Of the days from `since` to `until`, both included, in the order of the log; the auditor's alone."""
    office.require(Role.AUDIT_ADMIN)
    names = audits.names(office)
    entries = list(_entries(office, since, until))
    with office.read() as session:
        calendar = settings.calendar_of(session, since.year)
    found = [
        *_unusual_hours(entries, names, calendar),
        *_many_views(entries, names),
        *_prints(entries, names),
        *_gaps(entries, names),
        *_failures(entries, names),
        *_rights(entries, names),
        *_cut_off(office, since, until),
    ]
    return tuple(sorted(found, key=lambda one: one.seq))


def compare_file(office: Office, path: Path) -> Compared:
    """The log against a checkpoint that was kept on a stick."""
    office.require(Role.AUDIT_ADMIN)
    try:
        with disk.opened(path) as file:
            text = file.read(_MAX_BYTES).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFailure("file_not_read", name=path.name) from error
    return Compared(*COMPARED[office.vault.audit.compare(Checkpoint.parse(text))])


def compare_code(office: Office, code: str) -> Compared:
    """The log against the twenty characters in the paper register."""
    office.require(Role.AUDIT_ADMIN)
    return Compared(*COMPARED[office.vault.audit.compare_code(code)])


def _entries(office: Office, since: date, until: date) -> Iterator[AuditEntry]:
    after = 0
    begins, ends = _start(since), _start(until + timedelta(days=1))
    while True:
        with office.read() as session:
            page = office.vault.audit.entries(session, after=after, limit=_PAGE, since=begins, until=ends)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].seq


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _unusual_hours(entries: Iterable[AuditEntry], names: dict[int, str], calendar: Calendar) -> Iterator[Finding]:
    """One line for each person and day, however much was done."""
    counted: Counter[tuple[int, date]] = Counter()
    first: dict[tuple[int, date], AuditEntry] = {}
    for entry in entries:
        at = entry.at.astimezone(CHINA)
        is_ordinary = FIRST_HOUR <= at.hour < LAST_HOUR and calendar.is_workday(at.date())
        if is_ordinary or entry.action in _OF_MACHINE:
            continue
        key = (entry.account_id, at.date())
        counted[key] += 1
        first.setdefault(key, entry)
    for key, entry in first.items():
        at = entry.at.astimezone(CHINA)
        yield Finding(Kind.HOURS, entry.seq, at, _who(entry, names), f"{at:%H:%M} 起操作 {counted[key]} 次")


def _many_views(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Finding]:
    seen: dict[tuple[int, date], list[AuditEntry]] = {}
    for entry in entries:
        if entry.action in _VIEWED:
            seen.setdefault((entry.account_id, entry.at.astimezone(CHINA).date()), []).append(entry)
    for viewed in seen.values():
        papers = len({entry.subject for entry in viewed})
        if papers >= MANY_VIEWS:
            entry = viewed[0]
            yield Finding(
                Kind.VIEWS, entry.seq, entry.at.astimezone(CHINA), _who(entry, names), f"一天内打开 {papers} 件"
            )


def _prints(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Finding]:
    printed: dict[str, AuditEntry] = {}
    for entry in entries:
        if entry.action == _PRINTED:
            printed.setdefault(entry.subject, entry)
        elif entry.action in _DISTRIBUTED:
            printed.pop(entry.subject, None)
    for entry in printed.values():
        number = entry.subject.partition(":")[2]
        yield Finding(
            Kind.PRINTS, entry.seq, entry.at.astimezone(CHINA), _who(entry, names), f"第 {number} 件打印后没有印发登记"
        )


def _gaps(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Finding]:
    doubtful: set[date] = set()
    for entry in entries:
        at = entry.at.astimezone(CHINA)
        if entry.action == CLOCK_SET_BACK:
            minutes = int(entry.detail.get("seconds") or 0) // 60
            yield Finding(Kind.GAPS, entry.seq, at, _who(entry, names), f"机器时钟被拨回 {minutes:,} 分钟")
        elif entry.is_doubtful and at.date() not in doubtful:
            doubtful.add(at.date())
            yield Finding(Kind.GAPS, entry.seq, at, _who(entry, names), "时间早于前面的日志，先后以序号为准")


def _cut_off(office: Office, since: date, until: date) -> Iterator[Finding]:
    for one in sessions.sittings(office):
        if one.ending == sessions.CUT_OFF and since <= one.since.date() <= until:
            yield Finding(Kind.GAPS, one.seq, one.since, one.name, "这次登录没有正常结束，也没有本人的签名")


def _failures(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Finding]:
    for entry in entries:
        if entry.action == sessions.COUNT_LOST:
            text = "登录失败的计数文件被删或被换，此前可能有人多试口令"
            yield Finding(Kind.FAILURES, entry.seq, entry.at.astimezone(CHINA), _who(entry, names), text)
        if entry.action == sessions.FAILED:
            login = entry.subject.partition(":")[2]
            at = datetime.fromtimestamp(int(entry.detail.get("first_at") or 0), CHINA)
            text = f"登录名 {login}，口令输错 {entry.detail.get('count')} 次"
            yield Finding(Kind.FAILURES, entry.seq, at, login, text)


RIGHTS = {
    "people.account.added": "建立账号",
    "people.account.changed": "调整岗位或涉密等级",
    "people.account.disabled": "停用账号",
    "vault.account.recovered": "用恢复份额重设口令",
    "vault.office_key.handed_over": "把办公室密钥交给新账号",
    "access.policy.changed": "修改口令规定",
    "access.key.changed": "更换数据库密钥",
    "access.vault.copied": "复制整库",
    "vault.rollback.accepted": "认可被换回旧的库",
    "vault.restore.accepted": "认可由备份恢复的库",
    "vault.folder.closed": "收回他人对保密库文件夹的权限",
}


def _rights(entries: Iterable[AuditEntry], names: dict[int, str]) -> Iterator[Finding]:
    for entry in entries:
        if entry.action not in RIGHTS:
            continue
        kind, _, number = entry.subject.partition(":")
        whom = f"：{names.get(int(number), number)}" if kind == "account" and number.isdecimal() else ""
        second = entry.detail.get("second")
        beside = f"（{names.get(second, str(second))}在场）" if isinstance(second, int) else ""
        at = entry.at.astimezone(CHINA)
        yield Finding(Kind.RIGHTS, entry.seq, at, _who(entry, names), f"{RIGHTS[entry.action]}{whom}{beside}")


def _who(entry: AuditEntry, names: dict[int, str]) -> str:
    return names.get(entry.account_id, entry.login)
