"""文件流转台账: every hop of a span of days on paper or as a workbook, with the words that were said."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.dwell import minutes_held, span_text
from deskoffice.domain.matters import MatterRow, StepRow
from deskoffice.domain.values import Classification, secrecy_mark
from deskoffice.paper.ledger import Column
from deskoffice.storage import dwell as store
from deskoffice.storage.matters import StepRecord
from deskoffice.storage.moves import UrgeRecord
from deskoffice.usecases import matters
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

COLUMNS = (
    Column("编号", 32.0),
    Column("文件", 58.0),
    Column("密级", 20.0),
    Column("环节", 14.0),
    Column("经手", 26.0),
    Column("送到", 24.0),
    Column("签收", 24.0),
    Column("办完", 24.0),
    Column("停留", 22.0),
    Column("期限", 20.0),
    Column("催办", 12.0),
    Column("意见原文", 66.0),
)
A_QUERY = 500


def paper(office: Office, first: date, last: date, suffix: str) -> PdfPaper:
    """Hops that ended from one day to another, and those open now if today is among them, in the order of sending."""
    lines, level = _lines(office, first, last)
    table = Table(
        "hops",
        f"文件流转台账（{first:%Y-%m-%d}至{last:%Y-%m-%d}）",
        COLUMNS,
        lines,
        level,
        sheet="流转台账",
        file=f"文件流转台账{first:%Y%m%d}-{last:%Y%m%d}",
    )
    return taken_out(office, table, suffix)


def _lines(office: Office, first: date, last: date) -> tuple[list[list[str]], Classification]:
    since, until = datetime.combine(first, time.min, CHINA), datetime.combine(last, time.max, CHINA)
    now, lines, level = office.now(), list[list[str]](), Classification.PUBLIC
    with office.read() as session:
        found = store.hops(session, office.actor, since, until, waiting=first <= office.today() <= last)
        hops = sorted((step.sent_at, step.id, step.matter_id) for step in found)
        for start in range(0, len(hops), A_QUERY):
            some = hops[start : start + A_QUERY]
            papers = matters.matter_rows_by_id(office, session, {matter_id for _, _, matter_id in some})
            urged = _urged(session, papers)
            rests = store.rests(session, papers)
            for step, paper_of in _steps(office, session, some, papers):
                held = minutes_held(step.sent_at, step.done_at or now, rests.get(paper_of.id, ()))
                lines.append(_line(step, paper_of, held, urged.get((paper_of.id, _who(step)), 0)))
                level = max(level, paper_of.level)
    return lines, level


def _steps(
    office: Office, session: Session, some: Sequence[tuple[datetime, int, int]], papers: dict[int, MatterRow]
) -> Iterable[tuple[StepRow, MatterRow]]:
    records = session.scalars(select(StepRecord).where(StepRecord.id.in_([number for _, number, _ in some]))).all()
    of = {record.id: record.matter_id for record in records}
    rows = {row.id: row for row in matters.rows_of_steps(office, session, records)}
    return [(rows[number], papers[of[number]]) for _, number, _ in some if of.get(number) in papers]


def _urged(session: Session, papers: Iterable[int]) -> dict[tuple[int, str], int]:
    query = (
        select(UrgeRecord.matter_id, UrgeRecord.target, func.count())
        .where(UrgeRecord.matter_id.in_(list(papers)))
        .group_by(UrgeRecord.matter_id, UrgeRecord.target)
    )
    return {(matter_id, target): count for matter_id, target, count in session.execute(query)}


def _who(step: StepRow) -> str:
    return step.person or step.unit or step.post


def _line(step: StepRow, row: MatterRow, held: int, urged: int) -> list[str]:
    opinion = "不在本人知悉范围" if step.opinion is None else step.opinion
    recorded = "（代录）" if step.recorded_by else f"（{step.deputy}代）" if step.deputy else ""
    return [
        row.document_number or row.number,
        row.title,
        secrecy_mark(row.level, row.secrecy_years),
        word(step.kind),
        _who(step) + recorded,
        _moment(step.sent_at),
        _moment(step.received_at),
        _moment(step.done_at) or "还在手里",
        span_text(held),
        f"{step.due_on:%m-%d}" if step.due_on else "",
        f"{urged} 次" if urged else "",
        opinion,
    ]


def _moment(at: datetime | None) -> str:
    return f"{at:%m-%d %H:%M}" if at is not None else ""
