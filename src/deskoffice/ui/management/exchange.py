"""摆渡包: packets to and from other stand-alone vaults, and the units they are exchanged with."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from deskoffice._generated.management.partner_form import Ui_PartnerForm
from deskoffice.domain.exchange import ItemState, PacketRow, PartnerDraft, PartnerRow
from deskoffice.ui.dates import moment_text
from deskoffice.ui.desk import Desk, Page
from deskoffice.ui.files import choose_files
from deskoffice.ui.management.packet_dialogs import PacketReceiveDialog, PacketSendDialog
from deskoffice.ui.management.record_form import RecordForm, Saving
from deskoffice.ui.management.record_page import Done, PageAct, RecordAct, RecordPage, RecordSpec
from deskoffice.ui.papers import show_paper
from deskoffice.usecases import exchange, exchange_keys, exchange_papers
from deskoffice.usecases.exchange import SUFFIX, Arrival
from deskoffice.usecases.words import word

PACKETS_ONLY = f"摆渡包 (*{SUFFIX})"


def open_send(desk: Desk, parent: QWidget, done: Done) -> None:
    """发出摆渡包."""
    PacketSendDialog(desk, done, parent=parent).open()


def open_receive(desk: Desk, parent: QWidget, done: Done) -> None:
    """收入摆渡包或收条: the file says which it is."""

    def chosen(paths: list[Path]) -> None:
        if paths:
            _look_into(desk, paths[0], parent, done)

    choose_files(parent, "案头 · 选择光盘上的摆渡包或收条", chosen, name_filter=PACKETS_ONLY)


def _look_into(desk: Desk, path: Path, parent: QWidget, done: Done) -> None:
    office = desk.office

    def looked(arrival: Arrival) -> None:
        if arrival.is_receipt:
            desk.jobs.run(lambda _: exchange.take_receipt(office, path), parent, done=taken)
        else:
            PacketReceiveDialog(desk, path, arrival, done=done, parent=parent).open()

    def taken(packet: PacketRow) -> None:
        text = "%1发回的收条已登记：第 %2 号包，%3。"
        for place, value in (("%1", packet.partner), ("%2", str(packet.number)), ("%3", _outcome(packet))):
            text = text.replace(place, value)
        desk.tell(text)
        done()

    desk.jobs.run(lambda _: exchange.look_into(office, path), parent, done=looked)


def _print_sheet(desk: Desk, packet: PacketRow, parent: QWidget, done: Done) -> None:
    del done
    show_paper(desk, lambda office: exchange_papers.sheet(office, packet), parent=parent)


def _outcome(packet: PacketRow) -> str:
    if packet.is_sent and packet.receipt_at is None:
        return "待收条"
    counted = ((state, sum(item.state is state for item in packet.items)) for state in ItemState)
    return "，".join(f"{word(state)} {count} 件" for state, count in counted if count)


def _cells(packet: PacketRow) -> tuple[str, ...]:
    way = "发出" if packet.is_sent else "收入"
    numbers = "、".join(item.document_number for item in packet.items if item.document_number)
    when = moment_text(packet.at, packet.at.date())
    return when, f"{way} {packet.number} 号", packet.partner, numbers, _outcome(packet), packet.carrier, packet.by


PACKETS: RecordSpec[PacketRow] = RecordSpec(
    title="摆渡包",
    headings=("时间", "包号", "对方单位", "文件", "结果", "载体编号", "经办人"),
    widths=(
        "12月28日 08:30",
        "发出 888 号",
        "河西县人民政府办公室",
        "",
        "已登记 88 件，未收 8 件",
        "机密光盘〔2026〕88号",
        "欧阳建国",
    ),
    stretch=3,
    read=exchange.packets,
    cells=_cells,
    empty="还没有收发过摆渡包。先到“设置 → 交换单位”与对方当面交换交换码，再刻盘互送。",
    new="发出摆渡包",
    open_new=open_send,
    acts=(RecordAct("打印清单或收条", _print_sheet),),
    page_acts=(PageAct("收入摆渡包或收条…", open_receive),),
    explanation="摆渡包加密给对方、由本库签名，刻在登记过的光盘上送达。同一个包只能收一次，收后把电子收条随盘退回。",
)


def packets_page(desk: Desk) -> Page:
    """Everything that went and came on discs."""
    return RecordPage(desk, PACKETS)


def _open_partner(desk: Desk, parent: QWidget, done: Done) -> None:
    saving: Saving[PartnerDraft] = Saving(
        "登记交换单位", "交换单位已登记，可以互送摆渡包", exchange_keys.add_partner, done
    )
    RecordForm(desk, Ui_PartnerForm(), PartnerDraft("", "", ""), saving=saving, parent=parent).open()


def _end_partner(desk: Desk, partner: PartnerRow, parent: QWidget, done: Done) -> None:
    office = desk.office

    def ended(_: object) -> None:
        desk.tell(f"已停用{partner.name}，今后不再互送")
        done()

    desk.jobs.run(lambda _: exchange_keys.end_partner(office, partner.id), parent, done=ended)


def _print_code(desk: Desk, parent: QWidget, done: Done) -> None:
    del done
    show_paper(desk, exchange_keys.own_sheet, parent=parent)


PARTNERS: RecordSpec[PartnerRow] = RecordSpec(
    title="交换单位",
    headings=("单位", "核对码", "登记日期", "状态"),
    widths=("", "ABCD EFGH IJKL MNOP", "2026-11-23", "已停用"),
    stretch=0,
    read=exchange_keys.partners,
    cells=lambda row: (
        row.name,
        row.fingerprint,
        row.added_on.isoformat(),
        "可互送" if row.is_active else "已停用",
    ),
    faint=lambda row: not row.is_active,
    empty="还没有交换单位。先打印本单位的交换码当面交给对方，再登记对方的。",
    new="登记交换单位",
    open_new=_open_partner,
    acts=(RecordAct("停用", _end_partner, allowed=lambda _, row: row.is_active, is_dangerous=True),),
    page_acts=(PageAct("打印本单位交换码", _print_code),),
)


def partners_page(desk: Desk) -> Page:
    """Whose packets are believed."""
    return RecordPage(desk, PARTNERS)
