"""Who opens what, over any course of events: checked with every account's keys against a plain model."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from vault.boxes import ADMIN, LI, SOAK, WANG, ZHAO, Clock, make, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault import kdf, office, opening, slots
from deskoffice.vault.contents import Audience, Contents
from deskoffice.vault.kdf import KdfCost
from deskoffice.vault.keys import KeyBundle
from deskoffice.vault.opening import Created
from deskoffice.vault.readers import Readers

LOGINS = (ADMIN, LI, WANG, ZHAO)
BUSINESS = (LI, WANG, ZHAO)
EXAMPLES = 500 if SOAK else 5
LOGIN = st.sampled_from(LOGINS)


@contextmanager
def outcome(may: bool) -> Iterator[None]:
    if may:
        yield
    else:
        with pytest.raises(VaultError, match="vault_not_yours"):
            yield


def quick(typed: str, salt: bytes, cost: KdfCost, key_file: bytes | None) -> bytearray:
    """In place of Argon2id, which would take most of the time and is not in question here."""
    return bytearray(hashlib.sha256(repr((typed, salt, cost, key_file)).encode()).digest())


@pytest.fixture(scope="module", autouse=True)
def quick_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("quick") / "vault"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "derive", quick)
        NeedToKnow.created = make(folder, Clock())
        NeedToKnow.created.vault.close()
        header, _ = headers.load(folder)
        NeedToKnow.first_keys = {login: slots.open_slot(header, login, password(login), None)[1] for login in LOGINS}
        yield


class NeedToKnow(RuleBasedStateMachine):
    """`readers` says who should be able to open what; the vault must agree, tried with every account's own keys."""

    created: Created
    first_keys: dict[str, KeyBundle]

    @initialize()
    def begin(self) -> None:
        folder, created = self.created.vault.folder, self.created
        self.folder = Path(tempfile.mkdtemp()) / "vault"
        shutil.copytree(folder, self.folder)
        self.ids = dict(created.account_ids)
        self.shares = created.recovery_shares
        self.typed = {login: password(login) for login in LOGINS}
        self.texts: dict[int, str] = {}
        self.named: dict[int, set[str]] = {}
        self.office: set[int] = set()
        self.keys = dict(self.first_keys)
        self.vault = opening.unlock(self.folder, LI, self.typed[LI], clock=Clock())
        self.views = {login: self.view(login) for login in LOGINS}

    def view(self, login: str) -> Contents:
        """The contents as the holder of this account's complete keys sees them."""
        header, bundle = headers.load(self.folder)[0], self.keys[login]
        readers = Readers(header.vault_id, self.vault.suite, {self.ids[login]: bundle.sealing})
        with self.vault.database.read() as session:
            held = office.held_by(session, header.vault_id, self.ids[login], bundle.sealing)
        for generation, private in held.items():
            readers.hold_office_key(generation, private)
        return Contents(
            vault_id=header.vault_id,
            suite=self.vault.suite,
            objects=self.vault.objects,
            readers=readers,
            account_id=self.ids[login],
            signing=bundle.signing,
            heads=self.vault.heads,
            clock=Clock(),
        )

    def readers(self, number: int) -> set[str]:
        return self.named[number] | (set(BUSINESS) if number in self.office else set())

    @rule(login=LOGIN, to_office=st.booleans(), readers=st.sets(LOGIN), size=st.sampled_from([0, 40000]))
    def put(self, login: str, to_office: bool, readers: set[str], size: int) -> None:
        text = f"内容{len(self.texts)}" + "长" * (size // 3)
        audience = Audience(to_office, frozenset(self.ids[reader] for reader in readers))
        with self.vault.database.write() as session:
            number = self.views[login].put_text(session, text, audience)
        self.texts[number] = text
        self.named[number] = set(readers)
        if to_office:
            self.office.add(number)

    @precondition(lambda self: self.texts)
    @rule(login=LOGIN, to=LOGIN, data=st.data())
    def grant(self, login: str, to: str, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.texts)))
        may = login in self.readers(number)
        with outcome(may), self.vault.database.write() as session:
            self.views[login].grant(session, [number], [self.ids[to]])
        if may:
            self.named[number].add(to)

    @precondition(lambda self: self.texts)
    @rule(login=LOGIN, of=LOGIN, data=st.data())
    def revoke(self, login: str, of: str, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.texts)))
        may = login in self.readers(number) or of not in self.named[number]
        with outcome(may), self.vault.database.write() as session:
            self.views[login].revoke(session, [number], [self.ids[of]])
        if may:
            self.named[number].discard(of)

    @rule()
    def change_password(self) -> None:
        self.vault.change_password(self.typed[LI], self.typed[LI] + "+")
        self.typed[LI] += "+"

    @rule(login=LOGIN, pair=st.sampled_from([(0, 1), (1, 2), (0, 2)]))
    def recover(self, login: str, pair: tuple[int, int]) -> None:
        self.vault.close()
        shares = [self.shares[each] for each in pair]
        self.typed[login] = "recovered"
        opening.recover(self.folder, shares, login, self.typed[login], clock=Clock())
        self.vault = opening.unlock(self.folder, LI, self.typed[LI], clock=Clock())
        header, _ = headers.load(self.folder)
        _, self.keys[login] = slots.open_slot(header, login, self.typed[login], None)
        self.views = {each: self.view(each) for each in LOGINS}

    @invariant()
    def every_account_opens_exactly_its_own(self) -> None:
        for login, view in self.views.items():
            expected = {number: text for number, text in self.texts.items() if login in self.readers(number)}
            with self.vault.database.read() as session:
                assert view.texts(session, self.texts) == expected
                assert view.readable(session, self.texts) == set(expected)

    def teardown(self) -> None:
        self.vault.close()
        shutil.rmtree(self.folder.parent)


TestNeedToKnow = NeedToKnow.TestCase
TestNeedToKnow.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
