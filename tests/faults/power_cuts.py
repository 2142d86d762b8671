"""Power cuts played on recorded writes: what was not synced is kept, torn or lost, as on a disk with a cache.

The model is ext4's: names (create, rename, remove, cut) reach the disk in order, at the latest with the next fsync of
any file; data of a file reach it with its own fsync; before that any part of them may.
"""

import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
TRACED = "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,mkdir"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Event:
    """One step. `node` stands for a file whatever its name; `confirmed` counts the acts told before."""

    kind: str
    node: int = 0
    path: str = ""
    to: str = ""
    start: int = 0
    data: bytes = b""
    confirmed: int = 0


@dataclass
class Recording:
    """What a program wrote below one folder."""

    folder: Path
    events: list[Event] = field(default_factory=list)
    nodes: dict[str, int] = field(default_factory=dict)
    open_files: dict[int, int] = field(default_factory=dict)
    start: dict[str, int] = field(default_factory=dict)
    confirmed: int = 0

    def read(self, log: Path) -> None:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                self.nodes[str(path)] = len(self.nodes) + 1
        self.start = dict(self.nodes)
        pending: dict[str, str] = {}
        for line in log.read_text(encoding="ascii").splitlines():
            process, rest = line.split(" ", 1)
            if rest.endswith("<unfinished ...>"):
                pending[process] = rest.removesuffix("<unfinished ...>")
                continue
            if "resumed>" in rest:
                rest = pending.pop(process, "") + rest.split("resumed>", 1)[1]
            if found := _CALL.match(f"{process} {rest.strip()}"):
                self._call(found[1], found[2], int(found[3]))

    def _call(self, name: str, given: str, result: int) -> None:
        if result < 0:
            return
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(given)]
        number = int(given.split(",", 1)[0]) if given[:1].isdigit() else -1
        if name == "openat":
            self._open(texts[0].decode(), given, result)
        elif name in {"rename", "unlink", "mkdir"}:
            self._name(name, [text.decode() for text in texts])
        elif name == "write" and number == 1:
            self.confirmed += texts[0].count(b"\n")
        elif number in self.open_files:
            self._data(name, number, given, texts)

    def _open(self, path: str, given: str, number: int) -> None:
        self.open_files.pop(number, None)
        if not path.startswith(str(self.folder)):
            return
        if "O_DIRECTORY" in given or Path(path).is_dir():
            self.open_files[number] = 0
            return
        if path not in self.nodes and "O_CREAT" in given:
            self.nodes[path] = max(self.nodes.values(), default=0) + len(self.events) + 1
            self._add(Event("create", self.nodes[path], path))
        if path in self.nodes:
            self.open_files[number] = self.nodes[path]
            if "O_TRUNC" in given:
                self._add(Event("cut", self.nodes[path], start=0))

    def _name(self, name: str, paths: list[str]) -> None:
        if not all(path.startswith(str(self.folder)) for path in paths):
            return
        if name == "rename":
            self._add(Event("rename", self.nodes.get(paths[0], 0), paths[0], paths[1]))
            self.nodes[paths[1]] = self.nodes.pop(paths[0])
        elif name == "unlink":
            self._add(Event("unlink", self.nodes.pop(paths[0], 0), paths[0]))
        else:
            self._add(Event("mkdir", path=paths[0]))

    def _data(self, name: str, number: int, given: str, texts: list[bytes]) -> None:
        node = self.open_files[number]
        if name == "close":
            del self.open_files[number]
        elif name in {"fsync", "fdatasync"}:
            self._add(Event("sync", node))
        elif name == "ftruncate":
            self._add(Event("cut", node, start=int(given.split(",")[1])))
        elif name == "pwrite64":
            self._add(Event("write", node, start=int(given.rsplit(",", 1)[1]), data=texts[0]))
        elif name == "write":
            self._add(Event("append", node, data=texts[0]))

    def _add(self, event: Event) -> None:
        self.events.append(
            Event(event.kind, event.node, event.path, event.to, event.start, event.data, confirmed=self.confirmed)
        )

    def cut(self, at: int, chance: random.Random, target: Path) -> int:
        """Write the folder as the disk may hold it after the events before `at`; gives the acts confirmed by then."""
        past = self.events[:at]
        synced: dict[int, int] = {}
        for index, event in enumerate(past):
            if event.kind == "sync":
                synced[event.node] = index
        named = max(synced.values(), default=-1)
        last_name = chance.randint(named, at) if at > named else named
        disk = _Disk(self, target)
        for index, event in enumerate(past):
            if event.kind in {"write", "append"}:
                disk.write(event, index <= synced.get(event.node, -1), chance)
            elif event.kind != "sync" and index <= last_name:
                disk.change(event)
        disk.store()
        return past[-1].confirmed if past else 0


class _Disk:
    """The folder in memory while a cut is played."""

    def __init__(self, recording: Recording, target: Path) -> None:
        self.root, self.target = recording.folder, target
        self.names = dict(recording.start)
        self.data = {node: bytearray(Path(path).read_bytes()) for path, node in recording.start.items()}
        self.folders: list[str] = []

    def write(self, event: Event, is_synced: bool, chance: random.Random) -> None:
        held = self.data.setdefault(event.node, bytearray())
        start = len(held) if event.kind == "append" else event.start
        if not is_synced and chance.random() < 0.35:
            return
        is_torn = not is_synced and chance.random() < 0.45
        held.extend(bytes(max(0, start + len(event.data) - len(held))))
        for at in range(0, len(event.data), SECTOR):
            if not is_torn or chance.random() < 0.5:
                piece = event.data[at : at + SECTOR]
                held[start + at : start + at + len(piece)] = piece

    def change(self, event: Event) -> None:
        if event.kind == "create":
            self.names[event.path] = event.node
        elif event.kind == "rename" and event.path in self.names:
            self.names[event.to] = self.names.pop(event.path)
        elif event.kind == "unlink":
            self.names.pop(event.path, None)
        elif event.kind == "mkdir":
            self.folders.append(event.path)
        elif event.kind == "cut":
            held = self.data.setdefault(event.node, bytearray())
            del held[event.start :]
            held.extend(bytes(event.start - len(held)))

    def store(self) -> None:
        shutil.rmtree(self.target, ignore_errors=True)
        for folder in (str(self.root), f"{self.root}/objects", f"{self.root}/index", *self.folders):
            (self.target / Path(folder).relative_to(self.root)).mkdir(parents=True, exist_ok=True)
        for path, node in self.names.items():
            place = self.target / Path(path).relative_to(self.root)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(self.data.get(node, b""))


def record(folder: Path, script: str, arguments: list[str]) -> Recording:
    """Run a script under strace and read what it wrote below the folder, which is put back as it was."""
    before, log = folder.with_name(folder.name + ".before"), folder.with_name("strace.log")
    shutil.copytree(folder, before)
    command = ["strace", "-f", "-xx", "-s", "2000000", "-e", f"trace={TRACED}", "-o", str(log)]
    subprocess.run(
        [*command, sys.executable, "-c", script, str(folder), *arguments], check=True, stdout=subprocess.PIPE
    )
    shutil.rmtree(folder)
    before.rename(folder)
    recording = Recording(folder)
    recording.read(log)
    log.unlink()
    return recording
