"""The areas of the window: one line each. A new area is a line here and the page it names."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from deskoffice.domain.matters import ENDED, Action, ListQuery, MatterKind, State
from deskoffice.domain.people import Actor, Role
from deskoffice.ui.circulation import incoming, incoming_acts, outgoing
from deskoffice.ui.circulation.copies_page import CopiesPage
from deskoffice.ui.circulation.dwell_page import DwellPage
from deskoffice.ui.circulation.incoming_page import incoming_page
from deskoffice.ui.circulation.incoming_returns import returns_page
from deskoffice.ui.circulation.instructions_page import InstructionsPage
from deskoffice.ui.circulation.numbers_page import NumbersPage
from deskoffice.ui.circulation.quality_page import QualityPage
from deskoffice.ui.circulation.volume_page import VolumePage
from deskoffice.ui.desk import Desk, Opener, Openers, Page
from deskoffice.ui.guide import GuidePage
from deskoffice.ui.home import HomePage
from deskoffice.ui.management.archive_page import ArchivePage
from deskoffice.ui.management.backup_page import BackupPage
from deskoffice.ui.management.blank_forms_page import BlankFormsPage
from deskoffice.ui.management.exchange import packets_page
from deskoffice.ui.management.log_page import LogPage
from deskoffice.ui.management.prints_page import PrintsPage
from deskoffice.ui.management.registers_page import RegistersPage
from deskoffice.ui.management.settings_page import SettingsPage, everybody, exchanges
from deskoffice.ui.matter_list import EVERYTHING_ONLY, ListSpec, MatterListPage
from deskoffice.ui.meetings import meetings, topics_list
from deskoffice.ui.meetings.calendar_page import CalendarPage
from deskoffice.ui.meetings.decisions_page import DecisionsPage
from deskoffice.ui.meetings.plan_page import PlanPage
from deskoffice.ui.register_list import register_list_of
from deskoffice.ui.seals import inventory, uses
from deskoffice.ui.supervision import tasks
from deskoffice.usecases import worksheets
from deskoffice.usecases.circulation.incoming_returns import REPORTERS


class Section(StrEnum):
    """Headings of the navigation, in order."""

    MINE = "我的"
    PAPERS = "办文"
    SEALS = "用印 · 办会"
    UPKEEP = "管理"
    MORE = "更多"
    """What this person's roles seldom need; folded until wanted."""


@dataclass(frozen=True, slots=True)
class Area:
    """One entry of the navigation and the page behind it."""

    key: str
    section: Section
    title: str
    make: Callable[[Desk], Page]
    seen_by: Callable[[Actor], bool]
    count: ListQuery | None = None
    """What the number beside the name counts."""
    kind: MatterKind | None = None
    """Matters of this kind are shown here when something links to them."""
    daily_for: frozenset[Role] = frozenset(Role)
    """Roles that need it every day; for others it stands under 更多."""

    def section_for(self, actor: Actor) -> Section:
        """Where it stands in this person's navigation."""
        return self.section if actor.roles & self.daily_for else Section.MORE


def business(actor: Actor) -> bool:
    """Everybody but 三员."""
    return not actor.is_officer


def officer(actor: Actor) -> bool:
    """三员."""
    return actor.is_officer


def archivist(actor: Actor) -> bool:
    """Who may take a year's matters out."""
    return actor.has(Role.ARCHIVIST, Role.CONFIDENTIAL_CLERK)


def runs_papers(actor: Actor) -> bool:
    """Who returns papers and reports them."""
    return actor.has(*REPORTERS)


def auditor(actor: Actor) -> bool:
    """Who may read the log."""
    return actor.has(Role.AUDIT_ADMIN)


def prints(actor: Actor) -> bool:
    """Who prints, and the auditor, whom a code on a paper may be brought to."""
    return business(actor) or auditor(actor)


def list_of(spec: ListSpec) -> Callable[[Desk], Page]:
    """A page that lists matters."""
    return lambda desk: MatterListPage(desk, spec)


NOBODY: frozenset[Role] = frozenset()
CLERK = frozenset({Role.CONFIDENTIAL_CLERK})
LEADERS = frozenset({Role.OFFICE_LEADER, Role.SIGNATORY})
PAPER_DESK = frozenset({Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT})
SEAL_DESK = frozenset({Role.SEAL_KEEPER})
MEETING_DESK = frozenset({Role.CONFERENCE_CLERK})
CHASERS = frozenset({Role.SUPERVISION_CLERK})
ARCHIVE_DESK = frozenset({Role.ARCHIVIST})
OFFICERS_DESK = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

ALL = frozenset(MatterKind)
WAITING = ListQuery(kinds=ALL, open_only=True, mine=True)
DRAFTS = ListSpec(
    title="草稿",
    query=ListQuery(kinds=ALL, states=frozenset({State.DRAFTING}), mine=True),
    headings=("编号", "标题", "密级 缓急", "期限", "在谁手里"),
    scopes=EVERYTHING_ONLY,
    empty="没有未送核的草稿。",
)
DONE = ListSpec(
    title="已办结",
    query=ListQuery(kinds=ALL, states=ENDED),
    headings=("编号", "标题", "密级 缓急", "期限", "结果"),
    scopes=EVERYTHING_ONLY,
    empty="还没有办结的件。",
)

