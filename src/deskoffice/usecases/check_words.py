"""What a check of the vault, its log or its records found, in words."""

WORDS = {
    "audit_chain_broken": "日志内容被改动",
    "audit_checkpoint_differs": "日志与保存的核对点不符",
    "audit_checkpoint_false": "核对点签名不对",
    "audit_end_differs": "日志末尾被改动或截断",
    "audit_entry_missing": "缺少日志条目",
    "audit_order_broken": "日志次序不对",
    "content_head_differs": "内容登记与日志不符",
    "content_missing": "内容缺失",
    "file_missing": "文件缺失",
    "seal_book_broken": "用印登记簿前后接不上，有条目被改动或抽走",
    "seal_book_differs": "用印记录与登记簿不一致",
    "header_copy_differs": "库头副本不一致",
    "header_exchanged": "库头与上次退出时不同",
    "header_is_old": "库头是旧的",
    "object_damaged": "内容对象损坏",
    "object_missing": "内容对象缺失",
    "index_exchanged": "检索索引不见了或与上次退出时不同，查找时会重新建立",
    "log_rolled_back": "日志比见证的短或不同，库被换成了旧的",
    "pages_damaged": "数据页损坏",
    "pages_exchanged": "数据页与上次退出时不同，可能被换成了旧的",
    "rights_differ": "权限与日志不符",
    "rows_without_parent": "数据行没有归属",
    "reference_broken": "数据引用断开",
    "step_open_on_ended": "已办结的件还有未完环节",
    "open_and_ended": "在办标志与状态不符",
    "no_reader": "没有知悉人",
    "copy_ended_without_ending": "份文件的去向没写",
    "incoming_row_missing": "收文内容缺失",
    "outgoing_row_missing": "发文内容缺失",
    "seal_use_row_missing": "用印内容缺失",
    "meeting_row_missing": "会议内容缺失",
    "tally_differs": "列表的件数与记录不符",
    "task_row_missing": "督办内容缺失",
}


def in_words(code: str, where: str) -> str:
    """One finding as a sentence; a code without words stands for itself, since an unknown finding is still one."""
    return f"{WORDS.get(code, code)}　{where}".rstrip("　")


def line_in_words(line: str) -> str:
    """The same for a finding written as one line, code first."""
    code, _, where = line.partition(" ")
    return in_words(code, where)
