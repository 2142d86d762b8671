"""The stamped file and the book: what was stamped can be proved, what was written cannot be taken back."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pikepdf
import pypdfium2
import pytest
from factories import as_role, log_in, person_id
from PIL import Image, ImageOps
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE
from sqlalchemy import text
from usecases.seal_cases import (
    CONTRACT,
    add_seal,
    approved,
    imprint_picture,
    requested,
    stamping,
    use_draft,
)
from usecases.test_outgoing import drafted, sign_it, signed

from deskoffice.domain.errors import DeskOfficeError, InvalidDraft, NotAllowed, RuleError
from deskoffice.domain.matters import Action, ContentRole, MatterKind, State
from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealKind, SealState, StateChange
from deskoffice.domain.seals import PaperKind, StampedFile
from deskoffice.paper import certificates, pressing, signing
from deskoffice.paper.preview import find
from deskoffice.paper.seal import cleaned, stencil
from deskoffice.storage import seal_book as book_store
from deskoffice.usecases import (
    attachments,
    checks,
    matters,
    seal_book,
    seal_inventory,
    seal_register,
    seal_verifying,
    seals,
    settings,
)
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import outgoing_ending, outgoing_paper
from deskoffice.usecases.seal_verifying import Finding


@pytest.fixture
def seal(office) -> int:
    return add_seal(office)


def signed_contract(pages: int) -> FileDraft:
    """A contract as a PDF, the office's name and the date at its end."""
    from deskoffice.paper.documents import document_from_meta, read_body, typeset

    body = "双方约定。\n" + "双方应当按照约定履行义务。\n" * (22 * pages - 8) + "河东县人民政府办公室\n2026年11月23日"
    made = typeset(document_from_meta(read_body("合同.txt", body.encode()), {}), clock_time=datetime.now(UTC))
    return FileDraft("采购合同.pdf", made.pdf)


def stamped_file(keeper, use: int):
    card = matters.card(keeper, use)
    row = next(row for row in card.contents if row.role is ContentRole.SIGNED_PDF)
    return attachments.open_content(keeper, use, row.content_id).data


def test_a_stamped_file_proves_what_was_stamped_and_shows_each_change(office, seal):
    draft = use_draft(seal, is_straddling=True)
    use = seals.request(as_role(office, Role.DRAFTER), draft, signed_contract(2)).matter_ids[0]
    seals.approve(as_role(office, Role.OFFICE_LEADER), use)
    keeper = log_in(office, "zhouyan")
    seal_inventory.keep_imprint(keeper, seal, imprint_picture())
    seals.stamp(keeper, use, stamping(keeper, use))
    data = stamped_file(keeper, use)
    verdict = seal_verifying.verify(keeper, data)
    assert (verdict.finding, verdict.seal, verdict.number) == (
        Finding.AS_STAMPED,
        "河东县人民政府办公室章",
        "印〔2026〕1号",
    )
    assert verdict.signed_at == office.now()
    assert seal_register.register_rows(keeper, seal, 2026)[0].file_digest == sha256(data).hexdigest()
    changed = bytearray(data)
    changed[len(data) // 3] ^= 1
    assert seal_verifying.verify(keeper, bytes(changed)).finding is Finding.CHANGED
    lower = data.replace(
        data[data.rfind(b"/Contents <") + 11 :][:200], data[data.rfind(b"/Contents <") + 11 :][:200].lower()
    )
    assert seal_verifying.verify(keeper, lower).finding is Finding.CHANGED
    assert seal_verifying.verify(keeper, signed_contract(1).data).finding is Finding.UNSIGNED
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) >= 2
    keeper.close()


def test_a_page_left_blank_stops_the_stamping(office, seal):
    with pikepdf.open(io.BytesIO(signed_contract(1).data)) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        out = io.BytesIO()
        pdf.save(out)
    half_blank = FileDraft("介绍信.pdf", out.getvalue())
    with pytest.raises(InvalidDraft) as caught:
        seals.request(as_role(office, Role.DRAFTER), use_draft(seal), half_blank)
    assert caught.value.problems == {"paper": "paper_blank"}


