"""Closes the process to the network and to curious neighbours, before Qt or anything else of the program is loaded.

Nothing of the program is imported here: `close()` is the first thing that every entry point calls.
"""

import ctypes
import errno
import os
import platform
import re
import socket
import struct
import sys
from functools import cache
from typing import ClassVar, NamedTuple

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_SET_MODE_FILTER = 1
SECCOMP_FILTER_FLAG_TSYNC = 1

# Variables that change what Qt, Python or the loader run; a trailing anchor is not wanted: LD_PRELOAD, LD_AUDIT, …
DANGEROUS = re.compile(r"QT_|QML|QSG_|QTWEBENGINE|LD_|PYTHON|GTK_MODULES|GIO_")
HARMLESS = {
    # qtvirtualkeyboard would load QML, and QML the network; vnc and the raw screens would show the window to others.
    "QT_IM_MODULE": re.compile(r"fcitx5?|ibus|compose|xim"),
    "QT_QPA_PLATFORM": re.compile(r"xcb|wayland|offscreen|windows"),
    "QT_SCALE_FACTOR": re.compile(r"[1-3](\.\d{1,2})?"),
}
NETWORK_EVENTS = frozenset(
    {
        "ftplib.connect",
        "http.client.connect",
        "imaplib.open",
        "poplib.connect",
        "smtplib.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "urllib.Request",
        "webbrowser.open",
    }
)


class SandboxError(Exception):
    """The process cannot be closed, so the program must not start."""


class _Numbers(NamedTuple):
    """What the kernel calls one processor and the system calls that matter on it."""

    architecture: int
    socket: int
    socketpair: int
    io_uring_setup: int
    seccomp: int


NUMBERS = {
    "x86_64": _Numbers(0xC000003E, 41, 53, 425, 317),
    "aarch64": _Numbers(0xC00000B7, 198, 199, 425, 277),
    "loongarch64": _Numbers(0xC0000102, 198, 199, 425, 277),
}


class _Program(ctypes.Structure):
    _fields_: ClassVar = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


@cache
def close() -> None:
    """No socket but a local one from now on, in every thread and child; no core file, no view from outside.

    Raises SandboxError where that cannot be had. A second call changes nothing.
    """
    clean_environment()
    os.umask(0o077)
    if sys.platform == "linux":
        _hide_memory()
        _filter_system_calls()
        _require_refusal()
    # Sees mistakes of our own on every system; C code passes it, which is what the filter is for.
    sys.addaudithook(_refuse_network)


def clean_environment() -> None:
    """Drop every variable that could load foreign code or open a port, but for the few that a desktop needs."""
    for name in [name for name in os.environ if DANGEROUS.match(name)]:
        allowed = HARMLESS.get(name)
        if allowed is None or not allowed.fullmatch(os.environ[name]):
            del os.environ[name]


if sys.platform == "linux":
    import resource

    def _hide_memory() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _prctl(PR_SET_DUMPABLE, 0)

    def _prctl(option: int, value: int) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(option, value, 0, 0, 0):
            raise SandboxError(f"prctl {option}: {os.strerror(ctypes.get_errno())}")

    def _filter_system_calls() -> None:
        numbers = NUMBERS.get(platform.machine())
        if numbers is None:
            raise SandboxError(f"unknown processor: {platform.machine()}")
        code = _filter(numbers)
        buffer = ctypes.create_string_buffer(code, len(code))
        program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
        # Without this the kernel lets only root set a filter; set-user-id programs gain nothing afterwards.
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        libc = ctypes.CDLL(None, use_errno=True)
        # TSYNC: threads that libraries have started already are closed too; a positive answer names one that is not.
        if libc.syscall(numbers.seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, ctypes.byref(program)):
            raise SandboxError(f"seccomp: {os.strerror(ctypes.get_errno())}")

    def _require_refusal() -> None:
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
            try:
                socket.socket(family, socket.SOCK_DGRAM).close()
            except PermissionError:
                continue
            except OSError as error:
                if error.errno == errno.EAFNOSUPPORT:
                    continue
                raise
            raise SandboxError(f"the kernel still opens sockets of family {family.name}")


def _filter(numbers: _Numbers) -> bytes:
    """A Berkeley packet filter over (number, architecture, arguments) of each system call."""
    load, if_equal, if_greater, answer = 0x20, 0x15, 0x35, 0x06
    deny, allow, kill = 0x00050000 | errno.EACCES, 0x7FFF0000, 0x80000000
    program = (  # code, jump if true, jump if false, value
        (load, 0, 0, 4),
        (if_equal, 1, 0, numbers.architecture),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),
        (if_greater, 6, 0, 0x40000000),  # the x32 calls of x86_64: the same services under other numbers
        (if_equal, 3, 0, numbers.socket),
        (if_equal, 2, 0, numbers.socketpair),
        (if_equal, 3, 0, numbers.io_uring_setup),  # opens sockets without the socket call
        (answer, 0, 0, allow),
        (load, 0, 0, 16),
        (if_equal, 1, 0, 1),  # AF_UNIX: the screen, the input method, the printer
        (answer, 0, 0, deny),
        (answer, 0, 0, allow),
    )
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in NETWORK_EVENTS:
        raise PermissionError(errno.EACCES, f"{event}: this program has no network")
    # -1: a descriptor is taken over, or the default family, which the kernel refuses.
    if event == "socket.__new__" and sys.platform == "linux" and arguments[1] not in (socket.AF_UNIX, -1):
        raise PermissionError(errno.EACCES, "socket: this program has no network")
