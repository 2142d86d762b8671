"""`./dev soak`: the faults by the thousand, and a table of what came of them.

`./dev soak 0.01` tries a hundredth of each; `./dev soak power-cuts kills` tries these parts alone, whole.
`./dev soak guided --minutes 10 --parsers manifest,packet` leads each of these parsers for ten minutes.
"""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
os.environ.setdefault("DESKOFFICE_SOAK", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from faults import drills  # noqa: E402  # the tests' folder must be known first
from vault.boxes import remember_kdf  # noqa: E402

EVERY = 1 << 20
"""More places than a practice vault has pages: each of them then, three times."""
RUNS = 20000
"""Inputs that atheris makes for each parser; it is there on x86_64 only."""
FUZZED = (
    *("header", "checkpoint", "verifier", "export", "manifest", "signature", "keys", "tar", "mark"),
    *("packet", "payload", "receipt", "exchange_code", "barcode", "number", "day", "text", "docx"),
    *("xlsx", "csv", "calendar"),
)


MINUTES, PARSERS = "DESKOFFICE_GUIDED_MINUTES", "DESKOFFICE_GUIDED_PARSERS"
"""What the options --minutes and --parsers set: time for each parser in place of a count, and which of them."""


def fuzzed(folder: Path, runs: int) -> drills.Tally:
    """Each parser in a process of its own, led by what code its inputs reach."""
    tally = drills.Tally("引导变异（atheris）")
    seconds = round(float(os.environ.get(MINUTES) or 0) * 60)
    wanted = [name for name in os.environ.get(PARSERS, "").split(",") if name] or list(FUZZED)
    if importlib.util.find_spec("atheris") is None:
        say("atheris 没有安装，引导变异略过")
        return drills.Tally(tally.name, tried=1)
    for name in wanted:
        command = [sys.executable, str(TESTS / "faults" / "fuzz.py"), name, str(0 if seconds else runs), str(seconds)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace", cwd=folder)
        count = re.search(r"Done (\d+) runs", done.stderr)
        tried = int(count[1]) if count else 0
        tally.tried += tried
        if done.returncode or not tried:
            tally.crashed += 1
            say(f"{name}: {done.stdout[-4000:]}{done.stderr[-1000:]}")  # the exception stands in the first
        else:
            say(f"  {name} {tried:,}")
    return tally


def tested(_folder: Path, share: int) -> drills.Tally:
    """The property and replay tests of the vault, with every case where a test run tries some."""
    tally = drills.Tally("性质测试（pytest）", tried=1)
    if share >= 1:
        command = [sys.executable, "-m", "pytest", "-q", "--timeout=7200"]
        places = [str(TESTS / "vault"), str(TESTS / "faults"), str(TESTS / "journeys" / "test_unlogged.py")]
        tally.crashed = int(subprocess.run([*command, *places], check=False).returncode != 0)
        national = {**os.environ, "DESKOFFICE_SUITE": "gm-1"}
        tally.crashed += int(
            subprocess.run([*command, str(TESTS / "vault")], check=False, env=national).returncode != 0
        )
    return tally


PARTS: dict[str, tuple[Callable[[Path, int], drills.Tally], int]] = {
    "power-cuts": (drills.power_cuts, 2000),
    "kills": (drills.kills, 1000),
    "page-flips": (drills.page_flips, EVERY),
    "wal-cuts": (drills.wal_cuts, 2000),
    "damaged-backups": (drills.damaged_backups, 2000),
    "backup-kills": (drills.backup_kills, 100),
    "restore-kills": (drills.restore_kills, 50),
    "mutated-files": (drills.mutated_files, 10000),
    "guided": (fuzzed, RUNS),
    "tests": (tested, 1),
}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def row(name: str, *cells: object) -> str:
    """Columns that stand under one another, though a Chinese letter is two wide."""
    texts = [str(cell) for cell in cells]
    return name + " " * (28 - wide(name)) + "".join(" " * (10 - wide(text)) + text for text in texts)


def wide(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def run(name: str, share: float) -> drills.Tally:
    """One part; its row is printed at once, so that a run that was broken off has shown what it found."""
    drill, cases = PARTS[name]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        tally = drill(Path(folder), int(cases * share) if name == "tests" else max(1, int(cases * share)))
    figures = (tally.tried, tally.lost, tally.unnoticed, tally.crashed)
    say(row(tally.name, *figures, f"{time.monotonic() - begun:.0f} 秒") + f"  {name}")
    return tally


HEADINGS = ("故障", "试过", "丢失", "未察觉", "崩溃")


def asked(arguments: list[str]) -> tuple[list[str], float]:
    """The parts and the share of their cases."""
    parser = argparse.ArgumentParser(prog="./dev soak")
    parser.add_argument("what", nargs="*", help=f"{'、'.join(PARTS)}，或份额，如 0.01")
    parser.add_argument("--minutes", default=os.environ.get(MINUTES, ""), help="guided：每个解析器多少分钟")
    parser.add_argument("--parsers", default=os.environ.get(PARSERS, ""), help=f"guided：{','.join(FUZZED)}")
    given = parser.parse_args(arguments)
    unknown = {name for name in given.parsers.split(",") if name} - set(FUZZED)
    if unknown:
        parser.error(f"没有这些解析器：{'、'.join(sorted(unknown))}")
    os.environ[MINUTES], os.environ[PARSERS] = given.minutes, given.parsers
    names = [each for each in given.what if each in PARTS] or list(PARTS)
    rest = [each for each in given.what if each not in PARTS]
    return names, float(rest[0]) if rest else 1.0


def main(arguments: list[str]) -> int:
    names, share = asked(arguments)
    remember_kdf()
    say(row(*HEADINGS, "用时") + "  部分")
    tallies = [run(name, share) for name in names]
    say("")
    say(row(*HEADINGS))
    for tally in tallies:
        say(row(tally.name, tally.tried, tally.lost, tally.unnoticed, tally.crashed))
    bad = sum(not tally.is_clean for tally in tallies)
    say(f"{len(tallies) - bad} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
