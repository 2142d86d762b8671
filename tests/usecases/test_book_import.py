"""An old book is taken over once, known again, and taken out whole."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import factories
import pytest
from factories import incoming_draft
from usecases import old_books

from deskoffice.domain.circulation.book_columns import Field
from deskoffice.domain.errors import NotAllowed, RuleError
from deskoffice.domain.matters import ListQuery, MatterKind, StepKind
from deskoffice.usecases import book_import, checks, ledgers, matters, open_form, search
from deskoffice.usecases.book_import import ImportResult
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office

INCOMING = ListQuery(kinds=frozenset({MatterKind.INCOMING}))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "旧台账.xlsx"
    path.write_bytes(old_books.every_shape_of_day().data)
    return path


def taken(office: Office, path: Path, progress: Callable[[int, int], bool] | None = None) -> ImportResult:
    return book_import.run(office, book_import.read(office, path), progress)


def everything(office: Office) -> list[object]:
    return sorted(open_form.lines(office), key=lambda line: str(line["id"]))


def test_every_row_is_imported_or_named_and_a_trial_changes_nothing(office: Office, book: Path) -> None:
    before = everything(office)
    tried = book_import.preview(office, book_import.read(office, book))
    assert everything(office) == before
    done = taken(office, book)
    assert (tried.rows, tried.imported, tried.duplicates) == (done.rows, done.imported, done.duplicates)
    assert (done.rows, done.imported, done.duplicates, done.refused) == (210, 200, 10, [])
    assert matters.list_page(office, INCOMING, 0, 10).total == 200
    assert checks.everything(office) == []


def test_the_words_of_the_old_book_stand_on_the_card_and_are_found(office: Office, samples: Path) -> None:
    taken(office, samples / "收文登记簿.xlsx")
    found = search.find(office, "县人办 137号")
    assert found.total == 1
    card = matters.card(office, found.hits[0].row.id)
    assert card.row.title == "关于解决乡镇卫生院改扩建资金缺口情况的通报"
    assert [step.opinion for step in card.steps if step.kind is StepKind.PROPOSAL] == ["呈李主任阅"]
    assert any("通报" in step.note for step in card.steps)
    assert search.find(office, "请财政局抓紧办理。3月底前报结果").total > 10


def test_twice_is_not_double(office: Office, book: Path) -> None:
    taken(office, book)
    again = taken(office, book)
    assert (again.rows, again.imported, again.duplicates) == (210, 0, 210)
    assert matters.list_page(office, INCOMING, 0, 10).total == 200


def test_what_was_registered_by_hand_is_known(office: Office, book: Path) -> None:
    papers = enumerate(old_books.every_shape_of_day().papers)
    at, paper = next((at, one) for at, one in papers if one.number and not one.level)
    draft = incoming_draft(source_unit=paper.unit, document_number=paper.number.replace("〔", "[").replace("〕", "]"))
    incoming.register(office, replace(draft, title=paper.title, received_on=paper.received, copy_number=f"{at:06}"))
    done = taken(office, book)
    assert (done.imported, done.duplicates) == (199, 11)


def test_undone_nothing_is_left_and_the_book_can_be_taken_again(office: Office, book: Path) -> None:
    incoming.register(office, incoming_draft())
    before = everything(office)
    done = taken(office, book)
    assert done.batch_id is not None
    assert book_import.undo(office, done.batch_id) == 200
    assert everything(office) == before
    assert search.find(office, "保密自查自评").total == 0
    assert search.ids_found(office, "保密自查自评") == ()
    assert checks.everything(office) == []
    with pytest.raises(RuleError, match="import_missing"):
        book_import.undo(office, done.batch_id)
    assert taken(office, book).imported == 200


def test_a_number_of_a_matter_taken_out_is_never_given_again(office: Office, book: Path) -> None:
    done = taken(office, book)
    with office.read() as session:
        last = max(row.id for row in ledgers.rows(office, INCOMING))
        del session
    assert done.batch_id is not None
    book_import.undo(office, done.batch_id)
    changes = incoming.register(office, incoming_draft())
    assert changes.matter_ids[0] > last


def test_a_stopped_import_leaves_nothing(office: Office, samples: Path) -> None:
    with pytest.raises(RuleError, match="stopped"):
        taken(office, samples / "收文登记簿.xlsx", lambda done, _: done < 600)
    assert everything(office) == []
    assert [batch.state for batch in book_import.batches(office)] == ["undone"]


def test_a_batch_that_was_worked_on_is_not_undone(office: Office, book: Path) -> None:
    done = taken(office, book)
    row = next(ledgers.rows(office, INCOMING))
    from deskoffice.usecases import attachments

    with office.act() as act:
        attachments.put(act, act.matter(row.id), attachments.read(attachments.FileDraft("补.txt", "补".encode())))
        from deskoffice.storage.matters import LinkRecord

        act.session.add(LinkRecord(from_id=row.id, to_id=row.id, kind="relates"))
    assert done.batch_id is not None
    with pytest.raises(RuleError, match="import_touched"):
        book_import.undo(office, done.batch_id)
    assert matters.list_page(office, INCOMING, 0, 1).total == 200


def test_columns_once_corrected_are_taken_so_again(office: Office, book: Path) -> None:
    plan = book_import.read(office, book)
    sheet = plan.sheets[0]
    corrected = [Field.HANDLING if one is Field.INSTRUCTION else one for one in sheet.fields]
    book_import.run(office, replace(plan, sheets=(sheet.with_fields(corrected),)))
    assert book_import.read(office, book).mapping["批办"] == "handling"


def test_only_the_clerk_imports_and_nobody_above_the_own_clearance(office: Office, book: Path) -> None:
    with pytest.raises(NotAllowed):
        book_import.read(factories.as_login(office, "intern"), book)


def test_who_may_not_know_a_paper_of_the_book_does_not_find_it(office: Office, book: Path) -> None:
    taken(office, book)
    secret = [one for one in old_books.every_shape_of_day().papers if one.level in ("秘密", "机密")]
    other = factories.log_in(office, "sunfang")
    try:
        assert matters.list_page(other, INCOMING, 0, 1).total == 200 - len(secret)
        assert search.find(other, secret[0].title).total == 0
    finally:
        factories.log_in(other, "wangli")
