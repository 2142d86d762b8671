"""Printed forms of chased tasks: 督办通知单, 督办事项台账."""

from sqlalchemy.orm import Session

from deskoffice.domain.matters import MatterKind, State, StepKind, StepRow
from deskoffice.domain.supervision import TaskSource
from deskoffice.domain.values import Classification, chinese_date
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage import supervision
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.supervision import TaskRecord
from deskoffice.usecases import matters, printing
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book
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
    return printing.bound(office, register(office, year))


def register(office: Office, year: int | None) -> Book:
    """The lines of the 督办事项台账."""
    with office.read() as session:
        found = supervision.register(session, office.actor, year)
        lines = tuple(_line(office, session, matter, record) for matter, record in found)
        level = max((Classification(matter.level) for matter, _ in found), default=Classification.PUBLIC)
    return Book("supervision_register", lines, level, year)


def _line(office: Office, session: Session, matter: MatterRecord, record: TaskRecord) -> dict[str, str]:
    steps = matters.step_rows(office, session, matter.id)
    handling = [step for step in steps if step.kind is StepKind.HANDLING]
    answers = [step.opinion for step in handling if step.opinion]
    return {
        "number": matter.number,
        "opened_on": chinese_date(matter.created_on),
        "title": matters.rows(office, session, [matter])[0].title,
        "source": word(TaskSource(record.source)),
        "lead_unit": matter.unit,
        "person": handling[0].person if handling else "",
        "due_on": printing.day(matter.due_on),
        "result": answers[-1] if answers else "",
        "state": word(State(matter.state)),
    }
