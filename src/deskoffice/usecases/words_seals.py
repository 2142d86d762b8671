"""The office's Chinese words for the codes of seals."""

from enum import Enum

from deskoffice.domain.seal_custody import CheckResult, LoanState, Party
from deskoffice.domain.seal_inventory import SealEvent, SealKind, SealState
from deskoffice.domain.seals import PaperKind, StampCheck

WORDS: tuple[tuple[Enum, str], ...] = (
    (SealKind.OFFICIAL, "公章"),
    (SealKind.OFFICE, "办公室章"),
    (SealKind.CONTRACT, "合同章"),
    (SealKind.DRY, "钢印"),
    (SealKind.LEADER, "领导名章"),
    (SealKind.RECEIPT, "收文专用章"),
    (SealState.IN_USE, "在用"),
    (SealState.OUT_OF_USE, "停用"),
    (SealState.SEALED, "封存"),
    (SealState.HANDED_IN, "缴销"),
    (SealState.DESTROYED, "销毁"),
    (SealEvent.ENTERED, "登记"),
    (SealEvent.EDITED, "修改"),
    (SealEvent.IMPRINT, "留存印模"),
    (SealEvent.HANDED_OVER, "移交"),
    (SealEvent.STATE, "变更状态"),
    (PaperKind.OUTGOING, "发文"),
    (PaperKind.CONTRACT, "合同"),
    (PaperKind.PLEDGE, "责任书"),
    (PaperKind.CERTIFICATE, "证明"),
    (PaperKind.INTRODUCTION, "介绍信"),
    (PaperKind.REPORT, "报表"),
    (PaperKind.OTHER, "其他"),
    (StampCheck.SIGNATURE_SEEN, "签字已见"),
    (StampCheck.ISSUER_MATCHES, "落款与印章一致"),
    (StampCheck.NOT_BLANK, "不是空白"),
    (StampCheck.COUNTS_MATCH, "份数、页数相符"),
    (StampCheck.STRADDLES, "骑缝章位置已核"),
    (SealEvent.TAKEN_OUT, "外带"),
    (SealEvent.BROUGHT_BACK, "归还"),
    (SealEvent.CHECKED, "年度核查"),
    (Party.GIVER, "移交人"),
    (Party.WITNESS, "监交人"),
    (Party.TAKER, "接收人"),
    (LoanState.ASKED, "待批准"),
    (LoanState.APPROVED, "已批准，待取走"),
    (LoanState.OUT, "在外"),
    (LoanState.BACK, "已归还"),
    (LoanState.REFUSED, "不同意"),
    (CheckResult.INTACT, "相符完好"),
    (CheckResult.WORN, "印面磨损"),
    (CheckResult.DIFFERS, "印模不符"),
    (CheckResult.MISPLACED, "保管不符"),
    (CheckResult.MISSING, "未见实物"),
)
