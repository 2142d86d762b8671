"""办理时效 and 责任倒查: where papers lie, with whom, for how long; the way of one paper hop by hop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deskoffice.domain import dwell as rules
from deskoffice.domain.dwell import By, DwellRow, Hop, Rest, span_text
from deskoffice.domain.matters import MatterKind, MatterRow, Outcome, StepRow
from deskoffice.domain.steps import StepKind
from deskoffice.domain.values import LEVEL_WORDS, Classification, secrecy_mark
from deskoffice.paper.ledger import Column, ledger
from deskoffice.storage import dwell as store
from deskoffice.storage import moves
from deskoffice.storage.dwell import StepTimes
from deskoffice.usecases import matters, settings
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import trace
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

MOST_NAMED = 300
"""So many hops of a line are shown with their papers, the longest first."""


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The table of a span, with the usual time of this span and of the one before."""

    rows: tuple[DwellRow, ...]
    usual: int | None
    before: int | None
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class NamedHop:
    """A hop with its paper."""

    hop: Hop
    matter: MatterRow


def table(office: Office, first: date, last: date, by: By) -> Dwelling:
    """Who had papers for how long, from one day to another, both counted; what waits now if today is among them."""
    found = _hops(office, first, last)
    days = (last - first).days + 1
    earlier = _hops(office, first - timedelta(days=days), first - timedelta(days=1))
    rows = tuple(_worded(one, by) for one in rules.table(found, by))
    return Dwelling(
        rows,
        usual=rules.usual(found),
        before=rules.usual(earlier),
        done=sum(not hop.is_open for hop in found),
        late=sum(hop.late_days > 0 for hop in found),
    )


def _worded(row: DwellRow, by: By) -> DwellRow:
    if by is not By.KIND:
        return row
    return rules.row(word(StepKind(row.name)), row.hops)


def _hops(office: Office, first: date, last: date) -> list[Hop]:
    now, today = office.now(), office.today()
    since, until = datetime.combine(first, time.min, CHINA), datetime.combine(last, time.max, CHINA)
    with office.read() as session:
        steps = list(store.hops(session, office.actor, since, until, waiting=first <= today <= last))
        rests = store.rests(session, {step.matter_id for step in steps})
    return [_hop(step, now, rests.get(step.matter_id, ())) for step in steps]


def _hop(step: StepTimes, now: datetime, rests: Sequence[Rest]) -> Hop:
    until = step.done_at or now
    counted = rules.clock_at(until, rests)
    late = (counted.astimezone(CHINA).date() - step.due_on).days if step.due_on else 0
    return Hop(
        step_id=step.id,
        matter_id=step.matter_id,
        kind=StepKind(step.kind),
        person=step.person or (step.post if not step.unit else ""),
        unit=step.unit,
        minutes=rules.minutes_held(step.sent_at, until, rests),
        due_on=step.due_on,
        late_days=max(0, late),
        is_open=step.done_at is None,
    )


def named(office: Office, row: DwellRow, *, late_only: bool = False) -> tuple[NamedHop, ...]:
    """The hops of a line with their papers, the longest first."""
    wanted = [hop for hop in row.hops if hop.late_days or not late_only][:MOST_NAMED]
    with office.read() as session:
        papers = matters.matter_rows_by_id(office, session, {hop.matter_id for hop in wanted})
    return tuple(NamedHop(hop, papers[hop.matter_id]) for hop in wanted if hop.matter_id in papers)


def speed(found: Dwelling) -> str:
    """Whether papers move faster than in the span before, in words."""
    if found.usual is None:
        return "这段时间没有办完的环节"
    text = f"办完 {found.done:,} 个环节，每个环节通常停留 {span_text(found.usual)}，超期 {found.late:,} 个"
    if not found.before:
        return text
    change = round(100 * (found.usual - found.before) / found.before)
    how = f"快了 {-change}％" if change < 0 else f"慢了 {change}％" if change else "持平"
    return f"{text}；上一期 {span_text(found.before)}，{how}"


COLUMNS = (
    Column("名称", 60.0),
    Column("办完", 18.0),
    Column("通常停留", 30.0),
    Column("最长停留", 30.0),
    Column("超期", 18.0),
    Column("超期率", 20.0),
    Column("现在在手", 22.0),
    Column("在手最久", 30.0),
)
HEADERS = tuple(column.header for column in COLUMNS)


def cells(row: DwellRow) -> list[str]:
    """One line as it is shown and printed."""
    return [
        row.name,
        str(row.done),
        span_text(row.median) if row.done else "",
        span_text(row.longest),
        str(row.late) if row.late else "",
        f"{row.late_share}％" if row.late else "",
        str(row.waiting) if row.waiting else "",
        span_text(row.waiting_longest) if row.waiting else "",
    ]


