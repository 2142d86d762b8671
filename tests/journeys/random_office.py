"""An office whose people do legal and illegal things at random; it remembers nothing and looks at what is there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import factories
from journeys.random_rules import shown_elsewhere, wrong_copies, wrong_numbers, wrong_steps
from sqlalchemy import func, select

from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason
from deskoffice.domain.circulation.outgoing import Distribution, DocumentKind, Signing
from deskoffice.domain.copies import LoanDraft
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import (
    Action,
    ListQuery,
    MatterKind,
    StepKind,
)
from deskoffice.domain.people import Role
from deskoffice.domain.standing_in import AuthorityDraft
from deskoffice.domain.steps import HandlingPart, Nature, Order, Place
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage import matter_queries, moves, people
from deskoffice.storage.matters import CopyRecord, MatterReaderRecord, MatterRecord, StepRecord
from deskoffice.storage.series import NumberRecord
from deskoffice.usecases import (
    authorities,
    copies,
    handing_over,
    matters,
    numbering,
    seals,
    search,
    sharing,
    stepping,
)
from deskoffice.usecases.circulation import (
    circulating,
    incoming,
    incoming_returns,
    outgoing,
    outgoing_ending,
    verbs,
)
from deskoffice.usecases.circulation.incoming import Assignment, Handler
from deskoffice.usecases.circulation.verbs import PastStep, Taker
from deskoffice.usecases.handing_over import HandOverDraft
from deskoffice.usecases.office import Office

EVERYTHING = ListQuery(kinds=frozenset(MatterKind))
RECENT = 30
"""So many of the latest papers are worked on: the older ones rest, as in an office."""
KEPT_BY = "wangli"
"""Whose keys the session holds: the clerk is a reader of every paper here."""
OUTSIDERS = ("intern", "wuhao", "zhouyan", "fengjun", "sunfang", "sysadmin", "auditor")
WORDS = ("同意。", "请按要求办理。", "已阅", "阅。", "请于明日前反馈。", "材料不全。", "请抓紧。", "情况属实。", " ")


@dataclass
class RandomOffice:
    """One session on a real vault; `step` does one thing, `look` says what is wrong."""

    office: Office
    random: Random
    done: int = 0
    refused: int = 0
    serial: int = 0
    acts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.office.read() as session:
            self.rows = list(people.accounts(session))
        self.people = [row.person_id for row in self.rows]

    def acting(self) -> Office:
        return factories.acting(self.office, self.random.choice(self.rows))

    def asked(self, matter_id: int) -> Office:
        """Mostly one of those whom the paper waits for."""
        with self.office.read() as session:
            query = select(StepRecord.person_id, StepRecord.role)
            waiting = session.execute(
                query.where(StepRecord.matter_id == matter_id, StepRecord.done_at.is_(None))
            ).all()
        able = [
            row for row in self.rows for who, role in waiting if row.person_id == who or (not who and role in row.roles)
        ]
        if able and self.random.random() < 0.7:
            return factories.acting(self.office, self.random.choice(able))
        return self.acting()

    def some(self, most: int = 3) -> list[int]:
        return self.random.sample(self.people, self.random.randint(0, most))

    def words(self) -> str:
        return self.random.choice(WORDS)

    def day(self) -> date | None:
        return self.random.choice((None, self.office.today() + timedelta(days=self.random.randint(-1, 12))))

    def paper(self) -> int:
        """One of the recent papers, or none that exists."""
        with self.office.read() as session:
            newest = session.scalar(select(func.max(MatterRecord.id))) or 1
        return self.random.randint(max(1, newest - RECENT), newest + 1)

    def open_step(self, matter_id: int) -> int:
        with self.office.read() as session:
            query = select(StepRecord.id).where(StepRecord.matter_id == matter_id, StepRecord.done_at.is_(None))
            found = session.scalars(query).all()
        return self.random.choice([0, *found])

    def step(self) -> list[str]:
        """One act of somebody, mostly one that the page offers him; gives what is wrong after it."""
        matter_id = self.paper()
        who = self.asked(matter_id)
        offered = self.offered(who, matter_id)
        for _ in range(3):
            if OFFERED.isdisjoint(offered):
                who = self.acting()
                offered = self.offered(who, matter_id)
        likely = [name for name, action in VERBS.items() if action in offered]
        likely.append(self.random.choice(("register", "draft")))
        name = self.random.choice(likely if self.random.random() < 0.75 else list(ACTS))
        if name in RARE and self.random.random() < 0.8:
            name = self.random.choice(likely)
        before = self.seen(matter_id)
        try:
            ACTS[name](self, who, matter_id)
        except DeskOfficeError as error:
            self.refused += 1
            if self.seen(matter_id) != before:
                return [f"{name} was refused ({error.code}) and yet changed {matter_id}"]
            return []
        self.done += 1
        self.acts[name] = self.acts.get(name, 0) + 1
        wrong = self.wrong_with(matter_id)
        if name in VERBS and VERBS[name] not in offered:
            wrong.append(f"{name} of {who.actor.login} was not offered for {matter_id} and yet done")
        if self.random.random() < 0.05:
            self.office.clock.move(hours=self.random.randint(1, 30))
        return wrong

    def offered(self, who: Office, matter_id: int) -> tuple[Action, ...]:
        """What the page would offer."""
        with self.office.read() as session:
            matter = matter_queries.get(session, matter_id, who.actor)
            return () if matter is None else matters.allowed(matter, stepping.standing(session, matter), who.actor)

    def seen(self, matter_id: int) -> object:
        """Everything that an act could have changed on a paper, without the log of looking."""
        with self.office.read() as session:
            found = [
                session.execute(select(table).where(table.c[key] == matter_id)).all()
                for table, key in (
                    (MatterRecord.__table__, "id"),
                    (StepRecord.__table__, "matter_id"),
                    (MatterReaderRecord.__table__, "matter_id"),
                    (CopyRecord.__table__, "matter_id"),
                    (moves.PlannedStepRecord.__table__, "matter_id"),
                )
            ]
        return [[tuple(row) for row in rows] for rows in found]

    def wrong_with(self, matter_id: int) -> list[str]:
        """Rules that one paper breaks."""
        with self.office.read() as session:
            matter = session.get(MatterRecord, matter_id)
            if matter is None:
                return []
            steps = session.scalars(select(StepRecord).where(StepRecord.matter_id == matter_id)).all()
            planned = moves.waiting(session, matter_id)
            accounts = {row.person_id: row for row in people.accounts(session)}
            readers = set(sharing.readers(session, matter))
        waiting = [step for step in steps if step.done_at is None]
        wrong = [f"{matter_id} {text}" for text in wrong_steps(matter, steps, planned)]
        for step in waiting:
            account = accounts.get(step.person_id or 0)
            if account is not None and account.clearance < matter.level:
                wrong.append(f"{matter_id} waits for somebody without the clearance")
            if account is not None and not matter.office_wide and account.id not in readers:
                wrong.append(f"{matter_id} waits for somebody who cannot read it")
        return wrong

    def books(self) -> list[str]:
        """Numbers without an unexplained gap, copies with one holder each."""
        wrong = []
        with self.office.read() as session:
            query = select(NumberRecord.series_id, NumberRecord.year, NumberRecord.serial)
            known: dict[tuple[int, int], list[int]] = {}
            for series_id, year, serial in session.execute(query):
                known.setdefault((series_id, year), []).append(serial)
            for book, serials in known.items():
                if sorted(serials) != list(range(1, len(serials) + 1)):
                    wrong.append(f"numbers of {book} have a gap or are given twice")
            wrong += wrong_numbers(session)
            wrong += wrong_copies(session)
            held = session.execute(
                select(CopyRecord.matter_id, CopyRecord.copy_number, func.count(), func.min(CopyRecord.holder))
                .where(CopyRecord.ended_on.is_(None))
                .group_by(CopyRecord.matter_id, CopyRecord.copy_number)
            )
            wrong += [
                f"copy {number} of {one} has not one holder"
                for one, number, count, holder in held
                if count != 1 or not holder
            ]
        return wrong

    def leaks(self, login: str) -> list[str]:
        """What somebody with his own keys gets of papers that are not his: nothing in lists, search or the box."""
        self.office = factories.log_in(self.office, login)
        try:
            return list(self._leaks(self.office))
        finally:
            self.office = factories.log_in(self.office, KEPT_BY)

    def _leaks(self, office: Office) -> list[str]:
        account = office.actor.account_id
        with office.read() as session:
            mine = set(
                session.scalars(select(MatterReaderRecord.matter_id).where(MatterReaderRecord.account_id == account))
            )
            records = session.scalars(select(MatterRecord).where(MatterRecord.office_wide.is_(False))).all()
            closed = [one for one in records if one.id not in mine]
            sealed = {number for one in closed for number in sharing.content_ids(session, one)}
            opened = office.vault.contents.readable(session, sealed)
        wrong = [f"{office.actor.login} can decrypt content {number}" for number in sorted(opened)]
        hidden = {one.id for one in closed}
        if not office.actor.is_officer:
            listed = {row.id for row in matters.list_page(office, EVERYTHING, 0, 100_000).rows}
            found = {hit.row.id for hit in search.find(office, "青松", limit=1000).hits}
            waiting = {one.row.id for one in matters.todo(office)}
            shown = listed | found | waiting | shown_elsewhere(office)
            wrong += [f"{office.actor.login} is shown {one}" for one in shown & hidden]
            counted = matters.counts(office, {"all": EVERYTHING})["all"]
            if counted != len(listed):
                wrong.append(f"{office.actor.login} is told of {counted} papers and shown {len(listed)}")
        return wrong


Act = Callable[[RandomOffice, Office, int], object]


def _register(world: RandomOffice, who: Office, _: int) -> object:
    world.serial += 1
    level = world.random.choice(list(Classification)[:4])
    draft = factories.incoming_draft(
        title=f"关于代号青松{world.serial}演练的通知",
        document_number=f"东密发〔2026〕{world.serial}号",
        received_on=who.today(),
        level=level,
        secrecy_years=5 if level >= Classification.CONFIDENTIAL else None,
        copy_number=f"{world.random.randint(1, 5):06d}" if level >= Classification.CONFIDENTIAL else "",
        urgency=world.random.choice(list(Urgency)),
        due_on=world.day(),
    )
    return incoming.register(who, draft)


def _assign(world: RandomOffice, who: Office, paper: int) -> object:
    parts = list(HandlingPart)
    handlers = [Handler(person, "", world.random.choice(parts), world.day()) for person in world.some(2)]
    handlers.append(Handler(None, "县应急管理局", world.random.choice(parts), world.day()))
    return incoming.assign(who, paper, Assignment(tuple(handlers), world.words()))


def _circulate(world: RandomOffice, who: Office, paper: int) -> object:
    order = world.random.choice(list(Order))
    return circulating.circulate(who, paper, world.some(4), due_on=world.day(), note=world.words(), order=order)


def _send_on(world: RandomOffice, who: Office, paper: int) -> object:
    kind = world.random.choice((StepKind.REVIEW, StepKind.COUNTERSIGN, StepKind.SIGN))
    return verbs.send_on(who, paper, kind, world.some(), order=world.random.choice(list(Order)), note=world.words())


def _answer(world: RandomOffice, who: Office, paper: int) -> object:
    kind = world.random.choice((StepKind.REVIEW, StepKind.COUNTERSIGN))
    return verbs.answer(who, paper, kind, world.words(), step_id=world.open_step(paper))


def _transfer(world: RandomOffice, who: Office, paper: int) -> object:
    taker = world.random.choice((Taker(unit="县水利局"), Taker(next(iter(world.some()), None))))
    return verbs.transfer(who, paper, taker, world.words(), step_id=world.open_step(paper))


def _back_enter(world: RandomOffice, who: Office, paper: int) -> object:
    kind = world.random.choice((StepKind.INSTRUCTION, StepKind.CIRCULATION, StepKind.HANDLING))
    return verbs.back_enter(who, paper, PastStep(kind, next(iter(world.some()), None), world.words(), world.day()))


def _draft(world: RandomOffice, who: Office, _: int) -> object:
    world.serial += 1
    level = world.random.choice((Classification.PUBLIC, Classification.CONFIDENTIAL, Classification.SECRET))
    # 纪要 bears no seal: once signed it can be handed out.
    kind, name = world.random.choice(((DocumentKind.NOTICE, "通知"), (DocumentKind.MINUTES, "纪要")))
    draft = factories.outgoing_draft(
        who,
        kind=kind,
        title=f"关于代号青松{world.serial}演练的{name}",
        level=level,
        secrecy_years=5 if level >= Classification.CONFIDENTIAL else None,
        printed_copies=world.random.randint(1, 5),
    )
    return outgoing.create(who, draft)


def _return(world: RandomOffice, who: Office, paper: int) -> object:
    draft = ReturnDraft((world.random.choice(list(ReturnReason)),), words=world.words())
    return incoming_returns.return_to_sender(who, paper, draft)


def _submit(world: RandomOffice, who: Office, paper: int) -> object:
    del world
    return outgoing.submit(who, paper)


def _review(world: RandomOffice, who: Office, paper: int) -> object:
    able = [row.person_id for row in world.rows if Role.SIGNATORY in row.roles]
    signer = world.random.choice(able if able and world.random.random() < 0.8 else world.people)
    return outgoing.review(who, paper, world.words(), signer)


def _sign(world: RandomOffice, who: Office, paper: int) -> object:
    serial = world.random.choice((None, None, world.random.randint(1, 12)))
    return outgoing.sign(who, paper, world.words(), Signing(serial, world.words(), "照此印发"))


def _dispatch(world: RandomOffice, who: Office, paper: int) -> object:
    parts = [Distribution(unit, world.random.randint(0, 3)) for unit in ("县财政局", "县水利局")]
    return outgoing.dispatch(who, paper, parts[: world.random.randint(0, 2)])


def _number(world: RandomOffice, who: Office, _: int) -> object:
    series_id, serial = numbering.series_of(who)[0][0], world.random.randint(1, 12)
    if world.random.random() < 0.5:
        return numbering.reserve(
            who, series_id, who.today().year, count=world.random.randint(0, 2), reason=world.words()
        )
    return numbering.void(who, series_id, who.today().year, serial=serial, reason=world.words())


def _give(world: RandomOffice, who: Office, _: int) -> object:
    today = who.today()
    draft = AuthorityDraft(
        principal_id=world.random.choice(world.people),
        deputy_id=world.random.choice(world.people),
        from_on=today + timedelta(days=world.random.randint(-1, 3)),
        to_on=today + timedelta(days=world.random.randint(-1, 9)),
        kinds=frozenset({MatterKind.INCOMING}),
        steps=frozenset({StepKind.INSTRUCTION, StepKind.HANDLING, StepKind.CIRCULATION}),
        ceiling=world.random.choice(list(Classification)),
        basis="批条",
    )
    return authorities.give(who, draft)


def _take_back(world: RandomOffice, who: Office, _: int) -> object:
    given = [row for row in authorities.listed(who) if row.may_end]
    return authorities.take_back(who, world.random.choice(given).authority.id if given else 0)


def _copy(world: RandomOffice, who: Office, paper: int) -> object:
    with world.office.read() as session:
        found = session.scalars(select(CopyRecord.id).where(CopyRecord.matter_id == paper)).all()
    copy_id = world.random.choice([0, *found])
    if world.random.random() < 0.5:
        return copies.give_back(who, copy_id)
    draft = LoanDraft(world.random.choice(world.people), world.day(), world.words(), "李强")
    return copies.lend(who, copy_id, draft)


def _hand_over(world: RandomOffice, who: Office, _: int) -> object:
    giver, taker, witness = (world.random.choice([None, *world.people]) for _ in range(3))
    return handing_over.hand_over(who, HandOverDraft(giver, taker, witness, world.words()))


ACTS: dict[str, Act] = {
    "register": _register,
    "propose": lambda w, who, paper: incoming.propose(who, paper, w.words(), w.some()),
    "instruct": lambda w, who, paper: incoming.instruct(who, paper, w.words(), w.random.choice(list(Nature))),
    "record": lambda w, who, paper: incoming.record_instruction(
        who, paper, w.open_step(paper), w.words(), w.day() or who.today()
    ),
    "assign": _assign,
    "report": lambda w, who, paper: incoming.report(who, paper, w.open_step(paper), w.words()),
    "circulate": _circulate,
    "read": lambda w, who, paper: circulating.mark_read(who, paper, w.words(), step_id=w.open_step(paper)),
    "open_next": lambda w, who, paper: circulating.open_next(who, paper, w.words()),
    "urge": lambda w, who, paper: incoming.urge(who, paper, w.words()),
    "send_on": _send_on,
    "answer": _answer,
    "send_back": lambda w, who, paper: verbs.send_back(who, paper, w.words(), step_id=w.open_step(paper)),
    "withdraw": lambda w, who, paper: verbs.withdraw(who, paper, w.words()),
    "add_signer": lambda w, who, paper: verbs.add_signer(
        who, paper, w.some(2), w.words(), w.random.choice(list(Place))
    ),
    "transfer": _transfer,
    "suspend": lambda w, who, paper: verbs.suspend(who, paper, w.words(), w.day()),
    "resume": lambda w, who, paper: verbs.resume(who, paper, w.words()),
    "extend": lambda w, who, paper: verbs.extend(who, paper, w.day(), w.words(), step_id=w.open_step(paper)),
    "back_enter": _back_enter,
    "void": lambda w, who, paper: verbs.void(who, paper, w.words()),
    "return": _return,
    "close": lambda w, who, paper: incoming.close(who, paper, w.words()),
    "add_readers": lambda w, who, paper: incoming.add_readers(who, paper, w.some(1), w.words()),
    "draft": _draft,
    "submit": _submit,
    "review": _review,
    "return_draft": lambda w, who, paper: outgoing.return_to_drafter(who, paper, w.words()),
    "sign": _sign,
    "dispatch": _dispatch,
    "close_draft": lambda _, who, paper: outgoing.close(who, paper),
    "withdraw_draft": lambda w, who, paper: outgoing_ending.withdraw(who, paper, w.words()),
    "void_draft": lambda w, who, paper: outgoing_ending.void(who, paper, w.words()),
    "refuse_seal": lambda w, who, paper: seals.refuse(who, paper, w.words()),
    "ask_seal": lambda w, who, paper: outgoing_ending.ask_seal_again(who, paper, w.words()),
    "number": _number,
    "give_authority": _give,
    "end_authority": _take_back,
    "copy": _copy,
    "hand_over": _hand_over,
}
"""Everything somebody can try."""

VERBS = {
    "propose": Action.PROPOSE,
    "instruct": Action.INSTRUCT,
    "record": Action.RECORD_INSTRUCTION,
    "assign": Action.ASSIGN,
    "report": Action.REPORT,
    "circulate": Action.CIRCULATE,
    "read": Action.MARK_READ,
    "open_next": Action.OPEN_NEXT,
    "urge": Action.URGE,
    "send_on": Action.SEND_ON,
    "send_back": Action.SEND_BACK,
    "withdraw": Action.WITHDRAW,
    "add_signer": Action.ADD_SIGNER,
    "transfer": Action.TRANSFER,
    "suspend": Action.SUSPEND,
    "resume": Action.RESUME,
    "extend": Action.EXTEND,
    "back_enter": Action.BACK_ENTER,
    "void": Action.VOID,
    "return": Action.RETURN,
    "close": Action.CLOSE,
    "add_readers": Action.ADD_READER,
    "submit": Action.SUBMIT,
    "review": Action.REVIEW,
    "sign": Action.SIGN,
    "dispatch": Action.DISPATCH,
    "close_draft": Action.CLOSE,
    "withdraw_draft": Action.WITHDRAW,
    "void_draft": Action.VOID,
    "refuse_seal": Action.REFUSE,
    "ask_seal": Action.ASK_SEAL,
}
"""Acts that a page offers by name."""

RARE = frozenset({"void", "void_draft", "withdraw_draft", "suspend", "return", "add_readers"})
"""What ends or stops a paper; done as often as the rest, nothing would ever come to its signature."""

OFFERED = frozenset(VERBS.values())
