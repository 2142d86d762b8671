"""What is said about the rows and columns of an old book."""

from deskoffice.domain.circulation.book_columns import Field

REASONS = {
    "old_title_missing": "没有标题",
    "old_title_too_long": "标题超过 300 字",
    "old_date_missing": "没有收文日期",
    "old_date_unreadable": "收文日期看不懂",
    "old_level_unknown": "密级看不懂",
    "old_above_clearance": "密级高于您的涉密等级",
    "old_formula_without_result": "公式没有结果，请在 WPS 里打开保存一次",
}
DOUBTS = {
    "old_unit_missing": "没有来文单位",
    "old_dates_crossed": "成文日期晚于收文日期，照原文记在备注",
    "old_document_date_unreadable": "成文日期看不懂，照原文记在备注",
    "old_period_too_long": "保密期限超过法定最长期限，照原文记在备注",
}
FIELDS = {
    Field.SERIAL: "序号",
    Field.NUMBER: "收文编号",
    Field.SOURCE_UNIT: "来文单位",
    Field.DOCUMENT_NUMBER: "来文字号",
    Field.TITLE: "标题",
    Field.RECEIVED_ON: "收文日期",
    Field.YEAR: "收文年",
    Field.MONTH: "收文月",
    Field.DAY: "收文日",
    Field.DOCUMENT_DATE: "成文日期",
    Field.LEVEL: "密级",
    Field.SECRECY_YEARS: "保密期限",
    Field.URGENCY: "缓急",
    Field.COPY_NUMBER: "份号",
    Field.COPIES: "份数",
    Field.PAGES: "页数",
    Field.POST_KIND: "来文类别",
    Field.ADDRESSEE: "主送",
    Field.RETENTION: "保管期限",
    Field.DUE_ON: "办理期限",
    Field.CLOSED_ON: "办结日期",
    Field.PROPOSAL: "拟办意见",
    Field.INSTRUCTION: "领导批示",
    Field.CIRCULATION: "传阅情况",
    Field.HANDLER: "承办",
    Field.HANDLING: "办理情况",
    Field.REMARK: "备注",
}
STATES = {"running": "没有做完", "done": "已导入", "undone": "已撤销"}
NOT_TAKEN = "不作字段（记在备注）"
