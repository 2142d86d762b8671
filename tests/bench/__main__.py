"""Run every benchmark: each module bench_*.py here gives rows of name, figure and bound; out of bounds is failed."""

import importlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(wanted: list[str]) -> int:
    """Print a table; 1 when anything is out of bounds."""
    failed = 0
    for path in sorted(HERE.glob("bench_*.py")):
        if wanted and path.stem.removeprefix("bench_") not in wanted:
            continue
        for name, figure, bound in importlib.import_module(path.stem).run():
            is_good = figure <= bound
            failed += not is_good
            sys.stdout.write(f"{'ok ' if is_good else 'OUT'}  {figure:10.2f}  at most {bound:8.2f}  {name}\n")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
