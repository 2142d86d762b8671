"""Time: limits in working days, days away caught up, what stays overnight, and the sheet of the day."""

from datetime import date

import factories
import pytest

from deskoffice.domain.circulation.incoming import PostKind
from deskoffice.domain.deadlines import Deadlines
from deskoffice.domain.errors import NotAllowed, RuleError
from deskoffice.domain.people import Role
from deskoffice.domain.values import Urgency
from deskoffice.usecases import deadlines, log_lines, reminders, worksheets
from deskoffice.usecases.attachments import pdf_text
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.office import Office

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("received_on", "urgency", "kind", "due", "is_plain"),
    [
        (TODAY, Urgency.ORDINARY, PostKind.OTHER, date(2026, 12, 7), False),
        (TODAY, Urgency.URGENT, PostKind.OTHER, date(2026, 11, 26), False),
        (TODAY, Urgency.MOST_URGENT, PostKind.OTHER, TODAY, False),
        (TODAY, Urgency.ORDINARY, PostKind.TELEGRAM, date(2026, 11, 26), False),
        (date(2026, 9, 30), Urgency.VERY_URGENT, PostKind.OTHER, date(2026, 10, 8), False),
        (date(2026, 12, 30), Urgency.ORDINARY, PostKind.OTHER, date(2027, 1, 13), True),
    ],
    ids=["ordinary", "urgent", "same day", "shorter by kind", "over the holiday", "a year without calendar"],
)
def test_the_limit_counts_working_days(
    office: Office, received_on: date, urgency: Urgency, kind: PostKind, due: date, is_plain: bool
) -> None:
    found = deadlines.proposed(office, received_on, urgency, kind)
    assert found is not None
    assert (found.on, found.is_plain) == (due, is_plain)
    assert ("平常周末" in found.words) == is_plain


def test_the_office_sets_its_own_limits(office: Office) -> None:
    own = Deadlines({Urgency.ORDINARY: 20}, {})
    with pytest.raises(NotAllowed):
        deadlines.set_table(office, own)
    leader = factories.as_role(office, Role.OFFICE_LEADER)
    with pytest.raises(RuleError):
        deadlines.set_table(leader, Deadlines({Urgency.ORDINARY: -1}, {}))
    deadlines.set_table(leader, own)
    found = deadlines.proposed(office, TODAY, Urgency.ORDINARY, PostKind.OTHER)
    assert found is not None
    assert found.on == date(2026, 12, 21)
    assert deadlines.proposed(office, TODAY, Urgency.URGENT, PostKind.OTHER) is None


def test_days_away_are_caught_up_and_told_all_day(office: Office) -> None:
    incoming.register(office, factories.incoming_draft(due_on=date(2026, 11, 25)))
    assert reminders.reckon(office) == ("1 件来文登记后还没有动，下班前请送出",)
    office.clock.move(days=4)
    told = reminders.reckon(office)
    assert told == ("11月25日（您不在的一天）到期 1 件，至今未办结", "1 件来文登记后还没有动，最久的已过 4 夜")
    assert reminders.reckon(office) == told
    office.clock.move(days=1)
    assert reminders.reckon(office) == ("1 件来文登记后还没有动，最久的已过 5 夜",)


def test_who_was_urged_is_told_on_coming_in(office: Office) -> None:
    paper = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    leader = factories.as_role(office, Role.SIGNATORY)
    section = factories.as_role(office, Role.SECRETARIAT)
    incoming.propose(section, paper, "请阅示。", [leader.actor.person_id])
    incoming.urge(factories.as_role(office, Role.SUPERVISION_CLERK), paper, "请今日批示。")
    office.clock.move(days=1)
    incoming.urge(factories.as_role(office, Role.SUPERVISION_CLERK), paper, "请尽快批示。")
    office = factories.log_in(office, "zhangwei")
    assert reminders.reckon(office) == ()
    office.clock.move(days=1)
    office = factories.log_in(office, "zhengjie")
    incoming.urge(office, paper, "第三次。")
    office = factories.log_in(office, "zhangwei")
    assert reminders.reckon(office) == ("您手里的件被催办 1 次，最近一次 11月25日",)
    office.close()


def test_what_stays_overnight_is_a_list_on_paper(office: Office) -> None:
    incoming.register(office, factories.incoming_draft(title="关于过夜的通知"))
    office.clock.move(days=2)
    text = "".join(pdf_text(worksheets.overnight(office, 2026).data).split())
    assert "关于过夜的通知" in text
    assert "已过2夜" in text


def test_the_sheet_of_the_day_is_logged_as_what_it_is(office: Office) -> None:
    incoming.register(office, factories.incoming_draft(due_on=TODAY))
    text = "".join(pdf_text(worksheets.today(office).data).split())
    assert "今日到期" in text
    newest = log_lines.page(factories.as_login(office, "auditor"))[0]
    assert newest.what == "打印今日工作单"
