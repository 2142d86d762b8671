"""Printed papers over many meetings: what was decided and done, the year's plan, last year against this, the week."""

from collections.abc import Sequence
from datetime import date

from deskoffice.domain.matters import MatterKind, StepKind
from deskoffice.domain.meeting_plan import DayKind, LeaderDayRow, week_of
from deskoffice.domain.meeting_topics import TopicProposal
from deskoffice.domain.meetings import CalendarRow, DecidedRow
from deskoffice.domain.values import LEVEL_WORDS, Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import FieldValue
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import matters, meeting_days, meeting_plans, meeting_topics, meeting_views, printing
from deskoffice.usecases.meeting_topic_fields import money
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.papers_meeting_lists import leads_text
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.words import word

WEEKDAYS = "一二三四五六日"
TOTAL = "合计"


def _printed(office: Office, form: str, values: dict[str, FieldValue], name: str) -> PdfPaper:
    made = PdfPaper(printing.filled(office, form, values), name)
    with office.act() as act:
        act.record_other("matter.form.printed", form=form)
    return made


def decision_list(office: Office, rows: Sequence[DecidedRow], scope: str) -> PdfPaper:
    """议定事项落实情况表 of what a list shows now."""
    today = office.today()
    level = max((row.decision.task.level for row in rows), default=Classification.PUBLIC)
    late = [row for row in rows if row.decision.is_late(today)]
    done = [row for row in rows if row.decision.task.closed_on is not None]
    values: dict[str, FieldValue] = {
        "level_mark": LEVEL_WORDS[level] if level > Classification.PUBLIC else "",
        "scope": scope,
        "made_on": chinese_date(today),
        "items": [_decision(row, today) for row in rows],
        "total": str(len(rows)),
        "done": str(len(done)),
        "open": str(len(rows) - len(done)),
        "late": str(len(late)),
    }
    return _printed(office, "decision_list", values, f"议定事项落实情况表 {scope}.pdf")


def _decision(row: DecidedRow, today: date) -> dict[str, str]:
    due = row.decision.task.due_on
    return {
        "meeting": row.name,
        "text": row.decision.text,
        "leads": leads_text(row.decision),
        "leader": row.decision.leader,
        "due": f"{due:%Y-%m-%d}" if due else "",
        "state": "超期" if row.decision.is_late(today) else word(row.decision.task.state),
    }


def decided_at(office: Office, matter_id: int) -> PdfPaper:
    """议定事项任务分解表 of one meeting."""
    rows = [row for row in meeting_views.all_decisions(office) if row.meeting.id == matter_id]
    return decision_list(office, rows, rows[0].name if rows else "")


def plan(office: Office, year: int) -> PdfPaper:
    """年度会议计划."""
    rows = meeting_plans.plan(office, year)
    items = [
        {
            "number": str(at),
            "month": f"{row.draft.month}月",
            "title": row.draft.title,
            "unit": row.draft.unit,
            "class": word(row.draft.meeting_class),
            "way": word(row.draft.form),
            "size": str(row.draft.size or ""),
            "cost": money(row.draft.cost),
            "held": "已开" if row.held else "",
        }
        for at, row in enumerate(rows, start=1)
    ]
    values: dict[str, FieldValue] = {"year": f"{year}年", "made_on": chinese_date(office.today()), "items": items}
    return _printed(office, "meeting_plan", values, f"{year}年度会议计划.pdf")


