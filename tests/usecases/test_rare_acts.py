"""Acts that are seldom done: each stands in the log by its own name, so that a log that refuses is tried on each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import factories
import pytest
from sqlalchemy import update
from usecases import meeting_cases

from deskoffice.domain.meeting_plan import DayKind, LeaderDay
from deskoffice.domain.meeting_running import CheckItem, Phase, Told
from deskoffice.domain.meeting_topics import LegalReview, TopicOutcome, TopicProposal, TopicResult
from deskoffice.domain.meetings import Presence, SignIn, TopicDraft
from deskoffice.domain.people import Role, UnitDraft
from deskoffice.domain.steps import Order
from deskoffice.domain.values import Classification
from deskoffice.storage.people import PostRecord
from deskoffice.usecases import (
    backups,
    copy_batches,
    demo,
    exchange_keys,
    meeting_agenda,
    meeting_days,
    meeting_running,
    meeting_topics,
    meeting_views,
    meetings,
    people,
    settings,
)
from deskoffice.usecases.circulation import circulating, incoming
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault import backup

PROPOSAL = TopicProposal("研究购置设备", "办公室", "吴昊", "需要购置。")
Act = Callable[[Office, Path], object]


def a_bad_set(office: Office, place: Path) -> None:
    """The medium keeps something else than was written."""
    written = backup.create

    def spoiled(*arguments: object) -> backup.BackupResult:
        made = written(*arguments)
        part = made.target / "part0001.age"
        part.write_bytes(bytes(part.stat().st_size))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup, "create", spoiled)
        backups.create(office, place / "sets")


def a_list_dropped(office: Office, _: Path) -> None:
    incoming.register(
        office, factories.incoming_draft(level=Classification.SECRET, secrecy_years=5, copy_number="000017")
    )
    copy_batches.drop(office, copy_batches.begin_count(office))


def a_reader_who_left(office: Office, _: Path) -> None:
    paper = incoming.register(office, factories.incoming_draft()).matter_ids[0]
    readers = [factories.person_id(office, name) for name in ("李强", "周燕", "张伟")]
    circulating.circulate(office, paper, readers, order=Order.IN_TURN)
    with office.vault.database.write() as session:
        session.execute(update(PostRecord).where(PostRecord.person_id == readers[1]).values(to_on=date(2026, 1, 1)))
    circulating.mark_read(factories.as_login(office, "liqiang"), paper)


def a_new_clerk(office: Office, _: Path) -> None:
    exchange_keys.own(office)
    secretary = next(row for row in people.accounts(office) if row.login == "zhaoming")
    roles = secretary.roles | {Role.CONFIDENTIAL_CLERK}
    people.change_account(factories.as_role(office, Role.SECURITY_ADMIN), secretary.id, roles, secretary.clearance)
    exchange_keys.own(office)


def upkeep(office: Office) -> Office:
    return factories.as_role(office, Role.SYSTEM_ADMIN)


def a_unit(office: Office, _: Path) -> None:
    people.edit_unit(upkeep(office), people.units(office)[0].id, UnitDraft("河东县人民政府办公室", "县府办"))


def names(office: Office, _: Path) -> None:
    settings.save_settings(upkeep(office), settings.read_settings(office))


def a_series(office: Office, _: Path) -> None:
    settings.retire_series(upkeep(office), settings.all_series(office)[0].id)


def practice(office: Office, _: Path) -> None:
    demo._set_up(office)


def clerk(office: Office) -> Office:
    return factories.as_role(office, Role.CONFERENCE_CLERK)


def a_leaders_day(office: Office, _: Path) -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=CHINA)
    day = LeaderDay(factories.person_id(office, "张伟"), DayKind.ACTIVITY, at, at.replace(hour=11), "调研")
    meeting_days.remove(clerk(office), meeting_days.enter(clerk(office), day))


def a_meeting_run(office: Office, _: Path) -> None:
    meeting = meeting_cases.approved(office)
    line = meeting_views.detail(office, meeting).attendees[0].id
    meeting_running.tell(clerk(office), meeting, [Told(line)])
    meeting_running.change_checklist(clerk(office), meeting, [CheckItem(Phase.BEFORE, "摆放席签")])
    meeting_running.tick(clerk(office), meeting, [meeting_running.running(office, meeting).checklist[0].id])
    meeting_running.put_phones(clerk(office), meeting, [(line, "12")])
    meeting_running.take_phones(clerk(office), meeting, [line])


def proposed(office: Office, draft: TopicProposal = PROPOSAL) -> int:
    return meeting_topics.propose(clerk(office), draft).matter_ids[0]


def topics(office: Office, _: Path) -> None:
    """Edited and taken back; refused; its legality reviewed."""
    first, second = proposed(office), proposed(office)
    meeting_topics.edit(clerk(office), first, replace(PROPOSAL, reporter="周燕"))
    meeting_topics.withdraw(clerk(office), first, "再作研究")
    meeting_topics.refuse(factories.as_role(office, Role.OFFICE_LEADER), second, "可由办公室自行决定")
    third = proposed(office, replace(PROPOSAL, is_major_decision=True))
    meeting_topics.review_legality(factories.as_role(office, Role.SECRETARIAT), third, LegalReview.PASSED, "符合规定。")


def agreed(office: Office) -> TopicDraft:
    topic = proposed(office)
    meeting_topics.approve(factories.as_role(office, Role.OFFICE_LEADER), topic)
    return TopicDraft(PROPOSAL.title, PROPOSAL.reporter, (), topic)


def a_topic_discussed(office: Office, _: Path) -> None:
    meeting = meeting_cases.approved(office, topics=(agreed(office),))
    lines = meeting_views.detail(office, meeting)
    meetings.sign_in(clerk(office), meeting, [SignIn(one.id, Presence.PRESENT) for one in lines.attendees])
    meetings.record(clerk(office), meeting, meeting_cases.SAID)
    outcome = TopicOutcome(lines.topics[0].id, TopicResult.AGREED)
    meeting_agenda.discuss(clerk(office), meeting, [outcome])


def a_topic_taken_off(office: Office, _: Path) -> None:
    meeting = meeting_cases.called(office, topics=(agreed(office),))
    meetings.edit(clerk(office), meeting, meeting_cases.draft(office))


RARE: dict[Act, tuple[str, ...]] = {
    a_bad_set: ("backup.set.bad",),
    a_list_dropped: ("circulation.copies.list_dropped",),
    a_reader_who_left: ("circulation.turn.skipped",),
    a_new_clerk: ("exchange.key.shared",),
    a_unit: ("people.unit.edited",),
    names: ("settings.names.changed",),
    a_series: ("settings.series.retired",),
    practice: ("office.practice.set_up",),
    a_leaders_day: ("meetings.day.removed",),
    a_meeting_run: (
        *("meetings.attendee.told", "meetings.checklist.changed", "meetings.checklist.done"),
        *("meetings.phone.put", "meetings.phone.taken"),
    ),
    topics: (
        *("meetings.topic.edited", "meetings.topic.withdrawn", "meetings.topic.refused", "meetings.topic.reviewed"),
    ),
    a_topic_discussed: ("meetings.topic.discussed",),
    a_topic_taken_off: ("meetings.topic.unscheduled",),
}


@pytest.mark.parametrize("act", RARE, ids=lambda act: act.__name__)
def test_each_stands_in_the_log_once(office: Office, tmp_path: Path, act: Act) -> None:
    act(office, tmp_path)
    log = office.vault.audit
    with office.read() as session:
        assert {code: log.count(session, action=code) for code in RARE[act]} == dict.fromkeys(RARE[act], 1)
