"""A power cut, simulated: the writes of a real run are recorded and replayed up to a random moment.

The model is ext4's: a write lies in the cache until its file is synced; at the cut each unsynced write is kept, torn by
sectors, or lost; names are journalled in order, and any sync brings the names before it to the disk.
"""

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALLS = "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2"
_LINE = re.compile(r"^(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def record(script: str, *arguments: str, out: Path) -> None:
    """Run a Python script and write down what it does to files."""
    command = ["strace", "-xx", "-s", "200000", "-e", f"trace={_CALLS}", "-o", str(out)]
    command += [sys.executable, "-c", script, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())


def environment() -> dict[str, str]:
    """For a child that imports what this process does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the system that succeeded."""

    name: str
    strings: tuple[bytes, ...]
    numbers: tuple[int, ...]
    flags: str
    result: int


def calls(log: Path) -> Iterator[Call]:
    for line in log.read_text(encoding="ascii").splitlines():
        found = _LINE.match(line)
        if found is None or int(found["result"]) < 0:
            continue
        strings = tuple(bytes.fromhex(each.replace("\\x", "")) for each in _STRING.findall(found["arguments"]))
        rest = _STRING.sub("", found["arguments"])
        numbers = tuple(int(each) for each in re.findall(r"(?<![\w|])\d+(?![\w|])", rest))
        yield Call(found["call"], strings, numbers, rest, int(found["result"]))


@dataclass(eq=False)
class Inode:
    """A file: what is safe on the disk, and the writes that are not yet."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for at, data in self.waiting:
            apply(self.safe, at, data)
        self.waiting.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        raw = bytearray(self.safe)
        for at, data in self.waiting:
            fate = chance.random()
            if fate < 0.35:
                apply(raw, at, data)
            elif fate < 0.65 and data is not None:
                for start in range(0, len(data), SECTOR):
                    if chance.random() < 0.5:
                        apply(raw, at + start, data[start : start + SECTOR])
        return bytes(raw)


def apply(raw: bytearray, at: int, data: bytes | None) -> None:
    """A write, or with None a truncation."""
    if data is None:
        del raw[at:]
        raw.extend(bytes(max(0, at - len(raw))))
        return
    raw.extend(bytes(max(0, at - len(raw))))
    raw[at : at + len(data)] = data


class Disk:
    """A folder as the disk would show it after a cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = {path: Inode(bytearray(path.read_bytes())) for path in folder.rglob("*") if path.is_file()}
        self._safe_names = dict(self._names)
        self._renamed: list[tuple[Path, Inode | None]] = []
        self._open: dict[int, tuple[Inode | None, int]] = {}
        self.said = b""

    def do(self, call: Call) -> None:
        step = getattr(self, f"_{call.name}", None)
        if step is not None:
            step(call)

    def after_cut(self, chance: random.Random) -> dict[Path, bytes]:
        names = dict(self._safe_names)
        for path, inode in self._renamed[: chance.randint(0, len(self._renamed))]:
            set_name(names, path, inode)
        return {path.relative_to(self._folder): inode.after_cut(chance) for path, inode in names.items()}

    def _inside(self, raw: bytes) -> Path | None:
        path = Path(raw.decode())
        return path if self._folder in path.parents or path == self._folder else None

    def _openat(self, call: Call) -> None:
        path = self._inside(call.strings[0])
        if path is None:
            self._open.pop(call.result, None)
            return
        if "O_DIRECTORY" in call.flags:
            self._open[call.result] = (Inode(), 0)
            return
        if path not in self._names and "O_CREAT" in call.flags:
            self._rename_to(path, Inode())
        inode = self._names.get(path)
        if inode is not None and "O_TRUNC" in call.flags:
            inode.waiting.append((0, None))
        self._open[call.result] = (inode, 0)

    def _close(self, call: Call) -> None:
        self._open.pop(call.numbers[0], None)

    def _pwrite64(self, call: Call) -> None:
        inode, _ = self._open.get(call.numbers[0], (None, 0))
        if inode is not None:
            inode.waiting.append((call.numbers[-1], call.strings[0][: call.result]))

    def _write(self, call: Call) -> None:
        number = call.numbers[0]
        if number == 1:
            self.said += call.strings[0]
        inode, at = self._open.get(number, (None, 0))
        if inode is not None:
            inode.waiting.append((at, call.strings[0][: call.result]))
            self._open[number] = (inode, at + call.result)

    def _ftruncate(self, call: Call) -> None:
        inode, _ = self._open.get(call.numbers[0], (None, 0))
        if inode is not None:
            inode.waiting.append((call.numbers[1], None))

    def _fsync(self, call: Call) -> None:
        inode, _ = self._open.get(call.numbers[0], (None, 0))
        if inode is not None:
            inode.sync()
            for path, named in self._renamed:
                set_name(self._safe_names, path, named)
            self._renamed.clear()

    _fdatasync = _fsync

    def _unlink(self, call: Call) -> None:
        path = self._inside(call.strings[0])
        if path is not None:
            self._rename_to(path, None)

    _unlinkat = _unlink

    def _rename(self, call: Call) -> None:
        old, new = (self._inside(each) for each in call.strings)
        if old is not None and new is not None:
            inode = self._names.get(old)
            self._rename_to(new, inode)
            self._rename_to(old, None)

    _renameat = _renameat2 = _rename

    def _rename_to(self, path: Path, inode: Inode | None) -> None:
        set_name(self._names, path, inode)
        self._renamed.append((path, inode))


def set_name(names: dict[Path, Inode], path: Path, inode: Inode | None) -> None:
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode
