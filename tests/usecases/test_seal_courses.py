"""Random courses of events around seals: whatever anybody tries, every imprint was approved by another and seen."""

import contextlib
import os
from dataclasses import replace

import pytest
from factories import as_login, person_id
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from usecases.seal_cases import add_seal, loan_draft, make_keeper, use_draft

from deskoffice.domain.errors import DeskOfficeError
from deskoffice.domain.matters import ContentRole, Outcome, StepKind
from deskoffice.domain.seal_custody import LoanState
from deskoffice.domain.seal_inventory import HandOver, SealState, StateChange
from deskoffice.domain.seals import EntryEvent, StampCheck, Stamping
from deskoffice.storage import seal_book as book_store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import attachments, matters, seal_book, seal_custody, seal_inventory, seals, seen_paper
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Office

PEOPLE = st.sampled_from(["sunfang", "liqiang", "zhangwei", "zhouyan", "wuhao", "wangli"])
TEXTS = st.sampled_from(["甲方乙方，一式两份。", "甲方丙方，一式两份。"])
CHECKS = st.frozensets(st.sampled_from(StampCheck))
SLIPS = st.sampled_from(["none", "old version", "checks", "counts", "counts explained", "person"])
LEADERS = st.sampled_from(["liqiang", "zhangwei"])
KEEPERS = {"周燕": "zhouyan", "吴昊": "wuhao"}
OFFICES, ACTS = (5, 2000) if os.environ.get("DESKOFFICE_SOAK") else (1, 150)
"""Every act reads the seal's whole book: five offices of two thousand acts take a fifth of one of ten thousand."""
COURSES = 2 + ACTS * 560 // 10_000
BLANK = ("", " ", "\n　\n\t ")


