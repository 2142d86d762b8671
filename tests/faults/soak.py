"""`./dev soak`: the faults by the thousand, and a table of what came of them. `./dev soak 0.01` tries a hundredth."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
os.environ.setdefault("DESKOFFICE_SOAK", "1")

from faults import drills  # noqa: E402  # the tests' folder must be known first

PLAN = [
    (drills.power_cuts, 2000),
    (drills.kills, 1000),
    (drills.page_flips, 1 << 20),
    (drills.wal_cuts, 2000),
    (drills.damaged_backups, 2000),
    (drills.backup_kills, 100),
    (drills.restore_kills, 50),
    (drills.mutated_files, 10000),
]


RUNS = 20000
"""Inputs that atheris makes for each parser; it is there on x86_64 only."""
FUZZED = (
    *("header", "checkpoint", "verifier", "export", "manifest", "signature", "keys", "tar", "mark"),
    *("packet", "payload", "receipt", "exchange_code", "barcode", "number", "day", "text", "docx"),
)


def fuzzed(runs: int) -> drills.Tally:
    """Each parser in a process of its own, led by what code its inputs reach."""
    tally = drills.Tally("引导变异（atheris）")
    if importlib.util.find_spec("atheris") is None:
        return tally
    for name in FUZZED:
        command = [sys.executable, str(TESTS / "faults" / "fuzz.py"), name, str(runs)]
        done = subprocess.run(command, check=False, capture_output=True)
        tally.tried += runs
        tally.crashed += done.returncode != 0
    return tally


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    tallies = []
    for drill, cases in PLAN:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_STATE_HOME"] = folder
            tally = drill(Path(folder), max(1, int(cases * share)))
        tallies.append(tally)
        say(f"{tally.name}: {tally.tried} 例，{time.monotonic() - begun:.0f} 秒")
    if (atheris := fuzzed(max(1, int(RUNS * share)))).tried:
        tallies.append(atheris)
        say(f"{atheris.name}: {atheris.tried} 例")
    say(f"{'故障':<24}{'试过':>10}{'丢失':>8}{'未察觉':>8}{'崩溃':>8}")
    for tally in tallies:
        say(f"{tally.name:<24}{tally.tried:>10}{tally.lost:>8}{tally.unnoticed:>8}{tally.crashed:>8}")
    is_clean = all(tally.is_clean for tally in tallies)
    if share >= 1.0:
        # The property and replay tests of the vault, with every case where a test run tries some.
        command = [sys.executable, "-m", "pytest", "-q", str(TESTS / "vault"), str(TESTS / "faults"), "--timeout=7200"]
        is_clean &= subprocess.run(command, check=False).returncode == 0
    say(f"{len(tallies)} passed, 0 failed" if is_clean else "soak failed")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
