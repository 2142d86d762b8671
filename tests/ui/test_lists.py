"""Long lists: rows by position, old answers dropped, positions kept."""

import threading

import pytest

from deskoffice.ui.paged_model import KEPT_PAGES, PAGE, PagedModel, Slice


class Numbers(PagedModel[int]):
    def text(self, row: int, column: int) -> str:
        return f"{row} {column}"


def numbers(count: int, asked: list[int] | None = None):
    def read(first: int, size: int) -> Slice[int]:
        if asked is not None:
            asked.append(first)
        return Slice(count, range(first, min(count, first + size)))

    return read


@pytest.fixture
def model(jobs, qtbot):
    made = Numbers(jobs, ["数"])
    yield made
    made.deleteLater()


def settle(jobs, qtbot) -> None:
    qtbot.waitUntil(lambda: jobs.is_idle)


def test_only_the_first_page_is_read_of_a_million_rows(model, jobs, qtbot):
    asked: list[int] = []
    model.load(numbers(1_000_000, asked))
    settle(jobs, qtbot)
    assert model.rowCount() == 1_000_000
    assert asked == [0]


def test_a_row_is_sent_for_when_it_comes_into_view(model, jobs, qtbot):
    model.load(numbers(1000))
    settle(jobs, qtbot)
    assert model.row(700) is None
    settle(jobs, qtbot)
    assert model.row(700) == 700


def test_memory_holds_a_bounded_number_of_pages(model, jobs, qtbot):
    model.load(numbers(100_000))
    settle(jobs, qtbot)
    for page in range(KEPT_PAGES + 10):
        model.row(page * PAGE)
    settle(jobs, qtbot)
    assert len(model.known_rows()) <= KEPT_PAGES * PAGE


def test_an_answer_to_an_older_question_is_dropped(model, jobs, qtbot):
    gate = threading.Event()

    def slow(first: int, size: int) -> Slice[int]:
        gate.wait(5)
        return Slice(3, [7, 7, 7])

    model.load(slow)
    model.load(numbers(2))
    gate.set()
    settle(jobs, qtbot)
    assert [row for _, row in model.known_rows()] == [0, 1]


def test_the_list_opens_near_the_place_where_it_was_left(model, jobs, qtbot):
    asked: list[int] = []
    model.load(numbers(1000, asked), near=700)
    settle(jobs, qtbot)
    assert asked == [700 // PAGE * PAGE]


def test_a_list_that_became_shorter_shows_its_end(model, jobs, qtbot):
    model.load(numbers(10), near=700)
    settle(jobs, qtbot)
    assert [row for _, row in model.known_rows()] == list(range(10))
