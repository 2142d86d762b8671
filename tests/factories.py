"""A real office on a real vault for the tests: people of every role, a clock that the test moves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.people import AccountRow, Actor, Role
from deskoffice.domain.values import Classification
from deskoffice.storage import people
from deskoffice.usecases.founding import Founded, FoundingAccount, FoundingDraft, create_office
from deskoffice.usecases.office import Office, open_office
from deskoffice.usecases.settings import OfficeSettings
from deskoffice.vault.opening import KdfCost

PASSWORD = "correct-horse-7"

STAFF = (
    ("wangli", "王丽", "机要员", {Role.CONFIDENTIAL_CLERK}, Classification.SECRET),
    ("zhaoming", "赵明", "秘书科科长", {Role.SECRETARIAT}, Classification.SECRET),
    ("sunfang", "孙芳", "秘书科科员", {Role.DRAFTER}, Classification.SECRET),
    ("liqiang", "李强", "办公室主任", {Role.OFFICE_LEADER}, Classification.SECRET),
    ("zhangwei", "张伟", "副县长", {Role.SIGNATORY}, Classification.TOP_SECRET),
    ("zhouyan", "周燕", "印章管理员", {Role.SEAL_KEEPER}, Classification.SECRET),
    ("wuhao", "吴昊", "会务", {Role.CONFERENCE_CLERK}, Classification.CONFIDENTIAL),
    ("zhengjie", "郑洁", "督查室主任", {Role.SUPERVISION_CLERK}, Classification.CONFIDENTIAL),
    ("fengjun", "冯军", "档案员", {Role.ARCHIVIST}, Classification.SECRET),
    ("intern", "陈晨", "科员", {Role.DRAFTER}, Classification.INTERNAL),
    ("sysadmin", "钱进", "系统管理员", {Role.SYSTEM_ADMIN}, Classification.INTERNAL),
    ("secadmin", "韩雪", "安全保密管理员", {Role.SECURITY_ADMIN}, Classification.SECRET),
    ("auditor", "杨光", "安全审计员", {Role.AUDIT_ADMIN}, Classification.INTERNAL),
)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def monday_morning() -> MovableClock:
    """2026-11-23 08:30 in China."""
    return MovableClock(datetime(2026, 11, 23, 0, 30, tzinfo=UTC))


def found(folder: Path, clock: Callable[[], datetime]) -> Founded:
    """A new office of 河东县 with everybody in STAFF."""
    accounts = tuple(
        FoundingAccount(login, PASSWORD, name, post, frozenset(roles), clearance)
        for login, name, post, roles, clearance in STAFF
    )
    names = OfficeSettings("河东县人民政府办公室", "县政府办", "河东县人民政府办公室", "J001")
    draft = FoundingDraft(names, "东政办发", "河东县人民政府办公室文件", accounts)
    return create_office(folder, draft, clock=clock, cost=KdfCost.smallest())


def log_in(office: Office, login: str) -> Office:
    """Close this office and open it again as somebody else, keys and all."""
    folder = office.vault.folder
    office.close()
    return open_office(folder, login, PASSWORD, clock=office.clock)


def as_role(office: Office, role: Role) -> Office:
    """The same open vault with somebody else acting: rules apply as for that person, keys stay those of the session."""
    with office.read() as session:
        row = next(account for account in people.accounts(session) if role in account.roles)
    return acting(office, row)


def as_login(office: Office, login: str) -> Office:
    """Like `as_role`, by login name."""
    with office.read() as session:
        row = next(account for account in people.accounts(session) if account.login == login)
    return acting(office, row)


def acting(office: Office, row: AccountRow) -> Office:
    """The office with another actor."""
    with office.read() as session:
        person = people.persons(session, office.today(), [row.person_id])[0]
    actor = Actor(row.id, row.login, row.person_id, row.name, person.post, person.unit, row.roles, row.clearance)
    return replace(office, actor=actor)


def person_id(office: Office, name: str) -> int:
    """The id of a person by name."""
    with office.read() as session:
        return next(row.id for row in people.persons(session, office.today()) if row.name == name)


def incoming_draft(**changes: object) -> IncomingDraft:
    """A plain paper from the city."""
    draft = IncomingDraft(
        source_unit="东江市人民政府办公室",
        title="关于做好汛期值班值守工作的通知",
        received_on=date(2026, 11, 23),
        document_number="东政办发〔2026〕41号",
    )
    return replace(draft, **changes)


def outgoing_draft(office: Office, **changes: object) -> OutgoingDraft:
    """A short notice of the office."""
    with office.read() as session:
        from deskoffice.storage import series

        series_id = next(row.id for row in series.all_series(session) if row.kind == "outgoing")
    draft = OutgoingDraft(
        kind=DocumentKind.NOTICE,
        title="关于做好今冬明春安全生产工作的通知",
        series_id=series_id,
        body_text="为做好今冬明春安全生产工作，现将有关事项通知如下。\n一、压实责任\n各单位要落实责任，逐级检查。",
        addressee="各乡镇人民政府，县政府各部门：",
        printed_copies=3,
    )
    return replace(draft, **changes)
