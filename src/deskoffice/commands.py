"""What each command of the command line does: one function each, giving the object that --json prints."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from deskoffice import commands_access
from deskoffice.domain.errors import EnvironmentFailure, RuleError
from deskoffice.usecases import archive as filing
from deskoffice.usecases import (
    audits,
    backups,
    benches,
    book_import,
    book_words,
    checks,
    ledgers,
    notices,
    open_form,
    passwords,
    print_ledger,
    scanning,
    seal_verifying,
    typesetting,
)
from deskoffice.usecases import demo as practice
from deskoffice.usecases import search as finding
from deskoffice.usecases.notices import Grade
from deskoffice.usecases.office import Office, open_office, system_clock
from deskoffice.usecases.words import word

Result = dict[str, object]


class Secrets(Protocol):
    """Where a command gets password and keys from."""

    def password(self, account: str) -> str:
        """The password of an account."""

    def new_password(self, account: str) -> str:
        """The one that follows it."""

    def keys(self, *, needed: bool) -> tuple[str, ...]:
        """Backup keys, a line each."""


@contextmanager
def _opened(args: argparse.Namespace, secrets: Secrets) -> Iterator[Office]:
    office = open_office(args.vault, args.account, secrets.password(args.account), key_file=args.key_file)
    try:
        passwords.refuse_overdue(office)
        for notice in notices.standing(office):
            if notice.grade == Grade.WRONG:
                sys.stderr.write(notice.text + "\n")
        yield office
    finally:
        office.close()


def demo(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A practice vault of an invented county office."""
    del secrets
    made = practice.build(args.vault, documents=args.documents, seed=args.seed)
    return {
        "vault": str(args.vault),
        "accounts": [
            {
                "account": account.login,
                "name": account.name,
                "roles": [word(role) for role in sorted(account.roles)],
                "clearance": word(account.clearance),
                "password": account.password,
            }
            for account in made.accounts
        ],
        "recovery_shares": list(made.recovery_shares),
        "backup_keys": list(made.backup_keys),
        "counts": made.counts,
    }


def check(args: argparse.Namespace, secrets: Secrets) -> Result:
    """Every page, object, link and audit entry; without an account the files alone."""
    if not args.account:
        problems = checks.files(args.vault)
        return {"ok": not problems, "problems": problems, "counts": {}}
    with _opened(args, secrets) as office:
        problems = checks.everything(office)
        return {"ok": not problems, "problems": problems, "counts": ledgers.matter_count(office)}


def typeset(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A draft as an official page."""
    del secrets
    done = typesetting.typeset_file(args.input, args.output, args.meta, now=system_clock())
    return {"pages": done.pages, "findings": list(done.findings)}


def scan(args: argparse.Namespace, secrets: Secrets) -> Result:
    """Barcode and fields of a scanned page."""
    del secrets
    return scanning.scan_file(args.file).json()


def search(args: argparse.Namespace, secrets: Secrets) -> Result:
    """Matters that hold every word."""
    with _opened(args, secrets) as office:
        found = finding.find(office, " ".join(args.terms), args.limit)
    hits = [
        {
            "id": hit.row.id,
            "kind": hit.row.kind.value,
            "number": hit.row.number,
            "title": hit.row.title,
            "place": hit.place.value,
        }
        for hit in found.hits
    ]
    return {"total": found.total, "hits": hits}


def bench(args: argparse.Namespace, secrets: Secrets) -> Result:
    """The figures of this vault on this machine."""
    with _opened(args, secrets) as office:
        return benches.measure(office)


def _show_progress(done: int, total: int) -> bool:
    """A line that counts, for a person who watches; Ctrl+C stops, and what was entered is taken out again."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r已读 {done:,} / {total:,} 行，按 Ctrl+C 停止" + ("\n" if done >= total else ""))
        sys.stderr.flush()
    return True


def import_register(args: argparse.Namespace, secrets: Secrets) -> Result:
    """An old book taken over, or with --dry-run only tried."""
    with _opened(args, secrets) as office:
        plan = book_import.read(office, args.file)
        work = book_import.preview if args.dry_run else book_import.run
        done = work(office, plan, _show_progress)
    refused = [
        {"sheet": row.sheet, "row": row.row, "reason": book_words.REASONS.get(row.reason, row.reason)}
        for row in done.refused
    ]
    return {
        "rows": done.rows,
        "imported": done.imported,
        "duplicates": done.duplicates,
        "refused": refused,
        "mapping": dict(done.mapping),
        "batch": done.batch_id,
    }


