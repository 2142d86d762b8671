"""One parser under atheris, which looks for inputs that reach new code: `fuzz.py NAME RUNS SECONDS`; 0 is no limit."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import atheris

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

with atheris.instrument_imports(include=["deskoffice"]):
    from faults import drills, parsers


def main() -> None:
    """Ends the process: 0 when nothing but refusals came."""
    name, runs, seconds = sys.argv[1], int(sys.argv[2]) or -1, sys.argv[3]
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        os.environ["XDG_STATE_HOME"] = held
        parse, sample = parsers.parsers(folder, drills.new_box(folder))[name]
        corpus = folder / "corpus"
        corpus.mkdir()
        (corpus / "sample").write_bytes(sample)

        def one(raw: bytes) -> None:
            with contextlib.suppress(*parsers.REFUSALS):
                parse(raw)

        limits = [f"-runs={runs}", f"-max_total_time={seconds}", "-max_len=65536", "-timeout=10"]
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={held}/", str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
