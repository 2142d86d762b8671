"""Printed forms of circulation, filled from records: 文件处理笺, 发文稿纸, 传阅单."""

from collections.abc import Sequence

from deskoffice.domain.circulation.outgoing import DocumentKind
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind, Outcome, StepKind, StepRow
from deskoffice.domain.steps import UrgeWay
from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper.forms.model import FieldValue, Values
from deskoffice.storage import moves
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.moves import UrgeRecord
from deskoffice.usecases import matters, stepping, urging
from deskoffice.usecases.circulation import outgoing_secrecy
from deskoffice.usecases.circulation.outgoing_draft import drafted
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import day, form_paper, opinions
from deskoffice.usecases.words import word


def handling_slip(office: Office, matter_id: int) -> PdfPaper:
    """文件处理笺 of an incoming document, with every opinion verbatim."""
    with office.look() as act:
        matter = _matter(act, matter_id, MatterKind.INCOMING)
        values: Values = {**_slip_head(act, matter), **_slip_words(matters.step_rows(office, act.session, matter.id))}
        act.record_other("circulation.slip.printed", f"matter:{matter.id}")
    return form_paper(office, "handling_slip", values, name=f"文件处理笺 {matter.number}.pdf", matter_id=matter_id)


def _matter(act: Act, matter_id: int, kind: MatterKind) -> MatterRecord:
    matter = act.matter(matter_id)
    if matter.kind != kind:
        raise RuleError("matter_missing")
    return matter


def _slip_head(act: Act, matter: MatterRecord) -> dict[str, str]:
    record = act.session.get_one(IncomingRecord, matter.id)
    row = matters.rows(act.office, act.session, [matter])[0]
    return {
        "receipt_number": matter.number,
        "received_on": chinese_date(record.received_on),
        "source_unit": matter.unit,
        "document_number": matter.document_number,
        "level": secrecy_mark(row.level, row.secrecy_years),
        "urgency": word(row.urgency),
        "copy_number": record.copy_number,
        "copies": str(record.copies),
        "title": row.title,
        "due_on": _due(matter, act),
        "filing_number": "",
    }


def _due(matter: MatterRecord, act: Act) -> str:
    """With every day that was set before: an extension overwrites nothing."""
    steps = stepping.steps_of(act.session, matter.id)
    first = min((step.first_due_on for step in steps if step.first_due_on), default=None)
    later = day(matter.due_on)
    return f"{later}（原期限{day(first)}）" if first and first != matter.due_on else later


def _slip_words(steps: Sequence[StepRow]) -> dict[str, FieldValue]:
    readers = [step for step in steps if step.kind is StepKind.CIRCULATION]
    return {
        "proposal": opinions(steps, StepKind.PROPOSAL),
        "instructions": opinions(steps, StepKind.INSTRUCTION),
        "readers": [{"name": step.person, "date": day(step.said_on)} for step in readers],
        "handling": opinions(steps, StepKind.HANDLING),
        "result": opinions(steps, StepKind.CLOSE),
    }


def issue_sheet(office: Office, matter_id: int) -> PdfPaper:
    """发文稿纸 of an outgoing document."""
    with office.look() as act:
        matter = _matter(act, matter_id, MatterKind.OUTGOING)
        steps = matters.step_rows(office, act.session, matter.id)
        values: Values = {**_sheet_head(act, matter), **_sheet_words(steps)}
        act.record_other("circulation.sheet.printed", f"matter:{matter.id}")
    return form_paper(
        office, "issue_sheet", values, name=f"发文稿纸 {matter.number or '拟稿'}.pdf", matter_id=matter_id
    )


def _sheet_head(act: Act, matter: MatterRecord) -> dict[str, str]:
    record = act.session.get_one(OutgoingRecord, matter.id)
    draft = drafted(act, matter)
    return {
        "document_number": matter.document_number,
        "issued_on": day(record.dispatched_on),
        "title": draft.title,
        "joint_with": "，".join(draft.joint_with),
        "addressee": draft.addressee,
        "copy_to": "，".join(draft.copy_to),
        "attachments": "；".join(draft.attachment_titles),
        "document_kind": word(DocumentKind(record.document_kind)),
        "level": secrecy_mark(draft.level, draft.secrecy_years),
        "urgency": word(draft.urgency),
        "draft_unit": matter.unit,
        "drafted_on": chinese_date(matter.created_on),
        "printed_copies": str(record.printed_copies),
        "copy_range": f"000001—{record.printed_copies:06d}",
        "secrecy_basis": _secrecy_basis(act, matter),
    }


