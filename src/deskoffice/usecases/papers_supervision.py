"""Printed forms of chased tasks: 督办通知单, 督办事项台账."""

from deskoffice.domain.matters import ListQuery, MatterKind, SortKey, StepKind, StepRow
from deskoffice.domain.supervision import TaskSource
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date
from deskoffice.paper.forms.model import FieldValue
from deskoffice.paper.forms.registers import book
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import ledgers, matters, printing, settings
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word


def notice(office: Office, matter_id: int) -> PdfPaper:
    """督办通知单 with every reminder, the answer and the verdict."""
    return printing.printed(office, matter_id, MatterKind.TASK, "supervision_notice", _notice)


def _notice(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    record = act.session.get_one(TaskRecord, matter.id)
    row = matters.rows(act.office, act.session, [matter])[0]
    steps = matters.step_rows(act.office, act.session, matter.id)
    return {
        "number": matter.number,
        "opened_on": chinese_date(matter.created_on),
        "title": row.title,
        "source": word(TaskSource(record.source)),
        "lead_unit": matter.unit,
        "leader": record.leader,
        "co_units": "，".join(record.others.splitlines()),
        "person": next((step.person for step in steps if step.kind is StepKind.HANDLING), ""),
        "due_on": printing.day(matter.due_on),
        "urgency": word(row.urgency),
        "requirements": next((step.opinion or "" for step in steps if step.kind is StepKind.REGISTER), ""),
        "reminders": [_reminder(step) for step in steps if step.kind is StepKind.URGE],
        "result": printing.opinions(steps, StepKind.HANDLING),
        "review": printing.opinions(steps, StepKind.CLOSE),
        "closed_on": printing.day(matter.closed_on),
    }


def _reminder(step: StepRow) -> dict[str, str]:
    return {"date": printing.day(step.said_on), "name": step.person, "progress": step.opinion or ""}


def register_book(office: Office, year: int) -> PdfPaper:
    """督办事项台账 of a year."""
    query = ListQuery(kinds=frozenset({MatterKind.TASK}), year=year, sort=SortKey.NUMBER, descending=False)
    rows = list(ledgers.rows(office, query))
    with office.act() as act:
        lines = [_line(act, act.matter(row.id), row.title) for row in rows]
        act.record_other("supervision.register.printed", year=year, rows=len(rows))
    level = max((row.level for row in rows), default=Classification.PUBLIC)
    data = book(
        "supervision_register",
        lines,
        office=settings.read_settings(office).office_name,
        year=year,
        level_mark=LEVEL_WORDS[level] if level > Classification.PUBLIC else "",
        made_at=office.now(),
        trace=printing.trace(office),
    )
    return PdfPaper(data, f"督办事项台账 {year}.pdf")


def _line(act: Act, matter: MatterRecord, title: str) -> dict[str, str]:
    values = _notice(act, matter)
    steps = matters.step_rows(act.office, act.session, matter.id)
    answers = [step.opinion or "" for step in steps if step.kind is StepKind.HANDLING and step.opinion]
    texts = {code: text for code, text in values.items() if isinstance(text, str)}
    return {
        **{code: texts[code] for code in ("number", "opened_on", "source", "lead_unit", "person", "due_on")},
        "title": title,
        "result": answers[-1] if answers else "",
        "state": word(matters.rows(act.office, act.session, [matter])[0].state),
    }
