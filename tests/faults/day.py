"""A day at the real program, one process after the other as log-in and lock make them; told what to do on descriptor 0.

`python day.py VAULT [KEYS_FROM]`. Each answer is one line of JSON on standard output. Secrets to look for in memory
come masked, so that looking for them does not put them there.
"""

import json
import os
import sys
import time
from pathlib import Path

from deskoffice import sandbox

sandbox.close()

from PySide6.QtCore import QTimer  # noqa: E402  closed first, as the program does
from PySide6.QtGui import QInputMethodEvent  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from deskoffice.ui import application  # noqa: E402
from deskoffice.usecases.attachments import FileDraft, attach  # noqa: E402
from deskoffice.usecases.office import HeldKeys  # noqa: E402

MASK = 0x55
_MASKING = bytes(byte ^ MASK for byte in range(256))
_CHUNK = 1 << 22


def told() -> str:
    """The next line, byte by byte: what is behind it belongs to the process that comes after this one."""
    line = b""
    while not line.endswith(b"\n"):
        read = os.read(0, 1)
        if not read:
            sys.exit(1)
        line += read
    return line.decode().rstrip("\n")


def say(**answer: object) -> None:
    os.write(1, (json.dumps(answer, ensure_ascii=True) + "\n").encode())


def copies(masked: list[str]) -> list[int]:
    """How often each stands in the writable memory of this process."""
    needles = [bytes.fromhex(one) for one in masked]
    counts, longest = [0] * len(needles), max(map(len, needles))
    maps = [line.split() for line in Path("/proc/self/maps").read_text().splitlines()]
    with open("/proc/self/mem", "rb", 0) as memory:  # noqa: PTH123  unbuffered
        for span, rights, *_ in maps:
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            for at in range(start, end, _CHUNK):
                try:
                    memory.seek(at)
                    chunk = memory.read(min(_CHUNK + longest, end - at)).translate(_MASKING)
                except (OSError, ValueError, OverflowError):
                    break
                counts = [count + chunk.count(needle) for count, needle in zip(counts, needles, strict=True)]
    return counts


class Day(application.Session):
    """The program's own session, with a person at it."""

    def begin(self) -> None:
        super().begin()
        QTimer.singleShot(0, self.work)

    def settle(self, until: object = None) -> None:
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            QApplication.processEvents()
            if self.jobs.is_idle and (until is None or until()):  # type: ignore[operator]
                break
            time.sleep(0.01)

    def work(self) -> None:
        while True:
            order, _, rest = told().partition(" ")
            try:
                getattr(self, f"do_{order}")(rest)
            except Exception as error:  # noqa: BLE001  told to the test, which would wait for nothing
                say(error=repr(error))

    def do_login(self, rest: str) -> None:
        """Type name and password; the process is another one afterwards."""
        login, password = rest.split(" ")
        page = self.window
        page._ui.loginLineEdit.setText(login)
        page._ui.passwordLineEdit.setText(password)
        del rest, password
        page._ui.loginPushButton.click()
        self.settle(lambda: False)

    def do_change(self, rest: str) -> None:
        """Another password, on the page of upkeep; the process is another one afterwards."""
        old, new = rest.split(" ")
        self.window.open_area("settings")
        self.settle()
        self.window.page.show_tab("修改口令")
        self.settle()
        page = self.window.page.current
        page._form.show_values({"old": old, "new": new, "again": new})
        del rest, old, new
        page.save()
        self.settle(lambda: False)

    def do_wait(self, _: str) -> None:
        """Until the main window is there."""
        self.settle(lambda: self._desk is not None)
        self.settle()
        say(window=type(self.window).__name__)

    def do_look(self, rest: str) -> None:
        say(copies=copies(rest.split()))

    def do_register(self, title: str) -> None:
        """A paper with an attachment, looked for, opened and read."""
        window = self.window
        window.open_area("incoming:new")
        self.settle(lambda: QApplication.activeModalWidget() is not None)
        form = QApplication.activeModalWidget()
        for name, text in (("source_unit", "东江市水利局"), ("document_number", "东水〔2026〕44号"), ("title", title)):
            _type_into(form._form.widget(name), text)
        form._ui.registerPushButton.click()
        self.settle(lambda: QApplication.activeModalWidget() is None)
        office = self._office
        number = window.page._ui.matterTableView.model().row(0).id
        self.jobs.run(
            lambda _: attach(office, number, FileDraft("附件.txt", f"{title}的附件".encode() * 3000)),
            self,
            done=lambda _: None,
        )
        self.settle()
        window.refresh()
        self.settle()
        say(registered=number)

    def do_search(self, text: str) -> None:
        window = self.window
        window.open_finder()
        self.settle(lambda: QApplication.activeModalWidget() is not None)
        finder = QApplication.activeModalWidget()
        _type_into(finder._ui.finderLineEdit, text)
        self.settle()
        finder.close()
        QApplication.clipboard().setText(text)
        for area in window.area_keys:
            window.open_area(area)
            self.settle()
        say(searched=True)

    def do_type(self, text: str) -> None:
        """Half a paper in an open form, kept as typing is kept."""
        window = self.window
        window.open_area("incoming:new")
        self.settle(lambda: QApplication.activeModalWidget() is not None)
        form = QApplication.activeModalWidget()
        _type_into(form._form.widget("title"), text)
        form._typing.keep()
        self.settle()
        say(typed=True)

    def do_lock(self, _: str) -> None:
        self.lock("locked")


def _type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(widget, typed)


def main() -> int:
    vault, keys = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None

    def again(held: HeldKeys | None = None) -> None:
        arguments = [sys.executable, __file__, str(vault)]
        if held is not None:
            reading, writing = os.pipe()
            os.write(writing, held.encode())
            os.close(writing)
            os.set_inheritable(reading, True)
            arguments.append(str(reading))
        os.execv(sys.executable, arguments)

    held = None
    if keys is not None:
        with os.fdopen(keys, "rb") as pipe:
            held = HeldKeys.decode(pipe.read(4096))
    application.Session = Day
    application.READING_MS = 0
    return application.run(sys.argv[:1], vault_folder=vault, relock=again, pass_on=again, held=held)


if __name__ == "__main__":
    sys.exit(main())
