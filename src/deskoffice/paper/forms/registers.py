"""Columns of the office's bound books (登记簿, 目录), by the codes of their rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from deskoffice.paper.forms.model import Align, Column
from deskoffice.paper.ledger import Column as BookColumn
from deskoffice.paper.ledger import blank_page as blank_book_page
from deskoffice.paper.ledger import ledger


@dataclass(frozen=True, slots=True)
class Register:
    """One book: its code, title and columns."""

    code: str
    title: str
    columns: tuple[Column, ...]


INCOMING = Register(
    "incoming_register",
    "收文登记簿",
    (
        Column("收文号", "number", 28),
        Column("收文日期", "received_on", 22),
        Column("来文单位", "source_unit", 30, Align.LEFT),
        Column("来文字号", "document_number", 31, Align.LEFT),
        Column("标题", "title", 54, Align.LEFT),
        Column("密级", "level", 18),
        Column("缓急", "urgency", 10),
        Column("份号", "copy_number", 13),
        Column("份数", "copies", 9),
        Column("承办单位", "handler", 22, Align.LEFT),
        Column("办理情况", "state", 17, Align.LEFT),
        Column("备注", "note", 11, Align.LEFT),
    ),
)

OUTGOING = Register(
    "outgoing_register",
    "发文登记簿",
    (
        Column("发文字号", "number", 34),
        Column("印发日期", "issued_on", 22),
        Column("标题", "title", 74, Align.LEFT),
        Column("主送", "addressee", 36, Align.LEFT),
        Column("密级", "level", 19),
        Column("缓急", "urgency", 11),
        Column("拟稿单位", "draft_unit", 24, Align.LEFT),
        Column("签发人", "signer", 17),
        Column("印数", "printed_copies", 11),
        Column("备注", "note", 17, Align.LEFT),
    ),
)

SEAL_USE = Register(
    "seal_register",
    "用印登记簿",
    (
        Column("序号", "serial", 10),
        Column("用印编号", "number", 28),
        Column("用印时间", "stamped_at", 23),
        Column("印章名称", "seal", 29, Align.LEFT),
        Column("用印单位", "unit", 24, Align.LEFT),
        Column("用印事项（文号、标题）", "purpose", 52, Align.LEFT),
        Column("份数", "copies", 9),
        Column("枚数", "imprints", 9),
        Column("经办人", "applicant", 15),
        Column("批准人", "approver", 15),
        Column("用印人", "stamped_by", 15),
        Column("备注", "note", 16, Align.LEFT),
        Column("核对值", "chain", 20),
    ),
)

CATALOGUE = Register(
    "filing_catalogue",
    "归档文件目录",
    (
        Column("序号", "place", 12),
        Column("档号", "filing_number", 46),
        Column("文号", "document_number", 36, Align.LEFT),
        Column("责任者", "author", 34, Align.LEFT),
        Column("题名", "title", 72, Align.LEFT),
        Column("日期", "date", 20),
        Column("密级", "level", 18),
        Column("页数", "pages", 12),
        Column("备注", "note", 15, Align.LEFT),
    ),
)

COPIES = Register(
    "copy_register",
    "涉密文件份数台账",
    (
        Column("文号", "document_number", 38, Align.LEFT),
        Column("标题", "title", 73, Align.LEFT),
        Column("密级", "level", 22),
        Column("份号", "copy_number", 18),
        Column("持有人", "holder", 26),
        Column("领取日期", "held_since", 24),
        Column("应退日期", "due_on", 24),
        Column("去向", "ending", 20),
        Column("签收", "signature", 20),
    ),
)

SUPERVISION = Register(
    "supervision_register",
    "督办事项台账",
    (
        Column("督办编号", "number", 29),
        Column("立项日期", "opened_on", 22),
        Column("事项", "title", 64, Align.LEFT),
        Column("来源", "source", 28, Align.LEFT),
        Column("主办单位", "lead_unit", 26, Align.LEFT),
        Column("责任人", "person", 16),
        Column("办理时限", "due_on", 22),
        Column("进展和结果", "result", 42, Align.LEFT),
        Column("状态", "state", 16),
    ),
)

DISTRIBUTION = Register(
    "distribution_list",
    "文件分发清单",
    (
        Column("序号", "place", 13),
        Column("发文字号", "document_number", 40, Align.LEFT),
        Column("标题", "title", 76, Align.LEFT),
        Column("受文单位", "unit", 45, Align.LEFT),
        Column("份数", "copies", 13),
        Column("份号", "copy_number", 24),
        Column("签收人", "received_by", 24),
        Column("签收时间", "received_at", 30),
    ),
)

LOANS = Register(
    "loan_register",
    "文件借阅登记簿",
    (
        Column("借阅日期", "lent_on", 23),
        Column("文号", "document_number", 38, Align.LEFT),
        Column("标题", "title", 68, Align.LEFT),
        Column("密级", "level", 20),
        Column("份号", "copy_number", 16),
        Column("借阅人", "borrower", 20),
        Column("批准人", "approver", 20),
        Column("应还日期", "due_on", 23),
        Column("归还日期", "returned_on", 23),
        Column("签字", "signature", 14),
    ),
)

SEALS = Register(
    "seal_inventory",
    "印章清册",
    (
        Column("编号", "number", 20),
        Column("印章名称", "name", 58, Align.LEFT),
        Column("类型", "kind", 22),
        Column("材质", "material", 16),
        Column("制发机关", "made_by", 36, Align.LEFT),
        Column("启用日期", "enabled_on", 24),
        Column("保管人", "keeper", 20),
        Column("代管人", "deputy", 20),
        Column("状态", "state", 19),
        Column("备注", "note", 30, Align.LEFT),
    ),
)

MEETINGS = Register(
    "meeting_register",
    "会议登记簿",
    (
        Column("会次", "number", 26),
        Column("时间", "time", 30),
        Column("会议名称", "title", 72, Align.LEFT),
        Column("类别", "meeting_class", 20),
        Column("地点", "place", 34, Align.LEFT),
        Column("主持人", "chair", 20),
        Column("人数", "size", 13),
        Column("记录人", "recorder", 20),
        Column("纪要文号", "minutes_number", 30),
    ),
)

RETURNS = Register(
    "return_register",
    "退文登记簿",
    (
        Column("编号", "number", 26),
        Column("退文日期", "returned_on", 23),
        Column("退往单位", "source_unit", 40, Align.LEFT),
        Column("来文字号", "document_number", 36, Align.LEFT),
        Column("标题", "title", 68, Align.LEFT),
        Column("退文原因", "reasons", 46, Align.LEFT),
        Column("经办人", "handler", 26),
    ),
)

ALL = (
    INCOMING,
    OUTGOING,
    SEAL_USE,
    CATALOGUE,
    COPIES,
    SUPERVISION,
    DISTRIBUTION,
    LOANS,
    SEALS,
    MEETINGS,
    RETURNS,
)

REGISTERS: Mapping[str, Register] = MappingProxyType({one.code: one for one in ALL})
"""Every bound book by its code."""


def book(
    register: str,
    rows: Iterable[Mapping[str, str]],
    *,
    office: str,
    year: int | None,
    level_mark: str,
    made_at: datetime,
    trace: str = "",
) -> bytes:
    """A book of the office from rows by column code; a code that is absent leaves its cell empty."""
    declared = REGISTERS[register]
    return ledger(
        declared.title,
        _columns(declared),
        ([row.get(column.code, "") for column in declared.columns] for row in rows),
        office=office,
        year=year,
        level_mark=level_mark,
        made_at=made_at,
        trace=trace,
    )


def blank_page(register: str, *, office: str, year: int, made_at: datetime, trace: str = "") -> bytes:
    """A page of the book to be filled in by hand."""
    declared = REGISTERS[register]
    columns = _columns(declared)
    return blank_book_page(declared.title, columns, office=office, year=year, made_at=made_at, trace=trace)


def _columns(register: Register) -> list[BookColumn]:
    return [BookColumn(column.header, column.width, column.align) for column in register.columns]
