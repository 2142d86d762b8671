"""Printed forms and bound books filled from records; every printing stands in the log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import MatterKind, StepKind, StepRow
from deskoffice.domain.steps import Nature
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms import FORMS, Opinion, fill, overprint
from deskoffice.paper.forms.model import FieldValue, Values
from deskoffice.paper.forms.registers import REGISTERS, blank_page, book
from deskoffice.paper.xlsx import workbook
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
    return form_paper(office, form, values, name=f"{FORMS[form].title} {matter.number}.pdf", matter_id=matter.id)


def form_paper(office: Office, form: str, values: Values, *, name: str, matter_id: int) -> PdfPaper:
    """A filled form of a matter, and its values alone for paper that bears the form already (套打)."""
    values_only = overprint(form, _named(office, values), made_at=office.now())
    return PdfPaper(filled(office, form, values), name, matter_id, values_only)


def filled(office: Office, form: str, values: Values) -> bytes:
    """A form under the office's name."""
    return fill(form, _named(office, values), made_at=office.now(), trace=trace(office))


def blank_form(office: Office, form: str) -> PdfPaper:
    """A form or an empty page of a bound book, to be filled in by hand."""
    if form in FORMS:
        return PdfPaper(filled(office, form, {}), f"{FORMS[form].title} 空白.pdf")
    page = blank_page(
        form,
        office=settings.read_settings(office).office_name,
        year=office.today().year,
        made_at=office.now(),
        trace=trace(office),
    )
    return PdfPaper(page, f"{REGISTERS[form].title} 空白.pdf")


def _named(office: Office, values: Values) -> Values:
    """With the name of the office, and the secrecy mark in the corner wherever the form has a level."""
    return {"office": settings.read_settings(office).office_name, "level_mark": values.get("level", ""), **values}


@dataclass(frozen=True, slots=True)
class Book:
    """The lines of a bound book (登记簿), and the highest level among them."""

    code: str
    lines: tuple[Mapping[str, str], ...]
    level: Classification
    year: int | None = None

    @property
    def mark(self) -> str:
        """What stands in the corner of each page."""
        return LEVEL_WORDS[self.level] if self.level > Classification.PUBLIC else ""


def bound(office: Office, found: Book, suffix: str = "pdf") -> PdfPaper:
    """A book on paper or as a workbook; the printing stands in the log."""
    register = REGISTERS[found.code]
    name = f"{register.title}{found.year or ''}.{suffix}"
    if suffix == "xlsx":
        headers = [column.header for column in register.columns]
        cells = [[line.get(column.code, "") for column in register.columns] for line in found.lines]
        sheet = str(found.year or "全部")
        paper = PdfPaper(workbook(register.title, headers, cells, level_mark=found.mark, sheet=sheet), name)
    elif suffix == "pdf":
        paper = PdfPaper(_pages(office, found), name)
    else:
        raise RuleError("export_suffix_unknown", suffix=suffix)
    with office.act() as act:
        act.record_other("ledger.exported", register=found.code, rows=len(found.lines), suffix=suffix)
    return paper


def _pages(office: Office, found: Book) -> bytes:
    return book(
        found.code,
        found.lines,
        office=settings.read_settings(office).office_name,
        year=found.year or office.today().year,
        level_mark=found.mark,
        made_at=office.now(),
        trace=trace(office),
    )


def trace(office: Office) -> str:
    """Who made a paper and when, for the small line at its foot."""
    return f"{office.actor.name} {office.now().astimezone(CHINA):%Y-%m-%d %H:%M} 制"


def opinions(steps: Iterable[StepRow], *kinds: StepKind) -> list[Opinion]:
    """What was said in steps of some kinds, as forms want it."""
    return [
        Opinion(_name(step), step.said_on, step.opinion or "（圈阅）", step.recorded_by)
        for step in steps
        if step.kind in kinds and (step.opinion or step.nature is Nature.READ)
    ]


def _name(step: StepRow) -> str:
    """Whose word it is; 代 where somebody gave it in his place."""
    name = step.person or step.unit or step.post
    return f"{name}（{step.deputy}代）" if step.deputy else name


def day(moment: date | None) -> str:
    """A date as papers write it, nothing where there is none."""
    return chinese_date(moment) if moment else ""
