"""Lines of equal length without a forbidden start or end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskoffice.paper.breaker import CLOSING, NO_END, NO_START, OPENING, Atom, Line, break_lines, split_words

CELL, COLUMNS = 1.0, 28
WIDTH = CELL * COLUMNS


def atoms(text: str) -> list[Atom]:
    return [Atom(word, sum(0.5 if one.isascii() else 1.0 for one in word)) for word in split_words(text)]


def lines(text: str, indent: float = 2.0) -> list[Line]:
    return break_lines(atoms(text), WIDTH, indent=indent, cell=CELL)


def right_edge(line: Line) -> float:
    """Where the ink ends: the last mark may stand in half of its cell."""
    solid = [place for place, atom in enumerate(line.atoms) if not atom.text.isspace()]
    last = solid[-1] if solid else 0
    width = line.atoms[last].width if solid else 0.0
    return line.offsets[last] + (width / 2 if line.atoms[last].text in CLOSING else width)


words = st.one_of(
    st.text(alphabet="防汛抗旱工作责任人民政府切实做好", min_size=1, max_size=12),
    st.sampled_from(["2026年", "86.5", "100%", "3,200", "OA", "fxb@qinghe.gov.cn", "——", "……", " "]),
    st.sampled_from(sorted(CLOSING)),
    st.sampled_from(sorted(OPENING)).map(lambda mark: mark + "清"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(words, min_size=1, max_size=120).map("".join))
def test_no_character_is_lost_and_no_line_overflows(text: str) -> None:
    broken = lines(text)
    assert "".join(line.text for line in broken) == text
    assert all(right_edge(line) <= WIDTH + 1e-6 for line in broken)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(words, st.text(alphabet="县乡村", min_size=2, max_size=6)), min_size=1, max_size=60))
def test_no_line_starts_or_ends_with_a_forbidden_mark(parts: list[tuple[str, str]]) -> None:
    broken = lines("".join(word + between for word, between in parts))
    assert not [line.text for line in broken[1:] if line.text[0] in NO_START]
    assert not [line.text for line in broken[:-1] if line.text[-1] in NO_END]


def test_full_lines_end_at_the_right_edge() -> None:
    broken = lines("各级各部门要深刻认识防汛抗旱工作的极端重要性，" * 20)
    assert all(abs(line.offsets[-1] + line.atoms[-1].width - WIDTH) < 0.51 for line in broken[:-1])


@pytest.mark.parametrize("word", ["2026", "86.5", "100%", "——", "……", "3,200.50"])
def test_figures_and_long_marks_are_not_cut(word: str) -> None:
    for shift in range(30):
        text = "防" * shift + word + "汛" * 30
        assert any(word in line.text for line in lines(text)), text


def test_a_mark_that_may_not_start_a_line_is_squeezed_in() -> None:
    first = lines("一，二，" + "防" * 22 + "，" + "汛" * 20)[0]
    assert first.text.endswith("，")


def test_an_address_longer_than_a_line_is_broken_without_loss() -> None:
    address = "http://www.qinghe.gov.cn/" + "a" * 200
    assert "".join(line.text for line in lines(address)) == address
    assert all(right_edge(line) <= WIDTH + 1e-6 for line in lines(address))


def test_extra_makes_a_paragraph_a_line_longer_or_shorter() -> None:
    text = "防汛" * 70
    usual, longer = lines(text), break_lines(atoms(text), WIDTH, indent=2, cell=CELL, extra=-CELL)
    tighter = break_lines(atoms("防汛" * 72), WIDTH, indent=2, cell=CELL, extra=CELL)
    assert (len(usual), len(longer), len(tighter)) == (6, 6, 6)
    assert {len(line.text) for line in longer[1:-1]} == {27}
    assert {len(line.text) for line in tighter[1:-1]} == {29}


def test_the_left_edge_stays_straight_when_a_bracket_begins_a_line() -> None:
    for shift in range(60):
        text = "防" * shift + "“一村一案”“一户一策”，" * 12
        assert all(line.offsets[0] == 0 for line in lines(text)[1:])


@pytest.mark.parametrize("word", ["0534-3212345", "bgs_2026@q", "91371421MA3C5X2B4K", "Kubernetes"])
def test_no_line_before_a_long_word_has_a_hole_when_others_can_give(word: str) -> None:
    for shift in range(60, 90):
        text = "防汛抗旱，" * (shift // 5) + "责" * (shift % 5) + word + "汛期值守" * 20
        assert min(sum(atom.width for atom in line.atoms) for line in lines(text)[1:-1]) >= COLUMNS - 2, text
