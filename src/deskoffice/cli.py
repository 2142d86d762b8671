"""The command line: what can be asked of a vault without the window (design.md section 6)."""

import argparse
import getpass
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from deskoffice import sandbox

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Commands = _SubParsersAction[argparse.ArgumentParser]

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def default_vault() -> Path:
    """Where the vault of this user is when nothing else is said."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "deskoffice" / "vault"


class Secrets:
    """Password and keys of one run: typed unseen, or from standard input; never from arguments."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._from_stdin = bool(getattr(args, "password_stdin", False))
        self._keys_from_stdin = bool(getattr(args, "keys_stdin", False))
        lines = sys.stdin.read().splitlines() if self._from_stdin or self._keys_from_stdin else []
        self._password = lines[0] if self._from_stdin and lines else ""
        self._rest = lines[1:] if self._from_stdin else lines
        self._keys = tuple(line.strip() for line in self._rest if line.strip())

    def password(self, account: str) -> str:
        """Line 1 of standard input, or what is typed unseen."""
        return self._password if self._from_stdin else getpass.getpass(f"{account} 的口令：")

    def new_password(self, account: str) -> str:
        """Line 2 of standard input, or what is typed unseen."""
        if self._from_stdin:
            return self._rest[0] if self._rest else ""
        return getpass.getpass(f"{account} 的新口令：")

    def keys(self, *, needed: bool) -> tuple[str, ...]:
        """Backup keys, a line each."""
        if self._keys_from_stdin or not needed:
            return self._keys
        typed = getpass.getpass("备份密钥：").strip()
        return (typed,) if typed else ()


class Grammar(argparse.ArgumentParser):
    """Says in one Chinese sentence that a command is written wrongly."""

    def error(self, message: str) -> NoReturn:
        """Name the command and what its help is called by; argparse's own words are English."""
        del message
        self.exit(WRONG_USAGE, f"“{self.prog}”的写法不对，没有执行；请用“{self.prog} --help”看写法。\n")


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top: argparse.ArgumentParser = Grammar(
        prog="deskoffice", description="案头：公文流转、用印、会议，存于本机加密保密库"
    )
    top.add_argument("--selftest", action="store_true", help="自检：开库、成文、截图")
    top.add_argument("--vault", type=Path, default=default_vault(), help="保密库文件夹")
    commands = top.add_subparsers(dest="command", metavar="命令")
    _window(commands.add_parser("gui", help="打开窗口"))
    demo = _add(commands, "demo", "建一个虚构县政府办的练习库")
    demo.add_argument("vault", type=Path)
    demo.add_argument("--documents", type=_positive, default=500)
    demo.add_argument("--seed", type=int, default=1)
    _on_vault(commands, "check", "核对全部页、对象、关联和日志", account_needed=False)
    typeset = _add(commands, "typeset", "把 txt、md、docx 排成公文版式")
    typeset.add_argument("input", type=Path)
    typeset.add_argument("output", type=Path)
    typeset.add_argument("--meta", type=Path, default=None)
    scan = _add(commands, "scan", "读一页扫描件：二维条码和公文各要素")
    scan.add_argument("file", type=Path)
    _finding(commands)
    export = _on_vault(commands, "export", "导出登记簿，或以开放格式导出全部")
    export.add_argument("register")
    export.add_argument("out", type=Path)
    export.add_argument("--year", type=int, default=None)
    archive = _on_vault(commands, "archive", "导出一年的归档文件")
    archive.add_argument("out", type=Path)
    archive.add_argument("--year", type=int, required=True)
    _backup(commands.add_parser("backup", help="备份、核验、恢复"))
    _account(commands.add_parser("account", help="自己的口令、密钥文件、登录记录"))
    _seals(commands.add_parser("seals", help="验证盖章文件"))
    _audit(commands.add_parser("audit", help="核对、签注、导出日志"))
    return top


def _window(made: argparse.ArgumentParser) -> None:
    made.add_argument("--vault", type=Path, default=argparse.SUPPRESS)
    # The log-in gives the keys to the process that works: a pipe's number, never a secret.
    made.add_argument("--keys-from", type=int, default=None, help=argparse.SUPPRESS)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def _finding(commands: "Commands") -> None:
    search = _on_vault(commands, "search", "查找")
    search.add_argument("terms", nargs="+")
    search.add_argument("--limit", type=_positive, default=100)
    _on_vault(commands, "bench", "测本库列表、查找、待办的快慢")
    _import(commands.add_parser("import", help="导入旧台账"))


