"""登录记录: who was in, from when to when, how it ended, and what was tried in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from deskoffice.domain.people import Role
from deskoffice.usecases import audits
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.words_access import ENDINGS
from deskoffice.vault.audit import AuditEntry

OPENED, CLOSED, FAILED = "vault.unlocked", "vault.locked", "vault.login.failed"
COUNT_LOST = "vault.attempts.lost"
CUT_OFF = "没有正常结束"
STILL_IN = "正在使用"
MOST = 500


@dataclass(frozen=True, slots=True)
class LastLogin:
    """What a person is told after logging in: the time before this one, and what failed since."""

    at: datetime | None
    failures: int
    last_failure_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One stay at the workstation."""

    seq: int
    account_id: int
    login: str
    name: str
    since: datetime
    until: datetime | None
    ending: str
    failures: int
    """Wrong passwords for this account before it."""


def last_login(office: Office) -> LastLogin:
    """Before this session, of the person who is logged in."""
    log, account = office.vault.audit, office.vault.account_id
    with office.read() as session:
        mine = log.latest(session, limit=2, subject=f"account:{account}", action=OPENED)
        opened = [entry for entry in mine if entry.action == OPENED and entry.account_id == account]
        before = opened[1] if len(opened) > 1 else None
        after = 0 if before is None else before.seq
        failed = log.entries(session, after=after, limit=MOST, subject=f"login:{office.vault.login}", action=FAILED)
    moments = [int(entry.detail["last_at"] or 0) for entry in failed]
    return LastLogin(
        at=None if before is None else before.at.astimezone(CHINA),
        failures=sum(int(entry.detail["count"] or 0) for entry in failed),
        last_failure_at=datetime.fromtimestamp(max(moments), CHINA) if moments else None,
    )


def sittings(office: Office) -> Sequence[Sitting]:
    """Newest first: everybody's for 安全保密管理员 and 安全审计员, the own for all others."""
    sees_all = office.actor.has(Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
    names = audits.names(office)
    log = office.vault.audit
    with office.read() as session:
        entries = [
            entry for action in (OPENED, CLOSED, FAILED) for entry in log.latest(session, limit=MOST, action=action)
        ]
    paired = _paired(sorted(entries, key=lambda entry: entry.seq), office.vault.account_id)
    named = [replace(one, name=names.get(one.account_id, one.login)) for one in paired]
    return [one for one in reversed(named) if sees_all or one.account_id == office.actor.account_id]


def _paired(entries: Iterable[AuditEntry], here: int) -> list[Sitting]:
    """One program at a time opens a vault: what is open when the next opens was cut off."""
    found: list[Sitting] = []
    failures: dict[str, int] = {}
    current: Sitting | None = None
    for entry in entries:
        if entry.action == FAILED:
            login = entry.subject.removeprefix("login:")
            failures[login] = failures.get(login, 0) + int(entry.detail["count"] or 0)
        elif entry.action == OPENED:
            if current is not None:
                found.append(replace(current, ending=CUT_OFF))
            at = entry.at.astimezone(CHINA)
            tried = failures.pop(entry.login, 0)
            current = Sitting(entry.seq, entry.account_id, entry.login, "", at, None, STILL_IN, tried)
        elif current is not None and entry.account_id == current.account_id:
            ending = ENDINGS.get(str(entry.detail.get("how") or ""), ENDINGS[""])
            found.append(replace(current, until=entry.at.astimezone(CHINA), ending=ending))
            current = None
    if current is not None:
        found.append(current if current.account_id == here else replace(current, ending=CUT_OFF))
    return found
