"""The year's plan of meetings and 精文减会: how many meetings there are against last year."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from deskoffice.domain import meeting_plan as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.meeting_plan import Comparison, PlanDraft, PlanRow, YearFigures
from deskoffice.domain.meetings import MeetingClass, MeetingForm
from deskoffice.storage import meeting_plan as store
from deskoffice.storage.meeting_plan import PlanRecord, PlanUseRecord, YearRecord
from deskoffice.storage.meetings import MeetingRecord
from deskoffice.usecases.office import CHINA, Act, Office

COUNTED = tuple(one for one in MeetingClass if one is not MeetingClass.NONE)


def plan(office: Office, year: int) -> tuple[PlanRow, ...]:
    """The plan of a year, by month, with the meetings that carried it out."""
    with office.read() as session:
        records = store.plan(session, year)
        held = store.carried_out(session, [record.id for record in records], office.actor)
        return tuple(PlanRow(record.id, _draft(record), held.get(record.id, "")) for record in records)


def _draft(record: PlanRecord) -> PlanDraft:
    return PlanDraft(
        year=record.year,
        month=record.month,
        title=record.title,
        unit=record.unit,
        meeting_class=MeetingClass(record.meeting_class),
        form=MeetingForm(record.form),
        size=record.size,
        cost=record.cost,
        reason=record.reason,
    )


def keep(office: Office, draft: PlanDraft, plan_id: int | None = None) -> int:
    """Put an entry on the plan, or change one."""
    office.require(*rules.PLANNERS)
    rules.check_plan(draft)
    with office.act() as act:
        kept = keep_in(act, draft, plan_id)
        act.record_other("meetings.plan.changed", f"plan:{kept}")
        return kept


def keep_in(act: Act, draft: PlanDraft, plan_id: int | None = None) -> int:
    """The transaction's part of `keep`."""
    record = PlanRecord() if plan_id is None else act.session.get(PlanRecord, plan_id)
    if record is None:
        raise RuleError("plan_missing")
    record.year, record.month = draft.year, draft.month
    record.title, record.unit, record.reason = draft.title.strip(), draft.unit.strip(), draft.reason.strip()
    record.meeting_class, record.form = draft.meeting_class.value, draft.form.value
    record.size, record.cost = draft.size, draft.cost
    act.session.add(record)
    act.session.flush()
    return record.id


def use_in(act: Act, meeting_id: int, plan_id: int | None) -> None:
    """Say which entry of the plan a meeting carries out."""
    known = act.session.get(PlanUseRecord, meeting_id)
    if known is not None:
        act.session.delete(known)
        act.session.flush()
    if plan_id is not None:
        if act.session.get(PlanRecord, plan_id) is None:
            raise RuleError("plan_missing")
        act.session.add(PlanUseRecord(meeting_id=meeting_id, plan_id=plan_id))


def type_year(office: Office, year: int, figures: Sequence[YearFigures]) -> None:
    """上年会议数: typed in for a year that the office did not keep here."""
    office.require(*rules.PLANNERS)
    if any(min(one.count, one.size, one.cost) < 0 for one in figures):
        raise InvalidDraft({"count": "number_too_small"})
    with office.act() as act:
        for one in figures:
            act.session.merge(
                YearRecord(
                    year=year, meeting_class=one.meeting_class.value, count=one.count, size=one.size, cost=one.cost
                )
            )
        act.record_other("meetings.year.typed", f"year:{year}")


def compare(office: Office, year: int) -> tuple[Comparison, ...]:
    """Each class this year against the last; typed figures stand in for a year without meetings."""
    with office.read() as session:
        now = _figures(store.held_between(session, *_year(year), office.actor))
        kept = store.held_between(session, *_year(year - 1), office.actor)
        before = _figures(kept)
        typed = store.typed(session, year - 1)
        found = []
        for one in COUNTED:
            row = typed.get(one.value)
            by_hand = row is not None
            last = YearFigures(one, row.count, row.size, row.cost) if row is not None else before[one]
            found.append(Comparison(now[one], last, by_hand))
        return tuple(found)


def _year(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=CHINA), datetime(year + 1, 1, 1, tzinfo=CHINA)


def _figures(meetings: Iterable[MeetingRecord]) -> dict[MeetingClass, YearFigures]:
    found = {one: YearFigures(one) for one in MeetingClass}
    for meeting in meetings:
        one = MeetingClass(meeting.meeting_class)
        before = found[one]
        found[one] = YearFigures(
            one, before.count + 1, before.size + (meeting.size or 0), before.cost + (meeting.cost or 0)
        )
    return found
