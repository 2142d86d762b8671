"""Words of packets between vaults: refusals, problems of fields, entries of the log."""

from enum import Enum

from deskoffice.domain.exchange import ItemState

SENTENCES = {
    "exchange_code_mistyped": "交换码不对，没有登记；请对照对方的打印页重新键入。",
    "exchange_not_a_packet": "这不是摆渡包，没有收；请选光盘上以 .dopkt 结尾的文件。",
    "exchange_partner_unknown": "发出这个包的单位没有登记，没有打开；请先当面交换交换码并登记。",
    "exchange_partner_ended": "这个交换单位已停用或不存在，没有办理；请刷新后再看。",
    "exchange_for_another": "这个包是给别的单位的，本库打不开；请退回发出单位。",
    "exchange_packet_forged": "这个包的签名不是所称单位的，没有打开；请留存载体并报告保密办。",
    "exchange_packet_damaged": "这个包有损坏，一件都没有登记；请对方重新刻录。",
    "exchange_packet_unreadable": "包里的内容不合格式，一件都没有登记；请对方核对程序版本后重做。",
    "exchange_newer_format": "这个包由更新的版本制作，没有打开；请用新版程序收。",
    "exchange_packet_known": "第 {number} 号包已在 {on} 收过，没有再收，收文没有重复。",
    "exchange_key_not_shared": "交换密钥还没有传到您的账号；请已用过摆渡包的机要员登录后打开一次“摆渡包”页。",
    "exchange_is_receipt": "这是对方的收条，不是文件包；请按收条登记。",
    "exchange_is_papers": "这是文件包，不是收条；请按收包办理。",
    "exchange_receipt_of_nothing": "这张收条对不上本库发出的任何一个包，没有登记；请与对方核对。",
}

PROBLEMS = {
    "exchange_code_mistyped": "交换码不对，请逐格对照打印页",
    "exchange_fingerprint_differs": "核对码与交换码对不上，请对照打印页",
    "exchange_code_own": "这是本库自己的交换码",
    "exchange_partner_known": "这个单位已经登记",
}

ACTIONS = {
    "exchange.key.made": "建立摆渡包交换密钥",
    "exchange.key.shared": "把交换密钥交给新的机要员",
    "exchange.packet.received": "收入摆渡包",
    "exchange.packet.sent": "发出摆渡包",
    "exchange.paper.sent": "装入摆渡包",
    "exchange.partner.added": "登记交换单位",
    "exchange.partner.ended": "停用交换单位",
    "exchange.receipt.taken": "登记摆渡包收条",
    "exchange.sheet.printed": "打印摆渡包清单或收条",
}

WORDS: tuple[tuple[Enum, str], ...] = (
    (ItemState.SENT, "已发出，待收条"),
    (ItemState.REGISTERED, "已登记"),
    (ItemState.KNOWN, "此前已登记"),
    (ItemState.LEFT, "未收"),
)