def test_every_act_on_paper_is_an_entry_that_bears_the_one_before(office, seal):
    keeper = as_role(office, Role.SEAL_KEEPER)
    for _ in range(2):
        use = approved(office, seal)
        seals.stamp(keeper, use, stamping(keeper, use))
    seals.refuse(keeper, approved(office, seal), "落款不符")
    requested(office, seal)
    rows = seal_register.register_rows(office, seal, 2026)
    assert [row.serial for row in rows] == [1, 2, 3, 0]
    with office.read() as session:
        records = book_store.entries(session, seal, 2026)
        assert [record.previous for record in records] == ["", records[0].digest, records[1].digest]
    assert [row.chain for row in rows[:3]] == [record.digest for record in records]


@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param("UPDATE seal_entry SET stamped = 3 WHERE serial = 2", id="an entry changed"),
        pytest.param("DELETE FROM seal_entry WHERE serial = 2", id="an entry cut out"),
        pytest.param("DELETE FROM seal_entry WHERE serial = 1", id="the first entry cut off"),
        pytest.param("UPDATE seal_use SET stamped = 2", id="the use told otherwise"),
    ],
)
def test_a_register_that_was_changed_is_found_by_the_check(office, seal, tampering):
    keeper = as_role(office, Role.SEAL_KEEPER)
    for _ in range(3):
        use = approved(office, seal)
        seals.stamp(keeper, use, stamping(keeper, use))
    with office.read() as session:
        assert seal_book.problems(session) == []
    with office.act() as act:
        act.session.execute(text(tampering))
    with office.read() as session:
        assert any(problem.startswith("seal_book_") for problem in seal_book.problems(session))
    assert any(problem.startswith("seal_book_") for problem in checks.everything(office))


def test_imprints_are_counted_by_seal_unit_and_matter(office, seal):
    keeper = as_role(office, Role.SEAL_KEEPER)
    for kind, spoiled in ((PaperKind.CERTIFICATE, 0), (PaperKind.REPORT, 1)):
        use = approved(office, seal, paper_kind=kind, unit="县财政局")
        seals.stamp(keeper, use, stamping(keeper, use, spoiled=spoiled, note="印泥不匀" if spoiled else ""))
    seals.refuse(keeper, approved(office, seal), "落款不符")
    found = seal_book.counts(office, 2026)
    assert (found.uses, found.stamped, found.spoiled, found.refused) == (2, 8, 1, 1)
    assert found.seals == (("河东县人民政府办公室章", 8),)
    assert found.units == (("县财政局", 8),)
    assert set(found.matters) == {("证明", 4), ("报表", 4)}


def test_what_binds_the_office_goes_to_a_leader_who_may_sign(office, seal):
    use = requested(office, seal, paper_kind=PaperKind.CONTRACT)
    leader = as_role(office, Role.OFFICE_LEADER)
    assert Action.APPROVE not in matters.card(leader, use).actions
    seals.approve(as_role(office, Role.SIGNATORY), use)
    assert matters.card(office, use).row.state is State.APPROVED


def test_the_office_sets_who_approves_what(office, seal):
    leader = as_role(office, Role.OFFICE_LEADER)
    seal_book.save_approver_rules(leader, {(SealKind.OFFICE, PaperKind.CONTRACT): Role.OFFICE_LEADER})
    use = requested(office, seal, paper_kind=PaperKind.CONTRACT)
    seals.approve(leader, use)
    with pytest.raises(NotAllowed):
        seal_book.save_approver_rules(as_role(office, Role.DRAFTER), {})


def test_a_leader_below_the_rule_cannot_be_named_as_approver(office, seal):
    drafter = as_role(office, Role.DRAFTER)
    draft = use_draft(seal, paper_kind=PaperKind.PLEDGE)
    with pytest.raises(RuleError, match="seal_approver_too_low"):
        seals.request(drafter, draft, CONTRACT, approver_id=person_id(office, "李强"))


def test_a_name_seal_is_used_only_when_its_leader_says_so(office):
    named = add_seal(office, name="张伟名章", kind=SealKind.LEADER, owner="刘洋")
    use = requested(office, named)
    with pytest.raises(RuleError, match="seal_own_name_only"):
        seals.approve(as_role(office, Role.SIGNATORY), use)
    own = add_seal(office, name="张伟县长名章", kind=SealKind.LEADER, owner="张伟")
    seals.approve(as_role(office, Role.SIGNATORY), requested(office, own))


