"""Numbers of papers: how they are written and what can happen to one."""

from dataclasses import dataclass
from enum import StrEnum


class NumberState(StrEnum):
    """What became of a number."""

    ISSUED = "issued"
    RESERVED = "reserved"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series of numbers; `issuer_mark` is the red head that its papers bear."""

    id: int
    kind: str
    code: str
    name: str
    issuer_mark: str
    is_retired: bool


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """A series as typed."""

    kind: str
    code: str
    name: str
    issuer_mark: str = ""


def written(code: str, year: int, serial: int) -> str:
    """A number as papers bear it, `东政办发〔2026〕3号` (GB/T 9704-2012 7.2.5: no leading zero, no 第)."""
    return f"{code}〔{year}〕{serial}号"


def gaps(serials: list[int]) -> list[int]:
    """Serials missing between 1 and the highest one."""
    known = set(serials)
    return [serial for serial in range(1, max(known, default=0)) if serial not in known]
