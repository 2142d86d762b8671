"""Shares the height of a page among the parts of a form, and carries over what does not fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from deskoffice.paper.forms.parts import ENOUGH, TINY, Part, Written

SPLIT_ROW = 60.0
"""A row of a list form is cut in two only when it is higher than this; lower ones move to the next page whole."""

Placed = list[tuple[Part, float]]
"""Parts with the height each gets."""


@dataclass(frozen=True, slots=True)
class Room:
    """Heights at hand on the first page and on the pages that go on."""

    first: float
    more: float


def sheet(parts: Sequence[Part], room: Room, mark: Written) -> list[Placed]:
    """All parts on the first page, each as high as can be; the rests follow on the next pages."""
    if sum(part.floor for part in parts) > room.first:
        return run_on(parts, room, mark)
    heights = share(parts, room.first)
    placed: Placed = []
    rests: list[Part] = []
    for part, height in zip(parts, heights, strict=True):
        upper, lower = part.cut(height, mark, tall=room.more / 3 if part.head else 0.0)
        placed.append((upper or _emptied(part), height))
        if lower:
            rests.append(lower)
    return [placed, *_run_on(rests, room.more, room.more, mark)]


def run_on(parts: Sequence[Part], room: Room, mark: Written) -> list[Placed]:
    """Parts one after the other over as many pages as they need; a single page is filled."""
    if sum(max(part.need, part.floor) for part in parts) <= room.first + TINY:
        return [list(zip(parts, share(parts, room.first), strict=True))]
    return _run_on(parts, room.first, room.more, mark)


def share(parts: Sequence[Part], room: float) -> list[float]:
    """Heights that fill the room: the least of each, then what texts need, short boxes first, then by weight."""
    heights = [part.floor for part in parts]
    spare = room - sum(heights)
    for chosen in (lambda part: part.weight == 0, lambda part: part.weight > 0):
        spare -= _pour(parts, heights, spare, chosen)
    weights = sum(part.weight for part in parts)
    if spare > TINY and weights:
        heights = [height + spare * part.weight / weights for part, height in zip(parts, heights, strict=True)]
    return heights


def _pour(parts: Sequence[Part], heights: list[float], spare: float, chosen: Callable[[Part], bool]) -> float:
    """Raise the chosen parts together until each has what it needs or the room is used; return what was used."""
    used = 0.0
    thirsty = [index for index, part in enumerate(parts) if chosen(part) and part.need > heights[index] + TINY]
    while thirsty and spare - used > TINY:
        step = min(parts[index].need - heights[index] for index in thirsty)
        step = min(step, (spare - used) / len(thirsty))
        for index in thirsty:
            heights[index] += step
        used += step * len(thirsty)
        thirsty = [index for index in thirsty if parts[index].need > heights[index] + TINY]
    return used


def _run_on(parts: Sequence[Part], first: float, more: float, mark: Written) -> list[Placed]:
    pages: list[Placed] = []
    room, page = first, Placed()
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        height = max(part.need, part.floor if not part.head else 0.0)
        if height <= room + TINY and not _is_last_row_wanted(part, waiting, room - height):
            page.append((part, height))
            room -= height
            continue
        upper, lower = _divided(part, room, more, mark)
        if upper:
            page.append((upper, upper.need))
        if lower:
            waiting.insert(0, lower)
        pages.append(page)
        room, page = more, Placed()
    return [*pages, page] if page else pages


def _is_last_row_wanted(part: Part, after: Sequence[Part], room: float) -> bool:
    """Whether what closes a list would stand on the next page without a row of the list."""
    return part.head is not None and len(part.strips) > 1 and sum(one.need for one in after) > room + TINY


def _divided(part: Part, room: float, page_height: float, mark: Written) -> tuple[Part | None, Part | None]:
    if part.head and part.need <= room + TINY:
        return part.without_last()
    return (None, part) if room < ENOUGH else part.cut(room, mark, tall=_tall(part, page_height))


def _tall(part: Part, page_height: float) -> float:
    if part.head:
        return page_height / 3
    return ENOUGH if part.weight else SPLIT_ROW


def _emptied(part: Part) -> Part:
    """A table whose first row is already too high for the page: its head and empty rows stay."""
    return replace(part, strips=())