def test_a_seal_out_of_use_stamps_nothing_that_was_approved_before(office, seal):
    keeper = as_role(office, Role.SEAL_KEEPER)
    use = approved(office, seal)
    said = stamping(keeper, use)
    seal_inventory.change_state(keeper, seal, StateChange(SealState.OUT_OF_USE, "机构更名"))
    with pytest.raises(DeskOfficeError, match="seal_not_in_use"):
        seals.stamp(keeper, use, replace(said))


def scanned() -> bytes:
    out = io.BytesIO()
    ImageOps.expand(Image.new("L", (300, 400), 0), 60, 255).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(FileDraft("采购合同.txt", "乙方：另一公司。".encode(), ContentRole.BODY), id="a new text"),
        pytest.param(FileDraft("采购合同.png", scanned(), ContentRole.BODY), id="a scan instead"),
        pytest.param(FileDraft("附件.txt", "价格另定。".encode()), id="an attachment added"),
        pytest.param(FileDraft("附表.txt", "单价九元。".encode()), id="an attachment exchanged"),
    ],
)
def test_a_version_changed_after_approval_is_stamped_by_nobody(office, seal, changed):
    drafter, keeper = as_role(office, Role.DRAFTER), as_role(office, Role.SEAL_KEEPER)
    use = requested(office, seal)
    attachments.attach(drafter, use, FileDraft("附表.txt", "单价八元。".encode()))
    seals.approve(as_role(office, Role.OFFICE_LEADER), use)
    said = stamping(keeper, use)
    sheet = seal_register.stamping_sheet(keeper, use)
    assert (sheet.is_unchanged, sheet.attached) == (True, ("附表.txt",))
    attachments.attach(drafter, use, changed)
    assert not seal_register.stamping_sheet(keeper, use).is_unchanged
    for seen in (said, stamping(keeper, use)):
        with pytest.raises(RuleError, match="seal_text_changed"):
            seals.stamp(keeper, use, seen)


def signed_with_a_list(office) -> int:
    document = drafted(office)
    attachments.attach(as_role(office, Role.DRAFTER), document, FileDraft("名单.txt", "三人。".encode()))
    sign_it(office, document)
    return document


def test_an_attachment_exchanged_after_the_signature_needs_a_new_signature(office, seal):
    document, keeper = signed_with_a_list(office), as_role(office, Role.SEAL_KEEPER)
    attachments.attach(as_role(office, Role.DRAFTER), document, FileDraft("名单.txt", "另一批人。".encode()))
    for words in ("附件已换。", "请再看。"):
        use = next(one.row.id for one in matters.todo(keeper) if one.row.kind is MatterKind.SEAL_USE)
        with pytest.raises(RuleError, match="seal_text_changed"):
            seals.stamp(keeper, use, stamping(keeper, use, seal_id=seal))
        seals.refuse(keeper, use, "附件在签发后换过。")
        outgoing_ending.ask_seal_again(as_role(office, Role.DRAFTER), document, words)
    assert matters.card(office, document).row.state is State.SIGNED


def test_the_scan_of_the_signed_slip_is_no_part_of_the_document(office, seal):
    document, keeper = signed_with_a_list(office), as_role(office, Role.SEAL_KEEPER)
    attachments.attach(as_role(office, Role.CONFIDENTIAL_CLERK), document, FileDraft("签批单.png", scanned()))
    use = next(one.row.id for one in matters.todo(keeper) if one.row.kind is MatterKind.SEAL_USE)
    seals.stamp(keeper, use, stamping(keeper, use, seal_id=seal))
    assert matters.card(office, document).row.state is State.STAMPED


