"""What the tests of seals arrange: a seal in the keeper's hands, a contract to be sealed."""

from dataclasses import replace

from factories import as_role, person_id

from deskoffice.domain.people import Role
from deskoffice.domain.seal_inventory import SealDraft, SealKind
from deskoffice.domain.seals import SealUseDraft, Stamping
from deskoffice.usecases import seal_inventory, seal_register, seals
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
