"""Every parser of ours with a sample that it takes: for files altered at random, and for atheris."""

import contextlib
import io
import os
import shutil
import tarfile
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
from vault.boxes import Box

from deskoffice import verifier
from deskoffice.domain.circulation import document_barcode, written
from deskoffice.domain.errors import DeskOfficeError
from deskoffice.paper import documents, docx_child, xlsx_child
from deskoffice.storage import records
from deskoffice.usecases import calendars, exchange_packing
from deskoffice.vault import backup, exchange, media
from deskoffice.vault import header as headers
from deskoffice.vault.audit import Checkpoint
from deskoffice.vault.backup_set import BackupKeys, Manifest
from deskoffice.vault.backup_stream import Unpacker
from deskoffice.vault.exchange import Identity, PacketKind, PublicIdentity, Sending
from deskoffice.vault.suite import INTERNATIONAL

# A vault can be made only when every table is known, and some of what is read here belongs to some of them.
assert records.MODULES

REFUSALS = (DeskOfficeError, headers.HeaderDamaged, verifier.Refused)
"""How a parser says no; anything else is a crash."""
Parser = Callable[[bytes], object]


def parsers(folder: Path, box: Box) -> dict[str, tuple[Parser, bytes]]:
    """By name; `box` is a fresh vault, which is closed afterwards."""
    vault = box.unlock()
    target = backup.create(vault, folder / "stick").target
    vault.audit.checkpoint(folder / "checkpoint")
    vault.audit.export(folder / "export")
    box.locked()
    place = folder / "mutated"
    place.mkdir()
    checkpoint = (folder / "checkpoint").read_bytes()
    return {
        "header": (headers.decode, (box.folder / "vault.json").read_bytes()),
        "checkpoint": (_text(Checkpoint.parse), checkpoint),
        "verifier": (_text(verifier.read_checkpoint), checkpoint),
        "export": (_file(place / "export", verifier.read_export), (folder / "export").read_bytes()),
        "manifest": _set_with(target, "manifest.json"),
        "signature": _set_with(target, "manifest.sig"),
        "keys": (_text(lambda text: BackupKeys.parse(text.splitlines())), "\n".join(box.backup_keys).encode()),
        "tar": (_unpacker(place / "tar"), tar_sample()),
        "mark": (_file(place / media.MARK, lambda path: media.read_mark(path.parent)), b'{"medium": "0123"}'),
        **_packets(place),
        **_papers(),
    }


def _text(parse: Callable[[str], object]) -> Parser:
    return lambda raw: parse(raw.decode(errors="replace"))


def _file(path: Path, parse: Callable[[Path], object]) -> Parser:
    def write_and_parse(raw: bytes) -> object:
        path.write_bytes(raw)
        return parse(path)

    return write_and_parse


def _set_with(target: Path, name: str) -> tuple[Parser, bytes]:
    sample = (target / name).read_bytes()

    def parse(raw: bytes) -> object:
        (target / name).write_bytes(raw)
        try:
            return Manifest.load(target, frozenset())
        finally:
            (target / name).write_bytes(sample)

    return parse, sample


def _unpacker(place: Path) -> Parser:
    def unpack(raw: bytes) -> object:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        unpacker = Unpacker(place)
        try:
            return unpacker.write(raw)
        finally:
            unpacker.close()

    return unpack


def _packets(place: Path) -> dict[str, tuple[Parser, bytes]]:
    sender, receiver = Identity.generate(os.urandom(16)), Identity.generate(os.urandom(16))
    payload = exchange_packing.pack([])
    exchange.write(place / "packet", sender, receiver.public, Sending(PacketKind.PAPERS, 1, payload, INTERNATIONAL))
    opened = _file(place / "opened", lambda path: exchange.read(path, receiver, lambda _: sender.public))
    receipt = exchange_packing.receipt("ab" * 32, {"东政办发〔2026〕1号": ("registered", "收〔2026〕1号")})
    return {
        "packet": (opened, (place / "packet").read_bytes()),
        "payload": (exchange_packing.unpack, payload),
        "receipt": (exchange_packing.read_receipt, receipt),
        "exchange_code": (_text(PublicIdentity.parse), sender.public.code().encode()),
    }


def _papers() -> dict[str, tuple[Parser, bytes]]:
    fields = (
        "GB0626-2005^000017^河东县人民政府^^通知^东政发〔2026〕1号^县直各部门^关于春耕工作的通知^机密^特急^20260301^^^|"
    )
    text = "关于做好春耕工作的通知\n\n各乡镇：\n一、要求\n（一）抓紧。\n附件：1.名单\n县政府\n2026年3月5日\n"
    return {
        "barcode": (document_barcode.from_bytes, fields.encode("gb18030")),
        "number": (_text(written.number_in), "东政办发 (2026) 第 41 号".encode()),
        "day": (_text(written.day_of), "二〇二六年三月五日".encode()),
        "text": (lambda raw: documents.read_body("正文.txt", raw), text.encode()),
        "docx": (docx_child.answer, _empty_docx()),
        "xlsx": (_read_sheet, _small_xlsx()),
        "csv": (
            lambda raw: calendars._days_in("年历.csv", raw),
            "日期,安排\n2026-10-01,放假\n2026-10-10,上班\n".encode(),
        ),
        "calendar": (lambda raw: calendars._days_in("年历.json", raw), b'{"2026-10-01": false, "2026-10-10": true}'),
    }


def _read_sheet(raw: bytes) -> None:
    """As the child does, which answers for these with a code."""
    answered = (xlsx_child.Refused, MemoryError, RecursionError, *xlsx_child.BROKEN, *xlsx_child.BROKEN_TOO)
    with contextlib.suppress(*answered), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in xlsx_child.lines(raw):
            pass


def _small_xlsx() -> bytes:
    held, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["收文日期", "来文单位", "文号", "标题"])
    book.active.append(["2026-03-01", "河东县人民政府", "东政发〔2026〕1号", "关于春耕工作的通知"])
    book.save(held)
    return held.getvalue()


def _empty_docx() -> bytes:
    import docx

    held = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("各乡镇人民政府：")
    document.save(held)
    return held.getvalue()


def tar_sample() -> bytes:
    """What a backup's stream holds, in small."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, size in ((f"objects/ab/{'ab' * 32}", 700), ("vault.db", 4096), ("vault.json", 300)):
            entry = tarfile.TarInfo(name)
            entry.size = size
            archive.addfile(entry, io.BytesIO(bytes(size)))
    return held.getvalue()
