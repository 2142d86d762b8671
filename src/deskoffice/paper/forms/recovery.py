"""Sheets for the machine itself: recovery shares and backup keys to be locked away, and the correction of a printer."""

from collections.abc import Iterable, Mapping

from deskoffice.paper.forms.model import Cell, Column, Crosses, Form, Row, Table, Words

RECOVERY_SHARE = Form(
    code="recovery_share",
    title="恢复份额",
    head=(("第几份", "number"), ("制作日期", "made_on")),
    blocks=(
        Row((Cell("保管人", "keeper", 82.5), Cell("存放地点", "place", 82.5)), 12),
        Words(
            "　　本页是恢复口令的一份，共三份，任意两份合在一起可以恢复整个保险库，单独一份不能读出任何内容。"
            "三份应当由不同的人分别密封、分柜保管，不得复印、拍照、录入任何计算机，也不得两份放在一处。"
        ),
        Table(
            "words",
            (Column("序", "number", 12), Column("词", "word", 43)),
            across=3,
            row_height=9.5,
            blank_rows=11,
        ),
        Words(
            "　　使用方法：忘记全部口令或者更换管理人员时，在登录窗口选择恢复，由两位保管人按序号逐词键入，"
            "词与词之间空一格，不分大小写；键错的词程序会指出。用过以后应当立即重新制作三份，并当场销毁旧的三份。"
        ),
        Row((Cell("制作人（签名）", "made_by", 82.5, 0), Cell("保管人（签名）", "signature", 82.5, 0)), 22),
    ),
    note="注：本页等同于钥匙，请密封后锁入保险柜。丢失任何一份，应当立即报告并重新制作。",
)

BACKUP_KEY = Form(
    code="backup_key",
    title="备份密钥",
    head=(("第几份", "number"), ("制作日期", "made_on")),
    blocks=(
        Row((Cell("保管人", "keeper", 82.5), Cell("存放地点", "place", 82.5)), 12),
        Words(
            "　　本页是打开备份的钥匙。恢复备份时从左到右、从上到下逐格键入下列字符，"
            "格与格之间的空隙不用键入。持有本页和备份盘的人可以读出全部内容，二者不得放在一处。"
        ),
        Table(
            "identity",
            (Column("序", "number", 11), Column("密钥", "word", 30.25)),
            across=4,
            row_height=11,
            blank_rows=5,
        ),
        Words("　　下列字符是签名指纹，用来确认备份确实出自本机，恢复时接在密钥后面、空一格键入。"),
        Table(
            "fingerprint",
            (Column("序", "number", 11), Column("指纹", "word", 30.25)),
            across=4,
            row_height=11,
            blank_rows=2,
        ),
        Row((Cell("制作人（签名）", "made_by", 82.5, 0), Cell("保管人（签名）", "signature", 82.5, 0)), 22),
    ),
    note="注：本页等同于钥匙，请密封后锁入保险柜，不得复印、拍照。",
)

CALIBRATION = Form(code="calibration", title="打印校准页", blocks=(Crosses(),))

FORMS = (RECOVERY_SHARE, BACKUP_KEY, CALIBRATION)


def numbered(pieces: Iterable[str]) -> list[Mapping[str, str]]:
    """Rows of `words`, `identity` and `fingerprint`: the words of a share, or groups of characters, with numbers."""
    return [{"number": str(number), "word": piece} for number, piece in enumerate(pieces, 1)]


def groups(text: str, size: int = 4) -> list[str]:
    """A long key in pieces a person can type."""
    return [text[start : start + size] for start in range(0, len(text), size)]
