"""How long a paper may take: working days by urgency and kind of post (办理时限)."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.errors import RuleError
from deskoffice.domain.values import Urgency

LONGEST = 250


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Working days; 0 means the same day, and what is not named has no limit of its own."""

    by_urgency: Mapping[Urgency, int]
    by_kind: Mapping[PostKind, int]

    def days(self, urgency: Urgency, kind: PostKind) -> int | None:
        """The shorter of the two limits; None without any."""
        found = [days for days in (self.by_urgency.get(urgency), self.by_kind.get(kind)) if days is not None]
        return min(found, default=None)


DEFAULT = Deadlines(
    by_urgency={
        Urgency.MOST_URGENT: 0,
        Urgency.VERY_URGENT: 1,
        Urgency.URGENT: 3,
        Urgency.NORMAL: 5,
        Urgency.ORDINARY: 10,
    },
    by_kind={PostKind.REQUEST: 10, PostKind.INSTRUCTED: 5, PostKind.PETITION: 15, PostKind.TELEGRAM: 3},
)


def check(deadlines: Deadlines) -> None:
    """No limit is negative or longer than a year of working days."""
    if any(not 0 <= days <= LONGEST for days in (*deadlines.by_urgency.values(), *deadlines.by_kind.values())):
        raise RuleError("deadline_out_of_range", most=LONGEST)
