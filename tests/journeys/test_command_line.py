"""The command line from a practice vault to its restored backup, each command a process of its own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from usecases import old_books

DOCUMENTS = 30
MARKER = "代号青松演练"


def run(*arguments: object, stdin: str = "", status: int = 0) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "deskoffice.cli", *map(str, arguments), "--json"],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout) if status == 0 else {"said": done.stderr.strip()}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> dict:
    return run("demo", tmp_path_factory.mktemp("practice") / "vault", "--documents", DOCUMENTS, "--seed", 1)


@pytest.fixture(scope="module")
def clerk(practice: dict) -> tuple[list[object], str]:
    account = next(a for a in practice["accounts"] if "机要员" in a["roles"])
    return ["--as", account["account"], "--password-stdin"], account["password"] + "\n"


def test_the_practice_vault_has_what_was_asked_for(practice: dict) -> None:
    counts = practice["counts"]
    assert counts["incoming"] + counts["outgoing"] == DOCUMENTS
    assert all(counts[kind] > 0 for kind in ("seal_use", "meeting", "task"))
    assert len(practice["recovery_shares"]) == 3
    assert len(practice["backup_keys"]) == 2
    for account in practice["accounts"]:
        assert account["account"].isascii()
        assert account["password"].isascii()
        assert " " not in account["password"]


def test_it_checks_clean_and_its_log_is_whole(practice: dict, clerk: tuple) -> None:
    arguments, password = clerk
    assert run("check", practice["vault"], *arguments, stdin=password)["problems"] == []
    assert run("check", practice["vault"])["ok"]
    verdict = run("audit", "verify", practice["vault"], *arguments, stdin=password)
    assert verdict["ok"]
    assert verdict["entries"] > DOCUMENTS


def test_the_clerk_reads_at_least_half_and_finds_it(practice: dict, clerk: tuple, tmp_path: Path) -> None:
    arguments, password = clerk
    out = tmp_path / "all.jsonl"
    made = run("export", practice["vault"], "all", out, *arguments, stdin=password)
    assert re.fullmatch(r"\w{4}-\w{4}", made["code"])
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) * 2 >= sum(practice["counts"].values())
    wanted = next(line for line in lines if line["kind"] == "incoming" and line["document_number"])
    found = run("search", practice["vault"], wanted["document_number"], *arguments, stdin=password)
    assert wanted["id"] in {hit["id"] for hit in found["hits"]}


@pytest.mark.parametrize("suffix", ["xlsx", "pdf"])
def test_a_register_is_exported(practice: dict, clerk: tuple, tmp_path: Path, suffix: str) -> None:
    arguments, password = clerk
    out = tmp_path / f"book.{suffix}"
    run("export", practice["vault"], "incoming", out, *arguments, stdin=password)
    assert out.read_bytes()[:2] == (b"PK" if suffix == "xlsx" else b"%P")


def test_a_backup_is_proved_and_comes_back_with_the_same_counts(practice: dict, clerk: tuple, tmp_path: Path) -> None:
    arguments, password = clerk
    made = run("backup", "create", practice["vault"], tmp_path / "stick", *arguments, stdin=password)
    assert run("backup", "verify", made["target"])["ok"]
    keys = practice["backup_keys"][0] + "\n"
    assert run("backup", "verify", made["target"], "--keys-stdin", stdin=keys)["ok"]
    restored = tmp_path / "restored"
    run("backup", "restore", made["target"], restored, "--keys-stdin", stdin=keys)
    before = run("check", practice["vault"], *arguments, stdin=password)
    after = run("check", restored, *arguments, stdin=password)
    assert after["problems"] == []
    assert after["counts"] == before["counts"]


def test_a_damaged_backup_is_named(practice: dict, clerk: tuple, tmp_path: Path) -> None:
    arguments, password = clerk
    made = run("backup", "create", practice["vault"], tmp_path / "stick", *arguments, stdin=password)
    part = next(Path(made["target"]).glob("part*"))
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    assert run("backup", "verify", made["target"]) == {"ok": False, "bad": [part.name]}


def test_the_archive_of_a_year_opens_on_a_bare_machine(practice: dict, clerk: tuple, tmp_path: Path) -> None:
    arguments, password = clerk
    out = tmp_path / "filed"
    lines = tmp_path / "all.jsonl"
    run("export", practice["vault"], "all", lines, *arguments, stdin=password)
    year = json.loads(lines.read_text(encoding="utf-8").splitlines()[0])["created_on"][:4]
    made = run("archive", practice["vault"], out, "--year", year, *arguments, stdin=password)
    assert made["items"] > 0
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=out, check=False, capture_output=True)
    assert checked.returncode == 0
    assert (out / "目录.pdf").stat().st_size > 1000


def test_a_wrong_password_is_one_sentence(practice: dict, clerk: tuple) -> None:
    arguments, _ = clerk
    said = run("check", practice["vault"], *arguments, stdin="wrong\n", status=1)["said"]
    assert said.endswith("。")
    assert "资料完好" in said


def test_no_secret_word_stands_in_any_file(practice: dict) -> None:
    for path in Path(practice["vault"]).rglob("*"):
        if path.is_file() and path.name != "reserve":
            data = path.read_bytes()
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                assert MARKER.encode(encoding) not in data, (path.name, encoding)


def test_an_old_book_is_tried_taken_over_and_not_doubled(practice: dict, clerk: tuple, tmp_path: Path) -> None:
    arguments, password = clerk
    book = tmp_path / "旧台账.xlsx"
    book.write_bytes(old_books.years_one_below_the_other().data)
    command = ("import", "register", practice["vault"], book, *arguments)
    before = run("check", practice["vault"], *arguments, stdin=password)["counts"]["incoming"]
    tried = run(*command, "--dry-run", stdin=password)
    assert run("check", practice["vault"], *arguments, stdin=password)["counts"]["incoming"] == before
    done, again = (run(*command, stdin=password) for _ in range(2))
    for result in (tried, done):
        assert (result["rows"], result["imported"], result["duplicates"], result["refused"]) == (120, 120, 0, [])
    assert (again["imported"], again["duplicates"]) == (0, 120)
    assert done["mapping"]["来文时间"] == "received_on"


def test_the_bench_of_a_vault_tells_how_long_a_person_waits(practice: dict, clerk: tuple) -> None:
    arguments, password = clerk
    found = run("bench", practice["vault"], *arguments, stdin=password)
    assert found["matters"]["incoming"] > 0
    assert all(taken >= 0 for taken in found["milliseconds"].values())
    assert {"list", "jump", "filter_open", "todo", "home", "search_1"} <= set(found["milliseconds"])
