"""How long papers lie in somebody's hands: by person, unit and step, the usual time, the longest, and what was late."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from deskoffice.domain.steps import StepKind

NOT_HELD = frozenset(
    {
        StepKind.REGISTER,
        StepKind.CLOSE,
        StepKind.URGE,
        StepKind.EXTEND,
        StepKind.VOID,
        StepKind.RETURN,
        StepKind.SUSPEND,
        StepKind.RECORD,
        StepKind.REQUEST,
    }
)
"""Steps done in one moment, and a rest that somebody ordered: in them no paper lies with anybody."""


Rest = tuple[datetime, datetime | None]
"""A span in which a paper was set aside (挂起): nobody's time; without an end while it still is."""


class By(StrEnum):
    """What the table has a line for."""

    PERSON = "person"
    """按人"""
    UNIT = "unit"
    """按单位"""
    KIND = "kind"
    """按环节"""


@dataclass(frozen=True, slots=True)
class Hop:
    """A paper in somebody's hands, done or not yet."""

    step_id: int
    matter_id: int
    kind: StepKind
    person: str
    unit: str
    minutes: int
    due_on: date | None
    late_days: int
    """Days past its day; 0 in time."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class DwellRow:
    """One line of the table."""

    name: str
    done: int
    median: int
    """Minutes, over what was done."""
    longest: int
    late: int
    waiting: int
    waiting_longest: int
    hops: tuple[Hop, ...]
    """The longest first."""

    @property
    def late_share(self) -> int:
        """Late ones in a hundred."""
        return round(100 * self.late / len(self.hops)) if self.hops else 0


_NAMES: dict[By, Callable[[Hop], str]] = {
    By.PERSON: lambda hop: hop.person,
    By.UNIT: lambda hop: hop.unit,
    By.KIND: lambda hop: hop.kind.value,
}


def minutes_held(begun: datetime, until: datetime, rests: Iterable[Rest]) -> int:
    """Minutes between two moments, without those in which the paper was set aside."""
    rested = sum(
        max(0.0, (min(until, ended or until) - max(begun, set_aside)).total_seconds()) for set_aside, ended in rests
    )
    return int(((until - begun).total_seconds() - rested) // 60)


def clock_at(moment: datetime, rests: Iterable[Rest]) -> datetime:
    """What the clock shows that stands still while a paper is set aside: lateness is told by it."""
    within = [set_aside for set_aside, ended in rests if set_aside <= moment and (ended is None or moment < ended)]
    return min(within, default=moment)


def table(hops: Iterable[Hop], by: By) -> tuple[DwellRow, ...]:
    """A line for each name, the slowest first; hops without that name are left out."""
    groups: dict[str, list[Hop]] = {}
    for hop in hops:
        groups.setdefault(_NAMES[by](hop), []).append(hop)
    rows = [row(name, found) for name, found in groups.items() if name]
    return tuple(sorted(rows, key=lambda one: (-max(one.median, one.waiting_longest), one.name)))


def row(name: str, hops: Sequence[Hop]) -> DwellRow:
    """What the hops of one name come to."""
    done = [hop.minutes for hop in hops if not hop.is_open]
    waiting = [hop.minutes for hop in hops if hop.is_open]
    return DwellRow(
        name=name,
        done=len(done),
        median=usual(hops) or 0,
        longest=max((hop.minutes for hop in hops), default=0),
        late=sum(hop.late_days > 0 for hop in hops),
        waiting=len(waiting),
        waiting_longest=max(waiting, default=0),
        hops=tuple(sorted(hops, key=lambda hop: (-hop.minutes, hop.step_id))),
    )


def usual(hops: Iterable[Hop]) -> int | None:
    """The median in minutes of what was done; None when nothing was."""
    done = [hop.minutes for hop in hops if not hop.is_open]
    return round(median(done)) if done else None


def span_text(minutes: int) -> str:
    """`2天3小时`, `5小时10分`, `40分钟`, `不到1分钟`."""
    days, rest = divmod(max(0, minutes), 24 * 60)
    hours, odd = divmod(rest, 60)
    if days:
        return f"{days}天{hours}小时" if hours else f"{days}天"
    if hours:
        return f"{hours}小时{odd}分" if odd else f"{hours}小时"
    return f"{odd}分钟" if odd else "不到1分钟"
