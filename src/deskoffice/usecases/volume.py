"""精简文件: papers issued this year per 代字 against the same days of last year and the year's ceiling."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.errors import InvalidDraft
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.numbering import NumberState
from deskoffice.domain.people import Role
from deskoffice.domain.quality import VolumeRow
from deskoffice.paper.ledger import Column
from deskoffice.storage import series as series_store
from deskoffice.storage.quality import VolumeBaselineRecord, VolumePlanRecord
from deskoffice.storage.series import NumberRecord, SeriesRecord
from deskoffice.usecases.office import Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out

PLANNERS = (Role.OFFICE_LEADER, Role.SECRETARIAT, Role.CONFIDENTIAL_CLERK)
MOST = 99_999


def rows(office: Office, until: date) -> tuple[VolumeRow, ...]:
    """Every series up to a day of the year."""
    with office.read() as session:
        issued = _issued(session, date(until.year, 1, 1), until)
        last = _same_day(until, until.year - 1)
        before = _issued(session, date(last.year, 1, 1), last)
        typed = _typed(session, last)
        plans = {
            one.series_id: one.ceiling
            for one in session.scalars(select(VolumePlanRecord).where(VolumePlanRecord.year == until.year))
        }
        return tuple(
            VolumeRow(
                series_id=one.id,
                code=one.code,
                issued=issued.get(one.id, 0),
                # What the program counted itself is better than what was remembered.
                before=before.get(one.id) or typed.get(one.id, 0),
                is_before_typed=not before.get(one.id) and one.id in typed,
                ceiling=plans.get(one.id),
            )
            for one in series_store.all_series(session)
            if one.kind == MatterKind.OUTGOING
        )


def _same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _issued(session: Session, first: date, last: date) -> dict[int, int]:
    query = (
        select(NumberRecord.series_id, func.count())
        .where(
            # Incoming numbers are seven times as many: only the series of what goes out are read.
            NumberRecord.series_id.in_(select(SeriesRecord.id).where(SeriesRecord.kind == MatterKind.OUTGOING.value)),
            NumberRecord.year == last.year,
            NumberRecord.state == NumberState.ISSUED.value,
            NumberRecord.on.between(first, last),
        )
        .group_by(NumberRecord.series_id)
    )
    return {row.series_id: row[1] for row in session.execute(query)}


def _typed(session: Session, last: date) -> dict[int, int]:
    """Months typed in, the running one by its share of days."""
    query = select(VolumeBaselineRecord).where(
        VolumeBaselineRecord.year == last.year, VolumeBaselineRecord.month <= last.month
    )
    found: dict[int, float] = {}
    for one in session.scalars(query):
        share = 1.0 if one.month < last.month else last.day / _days(last)
        found[one.series_id] = found.get(one.series_id, 0.0) + one.issued * share
    return {series_id: round(count) for series_id, count in found.items()}


def _days(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - date(day.year, day.month, 1)).days


def plan(office: Office, year: int, ceilings: Mapping[int, int | None]) -> None:
    """Set the year's ceiling of each series; None takes it away."""
    office.require(*PLANNERS)
    if any(ceiling is not None and not 0 < ceiling <= MOST for ceiling in ceilings.values()):
        raise InvalidDraft({"ceiling": "number_too_small"})
    with office.act() as act:
        for series_id, ceiling in ceilings.items():
            record = act.session.get(VolumePlanRecord, (series_id, year))
            if ceiling is None and record is not None:
                act.session.delete(record)
            elif ceiling is not None:
                act.session.merge(VolumePlanRecord(series_id=series_id, year=year, ceiling=ceiling))
        act.record_other("quality.volume.planned", year=year)


def baseline(office: Office, series_id: int, year: int) -> tuple[int, ...]:
    """Papers of each month of a year as they were typed in."""
    query = select(VolumeBaselineRecord).where(
        VolumeBaselineRecord.series_id == series_id, VolumeBaselineRecord.year == year
    )
    with office.read() as session:
        typed = {one.month: one.issued for one in session.scalars(query)}
    return tuple(typed.get(month, 0) for month in range(1, 13))


def type_baseline(office: Office, series_id: int, year: int, months: Sequence[int]) -> None:
    """Type in the papers of each month of a year before the program was used."""
    office.require(*PLANNERS)
    if len(months) != 12 or any(not 0 <= count <= MOST for count in months):
        raise InvalidDraft({"months": "number_too_small"})
    with office.act() as act:
        for month, count in enumerate(months, start=1):
            act.session.merge(VolumeBaselineRecord(series_id=series_id, year=year, month=month, issued=count))
        act.record_other("quality.volume.baseline_typed", series=series_id, year=year)


COLUMNS = (
    Column("代字", 50.0),
    Column("今年累计", 30.0),
    Column("去年同期", 30.0),
    Column("增减件数", 30.0),
    Column("增减％", 28.0),
    Column("年度上限", 30.0),
    Column("已用％", 28.0),
    Column("提示", 60.0),
)
HEADERS = tuple(column.header for column in COLUMNS)
SOON, FULL = 80, 100
"""Hundredths of the ceiling at which the page speaks up."""


def warning(row: VolumeRow) -> str:
    """What to say about a series; nothing when all is well."""
    used = row.used_share
    if used is not None and used >= FULL:
        return "已到年度上限"
    if used is not None and used >= SOON:
        return "已用八成以上"
    if row.before and row.change > 0:
        return "多于去年同期"
    return ""


def cells(row: VolumeRow) -> list[str]:
    """One line of the table."""
    change = row.change_share
    used = row.used_share
    return [
        row.code,
        str(row.issued),
        f"{row.before}（录入）" if row.is_before_typed else str(row.before),
        f"{row.change:+d}",
        "—" if change is None else f"{change:+.1f}",
        str(row.ceiling) if row.ceiling is not None else "未定",
        "—" if used is None else f"{used:.1f}",
        warning(row),
    ]


def paper(office: Office, until: date, suffix: str) -> PdfPaper:
    """精简文件情况表 on paper or as a workbook."""
    lines = [cells(row) for row in rows(office, until)]
    title = f"精简文件情况表（{until.year}年1月1日至{until.month}月{until.day}日）"
    return taken_out(office, Table("volume", title, COLUMNS, lines, sheet=str(until.year)), suffix)
