"""The closed process, looked at from inside and from outside."""

import ctypes
import os
import platform
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deskoffice import sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the kernel's filter")

PROBE = """
import errno, socket, sys
from pathlib import Path
def attempt(family):
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except PermissionError:
        return "refused"
    except OSError as error:
        return "refused" if error.errno == errno.EAFNOSUPPORT else repr(error)
    return "open"
families = [socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_VSOCK, socket.AF_CAN]
"""
# The C library's call, which Python's own audit does not see.
RAW = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def raw(family):
    return "refused" if libc.socket(int(family), 2, 0) < 0 and ctypes.get_errno() in (13, 97) else "open"
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new Python with the code; it inherits this process's filter, so what it reports open is really open."""
    return subprocess.run(
        [sys.executable, "-c", PROBE + RAW + code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )


def verdicts(code: str) -> set[str]:
    done = run(code)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_test_process_itself_has_no_network():
    with pytest.raises(PermissionError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_every_family_but_the_local_one_is_refused():
    assert verdicts("from deskoffice.sandbox import close; close(); print(*map(attempt, families))") == {"refused"}


def test_c_code_is_refused_as_well():
    assert verdicts("from deskoffice.sandbox import close; close(); print(*map(raw, families))") == {"refused"}


def test_a_thread_older_than_the_filter_is_refused():
    code = """
import threading
from deskoffice.sandbox import close
closed = threading.Event()
thread = threading.Thread(target=lambda: (closed.wait(), print(*map(raw, families))))
thread.start(); close(); closed.set(); thread.join()
"""
    assert verdicts(code) == {"refused"}


def test_a_child_is_refused_without_closing_itself():
    assert verdicts("print(*map(attempt, families))") == {"refused"}


def test_local_sockets_work_for_the_screen_and_the_input_method(tmp_path):
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(str(tmp_path / "s"))
        listener.listen()
        client.connect(str(tmp_path / "s"))
    for end in socket.socketpair():
        end.close()


def test_looking_up_a_name_is_refused_before_it_starts():
    with pytest.raises(PermissionError):
        socket.getaddrinfo("localhost", 80)


def test_qt_cannot_show_the_window_on_a_port():
    code = """
from PySide6.QtWidgets import QApplication, QWidget
before = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
application = QApplication([])
window = QWidget()
window.show()
application.processEvents()
after = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
print(":170C" in before, ":170C" in after)  # 5900
"""
    done = run(code, QT_QPA_PLATFORM="vnc")
    assert done.stdout.split() == ["False", "False"]


def test_no_core_file_and_private_new_files(tmp_path):
    code = f"""
import os, resource
from deskoffice.sandbox import close
close()
Path({str(tmp_path)!r}, "draft").touch()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
os.kill(os.getpid(), {int(signal.SIGSEGV)})
"""
    assert run(code).returncode == -signal.SIGSEGV
    assert (tmp_path / "draft").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["draft"]


def test_memory_is_hidden_from_neighbours():
    code = "from deskoffice.sandbox import close, PR_SET_DUMPABLE; close(); print(libc.prctl(3, 0, 0, 0, 0))"
    assert run(code).stdout.strip() == "0"


LOOKED_AT = ("mem", "maps", "environ", "fd")
NOBODY = 65534


def _look_at(process: int) -> str:
    """What another process of the same person reads of this one."""
    seen = []
    for name in LOOKED_AT:
        place = Path(f"/proc/{process}/{name}")
        try:
            list(place.iterdir()) if name == "fd" else place.open("rb").close()
            seen.append(name)
        except PermissionError:
            continue
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, process, 0, 0) == 0:  # PTRACE_ATTACH
        seen.append("ptrace")
    held = ctypes.create_string_buffer(8)
    piece = (ctypes.c_void_p * 2)(ctypes.addressof(held), 8)
    if libc.process_vm_readv(process, piece, 1, piece, 1, 0) >= 0:
        seen.append("readv")
    return " ".join(seen)


def _as_nobody(work: Callable[[], str]) -> str:
    """In a child of its own, without the superuser's rights; a child of ours is as closed as we are."""
    inlet, outlet = os.pipe()
    if (child := os.fork()) == 0:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        os.write(outlet, work().encode() or b"-")
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as answered:
        answer = answered.read().decode()
    os.waitpid(child, 0)
    return answer


def test_a_neighbour_of_the_same_person_sees_nothing_of_it():
    """Memory, environment and files of the process are closed to programs of the same person."""
    inlet, outlet = os.pipe()
    if (closed := os.fork()) == 0:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        ctypes.CDLL(None).prctl(sandbox.PR_SET_DUMPABLE, 0)
        os.close(outlet)
        os.read(inlet, 1)
        os._exit(0)
    try:
        assert _as_nobody(lambda: _look_at(closed)) == "-"
    finally:
        os.close(inlet)
        os.close(outlet)
        os.kill(closed, signal.SIGKILL)
        os.waitpid(closed, 0)


@pytest.mark.parametrize(
    ("name", "value", "stays"),
    [
        ("QT_QPA_PLATFORM", "offscreen", True),
        ("QT_QPA_PLATFORM", "vnc", False),
        ("QT_QPA_PLATFORM", "xcb:tuiotouch", False),
        ("QT_IM_MODULE", "fcitx", True),
        ("QT_IM_MODULE", "qtvirtualkeyboard", False),
        ("QT_SCALE_FACTOR", "1.5", True),
        ("QT_SCALE_FACTOR", "0.01", False),
        ("QT_QPA_GENERIC_PLUGINS", "tuiotouch", False),
        ("QT_PLUGIN_PATH", "/tmp", False),
        ("QML2_IMPORT_PATH", "/tmp", False),
        ("LD_PRELOAD", "/tmp/spy.so", False),
        ("PYTHONSTARTUP", "/tmp/spy.py", False),
        ("XMODIFIERS", "@im=fcitx", True),
    ],
)
def test_only_harmless_variables_reach_qt(monkeypatch, name, value, stays):
    monkeypatch.setenv(name, value)
    sandbox.clean_environment()
    assert (name in os.environ) is stays


def test_an_unknown_processor_stops_the_start(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "sw_64")
    sandbox.close.cache_clear()
    with pytest.raises(sandbox.SandboxError):
        sandbox.close()


def test_nothing_of_the_program_is_loaded_before_the_process_is_closed():
    code = "import deskoffice.sandbox; print(*[m for m in sys.modules if m.startswith(('deskoffice.', 'PySide6'))])"
    assert run(code).stdout.split() == ["deskoffice.sandbox"]


def test_the_program_loads_qt_only_after_it_is_closed():
    code = """
import deskoffice.sandbox
def close():
    print(*[m for m in sys.modules if m.startswith("PySide6")])
    sys.exit(7)
deskoffice.sandbox.close = close
from deskoffice.cli import main
sys.argv = ["deskoffice", "gui"]
main()
"""
    done = run(code)
    assert (done.returncode, done.stdout.strip()) == (7, ""), done.stderr
