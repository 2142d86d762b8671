"""What a person is told on coming in: what is wrong with the vault or the clock, and when he was last here."""

from dataclasses import dataclass
from enum import StrEnum

from deskoffice.usecases import ceremonies, passwords, sessions
from deskoffice.usecases.check_words import in_words
from deskoffice.usecases.office import CHINA, Office
from deskoffice.vault.audit import CLOCK_SET_BACK
from deskoffice.vault.closing import LastClosing
from deskoffice.vault.rollback import ROLLED_BACK
from deskoffice.vault.vault import Vault

WARN_DAYS = 3


class Grade(StrEnum):
    """How grave it is."""

    WRONG = "wrong"
    WARNING = "warning"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence; `code` says what can be done about it."""

    code: str
    grade: Grade
    text: str


def standing(office: Office) -> tuple[Notice, ...]:
    """What stays in view while it holds, the gravest first."""
    found = [*_of_vault(office), *_of_clock(office)]
    if office.vault.waits_for_office_key:
        text = "您的账号是三员新建的：全办公室可看的内容，要等一位同事登录一次、交接密钥后您才看得到，不用找管理员。"
        found.append(Notice("waits_for_office_key", Grade.WARNING, text))
    return tuple(found)


def on_arrival(office: Office) -> str:
    """The last log-in and what failed since, and a password that runs out soon; said once."""
    last, parts = sessions.last_login(office), []
    if last.at is None:
        parts.append("这是您第一次登录。")
    else:
        parts.append(f"您上次登录：{last.at:%Y年%-m月%-d日 %H:%M}。")
    if last.failures and last.last_failure_at is not None:
        moment = f"{last.last_failure_at:%-m月%-d日 %H:%M}"
        parts.append(f"此后有 {last.failures} 次口令输错，最近一次 {moment}；不是您本人请报告安全保密管理员。")
    ends = passwords.standing(office).runs_out_on
    if ends is not None and (left := (ends - office.today()).days) <= WARN_DAYS:
        parts.append(f"口令 {max(left, 0)} 天后到期。")
    return "".join(parts)


def _of_vault(office: Office) -> list[Notice]:
    vault = office.vault
    wrong = [in_words(each.code, each.where) for each in vault.problems if each.code != ROLLED_BACK]
    if wrong:
        text = f"保密库被动过（{'；'.join(wrong)}），现在只能查看。请停用并报告安全保密管理员和安全审计员。"
        return [Notice("damaged", Grade.WRONG, text)]
    waiting = ceremonies.waits_for(office)
    if vault.rollback is not None:
        text = "保密库被换成了旧的，现在只能查看。查明原因后，请两位三员到场确认，方可继续使用。"
        return [Notice("accept", Grade.WRONG, text)]
    if waiting:
        text = "这是由备份恢复的保密库，现在只能查看。请两位三员到场核对后确认，方可办理。"
        return [Notice("accept", Grade.WRONG, text)]
    if vault.lost_witness:
        text = (
            "库外的见证文件不见了：若不是换了系统用户或清理过磁盘，保密库可能被换成了旧的，请安全审计员用核对点核对。"
        )
        return [Notice("witness", Grade.WRONG, text)]
    if vault.last_closing is LastClosing.MISSING:
        text = (
            "上次退出时的封存记录不见了或是旧的：若不是刚用备份手工恢复的，保密库可能被人换过。"
            "请报告安全审计员，由他做一次体检，并用核对点核对。"
        )
        return [Notice("closing", Grade.WRONG, text)]
    return [*_of_folder(vault), *_of_last_closing(vault)]


def _of_last_closing(vault: Vault) -> list[Notice]:
    found = []
    if vault.last_closing is LastClosing.CUT_OFF:
        text = "上次没有正常退出（断电、强制结束或恢复过口令），已确认的内容都在；请有空时做一次体检。"
        found.append(Notice("cut_off", Grade.WARNING, text))
    if vault.mended_copies:
        names = "、".join(vault.mended_copies)
        text = f"库头的备份副本（{names}）与正本不同，已照正本改好；不是断电造成的，请报告安全审计员。"
        found.append(Notice("header", Grade.WARNING, text))
    return found


def _of_folder(vault: Vault) -> list[Notice]:
    if vault.lost_attempts:
        text = (
            "登录失败的计数文件不见了或被换过，可能有人借此多试口令；已记入日志，请报告安全审计员。"
            "手工恢复、搬动过保密库的，第一次登录时出现属正常。"
        )
        return [Notice("attempts", Grade.WARNING, text)]
    if vault.was_open_to_others:
        text = "保密库文件夹原来允许本机其他用户读取，已经收回；请系统管理员查明是谁改的。"
        return [Notice("folder", Grade.WARNING, text)]
    if vault.is_read_only:
        return [Notice("read_only", Grade.WARNING, "磁盘只能读，资料可以查看，不能办理。")]
    return []


def _of_clock(office: Office) -> list[Notice]:
    """While the machine shows a time before the newest entry, and in the session in which it was set back."""
    log, vault = office.vault.audit, office.vault
    with office.read() as session:
        behind = log.seconds_behind(session)
        opened = log.latest(session, limit=1, subject=f"account:{vault.account_id}", action=sessions.OPENED)
        since = opened[0].seq if opened else 0
        # The entry of the clock stands right before that of the log-in which found it.
        set_back = log.entries(session, after=max(0, since - 2), limit=1, action=CLOCK_SET_BACK)
    if not behind and not set_back:
        return []
    now = f"{office.now().astimezone(CHINA):%Y年%-m月%-d日 %H:%M}"
    text = f"机器时钟被拨回过，现在显示 {now}。请核对钟表；日志的先后以序号为准，存疑的时间已经标出。"
    return [Notice("clock", Grade.WRONG, text)]
