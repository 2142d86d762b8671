"""The longest titles, units, posts and opinions an office really meets, put into a practice vault before pictures."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from deskoffice.domain.circulation.incoming import IncomingDraft, PostKind
from deskoffice.domain.circulation.outgoing import DocumentKind, OutgoingDraft
from deskoffice.domain.meetings import MeetingDraft, MeetingSeries
from deskoffice.domain.people import PersonDraft, Role, UnitDraft
from deskoffice.domain.seals import PaperKind, SealUseDraft
from deskoffice.domain.supervision import TaskDraft, TaskSource
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage import seal_inventory, series
from deskoffice.usecases import meetings, people, seals, supervision
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.circulation import incoming, outgoing
from deskoffice.usecases.founding import FoundingAccount
from deskoffice.usecases.office import CHINA, Office, open_office

UNIT = "河东县人民代表大会常务委员会法制和监察司法工作委员会办公室"
ISSUERS = "中共东江市委办公室、东江市人民政府办公室、东江市人民代表大会常务委员会办公室、政协东江市委员会办公室"
POST = "党组成员、副县长，县公安局党委书记、局长、督察长（主持县政府办公室日常工作）"
TITLE = (
    "关于进一步加强全县今冬明春安全生产、森林草原防灭火、低温雨雪冰冻灾害防范应对和能源电力保供"
    "暨元旦春节“两节”期间应急值班值守工作有关事项的紧急通知"
)
MEETING = "全县深化“放管服”改革优化营商环境暨重点项目建设、招商引资和安全生产工作第四季度调度推进（视频）会议"
TASK = (
    "由县应急管理局牵头，会同县自然资源局、县水利局、县住房和城乡建设局逐乡镇、逐村、逐户排查地质灾害隐患点，"
    "建立台账、落实责任人，于月底前将排查整治情况书面报县政府督查室。"
)
BODY = f"{TITLE.removesuffix('的紧急通知')}，现通知如下。\n一、压实责任\n各乡镇人民政府、县政府各部门要逐级检查。"


def write(vault: Path, accounts: tuple[FoundingAccount, ...]) -> None:
    """Everything of the longest, by the people whose work it is."""
    for role, act in ACTS:
        account = next(one for one in accounts if role in one.roles)
        office = open_office(vault, account.login, account.password)
        try:
            act(office)
        finally:
            office.close()


def _people(office: Office) -> None:
    own = people.units(office)[0].id
    people.add_unit(office, UnitDraft(UNIT, rank=12))
    people.add_person(office, PersonDraft("欧阳建设", own, POST, 205, from_on=date(2026, 1, 4)))


def _papers(office: Office) -> None:
    today = office.today()
    draft = IncomingDraft(
        source_unit=ISSUERS,
        title=TITLE,
        received_on=today,
        document_number="东安委办传〔2026〕1088号",
        level=Classification.SECRET,
        secrecy_years=20,
        urgency=Urgency.VERY_URGENT,
        due_on=today,
        copy_number="001088",
        addressee="各县（区）委、人民政府，市委各部委，市级国家机关各部门，各人民团体：",
    )
    incoming.register(office, draft)
    other = IncomingDraft(
        source_unit=UNIT,
        title=TITLE.replace("紧急通知", "请示"),
        received_on=today,
        document_number="河人法监司工办〔2026〕88号",
        post_kind=PostKind.REQUEST,
        level=Classification.INTERNAL,
        urgency=Urgency.URGENT,
        due_on=today + timedelta(days=1),
    )
    incoming.register(office, other)


def _draft(office: Office) -> None:
    with office.read() as session:
        series_id = next(row.id for row in series.all_series(session) if row.kind == "outgoing")
        seal_id = seal_inventory.seals(session)[0].id
    draft = OutgoingDraft(
        kind=DocumentKind.NOTICE,
        title=TITLE,
        series_id=series_id,
        body_text=BODY,
        addressee="各乡镇人民政府、街道办事处，县政府各部门、各直属机构：",
        copy_to=(ISSUERS, UNIT),
        urgency=Urgency.URGENT,
    )
    made = outgoing.create(office, draft)
    outgoing.submit(office, made.matter_ids[0])
    use = SealUseDraft(
        seal_id=seal_id,
        subject=f"{UNIT}报来，请予用印，一式十二份，报市级备案",
        title=TITLE,
        unit=UNIT,
        copies=12,
        imprints=12,
        paper_kind=PaperKind.CONTRACT,
    )
    seals.request(office, use, FileDraft(f"{TITLE}.txt", BODY.encode()))


def _meeting(office: Office) -> None:
    begins = datetime.combine(office.today() + timedelta(days=3), time(9), CHINA)
    chair = next(row.id for row in people.persons(office) if row.name == "张伟")
    draft = MeetingDraft(
        series=MeetingSeries.SPECIAL,
        title=MEETING,
        place="县政府综合办公楼东附楼三层第二视频会议室（各乡镇设分会场）",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        chair_id=chair,
        units=(UNIT, "县应急管理局", "县住房和城乡建设局"),
        grounds="县委常委会第88次会议议定事项，张伟同志11月18日批示",
    )
    meetings.call(office, draft)


def _task(office: Office) -> None:
    draft = TaskDraft(
        source=TaskSource.INSTRUCTION,
        text=TASK,
        due_on=office.today() + timedelta(days=8),
        lead_unit=UNIT,
        others=("县自然资源局", "县水利局", "县住房和城乡建设局"),
        leader="欧阳建设",
    )
    supervision.create(office, draft)


ACTS: tuple[tuple[Role, Callable[[Office], None]], ...] = (
    (Role.SYSTEM_ADMIN, _people),
    (Role.CONFIDENTIAL_CLERK, _papers),
    (Role.DRAFTER, _draft),
    (Role.CONFERENCE_CLERK, _meeting),
    (Role.SUPERVISION_CLERK, _task),
)
