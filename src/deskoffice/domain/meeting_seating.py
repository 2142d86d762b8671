"""Where people sit by rank, in millimetres on the plan: rostrum and rows, a long table, a U, a round table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from deskoffice.domain.meeting_running import Layout, by_rank, facing

WIDTH, HEIGHT = 257.0, 132.0
"""Room for the plan on a landscape page."""
BOX, TALL = 24.0, 11.0
"""Largest size of a seat."""
LONGEST_ROW = 10


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat with its middle in millimetres from the left and the top of the plan."""

    name: str
    x: float
    y: float
    width: float = BOX


@dataclass(frozen=True, slots=True)
class Plan:
    """The seats, and the table as corners of a line that is closed."""

    seats: tuple[Seat, ...]
    table: tuple[tuple[float, float], ...] = ()


def plan(ranked: Sequence[str], members: int, layout: Layout) -> Plan:
    """Seats for names in the order of rank, the chair first; so many of them are members, the rest sit in."""
    make = {Layout.TABLE: _table, Layout.U_SHAPE: _u_shape, Layout.ROUND: _round, Layout.ROWS: _rows}
    return make[layout](ranked, members)


def _line(names: Sequence[str], y: float, *, left: float = 0.0, right: float = WIDTH) -> list[Seat]:
    """Names side by side in the middle of a stretch."""
    if not names:
        return []
    pitch = min(BOX + 1.5, (right - left) / len(names))
    first = (left + right - pitch * (len(names) - 1)) / 2
    return [Seat(name, first + at * pitch, y, pitch - 1.5) for at, name in enumerate(names)]


def _in_rows(names: Sequence[str], y: float, pitch: float, longest: int = LONGEST_ROW) -> list[Seat]:
    seats: list[Seat] = []
    for row, at in enumerate(range(0, len(names), longest)):
        seats += _line(by_rank(names[at : at + longest]), y + row * pitch)
    return seats


def _rows(ranked: Sequence[str], members: int) -> Plan:
    """Members on the rostrum, looking down the page; the others before it."""
    on_rostrum = min(members, LONGEST_ROW)
    seats = _line(facing(ranked[:on_rostrum]), 10)
    rest = ranked[on_rostrum:]
    rows = max(1, math.ceil(len(rest) / LONGEST_ROW))
    pitch = min(18.0, (HEIGHT - 40) / rows)
    table = ((20.0, 19.0), (WIDTH - 20, 19.0), (WIDTH - 20, 24.0), (20.0, 24.0))
    return Plan((*seats, *_in_rows(rest, 42, pitch)), table)


def _table(ranked: Sequence[str], members: int) -> Plan:
    """Members on the side that looks down the page, those who sit in opposite, more of them in rows behind."""
    host = ranked[: min(members, LONGEST_ROW)]
    across = ranked[len(host) :]
    seats = _line(facing(host), 22)
    seats += _line(by_rank(across[:LONGEST_ROW]), 66)
    seats += _in_rows(across[LONGEST_ROW:], 86, 16)
    return Plan(tuple(seats), ((14.0, 31.0), (WIDTH - 14, 31.0), (WIDTH - 14, 57.0), (14.0, 57.0)))


def _u_shape(ranked: Sequence[str], members: int) -> Plan:
    """The head of the U looks down the page; the arms go on by rank, the chair's left hand first."""
    del members
    head = min(5, len(ranked))
    seats = _line(facing(ranked[:head]), 10, left=48, right=WIDTH - 48)
    arms = ranked[head:]
    at_left_hand, at_right_hand = arms[0::2], arms[1::2]
    longest = max(len(at_left_hand), len(at_right_hand), 1)
    pitch = min(15.0, (HEIGHT - 36) / longest)
    for x, names in ((WIDTH - 34, at_left_hand), (34.0, at_right_hand)):
        seats += [Seat(name, x, 32 + at * pitch) for at, name in enumerate(names)]
    foot = 32 + (longest - 1) * pitch + 6
    inner, outer = (64.0, WIDTH - 64), (50.0, WIDTH - 50)
    table = (
        (outer[0], 18.0),
        (outer[1], 18.0),
        (outer[1], foot),
        (inner[1], foot),
        (inner[1], 27.0),
        (inner[0], 27.0),
        (inner[0], foot),
        (outer[0], foot),
    )
    return Plan(tuple(seats), table)


def _round(ranked: Sequence[str], members: int) -> Plan:
    """The chair at the top; the second at his left hand, which is our right, and so on down both sides."""
    del members
    count = max(len(ranked), 1)
    middle = (WIDTH / 2, HEIGHT / 2)
    radius = (WIDTH / 2 - 16, HEIGHT / 2 - 8)
    seats = []
    for at, name in enumerate(ranked):
        side = 1 if at % 2 else -1
        turn = side * math.ceil(at / 2) * 2 * math.pi / count
        x = middle[0] + radius[0] * math.sin(turn)
        y = middle[1] - radius[1] * math.cos(turn)
        seats.append(Seat(name, x, y, min(BOX, 2 * math.pi * radius[1] / count * 1.7)))
    inside = (radius[0] - 22, radius[1] - 14)
    around = [2 * math.pi * step / 48 for step in range(48)]
    table = tuple((middle[0] + inside[0] * math.sin(a), middle[1] - inside[1] * math.cos(a)) for a in around)
    return Plan(tuple(seats), table)