def seals_on(pdf: bytes) -> list[float]:
    """The middles of the seals, points from the left of their page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        boxes = [one.get_bounds() for page in opened for one in page.get_objects() if one.type == FPDF_PAGEOBJ_IMAGE]
        return sorted((left + right) / 2 for left, _, right, _ in boxes)


def test_a_joint_document_bears_each_seal_over_its_own_name(office, seal):
    other = add_seal(office, name="河东县财政局章", owner="河东县财政局")
    keeper = log_in(office, "zhouyan")
    for one in (seal, other):
        seal_inventory.keep_imprint(keeper, one, imprint_picture())
    document = signed(keeper, joint_with=("河东县财政局",))
    use = next(one.row.id for one in matters.todo(keeper) if one.row.kind is MatterKind.SEAL_USE)
    seals.stamp(keeper, use, stamping(keeper, use))
    asked = seals.request(as_role(keeper, Role.DRAFTER), use_draft(other, signed_id=document, copies=3, imprints=3))
    seals.approve(as_role(keeper, Role.OFFICE_LEADER), asked.matter_ids[0])
    seals.stamp(keeper, asked.matter_ids[0], stamping(keeper, asked.matter_ids[0]))
    alone, both = (
        attachments.open_content(keeper, document, row.content_id).data
        for row in sorted(matters.card(keeper, document).contents, key=lambda row: row.id)
        if row.role is ContentRole.SIGNED_PDF
    )
    first, second = seals_on(both)
    (named,) = pressing.places(both, ["河东县财政局"], 42.0)
    assert seals_on(alone) == [first]
    assert second == pytest.approx(named.x / 25.4 * 72, abs=3)
    assert seal_verifying.verify(keeper, both).finding is Finding.AS_STAMPED
    keeper.close()


@pytest.mark.parametrize("is_final", [False, True])
def test_a_pdf_that_the_other_side_signed_keeps_their_signature(office, seal, is_final):
    theirs = signed_by_another(signed_contract(2).data, is_final=is_final)
    draft = use_draft(seal, is_straddling=True)
    asked = seals.request(as_role(office, Role.DRAFTER), draft, FileDraft("采购合同.pdf", theirs))
    use = asked.matter_ids[0]
    seals.approve(as_role(office, Role.OFFICE_LEADER), use)
    keeper = log_in(office, "zhouyan")
    assert seal_register.stamping_sheet(keeper, use).file is StampedFile.NO_IMPRINT
    seal_inventory.keep_imprint(keeper, seal, imprint_picture())
    told = StampedFile.FINAL if is_final else StampedFile.COUNTERSIGNED
    assert seal_register.stamping_sheet(keeper, use).file is told
    seals.stamp(keeper, use, stamping(keeper, use))
    files = [row for row in matters.card(keeper, use).contents if row.role is ContentRole.SIGNED_PDF]
    assert len(files) == (not is_final)
    assert (seal_register.register_rows(keeper, seal, 2026)[0].file_digest == "") == is_final
    if not is_final:
        data = stamped_file(keeper, use)
        assert data.startswith(theirs)
        assert seal_verifying.verify(keeper, data).finding is Finding.AS_STAMPED
    keeper.close()


def signed_by_another(pdf: bytes, *, is_final: bool) -> bytes:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    root = certificates.authority("河东县某建设公司", at=at)
    credential = certificates.for_seal(root, seal="合同专用章", owner="河东县某建设公司", at=at)
    note = signing.SignatureNote("某公司", "签约", "河东县", at)
    if is_final:
        return signing.sign(pdf, credential, note)
    ink = stencil(cleaned(imprint_picture().data))
    mark = pressing.as_picture(pdf, ink, pressing.places(pdf, [""], 42.0)[0], 42.0)
    return signing.countersign(pdf, credential, note, mark)


def test_sheets_printed_before_the_seal_leave_its_place_free_over_name_and_date(office):
    issuer = settings.read_settings(office).issuer_name
    add_seal(office, owner=issuer)
    document = signed(office)
    pdf = outgoing_paper.pdf(as_role(office, Role.CONFIDENTIAL_CLERK), document).pdf
    seal = pressing.places(pdf, [issuer], 42)[0]
    _, left, _, width, _ = next(hit for hit in find(pdf, issuer) if abs(hit[2] * 297 - seal.y) < 20)
    # Unsealed, the date would begin two characters behind the name: here the name stands in the middle of it.
    assert (left + width / 2) * 210 == pytest.approx(seal.x, abs=1)