AREAS: tuple[Area, ...] = (
    Area("guide", Section.MINE, "三员须知", GuidePage, officer),
    Area("home", Section.MINE, "待办", HomePage, business, count=WAITING),
    Area("copies", Section.MINE, "份的管理", CopiesPage, business),
    Area("drafts", Section.MINE, "草稿", list_of(DRAFTS), business, count=DRAFTS.query),
    Area("done", Section.MINE, "已办结", list_of(DONE), business),
    Area("incoming", Section.PAPERS, "收文", incoming_page, business, kind=MatterKind.INCOMING),
    Area("outgoing", Section.PAPERS, "发文", list_of(outgoing.LIST), business, kind=MatterKind.OUTGOING),
    Area(
        "circulating", Section.PAPERS, "传阅", list_of(incoming.CIRCULATING), business, count=incoming.CIRCULATING.query
    ),
    Area(
        "instructions",
        Section.PAPERS,
        "领导批示",
        InstructionsPage,
        business,
        daily_for=PAPER_DESK | LEADERS | CHASERS,
    ),
    Area(
        "overnight",
        Section.PAPERS,
        "案不过夜",
        register_list_of(incoming.OVERNIGHT, incoming.SWEEP),
        runs_papers,
        count=worksheets.UNMOVED,
        daily_for=PAPER_DESK,
    ),
    Area("returns", Section.PAPERS, "退文", returns_page, runs_papers, daily_for=CLERK),
    Area("numbers", Section.PAPERS, "文号", NumbersPage, business, daily_for=NOBODY),
    Area(
        "seals",
        Section.SEALS,
        "用印",
        register_list_of(uses.LIST, uses.REGISTER),
        business,
        count=uses.WAITING,
        kind=MatterKind.SEAL_USE,
    ),
    Area("seal_inventory", Section.SEALS, "印章", inventory.inventory_page, business, daily_for=SEAL_DESK),
    Area(
        "meetings",
        Section.SEALS,
        "会议",
        register_list_of(meetings.LIST, meetings.REGISTER),
        business,
        count=meetings.WAITING,
        kind=MatterKind.MEETING,
    ),
    Area(
        "topics",
        Section.SEALS,
        "议题",
        list_of(topics_list.LIST),
        business,
        count=topics_list.WAITING,
        kind=MatterKind.TOPIC,
        daily_for=MEETING_DESK,
    ),
    Area(
        "decisions",
        Section.SEALS,
        "议定事项",
        DecisionsPage,
        business,
        daily_for=MEETING_DESK | CHASERS | LEADERS,
    ),
    Area(
        "meeting_calendar",
        Section.SEALS,
        "会议日程",
        CalendarPage,
        business,
        daily_for=MEETING_DESK | LEADERS,
    ),
    Area("meeting_plan", Section.SEALS, "会议计划", PlanPage, business, daily_for=MEETING_DESK),
    Area(
        "supervision",
        Section.UPKEEP,
        "督办事项",
        register_list_of(tasks.LIST, tasks.REGISTER),
        business,
        count=tasks.OPEN,
        kind=MatterKind.TASK,
    ),
    Area("registers", Section.UPKEEP, "登记簿", RegistersPage, business),
    Area("archive", Section.UPKEEP, "归档", ArchivePage, archivist, daily_for=ARCHIVE_DESK),
    Area("log", Section.UPKEEP, "日志", LogPage, auditor),
    Area(
        "dwell",
        Section.PAPERS,
        "办理时效",
        DwellPage,
        business,
        daily_for=frozenset({Role.SUPERVISION_CLERK}) | LEADERS,
    ),
    Area("quality", Section.PAPERS, "办文质量", QualityPage, business, daily_for=NOBODY),
    Area("volume", Section.PAPERS, "精简文件", VolumePage, business, daily_for=NOBODY),
    Area("blank_forms", Section.UPKEEP, "空白表格", BlankFormsPage, business, daily_for=NOBODY),
    Area("prints", Section.UPKEEP, "打印登记", PrintsPage, prints, daily_for=frozenset({Role.AUDIT_ADMIN})),
    Area("exchange", Section.UPKEEP, "摆渡包", packets_page, exchanges, daily_for=NOBODY),
    Area("backup", Section.UPKEEP, "备份与恢复", BackupPage, everybody, daily_for=OFFICERS_DESK | CLERK),
    Area("settings", Section.UPKEEP, "设置", SettingsPage, everybody),
)


def arranged(actor: Actor) -> list[tuple[Section, list[Area]]]:
    """What this person sees, section by section."""
    seen = [area for area in AREAS if area.seen_by(actor)]
    sections = [(section, [area for area in seen if area.section_for(actor) == section]) for section in Section]
    return [(section, areas) for section, areas in sections if areas]


_ACTS: dict[MatterKind, dict[Action, Opener]] = {
    MatterKind.INCOMING: incoming_acts.ACTS,
    MatterKind.OUTGOING: {**outgoing.ACTS, Action.STAMP: uses.open_for_signed},
    MatterKind.SEAL_USE: uses.ACTS,
    MatterKind.MEETING: meetings.ACTS,
    MatterKind.TOPIC: topics_list.ACTS,
    MatterKind.TASK: tasks.ACTS,
}

OPENERS: Openers = {(kind, action): opener for kind, acts in _ACTS.items() for action, opener in acts.items()}
