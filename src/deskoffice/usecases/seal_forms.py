"""Printed sheets of the seals themselves: hand-over, taking out, ending, yearly check, imprints counted."""

from collections.abc import Sequence

from deskoffice.domain.errors import RuleError
from deskoffice.domain.seal_custody import LoanRow, LoanState
from deskoffice.domain.seal_inventory import SealEvent, SealRow, SealState
from deskoffice.domain.values import chinese_date
from deskoffice.paper import pressing
from deskoffice.paper.forms import FORMS
from deskoffice.paper.forms.model import FieldValue
from deskoffice.paper.seal import stencil
from deskoffice.usecases import printing, seal_book, seal_custody, seal_imprint, seal_inventory, settings
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word

SAMPLES = {"seal_handover": ("印模", True), "seal_imprints": ("印模（原大）", True), "seal_ending": ("最后印模", False)}
"""Under which heading of a form imprints stand, and whether in a column with a row for each seal."""

ENDINGS = (SealState.OUT_OF_USE, SealState.SEALED, SealState.HANDED_IN, SealState.DESTROYED)


def _printed(
    office: Office, form: str, values: dict[str, FieldValue], name: str, samples: Sequence[SealRow] = ()
) -> PdfPaper:
    """A form with the imprints of some seals, as far as this account may see them: a keeper its own."""
    data = printing.filled(office, form, values)
    with office.act() as act:
        act.record_other("seals.form.printed", form=form)
        pictures = [(seal, seal_imprint.picture(act, seal.id)) for seal in samples]
    if any(picture for _, picture in pictures):
        heading, has_rows = SAMPLES[form]
        rows = [seal.name for seal in samples] if has_rows else []
        places = pressing.beneath(data, heading, samples[0].diameter, rows)
        for (seal, picture), place in zip(pictures, places, strict=True):
            if picture is not None:
                data = pressing.press(data, stencil(picture), [place], seal.diameter)
    return PdfPaper(data, f"{FORMS[form].title} {name}.pdf")


def _seal(office: Office, seal_id: int) -> SealRow:
    found = next((row for row in seal_inventory.all_seals(office) if row.id == seal_id), None)
    if found is None:
        raise RuleError("seal_missing")
    return found


def hand_over_sheet(office: Office, seal_id: int) -> PdfPaper:
    """印章移交单 of the last hand-over, with the three who signed."""
    seal = _seal(office, seal_id)
    moves = seal_custody.hand_overs(office, seal_id)
    if not moves:
        raise RuleError("seal_not_handed_over")
    move = moves[-1]
    line = {"number": "1", "name": seal.name, "kind": word(seal.kind), "material": seal.material, "count": "1"}
    signed = {
        party.value: f"{name}\n{at.astimezone(CHINA):%Y-%m-%d %H:%M} 在本系统签字" for party, name, at in move.signed
    }
    values: dict[str, FieldValue] = {
        "number": f"移交{move.id}号",
        "handed_over_on": chinese_date(move.begun_at.astimezone(CHINA).date()),
        "unit": settings.read_settings(office).office_name,
        "place": seal.place,
        "reason": move.reason,
        "seals": [line],
        "from_person": signed.get("giver", ""),
        "to_person": signed.get("taker", ""),
        "witness": signed.get("witness", ""),
    }
    return _printed(office, "seal_handover", values, seal.name, [seal])


def loan_sheet(office: Office, seal_id: int) -> PdfPaper:
    """印章外带审批单 of the last time that the seal was asked to leave the office."""
    seal = _seal(office, seal_id)
    found = seal_custody.loans(office, seal_id)
    if not found:
        raise RuleError("seal_never_out")
    return _printed(office, "seal_loan", _loan(found[0]), seal.name)


def _loan(row: LoanRow) -> dict[str, FieldValue]:
    moments = {
        name: f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
        for name, at in (("due_at", row.due_at), ("out_at", row.out_at), ("back_at", row.back_at))
    }
    agreed = {LoanState.ASKED: "", LoanState.REFUSED: f"不同意。{row.note}"}.get(row.state, "同意外带。")
    return {
        "number": f"外带{row.id}号",
        "asked_on": chinese_date(row.asked_at.astimezone(CHINA).date()),
        "seal": row.seal,
        "applicant": row.asked_by,
        "first": row.first,
        "second": row.second,
        "place": row.place,
        "purpose": row.reason,
        "approval": f"{agreed}　{row.approver}" if agreed else "",
        "taken_back_by": row.taken_back_by,
        "note": row.note if row.state is LoanState.BACK else "",
        **moments,
    }


