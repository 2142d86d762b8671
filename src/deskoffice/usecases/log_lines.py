"""The log in words: what an entry says to the person who reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from deskoffice.paper.forms import FORMS
from deskoffice.storage import people
from deskoffice.usecases import audits, words_access, words_exchange, words_intake, words_media, words_meetings
from deskoffice.usecases.audits import Sieve
from deskoffice.usecases.check_words import in_words
from deskoffice.usecases.office import CHINA, Office
from deskoffice.usecases.words_access import ENDINGS
from deskoffice.usecases.words_log import DETAILS, OTHER_FORMS, SUBJECTS, YES_NO
from deskoffice.vault.audit import AuditEntry

ACTIONS = (
    words_meetings.ACTIONS
    | words_access.ACTIONS
    | words_exchange.ACTIONS
    | words_media.ACTIONS
    | words_intake.ACTIONS
    | {
        "archive.year.exported": "导出年度归档",
        "backup.set.bad": "备份回读不符",
        "backup.set.proved": "备份已验证",
        "circulation.copies.destruction_approved": "批准销毁清册",
        "circulation.copies.list_begun": "建立份清单",
        "circulation.copies.list_dropped": "取消份清单",
        "circulation.copies.list_finished": "完成份清单",
        "circulation.copies.list_printed": "打印份清单",
        "circulation.copy.ended": "份清退或销毁",
        "circulation.copy.filed": "份归档",
        "circulation.copy.given_back": "归还份文件",
        "circulation.copy.lent": "借出份文件",
        "circulation.copy.reproduction_asked": "申请复制摘录",
        "circulation.copy.reproduction_decided": "审批复制摘录",
        "circulation.copy.returned": "收回份文件",
        "circulation.copy.traced": "查看份的去向",
        "circulation.incoming.assigned": "交办",
        "circulation.incoming.circulated": "送传阅",
        "circulation.incoming.closed": "收文办结",
        "circulation.incoming.instructed": "批示",
        "circulation.incoming.instruction_recorded": "代录批示",
        "circulation.incoming.proposed": "拟办",
        "circulation.incoming.read": "阅毕",
        "circulation.incoming.reported": "反馈办理结果",
        "circulation.incoming.returned": "退文",
        "circulation.incoming.registered": "登记收文",
        "circulation.incoming.imported": "旧台账导入",
        "circulation.import.begun": "开始导入旧台账",
        "circulation.import.finished": "旧台账导入完成",
        "circulation.import.undone": "撤销旧台账导入",
        "circulation.incoming.edited": "修改收文登记",
        "circulation.incoming.urged": "催办",
        "circulation.incoming.answered": "审核、会签意见",
        "circulation.incoming.back_entered": "补录",
        "circulation.incoming.extended": "延期",
        "circulation.incoming.resumed": "恢复办理",
        "circulation.incoming.sent_ahead": "未待退还提前送阅",
        "circulation.incoming.sent_back": "退回",
        "circulation.incoming.sent_on": "送审、送会签",
        "circulation.incoming.signer_added": "加签",
        "circulation.incoming.suspended": "挂起",
        "circulation.incoming.transferred": "转办",
        "circulation.incoming.voided": "收文作废",
        "circulation.incoming.withdrawn": "撤回",
        "circulation.turn.skipped": "人已离岗，跳过",
        "matter.step.handed_over": "随岗位移交",
        "worksheet.today.printed": "打印今日工作单",
        "worksheet.overnight.printed": "打印案不过夜清查单",
        "people.post.handed_over": "移交工作",
        "people.authority.given": "授权代办",
        "people.authority.ended": "终止授权代办",
        "settings.route.changed": "修改办文流程",
        "settings.deadlines.changed": "修改办理时限",
        "circulation.outgoing.closed": "发文办结",
        "circulation.outgoing.countersign_asked": "送会签",
        "circulation.outgoing.countersigned": "会签",
        "circulation.outgoing.level_decided": "审定密级",
        "circulation.outgoing.level_proposed": "拟定密级",
        "circulation.outgoing.version_restored": "恢复旧稿",
        "circulation.outgoing.versions_compared": "比较文稿版本",
        "circulation.outgoing.versions_printed": "打印花脸稿",
        "settings.number.reserved": "预留文号",
        "circulation.outgoing.dispatched": "发文印发",
        "circulation.outgoing.drafted": "拟稿",
        "circulation.outgoing.edited": "修改文稿",
        "circulation.outgoing.printed": "打印发文",
        "circulation.outgoing.returned": "退回修改",
        "circulation.outgoing.reviewed": "核稿",
        "circulation.outgoing.seal_asked_again": "重新送印",
        "circulation.outgoing.seal_refused": "不予用印，退拟稿人",
        "circulation.outgoing.signed": "签发",
        "circulation.outgoing.stamped": "发文用印",
        "circulation.outgoing.submitted": "送核",
        "circulation.outgoing.voided": "发文作废",
        "circulation.outgoing.withdrawn": "撤回文稿",
        "circulation.sheet.printed": "打印传阅单或稿纸",
        "circulation.slip.printed": "打印处理笺",
        "ledger.exported": "导出登记簿",
        "matter.declassified": "保密期限届满解密",
        "matter.content.attached": "加入附件",
        "matter.content.opened": "打开文件内容",
        "matter.form.printed": "打印单据",
        "paper.copy.exported": "导出",
        "paper.copy.printed": "打印",
        "paper.printer.calibrated": "校准打印机",
        "matter.reader.added": "扩大知悉范围",
        "matter.viewed": "查看涉密件",
        "meetings.meeting.approved": "批准会议",
        "meetings.meeting.called": "申请会议",
        "meetings.meeting.closed": "会议办结",
        "meetings.meeting.decided": "登记议定事项",
        "meetings.meeting.edited": "修改会议",
        "meetings.meeting.minuted": "拟写会议纪要",
        "meetings.meeting.recorded": "写会议记录",
        "meetings.meeting.refused": "不批准会议",
        "meetings.meeting.signed_in": "登记签到",
        "meetings.register.printed": "打印会议登记簿",
        "office.founded": "建立办公室",
        "office.practice.set_up": "建立练习库",
        "people.account.added": "建立账号",
        "people.account.changed": "调整岗位和涉密等级",
        "people.account.disabled": "停用账号",
        "people.account.unlocked": "登录",
        "people.person.added": "增加人员",
        "people.post.changed": "变更任职",
        "people.unit.added": "增加单位",
        "people.unit.edited": "修改单位",
        "seals.approvers.changed": "修改用印审批权限",
        "seals.authority.founded": "建立用印根证书",
        "seals.certificate.issued": "签发印章证书",
        "seals.file.verified": "验证盖章文件",
        "seals.form.printed": "打印印章表单",
        "seals.hand_over.begun": "发起印章移交",
        "seals.hand_over.cancelled": "取消印章移交",
        "seals.hand_over.signed": "印章移交签字",
        "seals.loan.asked": "申请印章外带",
        "seals.loan.moved": "办理印章外带",
        "seals.year.checked": "印章年度核查",
        "quality.error.entered": "登记差错",
        "quality.verdict.given": "登记领导评价",
        "quality.volume.baseline_typed": "录入去年件数",
        "quality.volume.planned": "设定发文上限",
        "seals.hand_over.printed": "打印印章移交单",
        "seals.inventory.printed": "打印印章清册",
        "seals.register.printed": "打印用印登记簿",
        "seals.seal.edited": "修改印章登记",
        "seals.seal.entered": "登记印章",
        "seals.seal.handed_over": "移交印章",
        "seals.seal.imprint_kept": "留存印模",
        "seals.seal.imprint_opened": "查看印模",
        "seals.seal.state_changed": "变更印章状态",
        "seals.use.approved": "批准用印",
        "seals.use.looked_at": "见字核对",
        "seals.use.opened": "签发转用印",
        "seals.use.refused": "不予用印",
        "seals.use.requested": "申请用印",
        "seals.use.stamped": "用印",
        "seals.use.voided": "用印随文作废",
        "settings.calendar.changed": "修改年历",
        "settings.names.changed": "修改单位名称",
        "settings.number.voided": "注销文号",
        "settings.series.added": "增加代字",
        "settings.series.retired": "停用代字",
        "supervision.register.printed": "打印督办台账",
        "supervision.task.closed": "督办销号",
        "supervision.task.created": "督办立项",
        "supervision.task.reported": "反馈督办事项",
        "supervision.task.returned": "退回补办",
        "supervision.task.urged": "催办督办事项",
        "vault.account.added": "建立账号密钥",
        "vault.account.disabled": "撤销账号密钥",
        "vault.account.recovered": "用恢复份额重设口令",
        "vault.backup.begun": "开始备份",
        "vault.backup.created": "备份完成",
        "vault.backup.failed": "备份未完成",
        "vault.backup.written": "写完备份分卷",
        "vault.checkpoint.written": "写出核对点",
        "vault.clock.set_back": "机器时钟被拨回",
        "vault.created": "建立保密库",
        "vault.database_key.changed": "更换数据库密钥",
        "vault.heads": "登记件与内容的核对值",
        "vault.rights": "登记权限的核对值",
        "vault.rollback.accepted": "认可库被换回旧的",
        "vault.key_file.dropped": "取消密钥文件",
        "vault.key_file.required": "启用密钥文件",
        "vault.checked": "定期体检",
        "vault.header.mended": "改好库头的副本",
        "vault.locked": "锁定",
        "vault.login.failed": "登录失败",
        "vault.office_key.handed_over": "交接办公室密钥",
        "vault.password.changed": "修改口令",
        "vault.unlocked": "打开保密库",
    }
)
"""What is not named here is shown by its area and its code."""

AREAS = {
    "paper": "打印",
    "circulation": "文件",
    "seals": "用印",
    "meetings": "会议",
    "supervision": "督办",
    "vault": "保密库",
}
_HIDDEN = {"signature", "head", "heads", "found_root", "seen_root"}
"""For a machine to verify, not for a person to read."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as the page shows it; `is_doubtful` marks a time from before an earlier entry's."""

    seq: int
    at: datetime
    who: str
    what: str
    subject: str
    detail: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """What a reading of the whole log found; `head` is the value that a witness outside is compared with."""

    is_good: bool
    entries: int
    head: str
    problems: tuple[str, ...]


