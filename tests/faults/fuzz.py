"""One parser under atheris, which looks for inputs that reach new code: `fuzz.py NAME RUNS`."""

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
    name, runs = sys.argv[1], sys.argv[2]
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

        options = [sys.argv[0], f"-runs={runs}", "-max_len=65536", "-timeout=10", f"-artifact_prefix={held}/"]
        atheris.Setup([*options, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
