"""Chinese words for the codes of copies and of quality."""

from enum import Enum

from deskoffice.domain.circulation.outgoing import Agreement, AskingOrder
from deskoffice.domain.copies import BatchKind, BatchState, CopyMove, CopyOrigin, CopyPlace, RequestState
from deskoffice.domain.quality import ErrorKind, Verdict

WORDS: tuple[tuple[Enum, str], ...] = (
    (Agreement.AGREES, "同意"),
    (Agreement.DISAGREES, "不同意"),
    (AskingOrder.PARALLEL, "同时送"),
    (AskingOrder.IN_ORDER, "依次送，前一位回来再送下一位"),
    (CopyPlace.KEPT, "在机要室"),
    (CopyPlace.OUT, "已分发"),
    (CopyPlace.LENT, "借出"),
    (CopyOrigin.ORIGINAL, "原件"),
    (CopyOrigin.REPRODUCED, "复制件"),
    (CopyOrigin.EXTRACT, "摘录件"),
    (CopyMove.ISSUED, "分发"),
    (CopyMove.LENT, "借出"),
    (CopyMove.GIVEN_BACK, "归还"),
    (CopyMove.HANDED_OVER, "移交"),
    (CopyMove.MADE, "复制"),
    (CopyMove.COUNTED, "清点"),
    (CopyMove.CLEARED, "清退"),
    (CopyMove.DESTROYED, "销毁"),
    (CopyMove.ARCHIVED, "归档"),
    (BatchKind.COUNT, "下班前清点"),
    (BatchKind.CLEARING, "清退"),
    (BatchKind.DESTRUCTION, "销毁"),
    (BatchState.OPEN, "进行中"),
    (BatchState.APPROVED, "已批准"),
    (BatchState.DONE, "已完成"),
    (BatchState.DROPPED, "已取消"),
    (RequestState.ASKED, "待审批"),
    (RequestState.APPROVED, "已批准"),
    (RequestState.REFUSED, "不批准"),
    (ErrorKind.MISSED, "漏办"),
    (ErrorKind.WRONG, "错办"),
    (ErrorKind.LATE, "延误"),
    (ErrorKind.WORDING, "文字"),
    (ErrorKind.FORMAT, "格式"),
    (ErrorKind.MISSENT, "错发"),
    (Verdict.PLEASED, "满意"),
    (Verdict.FAIR, "基本满意"),
    (Verdict.DISPLEASED, "不满意"),
)