def ending_sheet(office: Office, seal_id: int) -> PdfPaper:
    """印章停用、缴销、销毁登记表: every step out of use, with reasons and witnesses."""
    seal = _seal(office, seal_id)
    ends = [
        line
        for line in seal_inventory.history(office, seal_id)
        if line.event is SealEvent.STATE and line.state in ENDINGS
    ]
    if not ends:
        raise RuleError("seal_still_in_use", seal=seal.name)
    last = ends[-1]
    lines = [
        {
            "number": str(number),
            "event": word(line.state),
            "on": f"{line.at.astimezone(CHINA):%Y-%m-%d}",
            "reason": line.reason,
            "receiver": line.to_person,
            "witnesses": line.witnesses,
        }
        for number, line in enumerate(ends, start=1)
    ]
    values: dict[str, FieldValue] = {
        "number": f"印章{seal.id}号",
        "ended_on": chinese_date(last.at.astimezone(CHINA).date()),
        "name": seal.name,
        "kind": word(seal.kind),
        "owner": seal.owner,
        "made_of": "　".join(part for part in (seal.material, seal.size) if part),
        "enabled": "　".join(part for part in (printing.day(seal.enabled_on), seal.enabled_by) if part),
        "keeper": seal.keeper,
        "steps": lines,
        "witnesses": last.witnesses,
        "handler": last.by,
    }
    return _printed(office, "seal_ending", values, seal.name, [seal])


def imprints_book(office: Office) -> PdfPaper:
    """印章印模册: the imprints of all seals at their true size, those that this keeper may see."""
    seals = seal_inventory.all_seals(office)
    lines = [
        {
            "number": str(at),
            "name": seal.name,
            "enabled": "\n".join(part for part in (seal.enabled_by, printing.day(seal.enabled_on)) if part),
            "keeper": seal.keeper,
        }
        for at, seal in enumerate(seals, start=1)
    ]
    values: dict[str, FieldValue] = {
        "unit": settings.read_settings(office).office_name,
        "made_on": chinese_date(office.today()),
        "seals": lines,
    }
    return _printed(office, "seal_imprints", values, f"{office.today():%Y-%m-%d}", seals)


def check_sheet(office: Office, year: int) -> PdfPaper:
    """印章年度核查表; what was not looked at yet stands empty, to be filled in by hand."""
    rows = seal_custody.check_sheet(office, year)
    lines = [
        {
            "number": str(number),
            "name": row.seal.name,
            "kind": word(row.seal.kind),
            "keeper": row.seal.keeper,
            "place": row.seal.place,
            "state": word(row.seal.state),
            "result": word(row.result) if row.result else "",
            "note": row.note,
        }
        for number, row in enumerate(rows, start=1)
    ]
    done = [row for row in rows if row.at is not None]
    at = max((row.at for row in done if row.at), default=None)
    values: dict[str, FieldValue] = {
        "year": f"{year}年",
        "checked_on": chinese_date(at.astimezone(CHINA).date()) if at else "",
        "seals": lines,
        "checked_by": done[-1].by if done else "",
        "witness": done[-1].witness if done else "",
    }
    return _printed(office, "seal_check", values, str(year))


def counts_sheet(office: Office, year: int) -> PdfPaper:
    """用印统计表: imprints by seal, by unit and by what was sealed."""
    found = seal_book.counts(office, year)
    groups = (("印章", found.seals), ("用印单位", found.units), ("用印对象", found.matters))
    lines = [{"group": group, "name": name, "imprints": str(count)} for group, rows in groups for name, count in rows]
    values: dict[str, FieldValue] = {
        "year": f"{year}年",
        "made_on": chinese_date(office.today()),
        "uses": str(found.uses),
        "stamped": str(found.stamped),
        "spoiled": str(found.spoiled),
        "refused": str(found.refused),
        "lines": lines,
    }
    return _printed(office, "seal_counts", values, str(year))
