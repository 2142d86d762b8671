"""Wrong passwords: a growing wait that is told, a lock-out, and a line in the log."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault.boxes import LI, WANG, Box, Clock, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import opening
from deskoffice.vault.attempts import AttemptPolicy, Attempts


def wrong(box: Box, login: str = LI) -> VaultError:
    with pytest.raises(VaultError) as caught:
        opening.unlock(box.folder, login, "wrong", clock=box.clock)
    return caught.value


def test_the_wait_grows_and_ends_in_a_lock_out() -> None:
    policy = AttemptPolicy()
    assert [policy.delay(failures) for failures in range(8)] == [0, 0, 0, 5, 15, 1800, 1800, 1800]


def test_too_early_is_told_in_seconds_and_costs_no_guess(box: Box) -> None:
    for _ in range(3):
        assert wrong(box).code == "vault_wrong_password"
    error = wrong(box)
    assert (error.code, error.values) == ("vault_locked_out", {"seconds": 5})
    box.clock.forward(4)
    assert wrong(box).values == {"seconds": 1}
    box.clock.forward(1)
    assert wrong(box).code == "vault_wrong_password"
    assert wrong(box).values == {"seconds": 15}


def test_even_the_right_password_waits(box: Box) -> None:
    for _ in range(3):
        wrong(box)
    with pytest.raises(VaultError, match="vault_locked_out"):
        box.unlock(LI)
    box.clock.forward(5)
    box.unlock(LI)


def test_one_account_does_not_lock_another_out(box: Box) -> None:
    for _ in range(3):
        wrong(box)
    box.unlock(WANG)


def test_success_begins_the_count_anew(box: Box) -> None:
    for _ in range(2):
        wrong(box)
    box.unlock(LI)
    box.locked()
    for _ in range(3):
        assert wrong(box).code == "vault_wrong_password"


def test_a_clock_set_back_does_not_lengthen_the_wait(box: Box) -> None:
    for _ in range(3):
        wrong(box)
    box.clock.forward(-86400)
    assert wrong(box).values == {"seconds": 5}


def test_failures_stand_in_the_log_once_after_the_next_unlock(box: Box) -> None:
    for login in (LI, LI, "nobody"):
        wrong(box, login)
    for login in (WANG, LI):
        box.unlock(login)
        box.locked()
    vault = box.unlock(LI)
    with vault.database.read() as session:
        entries = vault.audit.entries(session, limit=50)
    failed = [entry for entry in entries if entry.action == "vault.login.failed"]
    assert {(entry.subject, entry.detail["count"]) for entry in failed} == {("login:li", 2), ("login:nobody", 1)}
    assert len(failed) == 2


def test_the_file_names_logins_and_moments_only(box: Box) -> None:
    wrong(box)
    fields = json.loads((box.folder / "attempts").read_bytes())
    assert fields == {LI: {"failures": 1, "last": 1772442000, "noted": [1772442000]}}


def test_names_that_nobody_has_do_not_fill_the_disk(tmp_path) -> None:
    attempts = Attempts(tmp_path, Clock(), AttemptPolicy())
    for number in range(300):
        attempts.failed(f"guess-{number}")
    assert len(attempts.unreported()) <= 200


@given(st.binary(max_size=200) | st.sampled_from([b"[]", b"null", b'{"li": 3}', b'{"li": {}}', b'{"li": []}']))
@settings(deadline=None, max_examples=50)
def test_a_damaged_file_counts_as_none(tmp_path_factory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("attempts")
    (folder / "attempts").write_bytes(raw)
    attempts = Attempts(folder, Clock(), AttemptPolicy())
    attempts.refuse_if_early(LI)
    attempts.failed(LI)
    assert list(attempts.unreported()) == [LI]


def test_the_right_password_leaves_no_trace_of_itself(box: Box) -> None:
    wrong(box)
    box.unlock(LI)
    assert password(LI).encode() not in (box.folder / "attempts").read_bytes()
