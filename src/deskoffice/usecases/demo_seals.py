"""The seals of the practice vault: who keeps which, one on its way to another, loans, imprints, stamped files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from deskoffice.domain.matters import ContentRole
from deskoffice.domain.people import Actor, Role
from deskoffice.domain.seal_custody import CheckLine, CheckResult, LoanDraft, LoanState
from deskoffice.domain.seal_inventory import HandOver, SealDraft, SealKind, SealState, StateChange
from deskoffice.domain.seals import PaperKind, SealUseDraft, Stamping
from deskoffice.domain.values import chinese_date
from deskoffice.storage import people
from deskoffice.usecases import (
    demo_imprints,
    seal_custody,
    seal_inventory,
    seal_register,
    seals,
)
from deskoffice.usecases import demo_texts as texts
from deskoffice.usecases.attachments import FileDraft
from deskoffice.usecases.office import CHINA, Act, Clock, Office, open_office, system_clock

if TYPE_CHECKING:
    from deskoffice.usecases.demo import Story

KEEPER = "zhouyan"
CONTRACT_SEAL = f"{texts.OFFICE}合同专用章"
RECEIPT_SEAL = f"{texts.OFFICE}收文专用章"
OLD_SEAL = f"{texts.COUNTY}政府接待办公室"
LATEST = timedelta(days=5)
"""Who went with a seal in these last days has not come back with it."""
PAPERS = (
    (PaperKind.CONTRACT, "老旧小区改造项目施工合同", "县住房和城乡建设局"),
    (PaperKind.PLEDGE, "安全生产目标责任书", "县应急管理局"),
    (PaperKind.CERTIFICATE, "干部工作经历证明", "县农业农村局"),
)
"""What the keeper is asked for in the practice vault; the last one waits."""


def enter(act: Act) -> None:
    """Five seals, one of them long destroyed."""
    keeper = next(row.person_id for row in people.accounts(act.session) if Role.SEAL_KEEPER in row.roles)
    enabled = date(act.today.year - 3, 4, 1)
    for name, kind, owner, material, size, place in (
        (texts.OFFICE, SealKind.OFFICIAL, texts.OFFICE, "铜质", "圆形，直径42毫米", "机要室1号保险柜"),
        (CONTRACT_SEAL, SealKind.CONTRACT, texts.OFFICE, "光敏", "圆形，直径40毫米", "机要室1号保险柜"),
        (RECEIPT_SEAL, SealKind.RECEIPT, texts.OFFICE, "光敏", "圆形，直径38毫米", "机要室值班桌"),
        ("张伟名章", SealKind.LEADER, "张伟", "牛角", "方形，20毫米", "机要室2号保险柜"),
        (OLD_SEAL, SealKind.OFFICE, OLD_SEAL, "铜质", "圆形，直径42毫米", "机要室2号保险柜"),
    ):
        seal_inventory.add_in(
            act,
            SealDraft(
                name=name,
                kind=kind,
                owner=owner,
                keeper_id=keeper,
                material=material,
                size=size,
                place=place,
                enabled_on=enabled,
                enabled_by=f"{texts.CODE}〔{enabled.year}〕9号",
            ),
        )


def end_of_a_seal(story: "Story") -> Iterator[datetime]:
    """An office that was merged: its seal out of use, then destroyed before two."""
    keeper = story.acting(Role.SEAL_KEEPER)
    seal = next(row.id for row in seal_inventory.all_seals(keeper) if row.name == OLD_SEAL)
    seal_inventory.change_state(keeper, seal, StateChange(SealState.OUT_OF_USE, "机构合并，停止使用"))
    yield story.office.now() + timedelta(days=2)
    seen = (story.actors[Role.OFFICE_LEADER].person_id, story.actors[Role.ARCHIVIST].person_id)
    keeper = story.acting(Role.SEAL_KEEPER)
    seal_inventory.change_state(keeper, seal, StateChange(SealState.DESTROYED, "经批准当场磨毁", seen))


def loan_life(story: "Story") -> Iterator[datetime]:
    """外带: two go to a signing with the contract seal and come back; the last ones are late."""
    drafter = story.acting(Role.DRAFTER)
    seal = next(row.id for row in seal_inventory.all_seals(drafter) if row.name == CONTRACT_SEAL)
    gone = (LoanState.ASKED, LoanState.APPROVED, LoanState.OUT)
    if any(row.state in gone for row in seal_custody.loans(drafter, seal)):
        return
    now = story.office.now()
    first, second = story.actors[Role.CONFIDENTIAL_CLERK].person_id, story.actors[Role.DRAFTER].person_id
    due = datetime.combine((now + timedelta(hours=9)).date(), time(17, 30), CHINA)
    draft = LoanDraft(first, second, "县会议中心", "重点项目集中签约现场用印", max(due, now + timedelta(hours=8)))
    loan = seal_custody.ask_out(drafter, seal, draft)
    yield now + timedelta(minutes=40)
    seal_custody.move_loan(story.acting(Role.OFFICE_LEADER), loan, LoanState.APPROVED)
    yield now + timedelta(hours=1)
    seal_custody.move_loan(story.acting(Role.SEAL_KEEPER), loan, LoanState.OUT)
    if system_clock() - now < LATEST:
        return
    yield now + timedelta(hours=6)
    seal_custody.move_loan(story.acting(Role.SEAL_KEEPER), loan, LoanState.BACK, "印面完好，用印4枚")


def keepers_day(folder: Path, clock: Clock) -> int:
    """What only the keeper can do, at the keeper's own account: imprints, stamped files, the yearly check.

    Gives how many uses of a seal were asked for.
    """
    office = open_office(folder, KEEPER, texts.PASSWORD, clock=clock)
    try:
        rows = [row for row in seal_inventory.usable(office) if row.is_kept_by(office.actor.person_id)]
        for row in rows:
            is_name = row.kind is SealKind.LEADER
            picture = demo_imprints.drawn(row.owner if is_name else row.name, is_square=is_name)
            seal_inventory.keep_imprint(office, row.id, FileDraft(f"{row.name}.png", picture))
        waiting = [_asked(office, rows[0].id, *paper) for paper in PAPERS]
        for use in waiting[:-1]:
            sheet = seal_register.stamping_sheet(office, use)
            seals.stamp(office, use, Stamping(sheet.digest, frozenset(sheet.checks), sheet.imprints))
        with office.read() as session:
            persons = {row.name: row.id for row in people.persons(session, office.today())}
        found = [CheckLine(row.id, CheckResult.INTACT) for row in rows]
        worn = next(line.seal_id for line, row in zip(found, rows, strict=True) if row.name == RECEIPT_SEAL)
        lines = [
            CheckLine(worn, CheckResult.WORN, "边框磨损，报请重刻") if line.seal_id == worn else line for line in found
        ]
        seal_custody.check_seals(office, tuple(lines), persons["李强"])
        seal_custody.begin_hand_over(
            office, worn, HandOver(persons["吴昊"], persons["李强"], "岗位调整，移交收文专用章")
        )
        return len(waiting)
    finally:
        office.close()


def _asked(office: Office, seal_id: int, kind: PaperKind, title: str, unit: str) -> int:
    """A request with its paper, approved by a leader, as both would have done before."""
    lines = [f"{unit}与{texts.OFFICE}就{title}有关事项约定如下。"]
    clauses = enumerate(texts.PARAGRAPHS * 5, start=1)
    lines += [f"第{number}条　{text.format(subject=title)}" for number, text in clauses]
    lines += [texts.OFFICE, chinese_date(office.today())]
    paper = FileDraft(f"{title}.txt", "\n".join(lines).encode(), ContentRole.BODY)
    draft = SealUseDraft(
        seal_id=seal_id,
        subject=f"{unit}报来{title}，请予用印",
        title=title,
        unit=unit,
        copies=2,
        imprints=4,
        is_straddling=kind is not PaperKind.CERTIFICATE,
        paper_kind=kind,
    )
    use = seals.request(_acting(office, Role.DRAFTER), draft, paper).matter_ids[0]
    seals.approve(_acting(office, Role.SIGNATORY), use, "同意用印。")
    return use


def _acting(office: Office, role: Role) -> Office:
    """Somebody with a role at this open vault: the practice papers are for everybody to read."""
    with office.read() as session:
        row = next(one for one in people.accounts(session) if role in one.roles)
        person = people.persons(session, office.today(), [row.person_id])[0]
    actor = Actor(row.id, row.login, row.person_id, row.name, person.post, person.unit, row.roles, row.clearance)
    return replace(office, actor=actor)