def paper(office: Office, first: date, last: date, by: By, suffix: str) -> PdfPaper:
    """办理时效表 as a bound list or a workbook."""
    found = table(office, first, last, by)
    sheet = Table(
        "dwell",
        f"办理时效表（{word(by)}，{first:%Y-%m-%d}至{last:%Y-%m-%d}）",
        COLUMNS,
        [cells(row) for row in found.rows],
        sheet="办理时效",
        file=f"办理时效表{first:%Y%m%d}-{last:%Y%m%d}",
        summary=speed(found),
    )
    return taken_out(office, sheet, suffix)


def _printed(
    office: Office, title: str, columns: Sequence[Column], lines: Sequence[Sequence[str]], level: Classification
) -> bytes:
    return ledger(
        title,
        columns,
        lines,
        office=settings.read_settings(office).office_name,
        year=None,
        level_mark=LEVEL_WORDS[level] if level > Classification.PUBLIC else "",
        made_at=office.now(),
        trace=trace(office),
    )


WAY = (
    Column("环节", 18.0),
    Column("经手", 34.0),
    Column("送到", 26.0),
    Column("办完", 26.0),
    Column("停留", 24.0),
    Column("期限", 40.0),
    Column("超期", 18.0),
    Column("催办", 14.0),
    Column("怎样办的", 60.0),
)


def way_of(office: Office, matter_id: int) -> PdfPaper:
    """责任倒查表: every hop of one paper in order, where it lay longest and where it was late."""
    with office.look() as act:
        matter = act.matter(matter_id)
        row = matters.rows(office, act.session, [matter])[0]
        every = matters.step_rows(office, act.session, matter.id)
        steps = [step for step in every if step.kind not in rules.NOT_HELD]
        rests = [(step.sent_at, step.done_at) for step in every if step.kind is StepKind.SUSPEND]
        urged = _urged(act, matter_id)
        act.record_other("matter.form.printed", f"matter:{matter_id}", form="way_of_paper")
    now = office.now().astimezone(CHINA)
    clock = _Clock(now, rests)
    lines = [_way_line(step, clock, urged.get(_who(step), 0)) for step in steps]
    number = row.document_number or row.number or word(MatterKind(row.kind))
    mark = secrecy_mark(row.level, row.secrecy_years)
    title = f"责任倒查表　{number}　{row.title}{f'（{mark}）' if mark else ''}　{verdict(steps, clock)}"
    return PdfPaper(_printed(office, title, WAY, lines, row.level), f"责任倒查表 {number}.pdf")


def _urged(act: Act, matter_id: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for urge in moves.urges_of(act.session, matter_id):
        counts[urge.target] = counts.get(urge.target, 0) + 1
    return counts


def _who(step: StepRow) -> str:
    return step.person or step.unit or step.post


@dataclass(frozen=True, slots=True)
class _Clock:
    """Reckons with the steps of one paper, without the spans in which it was set aside."""

    now: datetime
    rests: Sequence[Rest]

    def minutes(self, step: StepRow) -> int:
        return rules.minutes_held(step.sent_at, step.done_at or self.now, self.rests)

    def late(self, step: StepRow) -> int:
        counted = rules.clock_at(step.done_at or self.now, self.rests)
        return max(0, (counted.astimezone(CHINA).date() - step.due_on).days) if step.due_on else 0


def _way_line(step: StepRow, clock: _Clock, urged: int) -> list[str]:
    due = f"{step.due_on:%Y-%m-%d}" if step.due_on else ""
    if step.first_due_on and step.first_due_on != step.due_on:
        due += f"（原 {step.first_due_on:%Y-%m-%d}）"
    late = clock.late(step)
    outcome = word(step.outcome) if step.outcome else "还在手里"
    said = [f"{step.recorded_by}代录" if step.recorded_by else "", f"{step.deputy}代" if step.deputy else ""]
    return [
        word(step.kind),
        "　".join(dict.fromkeys(part for part in (_who(step), step.unit) if part)),
        f"{step.sent_at:%Y-%m-%d %H:%M}",
        f"{step.done_at:%Y-%m-%d %H:%M}" if step.done_at else "",
        "补录" if step.is_back_entered else span_text(clock.minutes(step)),
        due,
        f"{late} 天" if late else "",
        f"{urged} 次" if urged else "",
        "，".join([outcome, *(part for part in said if part)]),
    ]


def verdict(steps: Sequence[StepRow], clock: _Clock) -> str:
    """Where it lay longest, and who was late, in a sentence."""
    held = [step for step in steps if not step.is_back_entered and step.outcome is not Outcome.WITHDRAWN]
    if not held:
        return "还没有经手环节"
    longest = max(held, key=clock.minutes)
    text = f"停留最久：{_who(longest)} {word(longest.kind)} {span_text(clock.minutes(longest))}"
    late = [f"{_who(step)} {word(step.kind)} {clock.late(step)} 天" for step in held if clock.late(step)]
    return f"{text}；超期：{'、'.join(late)}" if late else f"{text}；没有超期"
