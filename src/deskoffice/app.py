"""Puts the parts together: the window on a vault, and the self-test of a bundle."""

import os
import sys
import tempfile
from pathlib import Path

from deskoffice.ui import application
from deskoffice.usecases.office import HeldKeys


def open_window(vault: Path, keys_from: int | None = None) -> int:
    """Show the window until it is closed.

    Locking starts the program anew, since nothing else clears memory. So does logging in: the process that works never
    held the password, only the keys that the log-in left in a pipe.
    """
    return application.run(
        sys.argv[:1],
        vault_folder=vault,
        relock=lambda: _again(vault),
        # Windows hands no pipe to a program that takes the place of another.
        pass_on=None if sys.platform == "win32" else lambda held: _again(vault, held),
        held=_held(keys_from),
    )


def _again(vault: Path, held: HeldKeys | None = None) -> None:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "deskoffice.cli"]
    arguments = ["gui", "--vault", str(vault)]
    if held is not None:
        reading, writing = os.pipe()
        os.write(writing, held.encode())
        os.close(writing)
        os.set_inheritable(reading, True)
        arguments += ["--keys-from", str(reading)]
    os.execv(program[0], [*program, *arguments])  # noqa: S606  our own program, no shell


def _held(keys_from: int | None) -> HeldKeys | None:
    """The keys in the pipe; None where somebody else put something there."""
    if keys_from is None:
        return None
    try:
        with os.fdopen(keys_from, "rb") as pipe:
            return HeldKeys.decode(pipe.read(4096))
    except (OSError, ValueError):
        return None


def selftest() -> int:
    """Open a vault, make a PDF and read it back, grab a picture; what a bundle must be able to do on its own."""
    from deskoffice.ui import self_test
    from deskoffice.usecases import demo, scanning, typesetting
    from deskoffice.usecases.office import system_clock

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="deskoffice-selftest-") as folder:
        home = Path(folder)
        practice = demo.build(home / "vault", documents=4, seed=1)
        draft = home / "draft.txt"
        draft.write_text("关于自检的通知\n本机可以成文。\n", encoding="utf-8")
        pages = typesetting.typeset_file(draft, home / "page.pdf", None, now=system_clock()).pages
        first = practice.accounts[0]
        picture = self_test.grab(home / "vault", first.login, first.password, home / "window.png")
        # The page made a moment ago is read back, as a scan is: in the limited child process, with the models.
        words = scanning.scan_file(home / "page.pdf").text
        is_sound = pages == 1 and "自检" in words and picture
    sys.stdout.write("自检通过\n" if is_sound else "自检未通过\n")
    return 0 if is_sound else 1
