"""Marked changes of a text (花脸稿): what each author took out and put in, from the first version to the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

LONGEST_COMPARED = 4000
"""Letters of a changed passage that are compared one by one; a longer one counts as written anew."""


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Version:
    """A text as somebody left it."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with one mark; the author is who put it in or took it out, empty for what was there from the start."""

    text: str
    mark: Mark = Mark.KEPT
    author: str = ""


Paragraph = tuple[Piece, ...]
Change = tuple[int, int, int, int]
"""Where the old text stood and where the new one stands: from, to, from, to."""


def marked(versions: Sequence[Version]) -> tuple[Paragraph, ...]:
    """All changes from the first version to the last, paragraph by paragraph."""
    letters = [Piece(letter) for letter in versions[0].text] if versions else []
    for version in versions[1:]:
        letters = _changed(letters, version)
    return tuple(_paragraphs(letters))


def _changed(letters: list[Piece], version: Version) -> list[Piece]:
    standing = [at for at, letter in enumerate(letters) if letter.mark is not Mark.DELETED]
    before = "".join(letters[at].text for at in standing)
    result: list[Piece] = []
    done = 0
    for old_from, old_to, new_from, new_to in _changes(before, version.text):
        start = standing[old_from] if old_from < len(standing) else len(letters)
        end = standing[old_to - 1] + 1 if old_to > old_from else start
        result += letters[done:start]
        result += [_deleted(letter, version.author) for letter in letters[start:end]]
        result += [Piece(letter, Mark.INSERTED, version.author) for letter in version.text[new_from:new_to]]
        done = end
    return result + letters[done:]


def _deleted(letter: Piece, author: str) -> Piece:
    return letter if letter.mark is Mark.DELETED else Piece(letter.text, Mark.DELETED, author)


def _changes(before: str, after: str) -> Iterator[Change]:
    """Lines are compared first: letters of a whole text would find one another across paragraphs."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old_at, new_at = _starts(old), _starts(new)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _letters(before, after, (old_at[i], old_at[j], new_at[k], new_at[m]))


def _starts(lines: Sequence[str]) -> list[int]:
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found


def _letters(before: str, after: str, place: Change) -> Iterator[Change]:
    old_from, old_to, new_from, new_to = place
    if max(old_to - old_from, new_to - new_from) > LONGEST_COMPARED:
        yield place
        return
    matcher = SequenceMatcher(None, before[old_from:old_to], after[new_from:new_to], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield old_from + i, old_from + j, new_from + k, new_from + m


def _paragraphs(letters: Sequence[Piece]) -> Iterator[Paragraph]:
    paragraph: list[Piece] = []
    for letter in letters:
        if letter.text == "\n" and letter.mark is not Mark.DELETED:
            yield tuple(paragraph)
            paragraph = []
            continue
        last = paragraph[-1] if paragraph else None
        # A line end taken out is shown as the sign that correctors write for it.
        text = "↵" if letter.text == "\n" else letter.text
        if last is not None and (last.mark, last.author) == (letter.mark, letter.author):
            paragraph[-1] = Piece(last.text + text, last.mark, last.author)
        else:
            paragraph.append(Piece(text, letter.mark, letter.author))
    if paragraph:
        yield tuple(paragraph)


def authors(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Everybody who changed something, in the order of the text."""
    return tuple(dict.fromkeys(piece.author for one in paragraphs for piece in one if piece.author))
