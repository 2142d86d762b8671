"""The first page: what is due, what waits, what is out, and how the year goes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from deskoffice.domain.matters import ListQuery, MatterKind, State
from deskoffice.storage import matter_queries
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.storage.people import PersonRecord
from deskoffice.storage.settings import read_settings
from deskoffice.usecases import matters, media, seal_custody, settings
from deskoffice.usecases.office import Office

EVERYTHING = ListQuery(kinds=frozenset(MatterKind), open_only=True)
FOUNDERS = 4
"""People of the first day: the clerk and 三员. Nobody can be sent a paper."""


@dataclass(frozen=True, slots=True)
class HomeFigures:
    """What the cards of the first page show."""

    due_today: int
    overdue: int
    mine: int
    copies_out: int
    copies_due_today: int
    seal_waiting: int
    meetings_today: int
    months: tuple[tuple[int, int, int], ...]
    """Month, 收文 and 发文 of this year."""
    last_year_outgoing: int
    """发文 of last year up to the same day."""
    last_backup: str
    """Day of the last proven backup; empty when there was none."""
    notices: tuple[str, ...] = ()
    """要留意: whole sentences."""


def home(office: Office) -> HomeFigures:
    """The figures for this person, today."""
    today = office.today()
    actor = office.actor
    with office.read() as session:

        def count(query: ListQuery) -> int:
            return matter_queries.count(session, query, actor)

        overdue = count(replace(EVERYTHING, due_before=today))
        by_tomorrow = count(replace(EVERYTHING, due_before=today + timedelta(days=1)))
        copies_out, copies_due = _copies(session, office, today)
        return HomeFigures(
            due_today=by_tomorrow - overdue,
            overdue=overdue,
            mine=count(replace(EVERYTHING, mine=True)),
            copies_out=copies_out,
            copies_due_today=copies_due,
            seal_waiting=count(
                ListQuery(frozenset({MatterKind.SEAL_USE}), frozenset({State.REQUESTED, State.APPROVED}))
            ),
            meetings_today=_meetings_on(session, office, today),
            months=_months(session, office, today.year),
            last_year_outgoing=_issued_until(session, office, _same_day_last_year(today)),
            last_backup=read_settings(session).get("last_proven_backup", ""),
            notices=_notices(session, office, today),
        )


def _copies(session: Session, office: Office, today: date) -> tuple[int, int]:
    out = (
        select(func.count())
        .select_from(CopyRecord)
        .join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
        .where(CopyRecord.must_return, CopyRecord.ended_on.is_(None), matter_queries.may_know(office.actor))
    )
    due = out.where(CopyRecord.due_on <= today)
    return session.scalar(out) or 0, session.scalar(due) or 0


def _meetings_on(session: Session, office: Office, day: date) -> int:
    query = (
        select(func.count())
        .select_from(MatterRecord)
        .where(
            MatterRecord.kind == MatterKind.MEETING.value,
            MatterRecord.is_open,
            MatterRecord.due_on == day,
            matter_queries.may_know(office.actor),
        )
    )
    return session.scalar(query) or 0


def _months(session: Session, office: Office, year: int) -> tuple[tuple[int, int, int], ...]:
    incoming = matter_queries.per_month(session, MatterKind.INCOMING, year, office.actor)
    outgoing = matter_queries.per_month(session, MatterKind.OUTGOING, year, office.actor)
    return tuple((month, incoming.get(month, 0), outgoing.get(month, 0)) for month in range(1, 13))


def _same_day_last_year(day: date) -> date:
    # 29 February has no counterpart.
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def _issued_until(session: Session, office: Office, last: date) -> int:
    query = (
        select(func.count())
        .select_from(MatterRecord)
        .where(
            MatterRecord.kind == MatterKind.OUTGOING.value,
            MatterRecord.created_on.between(date(last.year, 1, 1), last),
            matter_queries.may_know(office.actor),
        )
    )
    return session.scalar(query) or 0


def _notices(session: Session, office: Office, today: date) -> tuple[str, ...]:
    """Only what has something to say."""
    found = []
    if (session.scalar(select(func.count()).select_from(PersonRecord)) or 0) <= FOUNDERS:
        found.append("只有建库的四个人：请系统管理员登录，在“设置”里补齐单位、领导和科室人员")
    if not settings.calendar_of(session, today.year).knows(today.year):
        found.append(f"{today.year}年的节假日安排还没有导入，期限暂按平常周末计算")
    soon = replace(EVERYTHING, due_before=today + timedelta(days=4))
    late = replace(EVERYTHING, due_before=today + timedelta(days=1))
    in_three_days = matter_queries.count(session, soon, office.actor) - matter_queries.count(
        session, late, office.actor
    )
    if in_three_days:
        found.append(f"{in_three_days} 件三日内到期")
    done = ListQuery(frozenset(MatterKind), frozenset({State.CLOSED}), year=today.year - 1)
    unfiled = matter_queries.count(session, done, office.actor)
    if unfiled:
        found.append(f"{today.year - 1}年度还有 {unfiled} 件办结未归档")
    if office.actor.has(*media.KEEPERS):
        found += media.reminders(session, office.now())
    return (*seal_custody.alarms(office), *found)


def counts_in_navigation(office: Office) -> dict[str, int]:
    """Counts beside the names of the navigation."""
    kinds = {kind.value: ListQuery(frozenset({kind}), open_only=True) for kind in MatterKind}
    return matters.counts(office, {"mine": replace(EVERYTHING, mine=True), **kinds})
