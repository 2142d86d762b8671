"""Tables of a Word file as a grid of cells, with the groups that are merged into one."""

from collections.abc import Callable, Sequence

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_ACROSS = 64
"""Columns that one cell may take; Word has no more than 63."""

Element = etree._Element  # noqa: SLF001  # lxml has no public name for the type
Words = Callable[[Element], str]


def value(element: Element | None, default: int) -> int:
    """The number that an element gives as its value."""
    text = "" if element is None else element.get(W + "val", "")
    return int(text) if text.isdecimal() and len(text) < 6 else default


def read_grid(rows: Sequence[Element], words: Words) -> tuple[list[list[str]], list[list[int]]]:
    """Cells by row, and row, column, rows, columns of each group; `words` gives the text of a paragraph."""
    cells: list[list[str]] = []
    merged: list[list[int]] = []
    above: dict[int, list[int]] = {}
    for row in rows:
        if row.find(f"{W}trPr/{W}del") is None:
            cells.append(_cells(row, len(cells), above, words))
            merged += [group for group in above.values() if group[0] == len(cells) - 1]
    return cells, [group for group in merged if group[2] * group[3] > 1]


def _cells(row: Element, at: int, above: dict[int, list[int]], words: Words) -> list[str]:
    """The words of a row; `above` has the last group that begins in each column and goes on with it."""
    cells: list[str] = []
    for cell in row.iterchildren(W + "tc", W + "sdt"):
        text = "\n".join(words(paragraph) for paragraph in cell.iter(W + "p"))
        down, column = cell.find(f"{W}tcPr/{W}vMerge"), len(cells)
        across = max(1, min(value(cell.find(f"{W}tcPr/{W}gridSpan"), 1), MOST_ACROSS))
        group = above.get(column, [at, column, 0, 0])
        is_continued = down is not None and down.get(W + "val", "continue") == "continue"
        if is_continued and group[0] + group[2] == at and group[3] == across:
            group[2] += 1
        else:
            above[column] = [at, column, 1, across]
        cells += ["" if is_continued else text.strip(), *[""] * (across - 1)]
    return cells
