"""How secrecy, numbers, dates and duties are written and kept apart."""

from datetime import date

import pytest

from deskoffice.domain.circulation.incoming import number_key
from deskoffice.domain.errors import RuleError
from deskoffice.domain.numbering import gaps, written
from deskoffice.domain.people import Role, check_roles, check_three_apart
from deskoffice.domain.values import Classification, chinese_date, secrecy_mark


@pytest.mark.parametrize(
    ("level", "years", "mark"),
    [
        (Classification.PUBLIC, None, ""),
        (Classification.INTERNAL, None, "内部"),
        (Classification.CONFIDENTIAL, 5, "秘密★5年"),
        (Classification.SECRET, 20, "机密★20年"),
        (Classification.TOP_SECRET, None, "绝密"),
    ],
)
def test_the_mark_on_the_paper(level: Classification, years: int | None, mark: str) -> None:
    assert secrecy_mark(level, years) == mark


def test_numbers_and_dates_have_no_leading_zeros() -> None:
    assert written("东政办发", 2026, 3) == "东政办发〔2026〕3号"
    assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"


@pytest.mark.parametrize(
    "typed",
    [
        "东政办发〔2026〕41号",
        "东政办发[2026]41号",
        "东政办发（2026）41 号",
        "东政办发［２０２６］４１号",
        " 东政办发【2026】第41号",
    ],
)
def test_one_number_however_it_is_typed(typed: str) -> None:
    assert number_key("市政府办", typed) == number_key(" 市政府办", "东政办发〔2026〕41号")


def test_a_paper_without_a_number_is_never_the_same_paper() -> None:
    assert number_key("市政府办", " ") == ""


def test_gaps_are_what_lies_below_the_highest() -> None:
    assert gaps([1, 2, 5]) == [3, 4]
    assert gaps([]) == []


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN}, "roles_officers_apart"),
        ({Role.SECURITY_ADMIN, Role.DRAFTER}, "roles_officer_no_business"),
        (set(), "roles_missing"),
    ],
)
def test_duties_that_must_be_apart(roles: set[Role], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_roles(roles)
    assert refused.value.code == code


@pytest.mark.parametrize(("approver", "keeper"), [(1, 3), (2, 1), (2, 2), (None, 1)])
def test_requester_approver_and_keeper_are_three_people(approver: int | None, keeper: int) -> None:
    with pytest.raises(RuleError):
        check_three_apart(requester=1, approver=approver, keeper=keeper)


def test_three_people_may() -> None:
    check_three_apart(requester=1, approver=2, keeper=3)