def export(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A register as a book or a workbook, or everything in an open form."""
    with _opened(args, secrets) as office:
        if args.register == "all":
            count, code = open_form.save(office, args.out)
            return {"out": str(args.out), "rows": count, "code": code}
        paper = ledgers.export(office, args.register, args.out.suffix.lower().lstrip("."), args.year)
        code = print_ledger.save(office, paper, args.out)
        return {"out": str(args.out), "bytes": args.out.stat().st_size, "code": code}


def archive(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A year's closed matters as a folder of PDFs."""
    with _opened(args, secrets) as office:
        made = filing.export_year(office, args.out, args.year)
    return {"out": str(args.out), "items": made.items, "files": made.files, "code": made.code}


def backup_create(args: argparse.Namespace, secrets: Secrets) -> Result:
    """An encrypted backup set in a folder."""
    with _opened(args, secrets) as office:
        made = backups.create(office, args.target)
    return {"target": str(made.target), "bytes": made.bytes, "seconds": round(made.seconds, 3)}


def backup_verify(args: argparse.Namespace, secrets: Secrets) -> Result:
    """All parts of a set read back; deep when keys are given."""
    verdict = backups.verify(args.target, secrets.keys(needed=False))
    return {"ok": verdict.ok, "bad": list(verdict.bad)}


def backup_restore(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A set into a new vault."""
    keys = secrets.keys(needed=True)
    if not keys:
        raise RuleError("backup_key_needed")
    backups.restore(args.target, args.new_vault, keys)
    return {"vault": str(args.new_vault)}


def seals_verify(args: argparse.Namespace, secrets: Secrets) -> Result:
    """Whether a stamped file is what was stamped, by its signature and by the register."""
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise EnvironmentFailure("file_not_read", name=args.file.name) from error
    with _opened(args, secrets) as office:
        verdict = seal_verifying.verify(office, data)
    return {
        "ok": verdict.finding is seal_verifying.Finding.AS_STAMPED,
        "verdict": verdict.words,
        "finding": verdict.finding.value,
        "seal": verdict.seal,
        "number": verdict.number,
        "signed_at": verdict.signed_at.isoformat() if verdict.signed_at else "",
        "digest": verdict.digest,
    }


def audit_verify(args: argparse.Namespace, secrets: Secrets) -> Result:
    """The log against its chain, its tree and the checkpoints kept."""
    with _opened(args, secrets) as office:
        verdict = audits.verify(office)
    return {"ok": verdict.ok, "entries": verdict.entries, "head": verdict.head}


def audit_checkpoint(args: argparse.Namespace, secrets: Secrets) -> Result:
    """A signed checkpoint, to be kept outside the vault."""
    with _opened(args, secrets) as office:
        signed = audits.checkpoint(office, args.out)
    return {"out": str(args.out), "entries": signed.size, "code": signed.code}


def audit_export(args: argparse.Namespace, secrets: Secrets) -> Result:
    """Leaf hashes and checkpoints for the separate verifier."""
    with _opened(args, secrets) as office:
        return {"out": str(args.out), "entries": audits.export(office, args.out)}


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Secrets], Result]] = {
    "demo": demo,
    "check": check,
    "typeset": typeset,
    "scan": scan,
    "search": search,
    "bench": bench,
    "import_register": import_register,
    "export": export,
    "archive": archive,
    "backup_create": backup_create,
    "backup_verify": backup_verify,
    "backup_restore": backup_restore,
    **commands_access.COMMANDS,
    "seals_verify": seals_verify,
    "audit_verify": audit_verify,
    "audit_checkpoint": audit_checkpoint,
    "audit_export": audit_export,
}

LABELS = {
    "ok": "完好",
    "verdict": "结论",
    "finding": "判定",
    "seal": "印章",
    "signed_at": "签名时间",
    "digest": "SHA-256",
    "problems": "问题",
    "bad": "损坏",
    "counts": "件数",
    "total": "共",
    "hits": "结果",
    "vault": "保密库",
    "accounts": "账号",
    "recovery_shares": "恢复份额",
    "backup_keys": "备份密钥",
    "pages": "页数",
    "findings": "提示",
    "barcode": "条码",
    "fields": "要素",
    "text": "文字",
    "target": "位置",
    "bytes": "字节",
    "seconds": "秒",
    "out": "文件",
    "rows": "行数",
    "matters": "件数",
    "milliseconds": "毫秒（中位数）",
    "imported": "导入",
    "duplicates": "重复",
    "refused": "未导入",
    "mapping": "列的对应",
    "batch": "批次",
    "items": "件",
    "files": "文件数",
    "entries": "条目",
    "head": "核对值",
    "sessions": "登录记录",
    "code": "核对码",
}


def in_words(result: Result) -> str:
    """A result for people: a line for each figure, lists indented below."""
    lines: list[str] = []
    for key, value in result.items():
        label = LABELS.get(key, key)
        if isinstance(value, list):
            lines.append(f"{label}：{len(value)}")
            lines += [f"  {_line(item)}" for item in value]
        else:
            lines.append(f"{label}：{_line(value)}")
    return "\n".join(lines)


def _line(value: object) -> str:
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "　".join(_line(item) for item in value.values())
    if isinstance(value, list):
        return "、".join(_line(item) for item in value)
    return str(value)