def verify(office: Office, progress: Callable[[int, int], bool]) -> LogVerdict:
    """Read the whole log; a progress that says no stops it."""
    verdict = audits.verify(office, progress)
    problems = tuple(in_words(one.code, one.where) for one in verdict.problems)
    return LogVerdict(verdict.ok, verdict.entries, verdict.head, problems)


def page(office: Office, *, before: int | None = None, sieve: Sieve | None = None) -> tuple[LogLine, ...]:
    """Entries, newest first, those that pass the sieve; the auditor's alone."""
    entries = audits.latest(office, before=before, sieve=sieve)
    names = audits.names(office)
    return tuple(_line(entry, names) for entry in entries)


def backups(office: Office, limit: int = 12) -> tuple[LogLine, ...]:
    """What became of the last backups; everybody may know that."""
    with office.read() as session:
        entries = office.vault.audit.latest(session, limit=limit, action="backup.")
        names = {row.id: row.name for row in people.accounts(session)}
    return tuple(_line(entry, names) for entry in entries)


def _line(entry: AuditEntry, names: dict[int, str]) -> LogLine:
    return LogLine(
        seq=entry.seq,
        at=entry.at.astimezone(CHINA),
        who=names.get(entry.account_id, entry.login),
        what=action_word(entry.action),
        subject=_subject(entry.subject, names),
        detail="　".join(_detail(key, value, names) for key, value in entry.detail.items() if key not in _HIDDEN),
        is_doubtful=entry.is_doubtful,
    )


