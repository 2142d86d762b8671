"""The open office of one session: vault, clock and the person who acts; every use case takes it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from deskoffice.domain.errors import DeskOfficeError, EnvironmentFailure, NotAllowed, RuleError
from deskoffice.domain.matters import Changes
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.values import Classification
from deskoffice.storage import matter_queries, migrations, people, standing_in
from deskoffice.storage.matters import MatterRecord
from deskoffice.vault import backup, ceremony, opening
from deskoffice.vault.opening import Vault

Clock = Callable[[], datetime]
HeldKeys = opening.HeldKeys
CHINA = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    """Now, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """What a use case needs: the unlocked vault, who acts, and what time it is."""

    vault: Vault
    actor: Actor
    clock: Clock
    joined: Session | None = None
    """The transaction that every act is part of, where several acts are done together."""

    def now(self) -> datetime:
        """This moment, aware."""
        return self.clock()

    def today(self) -> date:
        """The day in China."""
        return self.clock().astimezone(CHINA).date()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the records."""
        if self.joined is not None:
            yield self.joined
            return
        with self.vault.database.read() as session:
            yield session

    @contextmanager
    def act(self) -> Iterator["Act"]:
        """One transaction of one act; everything or nothing."""
        if self.joined is not None:
            yield Act(office=self, session=self.joined, at=self.clock())
            self.joined.flush()
            return
        with self.vault.database.write() as session:
            yield Act(office=self, session=session, at=self.clock())

    @contextmanager
    def together(self) -> Iterator["Office"]:
        """This office with every act in one transaction: all of them are done, or none."""
        with self.vault.database.write() as session:
            yield replace(self, joined=session)

    @contextmanager
    def look(self) -> Iterator["Act"]:
        """One transaction of looking; entered in the log wherever the vault may be written."""
        if self.is_writable:
            with self.act() as act:
                yield act
        else:
            with self.read() as session:
                yield Act(office=self, session=session, at=self.clock(), is_logged=False)

    @property
    def is_writable(self) -> bool:
        """False on a medium that takes no writing, and while the vault was found to be rolled back."""
        return self.refusal is None

    @property
    def refusal(self) -> DeskOfficeError | None:
        """Why nothing may be written; None where it may."""
        return self.vault.database.refusal

    def require(self, *roles: Role) -> None:
        """Refuse when the actor holds none of the roles."""
        if not self.actor.has(*roles):
            raise NotAllowed("role_missing", roles=roles)

    def close(self, how: str = "") -> None:
        """Close the vault of this session; how it ended goes into the log."""
        self.vault.close(how)


@dataclass(slots=True)
class Act:
    """What is being done in one transaction: the session, the moment, and what it changes."""

    office: Office
    session: Session
    at: datetime
    is_logged: bool = True
    _changed: list[int] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of the act in China."""
        return self.at.astimezone(CHINA).date()

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.office.actor

    def matter(self, matter_id: int) -> MatterRecord:
        """A matter of this actor; one he may not know does not exist."""
        record = matter_queries.get(self.session, matter_id, self.actor)
        if record is None:
            raise RuleError("matter_missing")
        return record

    def record(self, action: str, matter: MatterRecord, **detail: str | int | bool | None) -> None:
        """Write the audit entry of what was done to a matter."""
        self.session.flush()
        matter.changed = self.office.vault.audit.append(self.session, action, f"matter:{matter.id}", detail)
        self._changed.append(matter.id)

    def record_other(self, action: str, subject: str = "", **detail: str | int | bool | None) -> None:
        """Write the audit entry of an act on something else than a matter."""
        if self.is_logged:
            self.enter(action, subject, **detail)

    def enter(self, action: str, subject: str = "", **detail: str | int | bool | None) -> int:
        """Write an audit entry and give its number, for what has to be found by it."""
        self.session.flush()
        return self.office.vault.audit.append(self.session, action, subject, detail)

    def changes(self, number: str = "", notes: tuple[str, ...] = ()) -> Changes:
        """What pages have to draw again."""
        return Changes(matter_ids=tuple(dict.fromkeys(self._changed)), number=number, notes=notes)


def vault_exists(folder: Path) -> bool:
    """A vault was founded in this folder."""
    return (folder / "vault.json").exists()


def open_office(
    folder: Path, login: str, password: str, *, key_file: Path | None = None, clock: Clock = system_clock
) -> Office:
    """Unlock the vault and find out who acts."""
    return _office(opening.unlock(folder, login, password, key_file=key_file, clock=clock), clock)


def prove_person(
    folder: Path, login: str, password: str, *, key_file: Path | None = None, clock: Clock = system_clock
) -> HeldKeys:
    """Ask for the password alone; the keys open the office in a process that never saw it."""
    return opening.prove(folder, login, password, key_file=key_file, clock=clock)


def open_office_with(folder: Path, held: HeldKeys, *, clock: Clock = system_clock) -> Office:
    """Unlock the vault with keys that the log-in handed over."""
    return _office(opening.unlock_with(folder, held, clock=clock), clock)


def keys_of(office: Office) -> HeldKeys:
    """For a process that goes on with this session and has seen no password."""
    return HeldKeys(office.vault.login, office.vault.keys())


def _office(vault: Vault, clock: Clock) -> Office:
    try:
        migrations.upgrade(vault.database, before=lambda: _proven_copy(vault))
        ceremony.hold(vault)
        office = Office(vault=vault, actor=actor_of(vault, clock), clock=clock)
        with office.look() as act:
            act.record_other("people.account.unlocked")
    except BaseException:
        vault.close()
        raise
    return office


def _proven_copy(vault: Vault) -> None:
    """A verified backup beside the vault, before its form is changed."""
    made = backup.create(vault, vault.folder.with_name(f"{vault.folder.name}.before-upgrade"))
    if not backup.verify(made.target, fingerprint=backup.fingerprint(vault)).ok:
        raise EnvironmentFailure("backup_before_upgrade_bad")


def actor_of(vault: Vault, clock: Clock) -> Actor:
    """The person behind the unlocked account, with the post held today."""
    today = clock().astimezone(CHINA).date()
    with vault.database.read() as session:
        account = next((row for row in people.accounts(session) if row.id == vault.account_id), None)
        if account is None or account.is_disabled:
            raise NotAllowed("account_disabled")
        held = people.persons(session, today, [account.person_id])
        running, former = standing_in.held(session, account.person_id, today)
    return Actor(
        account_id=account.id,
        login=account.login,
        person_id=account.person_id,
        name=account.name,
        post=held[0].post if held else "",
        unit=held[0].unit if held else "",
        roles=account.roles,
        clearance=Classification(account.clearance),
        authorities=running,
        former_authorities=former,
    )
