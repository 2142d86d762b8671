"""What a day's work leaves behind: not a socket, not a plain text in any file, no password in memory."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import factories
import pytest
from faults import day

TITLE, TYPED = "关于鸿雁七号堤段抢险的紧急请示", "关于白鹭洲泵站增容的半截草稿"
NEXT = "another-horse-of-1987"
DAY = Path(day.__file__)
TRACED = "socket,socketpair,connect,bind,io_uring_setup,open,openat,creat,rename,renameat,renameat2"
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD|\d+(?:<[^>]*>)?), "((?:[^"\\]|\\.)*)", ([A-Z_|0-9a-z]+)')
# One program after the other under strace: on a busy machine the day is long.
pytestmark = pytest.mark.timeout(400)
SPELLINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


@dataclass
class Seen:
    """What was observed of one day."""

    root: Path
    trace: str = ""
    answers: list[dict[str, object]] = field(default_factory=list)


def masked(text: str, spelling: str) -> str:
    return bytes(byte ^ day.MASK for byte in text.encode(spelling)).hex()


def needles(*texts: str) -> str:
    return " ".join(masked(text, spelling) for text in texts for spelling in ("utf-8", "utf-16-le"))


@pytest.fixture(scope="module")
def seen(founded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One day: in, work, lock, in again, half a paper typed, and the power goes."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    root = tmp_path_factory.mktemp("day")
    shutil.copytree(founded_folder, root / "vault")
    for name in ("home", "tmp", "cwd"):
        (root / name).mkdir()
    # Qt asks for it, and puts it right where it is too open.
    (root / "run").mkdir(mode=0o700)
    places = {f"XDG_{name}_HOME": str(root / "home" / name.lower()) for name in ("DATA", "STATE", "CACHE", "CONFIG")}
    environment = os.environ | places | {"HOME": str(root / "home"), "TMPDIR": str(root / "tmp")}
    environment |= {"XDG_RUNTIME_DIR": str(root / "run"), "QT_QPA_PLATFORM": "offscreen"}
    command = ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", f"trace={TRACED}", "-o", str(root / "trace")]
    found = Seen(root)
    with subprocess.Popen(
        [*command, sys.executable, str(DAY), str(root / "vault")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=root / "cwd",
        env=environment,
        text=True,
    ) as process:
        try:
            _live(process, found)
        finally:
            _kill_children(process.pid)
            process.wait(30)
    found.trace = (root / "trace").read_text(errors="replace")
    yield found
    shutil.rmtree(root)


def _live(process: subprocess.Popen[str], found: Seen) -> None:
    def order(text: str, *, answered: bool = True) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(text + "\n")
        process.stdin.flush()
        if answered:
            line = process.stdout.readline()
            assert line, f"the program ended at {text.split(maxsplit=1)[0]}"
            found.answers.append({"order": text.split(maxsplit=1)[0], **json.loads(line)})

    login = f"login wangli {factories.PASSWORD}"
    secrets = needles(factories.PASSWORD)
    order(login, answered=False)
    order("wait")
    order(f"look {secrets}")
    order(f"register {TITLE}")
    order(f"search {TITLE[2:8]}")
    order(f"change {factories.PASSWORD} {NEXT}", answered=False)
    order("wait")
    order(f"look {needles(factories.PASSWORD, NEXT)}")
    order("lock", answered=False)
    order(f"look {needles(NEXT, TITLE)}")
    order(f"login wangli {NEXT}", answered=False)
    order("wait")
    order(f"type {TYPED}")


def _kill_children(tracer: int) -> None:
    """The program alone: strace then ends by itself and has written everything."""
    for number in Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split():
        os.kill(int(number), 9)


def test_the_day_was_worked(seen: Seen) -> None:
    orders = [answer["order"] for answer in seen.answers]
    assert orders == ["wait", "look", "register", "search", "wait", "look", "look", "wait", "type"]
    assert [answer["window"] for answer in seen.answers if "window" in answer] == ["MainWindow"] * 3


def test_not_one_socket_but_a_local_one(seen: Seen) -> None:
    """The closing itself asks the kernel to refuse four families, and is refused."""
    calls = re.findall(r"(socket|socketpair|connect|bind|io_uring_setup)\((.*)", seen.trace)
    others = [f"{name}({rest}" for name, rest in calls if "AF_UNIX" not in rest and "EACCES" not in rest]
    assert [call for call in others if "EAFNOSUPPORT" not in call] == []


def test_the_process_that_works_never_held_the_password(seen: Seen) -> None:
    worked, changed, locked = (answer["copies"] for answer in seen.answers if "copies" in answer)
    assert worked == [0, 0]
    assert changed == [0, 0, 0, 0], "neither the old nor the new one stays where they were typed"
    assert locked == [0, 0, 0, 0]


def test_no_plain_text_stands_in_any_file_it_could_have_touched(seen: Seen) -> None:
    written = {
        Path(path.encode().decode("unicode_escape").encode("latin-1").decode())
        for path, mode in OPENED.findall(seen.trace)
        if "O_WRONLY" in mode or "O_RDWR" in mode or "O_CREAT" in mode
    }
    outside = [path for path in written if path.is_absolute() and not path.is_relative_to(seen.root)]
    assert [path for path in outside if path.parts[1] not in {"dev", "proc", "sys"} and path.exists()] == []
    texts = [text.encode(spelling) for text in (TITLE, TYPED, factories.PASSWORD, NEXT) for spelling in SPELLINGS]
    files = [path for path in seen.root.rglob("*") if path.is_file() and path.name != "trace"]
    assert len(files) > 10
    assert [path for path in files if any(text in data for data in [path.read_bytes()] for text in texts)] == []


def test_no_private_folder_outlives_the_lock(seen: Seen) -> None:
    """Only the last process, which was killed, can have left its own; the next start has nothing of it to read."""
    left = [path for path in (seen.root / "tmp").iterdir() if path.is_dir()]
    assert len(left) <= 1
    assert [path for folder in left for path in folder.rglob("*") if path.is_file()] == []
