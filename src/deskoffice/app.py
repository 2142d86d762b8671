"""Puts the parts together: the window on a vault, and the self-test of a bundle."""

import os
import sys
import tempfile
from pathlib import Path

from deskoffice.ui import application


def open_window(vault: Path) -> int:
    """Show the window until it is closed; locking starts the program anew, since nothing else clears memory."""
    return application.run(sys.argv[:1], vault_folder=vault, relock=lambda: _again(vault))


def _again(vault: Path) -> None:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "deskoffice.cli"]
    os.execv(program[0], [*program, "gui", "--vault", str(vault)])  # noqa: S606  our own program, no shell


def selftest() -> int:
    """Open a vault, make a PDF, grab a picture; what a bundle must be able to do on its own."""
    from deskoffice.ui import self_test
    from deskoffice.usecases import demo, typesetting
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
        is_sound = pages == 1 and (home / "page.pdf").stat().st_size > 1000 and picture
    sys.stdout.write("自检通过\n" if is_sound else "自检未通过\n")
    return 0 if is_sound else 1
