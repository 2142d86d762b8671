"""Printed forms of seals: 用印审批单, 用印登记簿, 印章清册."""

from deskoffice.domain.matters import MatterKind, Outcome, State, StepKind
from deskoffice.domain.seal_inventory import SealRow
from deskoffice.domain.seals import EntryEvent, RegisterRow
from deskoffice.domain.values import Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage import seal_inventory as seal_store
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.seals import SealUseRecord
from deskoffice.usecases import matters, printing, seal_inventory, seal_register
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book
from deskoffice.usecases.words import word


def request_sheet(office: Office, matter_id: int) -> PdfPaper:
    """用印审批单 with every opinion verbatim."""
    return printing.printed(office, matter_id, MatterKind.SEAL_USE, "seal_request", _request)


def _request(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    use = act.session.get_one(SealUseRecord, matter.id)
    row = matters.rows(act.office, act.session, [matter])[0]
    steps = matters.step_rows(act.office, act.session, matter.id)
    said = {step.kind: step for step in steps if step.done_at is not None and step.outcome is not Outcome.WITHDRAWN}
    asked, made = said.get(StepKind.REQUEST), said.get(StepKind.STAMP)
    return {
        "number": matter.number,
        "requested_on": chinese_date(matter.created_on),
        "unit": matter.unit,
        "applicant": asked.person if asked else "",
        "seal": "、".join(seal.name for seal in seal_store.seals(act.session, [use.seal_id or 0])),
        "purpose": (asked.opinion if asked else None) or row.title,
        "title": row.title,
        "document_number": matter.document_number,
        "level": secrecy_mark(row.level, row.secrecy_years),
        "copies": str(use.copies),
        "pages": str(use.pages or ""),
        "imprints": str(use.imprints),
        "straddle": "是" if use.is_straddling else "否",
        "approval": printing.opinions(steps, StepKind.APPROVAL),
        "stamped_on": chinese_date(use.stamped_at.astimezone(CHINA).date()) if use.stamped_at else "",
        "stamped_by": made.person if made else "",
        "note": (made.opinion if made else None) or "",
    }


def register_book(office: Office, seal_id: int | None, year: int, suffix: str = "pdf") -> PdfPaper:
    """用印登记簿 of a year, of one seal or of all, refusals among the rest, bound or as a workbook."""
    return printing.bound(office, register(office, year, seal_id=seal_id), suffix)


def register(office: Office, year: int | None, *, seal_id: int | None = None) -> Book:
    """The lines of the 用印登记簿."""
    rows = seal_register.register_rows(office, seal_id, year)
    level = max((row.matter.level for row in rows), default=Classification.PUBLIC)
    return Book("seal_register", tuple(_line(row) for row in rows), level, year)


def _line(row: RegisterRow) -> dict[str, str]:
    spoiled = f"废{row.spoiled}枚" if row.spoiled else ""
    refused = ""
    if row.matter.state is State.REFUSED:
        refused = word(EntryEvent.REFUSED) if row.keeper else word(State.REFUSED)
    at = row.stamped_at or row.entered_at
    about = f"{row.matter.document_number} {row.matter.title}".strip()
    return {
        "serial": str(row.serial or ""),
        "chain": row.chain[:8],
        "number": row.matter.number,
        "stamped_at": f"{at:%Y-%m-%d %H:%M}" if at else "",
        "seal": row.seal,
        "unit": row.matter.unit,
        "purpose": about if row.subject == row.matter.title else f"{row.subject}（{about}）",
        "copies": str(row.copies),
        "imprints": str(row.stamped) if row.stamped_at else "",
        "applicant": row.requester,
        "approver": row.approver,
        "stamped_by": row.keeper,
        "note": "；".join(part for part in (refused, spoiled, row.note) if part),
    }


def inventory_book(office: Office) -> PdfPaper:
    """印章清册."""
    lines = tuple(
        _inventory_line(number, seal) for number, seal in enumerate(seal_inventory.all_seals(office), start=1)
    )
    return printing.bound(office, Book("seal_inventory", lines, Classification.PUBLIC, office.today().year))


def _inventory_line(number: int, seal: SealRow) -> dict[str, str]:
    return {
        "number": str(number),
        "name": seal.name,
        "kind": word(seal.kind),
        "material": seal.material,
        "enabled_on": "　".join(part for part in (printing.day(seal.enabled_on), seal.enabled_by) if part),
        "keeper": seal.keeper,
        "deputy": seal.deputy,
        "state": word(seal.state),
        "note": seal.note,
    }
