"""批示: recorded with its tasks in one act, and the register of all instructions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from deskoffice.domain import supervision as task_rules
from deskoffice.domain.matters import Action, Changes, LinkKind, MatterRow, StepRow
from deskoffice.domain.people import BUSINESS
from deskoffice.domain.steps import Nature
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.paper.ledger import Column
from deskoffice.storage.circulation import instructions as store
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.usecases import entering, matters, supervision
from deskoffice.usecases.circulation import incoming, moving
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

PAGE = 500


@dataclass(frozen=True, slots=True)
class InstructionDraft:
    """What stands on the paper, and what is to follow from it."""

    step_id: int
    words: str
    said_on: date
    nature: Nature
    tasks: tuple[TaskDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One instruction with its paper and how many tasks came of it."""

    matter: MatterRow
    step: StepRow
    tasks: int
    open_tasks: int


@dataclass(frozen=True, slots=True)
class Instructions:
    """Part of the register, with the counts of the year."""

    rows: tuple[InstructionRow, ...]
    counts: dict[Nature, int]


def record(office: Office, matter_id: int, draft: InstructionDraft) -> Changes:
    """代录 word for word; each task is put on record with its owner and day in the same transaction."""
    moving.needed(draft.words)
    for task in draft.tasks:
        task_rules.check(task, office.today())
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.RECORD_INSTRUCTION)
        step = incoming.record_in(act, matter, draft.step_id, draft.words, draft.nature, draft.said_on)
        for task in draft.tasks:
            _create(act, matter, step, task)
        return moving.done(act, matter, "circulation.incoming.instruction_recorded")


def _create(act: Act, matter: MatterRecord, step: StepRecord, draft: TaskDraft) -> None:
    """As secret as the paper that it comes from."""
    sealed = replace(
        draft,
        source=TaskSource.INSTRUCTION,
        leader=step.person or step.post,
        level=Classification(matter.level),
        secrecy_years=matter.secrecy_years,
    )
    entering.link(act, supervision.create_in(act, sealed), matter, LinkKind.CHASES)


def listed(
    office: Office, nature: Nature | None, year: int | None, *, first: int = 0, size: int = PAGE
) -> Instructions:
    """Part of the register as far as this account may know the papers."""
    with office.read() as session:
        found = store.page(session, office.actor, nature, year=year, first=first, size=size)
        return Instructions(_rows(office, session, found), store.counts(session, office.actor, year))


def _all(office: Office, nature: Nature | None, year: int) -> list[InstructionRow]:
    rows: list[InstructionRow] = []
    while page := listed(office, nature, year, first=len(rows)).rows:
        rows += page
    return rows


def _rows(
    office: Office, session: Session, found: Sequence[tuple[StepRecord, MatterRecord]]
) -> tuple[InstructionRow, ...]:
    papers = matters.rows(office, session, [matter for _, matter in found])
    said = matters.rows_of_steps(office, session, [step for step, _ in found])
    tasks = store.tasks_of(session, [matter.id for _, matter in found])
    return tuple(
        InstructionRow(paper, step, len(tasks.get(paper.id, ())), sum(tasks.get(paper.id, ())))
        for paper, step in zip(papers, said, strict=True)
    )


COLUMNS = (
    Column("批示日期", 24.0),
    Column("批示人", 22.0),
    Column("性质", 22.0),
    Column("批示原文", 84.0),
    Column("来文标题", 62.0),
    Column("收文号", 30.0),
    Column("督办", 20.0),
)


def register(office: Office, nature: Nature | None, year: int) -> PdfPaper:
    """批示件台账 of a year on paper."""
    office.require(*BUSINESS)
    found = _all(office, nature, year)
    level = max((row.matter.level for row in found), default=Classification.PUBLIC)
    title = f"{word(nature) if nature else '领导批示'}台账"
    lines = [_cells(row) for row in found]
    return taken_out(office, Table("instructions", title, COLUMNS, lines, level, year, file=f"领导批示台账{year}"))


def _cells(row: InstructionRow) -> list[str]:
    step = row.step
    said = "（圈阅）" if step.nature is Nature.READ else step.opinion or ""
    tasks = f"{row.tasks} 项，{row.open_tasks} 项在办" if row.tasks else ""
    mark = secrecy_mark(row.matter.level, row.matter.secrecy_years)
    return [
        f"{step.said_on:%Y-%m-%d}" if step.said_on else "",
        step.person or step.post,
        word(step.nature) if step.nature else "",
        said,
        f"{row.matter.title}{f'（{mark}）' if mark else ''}",
        row.matter.number,
        tasks,
    ]
