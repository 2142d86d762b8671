"""Which column of somebody's book is which of our fields: by its heading first, by what stands below it second."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from deskoffice.domain.old_dates import Around, read_day


class Field(StrEnum):
    """What a column of a register book of incoming papers holds."""

    SERIAL = "serial"
    NUMBER = "number"
    SOURCE_UNIT = "source_unit"
    DOCUMENT_NUMBER = "document_number"
    TITLE = "title"
    RECEIVED_ON = "received_on"
    YEAR = "received_year"
    MONTH = "received_month"
    DAY = "received_day"
    DOCUMENT_DATE = "document_date"
    LEVEL = "level"
    SECRECY_YEARS = "secrecy_years"
    URGENCY = "urgency"
    COPY_NUMBER = "copy_number"
    COPIES = "copies"
    PAGES = "pages"
    POST_KIND = "post_kind"
    ADDRESSEE = "addressee"
    RETENTION = "retention"
    DUE_ON = "due_on"
    CLOSED_ON = "closed_on"
    PROPOSAL = "proposal"
    INSTRUCTION = "instruction"
    CIRCULATION = "circulation"
    HANDLER = "handler"
    HANDLING = "handling"
    REMARK = "remark"


WORDS: Mapping[Field, str] = {
    Field.SERIAL: "序号 顺序号 流水号 行号 NO",
    Field.NUMBER: "收文号 收文编号 收文序号 收文登记号 登记号 登记编号 登记序号 收件编号 收件号 内部编号 办文编号 "
    "总号 来文编号",
    Field.SOURCE_UNIT: "来文单位 来文机关 发文机关 发文单位 来文部门 来件单位 来源单位 来文单位名称 来文机关名称 "
    "发文机关名称 制文机关 成文机关 发件单位 送文单位 报送单位 来自 来源 单位 机关 寄件单位 发件机关 "
    "文件来源 发往单位",
    Field.DOCUMENT_NUMBER: "文号 来文字号 发文字号 来文文号 发文文号 文件字号 文件文号 文件号 来文号 字号 公文文号 "
    "公文字号 发文号 原文号 原文字号 来文编字号 文件编号 编号 文件原号 来文字 发文字 文字 代字 发文代字 "
    "来文代字 机关代字",
    Field.TITLE: "标题 文件标题 来文标题 公文标题 事由 题名 文件题名 文件名称 公文名称 来文名称 名称 内容 来文内容 "
    "文件内容 主要内容 内容摘要 摘要 文件摘要 内容提要 事项 来文事由 标题事由 文件名 主题 来文题目 "
    "题目 来文摘要",
    Field.RECEIVED_ON: "收文日期 收文时间 收到日期 收到时间 收件日期 收件时间 收发日期 登记日期 登记时间 接收日期 "
    "接收时间 签收日期 签收时间 来文日期 来文时间 来件日期 日期 时间 收文年月日 年月日 收文月日 "
    "到文日期 收文日",
    Field.DOCUMENT_DATE: "成文日期 发文日期 发文时间 成文时间 文件日期 落款日期 签发日期 印发日期 制发日期 原文日期 "
    "公文日期",
    Field.LEVEL: "密级 秘密等级 保密等级 密别 密级期限 密级和保密期限 密级及保密期限 涉密等级 定密 密级程度",
    Field.SECRECY_YEARS: "保密期限 保密年限 密期",
    Field.URGENCY: "缓急 紧急程度 缓急程度 急缓 等级 急件 紧急",
    Field.COPY_NUMBER: "份号 印号 份数序号 文件份号 编份号",
    Field.COPIES: "份数 数量 件数 来文份数 收文份数 份",
    Field.PAGES: "页数 页码 张数 页",
    Field.POST_KIND: "来文类型 来文类别 文种 类型 类别 文件类型 文件类别 公文种类 种类 来文种类 收文类别 文件种类",
    Field.ADDRESSEE: "主送 主送机关 主送单位 收件人 收文单位 收件单位",
    Field.RETENTION: "保管期限 保存期限 归档期限",
    Field.DUE_ON: "办理期限 办理时限 办结期限 办结时限 限办日期 限时 限办时间 时限 期限 要求办结时间 要求完成时间 "
    "完成时限 反馈时限 限期",
    Field.CLOSED_ON: "办结日期 办结时间 完成日期 办毕日期 办毕时间",
    Field.PROPOSAL: "拟办意见 拟办 呈批意见 拟办情况",
    Field.INSTRUCTION: "领导批示 批示 批示意见 领导意见 批办 批办意见 领导批示意见 批示内容 领导批办 领导阅批",
    Field.CIRCULATION: "传阅 传阅情况 传阅人 分送 分送情况 传阅范围 传阅签名 送阅 呈送 呈阅 呈送领导 呈阅领导 送阅情况 "
    "去向",
    Field.HANDLER: "承办 承办单位 承办部门 承办科室 承办人 主办单位 主办科室 办理单位 办理科室 经办人 责任科室 "
    "责任单位 转办单位 签收人 领取人 收件人签名",
    Field.HANDLING: "办理情况 办理结果 处理情况 处理结果 办结情况 落实情况 办理 结果 办复情况 状态 办理状态",
    Field.REMARK: "备注 说明 附注 备考 其他",
}
NAMES: Mapping[str, Field] = {word: field for field, words in WORDS.items() for word in words.split()}
_GENERAL = frozenset(
    "日期 时间 单位 机关 编号 名称 内容 类型 类别 种类 期限 等级 结果 说明 来源 状态 件数 数量 其他 办理 时限".split()  # noqa: SIM905
)
LONG_NAMES = sorted((name for name in NAMES if len(name) >= 2 and name not in _GENERAL), key=len, reverse=True)
"""Names that tell something even inside a longer heading; 日期 alone does not, in 督办日期."""
PARTS: Mapping[str, Field] = {"收文日期年": Field.YEAR, "收文日期月": Field.MONTH, "收文日期日": Field.DAY}
"""What a heading in two rows is joined to: 月 and 日 below 收文日期."""
ALONE: Mapping[str, Field] = {
    "年": Field.YEAR,
    "年份": Field.YEAR,
    "月": Field.MONTH,
    "月份": Field.MONTH,
    "日": Field.DAY,
}
"""Columns that make a day together, where no other column has it whole."""
SECOND_LINE = {"年", "月", "日", "字", "号", "代字", "年份", "年度"}
SINGLE = frozenset(Field) - {Field.REMARK, Field.DOCUMENT_NUMBER, Field.CIRCULATION, Field.HANDLER, Field.HANDLING}
"""A book has one column of each of these; of two the one that fits better is taken."""

NUMBER_SHAPE = re.compile(
    r"[\u4e00-\u9fff]+.{0,3}[〔\[(【［（]\s*[\d０-９〇○一二三四五六七八九零]{2,4}\s*[〕\])】］）].{0,2}[\d０-９〇一二三四五六七八九十百]+"
)
LEVEL_SHAPE = re.compile("^(绝密|机密|秘密|内部|公开|普通|非密)")
URGENCY_SHAPE = re.compile("^(特提|特急|加急|平急|平件|急件|急)$")
UNIT_SHAPE = re.compile("(局|委|办|办公室|办公厅|政府|厅|院|会|部|中心|公司|银行|队|站|所|处|科|党委|学校)$")
TITLE_SHAPE = re.compile("^(关于|印发|转发).{4,}|.{6,}的?(通知|报告|请示|意见|函|批复|决定|通报|纪要|方案|公告|复函)$")


def heading(text: object) -> str:
    """A heading without spaces, line breaks and the marks around it."""
    folded = unicodedata.normalize("NFKC", text if isinstance(text, str) else "")
    return re.sub(r"<br\s*/?>|[\s*_:：·.。、,，]", "", folded, flags=re.IGNORECASE)


def named(text: object) -> Field | None:
    """The field that a heading names; its whole words first, then without what is in brackets, then a part of it."""
    whole = heading(text)
    if whole in PARTS:
        return PARTS[whole]
    outside = re.sub(r"\(.*?\)|\[.*?\]|〔.*?〕", "", whole)
    inside = "".join(re.findall(r"\((.*?)\)", whole))
    for candidate in (whole, outside, *re.split("[/和及与或]", outside), inside, whole.upper()):
        if candidate in NAMES:
            return NAMES[candidate]
    if len(outside) > 12:
        return None
    return next((NAMES[name] for name in LONG_NAMES if name in outside), None)


def by_content(values: Sequence[object]) -> Field | None:
    """What a column without a telling heading holds, by most of its cells."""
    texts = [str(value).strip() for value in values if value is not None and str(value).strip()]
    if len(texts) < 3:
        return None
    for field, shape in (
        (Field.DOCUMENT_NUMBER, NUMBER_SHAPE),
        (Field.LEVEL, LEVEL_SHAPE),
        (Field.URGENCY, URGENCY_SHAPE),
        (Field.TITLE, TITLE_SHAPE),
        (Field.SOURCE_UNIT, UNIT_SHAPE),
    ):
        if sum(1 for text in texts if shape.search(text)) * 5 >= len(texts) * 3:
            return field
    known = [value for value in values if value is not None]
    # A plain small number may be anything; only what looks like a day in full is one.
    days = sum(1 for value in known if not isinstance(value, int | float) and read_day(value, Around(2000)) is not None)
    return Field.RECEIVED_ON if days * 5 >= len(known) * 4 else None


def agree(headings: Sequence[str], columns: Sequence[Sequence[object]]) -> tuple[Field | None, ...]:
    """A field for each column: names, then contents where names do not tell or two columns claim the same."""
    found = [_of_heading(text, values) for text, values in zip(headings, columns, strict=True)]
    if Field.RECEIVED_ON not in found and "日" in map(heading, headings):
        found = [ALONE.get(heading(text), one) for text, one in zip(headings, found, strict=True)]
    for at, values in enumerate(columns):
        guess = by_content(values) if found[at] is None and not heading(headings[at]) else None
        if guess is not None and guess not in found:
            found[at] = guess
    _settle_dates(headings, found)
    _settle_twice(found, columns)
    for wanted in (Field.TITLE, Field.DOCUMENT_NUMBER, Field.SOURCE_UNIT, Field.RECEIVED_ON):
        if wanted not in found and not (wanted is Field.RECEIVED_ON and Field.DAY in found):
            _look_for(wanted, found, columns)
    return tuple(found)


def _of_heading(text: str, values: Sequence[object]) -> Field | None:
    found = named(text)
    whole = heading(text)
    if whole in {"文件编号", "编号", "来文编号"}:
        # Some offices mean their own number by it, some the number on the paper.
        return Field.DOCUMENT_NUMBER if by_content(values) is Field.DOCUMENT_NUMBER else Field.NUMBER
    return found


def _settle_dates(headings: Sequence[str], found: list[Field | None]) -> None:
    """来文日期 is the day of the paper where another column has the day of receipt."""
    received = [at for at, field in enumerate(found) if field is Field.RECEIVED_ON]
    if len(received) < 2:
        return
    sure = [at for at in received if re.search("收|登记|签", heading(headings[at]))]
    kept = (sure or received)[0]
    for at in received:
        if at != kept:
            is_other_date = "来文" in heading(headings[at]) and Field.DOCUMENT_DATE not in found
            found[at] = Field.DOCUMENT_DATE if is_other_date else None


def _settle_twice(found: list[Field | None], columns: Sequence[Sequence[object]]) -> None:
    for field in SINGLE:
        claims = [at for at, one in enumerate(found) if one is field]
        fitting = [at for at in claims if by_content(columns[at]) is field] or claims
        for at in claims:
            if at != fitting[0]:
                found[at] = None


def _look_for(wanted: Field, found: list[Field | None], columns: Sequence[Sequence[object]]) -> None:
    for at, values in enumerate(columns):
        if found[at] in (None, Field.NUMBER, Field.REMARK) and by_content(values) is wanted:
            found[at] = wanted
            return


def is_register(fields: Sequence[Field | None]) -> bool:
    """A sheet can be taken in when it has a title and two more of what makes an entry."""
    has = set(fields)
    more = {Field.SOURCE_UNIT, Field.DOCUMENT_NUMBER, Field.RECEIVED_ON, Field.DAY, Field.LEVEL, Field.NUMBER}
    return Field.TITLE in has and len(has & more) >= 2


def day_text(value: object) -> str:
    """A cell as words, a day as people write it."""
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
