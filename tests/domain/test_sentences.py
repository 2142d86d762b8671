"""Owner and day of a sentence, as a clerk would read them."""

from datetime import date

import pytest

from deskoffice.domain.circulation import sentences

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("请于11月27日前报送。", date(2026, 11, 27)),
        ("请于2027年1月5日前报送。", date(2027, 1, 5)),
        ("请于3月1日前报送。", date(2027, 3, 1)),
        ("请今天下班前反馈。", MONDAY),
        ("明日上午报我。", date(2026, 11, 24)),
        ("本周内落实。", date(2026, 11, 27)),
        ("月底前完成。", date(2026, 11, 30)),
        ("2月30日前报送。", None),
        ("请认真落实。", None),
    ],
)
def test_the_day_a_sentence_names(sentence: str, day: date | None) -> None:
    assert sentences.day_in(sentence, MONDAY) == day


def test_the_owner_is_the_one_named_first_by_the_longer_name() -> None:
    names = ["应急局", "县应急局", "水利局"]
    assert sentences.owner_in("请县应急局会同水利局办理。", names) == "县应急局"
    assert sentences.owner_in("请认真办理。", names) == ""


@pytest.mark.parametrize(("position", "found"), [(0, "同意。"), (2, "同意。"), (3, "请应急局办理；"), (99, "抓紧")])
def test_the_sentence_at_the_cursor(position: int, found: str) -> None:
    assert sentences.sentence_at("同意。请应急局办理；抓紧", position) == found