class Courses(RuleBasedStateMachine):
    """The machine over one open office; what was asked for adds up from course to course."""

    office: Office
    seal: int
    made: int = 0
    acts: int = 0
    uses = Bundle("uses")

    def __init__(self) -> None:
        super().__init__()
        self.versions: dict[int, list[str]] = {}
        self.sealed: dict[int, str] = {}
        self.refused: set[int] = set()
        self.loan = 0

    def teardown(self) -> None:
        """The next course finds the seal at its place and in use."""
        if self.is_out:
            self.bring_back()
        self.set_aside_or_take_up(SealState.IN_USE)

    @rule(target=uses, who=PEOPLE, text=TEXTS, imprints=st.integers(1, 3))
    @precondition(lambda self: self.is_in_use)
    def ask(self, who: str, text: str, imprints: int) -> int:
        draft = use_draft(self.seal, copies=1, imprints=imprints)
        with pytest.raises(DeskOfficeError):
            seals.request(self.by(who), draft, FileDraft("介绍信.txt", BLANK[imprints - 1].encode()))
        use = seals.request(self.by(who), draft, FileDraft("合同.txt", text.encode())).matter_ids[0]
        self.versions[use] = [self.now(use)]
        return use

    @rule(use=uses, who=PEOPLE, text=TEXTS)
    def change_the_text(self, use: int, who: str, text: str) -> None:
        with contextlib.suppress(DeskOfficeError):
            attachments.attach(self.by(who), use, FileDraft("合同.txt", text.encode(), ContentRole.BODY))
            self.versions[use].append(self.now(use))

    @rule(use=uses, who=st.one_of(LEADERS, PEOPLE))
    def approve(self, use: int, who: str) -> None:
        with contextlib.suppress(DeskOfficeError):
            seals.approve(self.by(who), use)

    @rule(use=uses, who=PEOPLE)
    def refuse(self, use: int, who: str) -> None:
        with contextlib.suppress(DeskOfficeError):
            seals.refuse(self.by(who), use, "不符合规定")
            self.refused.add(use)

    @rule(target=uses, who=PEOPLE, leader=LEADERS, slip=SLIPS, number=st.integers(1, 3))
    @precondition(lambda self: self.is_in_use)
    def go_all_the_way(self, who: str, leader: str, slip: str, number: int) -> int:
        """Hypothesis leaves rules out of a course at random; this one alone comes to an imprint."""
        use = self.ask(who, "甲方乙方，一式两份。", number)
        self.approve(use, leader)
        self.stamp(use, slip, number - 2, frozenset(StampCheck), who)
        return use

    @rule(use=uses, slip=SLIPS, extra=st.integers(-3, 2), checks=CHECKS, who=PEOPLE)
    def stamp(self, use: int, slip: str, extra: int, checks: frozenset[StampCheck], who: str) -> None:
        """What a careful keeper would say, but for one slip."""
        with self.office.read() as session:
            approved = session.get_one(SealUseRecord, use)
        said = Stamping(approved.approved_digest, frozenset(StampCheck), approved.imprints)
        if slip == "old version":
            said = replace(said, seen_digest=self.versions[use][0])
        if slip == "checks":
            said = replace(said, checks=checks)
        if slip in ("counts", "counts explained"):
            said = replace(said, stamped=said.stamped + extra, spoiled=abs(extra) // 2)
        if slip == "counts explained":
            said = replace(said, note="废页当场销毁")
        with contextlib.suppress(DeskOfficeError):
            seals.stamp(self.by(who if slip == "person" else self.keeper()), use, said)
            self.sealed[use] = self.now(use)
            assert not self.is_out
            assert self.is_in_use
            type(self).made += 1

    def keeper(self) -> str:
        return KEEPERS[seal_inventory.all_seals(self.office)[0].keeper]

    @rule(taker=st.sampled_from(sorted(KEEPERS)), signs=st.integers(1, 3))
    def hand_over(self, taker: str, signs: int) -> None:
        """One who does not sign leaves the seal where it is."""
        giver = self.keeper()
        with contextlib.suppress(DeskOfficeError):
            draft = HandOver(person_id(self.office, taker), person_id(self.office, "李强"), "轮岗")
            begun = seal_custody.begin_hand_over(self.by(giver), self.seal, draft)
            for login in ("liqiang", KEEPERS[taker])[: signs - 1]:
                seal_custody.sign_hand_over(self.by(login), begun)
            if signs < 3:
                assert self.keeper() == giver
                seal_custody.cancel_hand_over(self.by(giver), begun)

    @rule()
    @precondition(lambda self: not self.is_out)
    def take_out(self) -> None:
        with contextlib.suppress(DeskOfficeError):
            loan = seal_custody.ask_out(self.by("sunfang"), self.seal, loan_draft(self.office))
            seal_custody.move_loan(self.by("liqiang"), loan, LoanState.APPROVED)
            seal_custody.move_loan(self.by(self.keeper()), loan, LoanState.OUT)
            self.loan = loan

    @rule()
    @precondition(lambda self: self.is_out)
    def bring_back(self) -> None:
        seal_custody.move_loan(self.by(self.keeper()), self.loan, LoanState.BACK)
        self.loan = 0

    @rule(state=st.sampled_from([SealState.IN_USE, SealState.OUT_OF_USE]))
    def set_aside_or_take_up(self, state: SealState) -> None:
        with contextlib.suppress(DeskOfficeError):
            seal_inventory.change_state(self.by(self.keeper()), self.seal, StateChange(state, "年度检修"))
        if not self.is_in_use:
            with pytest.raises(DeskOfficeError, match="seal_not_in_use"):
                seals.request(self.by("sunfang"), use_draft(self.seal), FileDraft("合同.txt", "甲方乙方。".encode()))

    @property
    def is_out(self) -> bool:
        return bool(self.loan)

    @property
    def is_in_use(self) -> bool:
        return seal_inventory.all_seals(self.office)[0].state is SealState.IN_USE

    def now(self, use: int) -> str:
        with self.office.read() as session:
            return seen_paper.current(self.office, session, session.get_one(MatterRecord, use)).digest

    @invariant()
    def every_imprint_was_approved_by_another_and_seen(self) -> None:
        type(self).acts += 1
        with self.office.read() as session:
            for use in self.versions:
                record = session.get_one(SealUseRecord, use)
                assert (record.stamped > 0) == (use in self.sealed)
                if record.stamped:
                    assert record.approved_digest == self.sealed[use]
                    assert record.stamped <= record.imprints
                    self.three_people(matters.step_rows(self.office, session, use), record)

    @invariant()
    def approved_made_and_spoiled_add_up(self) -> None:
        """In the uses, in the chained book, and between the two."""
        with self.office.read() as session:
            uses = [session.get_one(SealUseRecord, use) for use in self.versions]
            entries = [entry for entry in book_store.entries(session) if entry.matter_id in self.versions]
            assert seal_book.problems(session) == []
        for figure in ("stamped", "spoiled"):
            assert sum(getattr(use, figure) for use in uses) == sum(getattr(entry, figure) for entry in entries)
        made = [use for use in uses if use.stamped]
        left = sum(use.imprints - use.stamped for use in made)
        assert sum(use.imprints for use in made) == sum(use.stamped for use in made) + left
        assert all(use.spoiled == 0 for use in uses if not use.stamped)

    @invariant()
    def refusals_are_records(self) -> None:
        """Each stands in the book once, and nothing that was refused bears an imprint."""
        with self.office.read() as session:
            entries = [entry for entry in book_store.entries(session) if entry.matter_id in self.versions]
        kept = [entry.matter_id for entry in entries if entry.event == EntryEvent.REFUSED]
        assert sorted(kept) == sorted(self.refused)
        assert self.refused.isdisjoint(self.sealed)

    def three_people(self, steps: tuple, record: SealUseRecord) -> None:
        asked = next(step for step in steps if step.kind is StepKind.REQUEST)
        agreed = next(step for step in steps if step.kind is StepKind.APPROVAL)
        made = next(step for step in steps if step.kind is StepKind.STAMP)
        assert agreed.outcome is Outcome.AGREED
        assert len({asked.person_id, agreed.person_id, made.person_id}) == 3
        assert made.opinion or (record.stamped == record.imprints and not record.spoiled)

    def by(self, login: str) -> Office:
        return as_login(self.office, login)


@pytest.mark.timeout(3600 if OFFICES > 1 else 120)
@pytest.mark.parametrize("of", range(OFFICES))
def test_no_imprint_without_anothers_approval_of_the_version_seen(office: Office, of: int) -> None:
    limits = settings(
        max_examples=COURSES,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    make_keeper(office, "吴昊")
    machine = type("Opened", (Courses,), {"office": office, "seal": add_seal(office)})
    run_state_machine_as_test(seed(of)(machine), settings=limits)
    assert machine.acts >= ACTS
    assert machine.made >= 5, "too few courses came to an imprint to have tried anything"
