"""Copies that are out are listed until they are back, and only to those who may know the paper."""

from datetime import date

import factories

from deskoffice.domain.values import Classification
from deskoffice.usecases import copies
from deskoffice.usecases.circulation import incoming


def register(office, number: str, **changes: object) -> None:
    draft = {"level": Classification.SECRET, "secrecy_years": 20, "must_return": True, "document_number": ""}
    incoming.register(office, factories.incoming_draft(copy_number=number, **(draft | changes)))


def numbers(office) -> list[str]:
    return [row.copy.copy_number for row in copies.out(office, 0, 10).rows]


def test_a_copy_is_out_until_it_is_returned(office):
    register(office, "000017")
    register(office, "000018", must_return=False)
    assert numbers(office) == ["000017"]
    copies.take_back(office, copies.out(office, 0, 10).rows[0].copy.id)
    assert numbers(office) == []


def test_the_list_comes_in_pages(office):
    for at in range(5):
        register(office, f"{at:06d}", received_on=date(2026, 11, 23))
    page = copies.out(office, 3, 10)
    assert page.total == 5
    assert [row.copy.copy_number for row in page.rows] == ["000003", "000004"]


def test_who_may_not_know_the_paper_sees_no_copy_of_it(office):
    register(office, "000017")
    assert copies.out(factories.as_login(office, "intern"), 0, 10).total == 0
