"""Printed forms filled from records: one transaction, one entry in the log, one PDF."""

from collections.abc import Callable, Iterable
from datetime import date

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind, StepKind, StepRow
from deskoffice.domain.values import chinese_date, secrecy_mark
from deskoffice.paper.forms import FORMS, Opinion, fill
from deskoffice.paper.forms.model import FieldValue, Values
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import matters, settings
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper

Reading = Callable[[Act, MatterRecord], dict[str, FieldValue]]


def printed(office: Office, matter_id: int, kind: MatterKind, form: str, reading: Reading) -> PdfPaper:
    """A form of one matter; who printed it and when stands in the log and at the foot of the page."""
    with office.act() as act:
        matter = act.matter(matter_id)
        if matter.kind != kind:
            raise RuleError("matter_missing")
        row = matters.rows(office, act.session, [matter])[0]
        values = {"level_mark": secrecy_mark(row.level, row.secrecy_years), **reading(act, matter)}
        act.record_other("matter.form.printed", f"matter:{matter.id}", form=form)
    return PdfPaper(filled(office, form, values), f"{FORMS[form].title} {matter.number}.pdf")


def filled(office: Office, form: str, values: Values) -> bytes:
    """A form under the office's name."""
    named = {"office": settings.read_settings(office).office_name, **values}
    return fill(form, named, made_at=office.now(), trace=trace(office))


def trace(office: Office) -> str:
    """Who printed a paper and when, for the small line at its foot."""
    return f"{office.actor.name} {office.now().astimezone(CHINA):%Y-%m-%d %H:%M} 打印"


def opinions(steps: Iterable[StepRow], *kinds: StepKind) -> list[Opinion]:
    """What was said in steps of some kinds, as forms want it."""
    return [
        Opinion(step.person or step.unit or step.post, step.said_on, step.opinion, step.recorded_by)
        for step in steps
        if step.kind in kinds and step.opinion
    ]


def day(moment: date | None) -> str:
    """A date as papers write it, nothing where there is none."""
    return chinese_date(moment) if moment else ""
