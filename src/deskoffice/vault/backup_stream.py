"""The vault as one tar stream that can be read from any place: objects, database snapshot, header."""

import hashlib
import json
import os
import re
import tarfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO

from deskoffice.domain.errors import DeskOfficeError, VaultError
from deskoffice.vault import disk

_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1 << 20
# Whatever a tar may carry: only a vault's own names are ever written.
_NAMES = re.compile(r"vault\.json|vault\.db|objects/[0-9a-f]{2}/[0-9a-f]{64}")
Report = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the tar. `identity` stands for its content, so that a part written earlier can be known again."""

    name: str
    path: Path
    size: int
    identity: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the stream: bytes in hand, or a file's content."""

    size: int
    data: bytes
    member: Member | None

    def read(self, start: int, size: int) -> Iterator[bytes]:
        if self.member is None:
            yield self.data[start : start + size]
            return
        with self.member.path.open("rb", buffering=0) as file:
            file.seek(start)
            while size:
                chunk = file.read(min(size, _CHUNK))
                if not chunk:
                    raise VaultError("vault_damaged", file=self.member.name)
                size -= len(chunk)
                yield chunk


class TarPlan:
    """The stream of a list of members, which can be read from any place.

    Objects never change and come first, in the order of their making: the parts that hold them stay the same from
    one attempt to the next.
    """

    def __init__(self, members: Iterable[Member]) -> None:
        self._pieces = [piece for member in members for piece in _pieces(member)]
        self._pieces.append(_Piece(2 * _BLOCK, bytes(2 * _BLOCK), None))
        self._ends = list(accumulate(piece.size for piece in self._pieces))
        self.size = self._ends[-1]

    def identity(self, start: int, size: int) -> str:
        """Names what a stretch of the stream holds without reading it."""
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, start + size)
        held = (piece.member.identity if piece.member else piece.data.hex() for piece in self._pieces[first : last + 1])
        described = [start - self._ends[first], size, *held]
        return hashlib.sha256(json.dumps(described).encode()).hexdigest()

    def reader(self, start: int, size: int, report: Report) -> "StreamReader":
        """A file-like view of a stretch; `report` hears how many bytes were read and may raise to stop."""
        return StreamReader(self._chunks(start, size), report)

    def _chunks(self, start: int, size: int) -> Iterator[bytes]:
        index = bisect_right(self._ends, start)
        skip = start - (self._ends[index] - self._pieces[index].size)
        while size:
            piece = self._pieces[index]
            wanted = min(size, piece.size - skip)
            yield from piece.read(skip, wanted)
            size -= wanted
            index, skip = index + 1, 0


class StreamReader:
    """What the encrypting library reads from; it keeps the error that the library would lose."""

    def __init__(self, chunks: Iterator[bytes], report: Report) -> None:
        self._chunks = chunks
        self._report = report
        self._rest = memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes; the library asks for 8 KiB at a time."""
        if not self._rest:
            self._rest = memoryview(self._next())
        data = bytes(self._rest[:size])
        self._rest = self._rest[size:]
        return data

    def _next(self) -> bytes:
        try:
            data = next(self._chunks, b"")
            self._report(len(data))
        except OSError as error:
            self.error = disk.failure(error)
            raise
        except DeskOfficeError as error:
            self.error = error
            raise
        return data


def _pieces(member: Member) -> Iterator[_Piece]:
    entry = tarfile.TarInfo(member.name)
    entry.size, entry.mode = member.size, 0o600
    # GNU: a database of more than 8 GiB has its size in another form than ustar knows.
    header = entry.tobuf(tarfile.GNU_FORMAT)
    yield _Piece(len(header), header, None)
    if member.size:
        yield _Piece(member.size, b"", member)
    if padding := -member.size % _BLOCK:
        yield _Piece(padding, bytes(padding), None)


class Unpacker:
    """Takes the stream back in pieces of any size and writes the files of a vault into a new folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held = bytearray()
        self._left = 0
        self._padding = 0
        self._file: IO[bytes] | None = None
        self._ended = False
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        try:
            self._take(memoryview(data))
        except OSError as error:
            self.error = disk.failure(error)
            raise
        except DeskOfficeError as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Files are synced one by one."""

    def finish(self) -> None:
        """VaultError when the stream stopped in the middle."""
        if not self._ended:
            raise VaultError("backup_part_unreadable")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _take(self, data: memoryview) -> None:
        while data and not self._ended:
            if self._file is not None:
                data = self._fill(self._file, data)
            elif self._padding:
                step = min(self._padding, len(data))
                self._padding -= step
                data = data[step:]
            else:
                step = _BLOCK - len(self._held)
                self._held += data[:step]
                data = data[step:]
                if len(self._held) == _BLOCK:
                    self._begin(bytes(self._held))
                    self._held.clear()

    def _fill(self, file: IO[bytes], data: memoryview) -> memoryview:
        file.write(data[: self._left])
        data, self._left = data[self._left :], self._left - min(self._left, len(data))
        if not self._left:
            file.flush()
            os.fsync(file.fileno())
            file.close()
            self._file = None
        return data

    def _begin(self, header: bytes) -> None:
        if header == bytes(_BLOCK):
            self._ended = True
            return
        try:
            entry = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.TarError, UnicodeDecodeError):
            raise VaultError("backup_part_unreadable") from None
        if not entry.isreg() or entry.size < 0 or _NAMES.fullmatch(entry.name) is None:
            raise VaultError("backup_part_unreadable")
        path = self._folder / entry.name
        if path.exists():
            raise VaultError("backup_part_unreadable")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._left, self._padding = entry.size, -entry.size % _BLOCK
        file = path.open("xb")
        self._file = file if self._left else None
        if not self._left:
            file.close()