def _detail(key: str, value: object, names: dict[int, str]) -> str:
    if key == "second" and isinstance(value, int):
        return f"在场 {names.get(value, value)}"
    if key == "form":
        form = FORMS.get(str(value))
        return f"单据 {form.title if form else OTHER_FORMS.get(str(value), value)}"
    if isinstance(value, bool):
        return f"{DETAILS.get(key, key)} {YES_NO[value]}"
    if key == "how":
        return ENDINGS.get(str(value), str(value))
    if key in {"first_at", "last_at"} and isinstance(value, int):
        word = "最早" if key == "first_at" else "最近"
        return f"{word} {datetime.fromtimestamp(value, CHINA):%Y-%m-%d %H:%M}"
    if key.startswith("officer_"):
        number = key.removeprefix("officer_")
        return f"签名 {names.get(int(number), number)}"
    return f"{DETAILS.get(key, key)} {value}"


def action_word(action: str) -> str:
    """The words of an act; its area and code where there are none."""
    area, _, rest = action.partition(".")
    return ACTIONS.get(action) or f"{AREAS.get(area, area)} {rest}"


def _subject(subject: str, names: dict[int, str]) -> str:
    kind, _, number = subject.partition(":")
    if kind == "account" and number.isdecimal():
        number = names.get(int(number), number)
    return f"{SUBJECTS.get(kind, kind)} {number}".strip()
