"""Sheets that go with a disc between two vaults: keys to be compared, the list that goes, the receipt."""

from deskoffice.paper.forms.model import Align, Cell, Column, Flow, Form, Row, Table, Words

CODE = Form(
    code="exchange_code",
    title="摆渡包交换码",
    head=(("制作日期", "made_on"),),
    blocks=(
        Row((Cell("单位", "office", 165),), 12),
        Words(
            "　　本页由一方当面交给另一方。对方在“摆渡包”页选“登记交换单位”，从左到右、从上到下逐格键入下列字符，"
            "再键入核对码；两项都对，才能互送。交换码不是密钥，别人看到也打不开文件，但不得经他人转交或者替换。"
        ),
        Table(
            "code",
            (Column("序", "number", 11), Column("字符", "word", 30.25)),
            across=4,
            row_height=11,
            blank_rows=9,
        ),
        Row((Cell("核对码", "fingerprint", 165),), 14),
        Row((Cell("交出人（签名）", "given_by", 82.5, 0), Cell("接收人（签名）", "taken_by", 82.5, 0)), 22),
    ),
    note="注：更换保密库后交换码随之改变，应当重新当面交换。",
)

_COLUMNS = (
    Column("序号", "place", 13),
    Column("文号", "document_number", 62, Align.LEFT),
    Column("处理结果", "state", 30),
    Column("对方登记号", "number", 40, Align.LEFT),
    Column("备注", "note", 20, Align.LEFT),
)

LIST = Form(
    code="exchange_list",
    title="摆渡包交接清单",
    head=(("包号", "number"), ("制作日期", "made_on")),
    blocks=(
        Row((Cell("发出单位", "sender", 82.5), Cell("接收单位", "receiver", 82.5)), 14),
        Row((Cell("载体编号", "carrier", 82.5), Cell("经办人", "handler", 82.5)), 12),
        Table("papers", _COLUMNS, blank_rows=3, weight=1),
        Row(
            (
                Cell("合计", "total", 55),
                Cell("送达人（签名）", "carried_by", 55, 0),
                Cell("接收人（签名）", "taken_by", 55, 0),
            ),
            20,
        ),
    ),
    note="注：一式两份，随载体送达，接收人清点签名后退回一份。",
    flow=Flow.LIST,
)

RECEIPT = Form(
    code="exchange_receipt",
    title="摆渡包收条",
    head=(("包号", "number"), ("收到日期", "made_on")),
    blocks=(
        Row((Cell("发出单位", "sender", 82.5), Cell("接收单位", "receiver", 82.5)), 14),
        Row((Cell("载体编号", "carrier", 82.5), Cell("经办人", "handler", 82.5)), 12),
        Table(
            "papers", (*_COLUMNS[:3], Column("登记号", "number", 40, Align.LEFT), _COLUMNS[4]), blank_rows=3, weight=1
        ),
        Row((Cell("合计", "total", 82.5), Cell("接收人（签名）", "taken_by", 82.5, 0)), 20),
    ),
    note="注：本收条由接收单位打印签名，连同载体内的电子收条一并退回发出单位。",
    flow=Flow.LIST,
)

FORMS = (CODE, LIST, RECEIPT)