def _secrecy_basis(act: Act, matter: MatterRecord) -> str:
    """The latest decision on the level: what it rests on and who approved it."""
    history = outgoing_secrecy.history_in(act.office, act.session, matter.id)
    if not history:
        return ""
    latest = history[0]
    decided = f"{latest.decided_by}审定" if latest.decided_by else f"{latest.proposed_by}{word(latest.state)}"
    return "，".join(part for part in (word(latest.basis), latest.words, decided) if part)


def _sheet_words(steps: Sequence[StepRow]) -> dict[str, FieldValue]:
    drafter = next((step.person for step in steps if step.kind is StepKind.DRAFT), "")
    agreed = [step for step in steps if step.outcome is Outcome.AGREED]
    return {
        "sign": opinions(agreed, StepKind.SIGN),
        "countersign": opinions(agreed, StepKind.COUNTERSIGN),
        "office_review": opinions(agreed, StepKind.REVIEW),
        "drafted_by": drafter,
    }


def circulation_sheet(office: Office, matter_id: int) -> PdfPaper:
    """文件传阅单 of an incoming document: who read it, from when to when."""
    with office.look() as act:
        matter = _matter(act, matter_id, MatterKind.INCOMING)
        steps = [s for s in matters.step_rows(office, act.session, matter.id) if s.kind is StepKind.CIRCULATION]
        readers = [_reader(number, step) for number, step in enumerate(steps, 1)]
        notes = "；".join(dict.fromkeys(step.note for step in steps if step.note))
        values: Values = {**_slip_head(act, matter), "readers": readers, "scope": notes}
        act.record_other("circulation.sheet.printed", f"matter:{matter.id}")
    return form_paper(office, "circulation_sheet", values, name=f"传阅单 {matter.number}.pdf", matter_id=matter_id)


def _reader(number: int, step: StepRow) -> dict[str, str]:
    return {
        "number": str(number),
        "name": f"{step.person}（{step.deputy}代）" if step.deputy else step.person or step.unit,
        "post": step.post,
        "sent_at": f"{step.sent_at:%m-%d %H:%M}",
        "returned_at": f"{step.done_at:%m-%d %H:%M}" if step.done_at else "",
        "opinion": step.opinion or "",
    }


def urge_slip(office: Office, matter_id: int) -> PdfPaper:
    """催办单 of the last reminder."""
    with office.look() as act:
        matter = act.matter(matter_id)
        urges = moves.urges_of(act.session, matter.id)
        if not urges:
            raise RuleError("not_urged_yet")
        steps = {step.id: step for step in matters.step_rows(office, act.session, matter.id)}
        values = _urge_values(act, matter, urges[-1], tuple(steps.values()))
        number = urging.number_of(urges[-1])
        act.record_other("matter.form.printed", f"matter:{matter.id}", form="urge_slip")
    return form_paper(office, "urge_slip", values, name=f"催办单 {number}.pdf", matter_id=matter_id)


def _urge_values(act: Act, matter: MatterRecord, urge: UrgeRecord, steps: Sequence[StepRow]) -> Values:
    row = matters.rows(act.office, act.session, [matter])[0]
    said = next(step for step in steps if step.id == urge.step_id)
    handling = next((step for step in steps if step.kind is StepKind.HANDLING), None)
    due_on = handling.due_on if handling and handling.due_on else matter.due_on
    late = (act.today - due_on).days if due_on else 0
    return {
        "number": urging.number_of(urge),
        "issued_on": day(said.said_on),
        "level_mark": secrecy_mark(row.level, row.secrecy_years),
        "unit": urge.target,
        "person": handling.person if handling else "",
        "title": row.title,
        "document_number": matter.document_number,
        "receipt_number": matter.number,
        "assigned_on": day(handling.sent_at.date()) if handling else "",
        "due_on": day(due_on),
        "overdue": f"{late} 天" if late > 0 else "",
        "times": f"第 {urge.times} 次",
        "way": word(UrgeWay(urge.way)),
        "urged_by": said.person,
        "instructions": opinions(steps, StepKind.INSTRUCTION),
        "note": said.opinion or "",
    }