def comparison(office: Office, year: int) -> PdfPaper:
    """精简会议对照表: this year against the last."""
    rows = meeting_plans.compare(office, year)
    items = [
        {
            "class": word(row.now.meeting_class),
            "before": str(row.before.count),
            "now": str(row.now.count),
            "change": percent(row.change),
            "before_size": str(row.before.size),
            "now_size": str(row.now.size),
            "cost": money(row.now.cost),
        }
        for row in rows
    ]
    before, now = sum(row.before.count for row in rows), sum(row.now.count for row in rows)
    change = (now - before) / before if before else None
    items.append({"class": TOTAL, "before": str(before), "now": str(now), "change": percent(change)})
    typed = f"{year - 1}年数据为手工录入。" if any(row.is_typed for row in rows) else ""
    values: dict[str, FieldValue] = {
        "year": f"{year}年",
        "made_on": chinese_date(office.today()),
        "items": items,
        "remark": typed,
        "made_by": office.actor.name,
    }
    return _printed(office, "meeting_comparison", values, f"{year}年精简会议对照表.pdf")


def percent(change: float | None) -> str:
    """`−12.5%`; a dash without a number to compare with."""
    if change is None:
        return "—"
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{abs(change) * 100:.1f}%"


def leader_week(office: Office, day: date) -> PdfPaper:
    """一周领导活动安排, meetings that leaders chair among them."""
    first, last = week_of(day)
    days = meeting_days.between(office, first, last)
    level = max((meeting.row.level for meeting in days.meetings), default=Classification.PUBLIC)
    entries = [_activity(one) for one in days.leaders if one.kind is DayKind.ACTIVITY]
    entries += [_held(one) for one in days.meetings]
    duty = "；".join(f"{_day(one.starts_at.date())} {one.person}" for one in days.leaders if one.kind is DayKind.DUTY)
    values: dict[str, FieldValue] = {
        "level_mark": LEVEL_WORDS[level] if level > Classification.PUBLIC else "",
        "week": f"{chinese_date(first)}至{chinese_date(last)}",
        "made_on": chinese_date(office.today()),
        "items": [line for _, line in sorted(entries, key=lambda entry: entry[0])],
        "duty": duty,
    }
    return _printed(office, "leader_week", values, f"一周领导活动安排 {first:%Y-%m-%d}.pdf")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def _activity(one: LeaderDayRow) -> tuple[str, dict[str, str]]:
    return one.starts_at.isoformat(), {
        "day": _day(one.starts_at.date()),
        "time": f"{one.starts_at:%H:%M}",
        "leader": one.person,
        "what": one.what,
        "place": one.place,
        "attendants": one.attendants,
    }


def _held(one: CalendarRow) -> tuple[str, dict[str, str]]:
    return one.starts_at.isoformat(), {
        "day": _day(one.starts_at.date()),
        "time": f"{one.starts_at:%H:%M}",
        "leader": one.chair,
        "what": f"主持召开{one.row.title}",
        "place": one.place,
    }


def topic_request(office: Office, matter_id: int) -> PdfPaper:
    """议题申报单, with what reviewers and leaders said."""
    draft = meeting_topics.draft_of(office, matter_id)

    def reading(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
        return _topic(act, matter, draft)

    return printing.printed(office, matter_id, MatterKind.TOPIC, "topic_request", reading)


def _topic(act: Act, matter: MatterRecord, draft: TopicProposal) -> dict[str, FieldValue]:
    steps = matters.step_rows(act.office, act.session, matter.id)
    files = [one.name for one in matters.content_rows(act.office, act.session, matter.id) if one.name]
    return {
        "number": matter.number,
        "requested_on": chinese_date(matter.created_on),
        "title": draft.title,
        "unit": draft.unit,
        "reporter": draft.reporter,
        "units": "、".join(draft.units),
        "minutes": f"{draft.minutes}分钟" if draft.minutes else "",
        "reason": draft.reason,
        "consultation": draft.consulted,
        "legality": printing.opinions(steps, StepKind.LEGAL_REVIEW),
        "office_opinion": printing.opinions([step for step in steps if "办公室" in step.post], StepKind.APPROVAL),
        "leader_opinion": printing.opinions([step for step in steps if "办公室" not in step.post], StepKind.APPROVAL),
        "result": printing.opinions(steps, StepKind.DISCUSSION),
        "attachments": "、".join(files),
        "level": secrecy_mark(draft.level, draft.secrecy_years),
    }