def _import(made: argparse.ArgumentParser) -> None:
    kinds = made.add_subparsers(dest="act", metavar="做什么", required=True)
    register = _on_vault(kinds, "register", "导入旧的收文登记簿")
    register.add_argument("file", type=Path)
    register.add_argument("--dry-run", action="store_true", help="只试，不导入")


def _backup(made: argparse.ArgumentParser) -> None:
    kinds = made.add_subparsers(dest="act", metavar="做什么", required=True)
    create = _on_vault(kinds, "create", "备份到文件夹")
    create.add_argument("target", type=Path)
    verify = _add(kinds, "verify", "核验一份备份")
    verify.add_argument("target", type=Path)
    restore = _add(kinds, "restore", "恢复到新的保密库")
    restore.add_argument("target", type=Path)
    restore.add_argument("new_vault", type=Path)
    for reads_keys in (verify, restore):
        reads_keys.add_argument("--keys-stdin", action="store_true", help="备份密钥在标准输入，每行一个")


def _account(made: argparse.ArgumentParser) -> None:
    kinds = made.add_subparsers(dest="act", metavar="做什么", required=True)
    _on_vault(kinds, "password", "修改口令；标准输入第二行为新口令")
    _on_vault(kinds, "key-file", "制作密钥文件").add_argument("out", type=Path)
    _on_vault(kinds, "drop-key-file", "取消 --key-file 给出的密钥文件")
    _on_vault(kinds, "sessions", "登录记录")


def _seals(made: argparse.ArgumentParser) -> None:
    kinds = made.add_subparsers(dest="act", metavar="做什么", required=True)
    verify = _on_vault(kinds, "verify", "看一份盖过章的 PDF 有没有改动")
    verify.add_argument("file", type=Path)


def _audit(made: argparse.ArgumentParser) -> None:
    kinds = made.add_subparsers(dest="act", metavar="做什么", required=True)
    _on_vault(kinds, "verify", "核对日志")
    for name, text in (("checkpoint", "写一个签名的日志核对点"), ("export", "导出供独立核验的日志")):
        _on_vault(kinds, name, text).add_argument("out", type=Path)


def _add(commands: "Commands", name: str, text: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=text)
    made.add_argument("--json", action="store_true", help="结果为一个 JSON 对象")
    return made


def _on_vault(commands: "Commands", name: str, text: str, *, account_needed: bool = True) -> argparse.ArgumentParser:
    made = _add(commands, name, text)
    made.add_argument("vault", type=Path)
    made.add_argument("--as", dest="account", required=account_needed, default="", help="登录名")
    made.add_argument("--password-stdin", action="store_true", help="口令在标准输入第一行")
    made.add_argument("--keys-stdin", action="store_true", help="其余各行为密钥或恢复份额")
    made.add_argument("--key-file", type=Path, default=None, help="密钥文件")
    return made


def main(argv: list[str] | None = None) -> int:
    """Close the process, read the arguments, then run one command or open the window."""
    sandbox.close()
    args = parser().parse_args(argv)
    if args.selftest or args.command in (None, "gui"):
        from deskoffice import app

        return app.selftest() if args.selftest else app.open_window(args.vault, getattr(args, "keys_from", None))
    return _run(args)


def _run(args: argparse.Namespace) -> int:
    from deskoffice import commands
    from deskoffice.domain.errors import DeskOfficeError
    from deskoffice.usecases import failures
    from deskoffice.usecases.messages import sentence

    name = f"{args.command}_{args.act}" if hasattr(args, "act") else args.command
    try:
        result = commands.COMMANDS[name](args, Secrets(args))
    except KeyboardInterrupt:
        sys.stderr.write("已停止，保密库没有变动。\n")
        return FAILED
    except DeskOfficeError as error:
        sys.stderr.write(sentence(error) + "\n")
        return FAILED
    except Exception as error:  # noqa: BLE001  the last line of defence: a person gets a sentence, the log the place
        failures.record(error, name)
        sys.stderr.write(sentence(error) + "\n")
        return FAILED
    sys.stdout.write((json.dumps(result, ensure_ascii=False) if args.json else commands.in_words(result)) + "\n")
    return DONE


if __name__ == "__main__":
    raise SystemExit(main())
