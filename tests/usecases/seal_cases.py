"""What the tests of seals arrange: a seal in the keeper's hands, a contract to be sealed."""

import io
from dataclasses import replace
from datetime import timedelta

from factories import as_login, as_role, person_id
from PIL import Image, ImageDraw

from deskoffice.domain.people import Role
from deskoffice.domain.seal_custody import LoanDraft
from deskoffice.domain.seal_inventory import HandOver, SealDraft, SealKind
from deskoffice.domain.seals import SealUseDraft, Stamping
from deskoffice.usecases import people, seal_custody, seal_inventory, seal_register, seals
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import Office

CONTRACT = FileDraft("采购合同.txt", "甲方：河东县人民政府办公室。乙方：某公司。".encode())


def seal_draft(office: Office, **changes: object) -> SealDraft:
    draft = SealDraft(
        name="河东县人民政府办公室章",
        kind=SealKind.OFFICE,
        owner="河东县人民政府办公室",
        keeper_id=person_id(office, "周燕"),
    )
    return replace(draft, **changes)


def add_seal(office: Office, **changes: object) -> int:
    return seal_inventory.add(as_role(office, Role.SEAL_KEEPER), seal_draft(office, **changes))


def use_draft(seal_id: int, **changes: object) -> SealUseDraft:
    draft = SealUseDraft(
        seal_id=seal_id, subject="签订办公用品采购合同", title="采购合同", unit="办公室", copies=2, imprints=4
    )
    return replace(draft, **changes)


def requested(office: Office, seal_id: int, **changes: object) -> int:
    asked = seals.request(as_role(office, Role.DRAFTER), use_draft(seal_id, **changes), CONTRACT)
    return asked.matter_ids[0]


def approved(office: Office, seal_id: int, **changes: object) -> int:
    use = requested(office, seal_id, **changes)
    seals.approve(as_role(office, Role.OFFICE_LEADER), use, "同意用印")
    return use


def stamping(keeper: Office, use: int, **changes: object) -> Stamping:
    """What a careful keeper says after looking."""
    sheet = seal_register.stamping_sheet(keeper, use)
    return replace(Stamping(sheet.digest, frozenset(sheet.checks), sheet.imprints), **changes)


def make_keeper(office: Office, name: str) -> None:
    """Give somebody the keeper's role beside the own one."""
    row = next(one for one in people.accounts(office) if one.person_id == person_id(office, name))
    officer = as_role(office, Role.SECURITY_ADMIN)
    people.change_account(officer, row.id, row.roles | {Role.SEAL_KEEPER}, row.clearance)


def handed_over(office: Office, seal_id: int, taker: str) -> None:
    """From 周燕 to the taker, before 李强; all three sign."""
    draft = HandOver(person_id(office, taker), person_id(office, "李强"), "轮岗")
    keeper = as_login(office, "zhouyan")
    begun = seal_custody.begin_hand_over(keeper, seal_id, draft)
    seal_custody.sign_hand_over(as_login(office, "liqiang"), begun)
    login = {"吴昊": "wuhao"}[taker]
    seal_custody.sign_hand_over(as_login(office, login), begun)


def loan_draft(office: Office) -> LoanDraft:
    """王丽 and 周燕 go to a signing and are back in the afternoon."""
    first, second = person_id(office, "王丽"), person_id(office, "周燕")
    return LoanDraft(first, second, "县会议中心", "现场签约用印", office.now() + timedelta(hours=8))


def imprint_picture() -> FileDraft:
    """A red ring on the white of a scanner."""
    scan = Image.new("RGB", (400, 400), (246, 244, 240))
    ImageDraw.Draw(scan).ellipse((40, 40, 360, 360), outline=(205, 20, 40), width=16)
    out = io.BytesIO()
    scan.save(out, "PNG")
    return FileDraft("印模.png", out.getvalue())
