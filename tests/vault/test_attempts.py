"""Wrong passwords: a growing wait that is told, a lock-out, and a line in the log."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault.boxes import LI, WANG, Box, Clock, password

from deskoffice.domain.errors import VaultError
from deskoffice.vault import opening
from deskoffice.vault.attempts import AttemptPolicy, Attempts
from deskoffice.vault.state import state_folder


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
    box.clock.forward(3)
    assert wrong(box).values == {"seconds": 2}


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
    assert fields["counts"] == {LI: {"failures": 1, "last": 1772442000, "noted": [1772442000]}}


@pytest.fixture
def worked(box: Box) -> Box:
    """李 has been in and out, and somebody guessed at his password three times since."""
    box.unlock(LI)
    box.locked()
    for _ in range(3):
        wrong(box)
    return box


def outside(box: Box) -> Path:
    return newest(state_folder() / "attempts")


def newest(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def emptied(path: Path) -> None:
    counts = json.loads(path.read_bytes())
    path.write_text(json.dumps({**counts, "counts": {}}), encoding="utf-8")


@pytest.mark.parametrize(
    "harm", [Path.unlink, emptied, lambda path: path.write_bytes(b"{}")], ids=["gone", "emptied", "junk"]
)
def test_counts_that_are_taken_away_free_nobody_of_waiting_and_are_told(
    worked: Box, harm: Callable[[Path], None]
) -> None:
    harm(worked.folder / "attempts")
    assert wrong(worked).values == {"seconds": 5}
    worked.clock.forward(5)
    assert lost(worked) == [("vault.login.failed", 3), ("vault.attempts.lost", None)]


def test_counts_that_are_taken_away_at_both_places_are_told(worked: Box) -> None:
    outside(worked).unlink()
    (worked.folder / "attempts").unlink()
    assert wrong(worked).code == "vault_wrong_password"
    assert [action for action, _ in lost(worked)] == ["vault.login.failed", "vault.attempts.lost"]


def test_counts_of_another_person_of_the_system_and_of_before_accuse_nobody(worked: Box) -> None:
    early = outside(worked).read_bytes()
    worked.clock.forward(5)
    assert lost(worked) == [("vault.login.failed", 3)]
    worked.locked()
    outside(worked).write_bytes(early)
    assert lost(worked) == [("vault.login.failed", 3)]
    worked.locked()
    outside(worked).unlink()
    assert lost(worked) == [("vault.login.failed", 3)]


def lost(box: Box) -> list[tuple[str, object]]:
    vault = box.unlock(LI)
    with vault.database.read() as session:
        entries = vault.audit.latest(session, limit=50)
    wanted = {"vault.attempts.lost", "vault.login.failed"}
    found = [(entry.action, entry.detail.get("count")) for entry in entries if entry.action in wanted]
    assert vault.lost_attempts == ("vault.attempts.lost" in dict(found))
    return found


def test_names_that_nobody_has_do_not_fill_the_disk(tmp_path) -> None:
    attempts = Attempts(tmp_path, b"", Clock())
    for number in range(300):
        attempts.failed(f"guess-{number}")
    assert len(attempts.unreported()) <= 200


@given(st.binary(max_size=200) | st.sampled_from([b"[]", b"null", b'{"li": 3}', b'{"li": {}}', b'{"li": []}']))
@settings(deadline=None, max_examples=50)
def test_a_damaged_file_counts_as_none(tmp_path_factory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("attempts")
    (folder / "attempts").write_bytes(raw)
    attempts = Attempts(folder, b"", Clock())
    attempts.refuse_if_early(LI)
    attempts.failed(LI)
    assert list(attempts.unreported()) == [LI]


def test_the_right_password_leaves_no_trace_of_itself(box: Box) -> None:
    wrong(box)
    box.unlock(LI)
    assert password(LI).encode() not in (box.folder / "attempts").read_bytes()
