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

COMMANDS = (
    "mkdir -p restored/objects restored/index",
    "for part in part*.age; do age -d -i key.txt $part; done | tar -xf - -C restored",
    "cp restored/vault.json restored/vault.json.1",
    "cp restored/vault.json restored/vault.json.2",
)
"""What is typed where this program is not at hand; a test types them."""

RESTORE_STEPS = Form(
    code="restore_steps",
    title="恢复备份说明",
    blocks=(
        Words(
            "　　一、需要的东西：最近一份备份（名称以 GW_ 开头的文件夹，内有 manifest.json）、"
            "任一页备份密钥、本人的口令。"
        ),
        Words(
            "　　二、用本程序恢复：在新机器上安装并打开案头，在第一个窗口选“从备份恢复”，选中备份文件夹，"
            "照备份密钥页逐格键入字符，再选一个空文件夹。程序先核对签名和每一个分卷，都完好才恢复；中途断电可以重来。"
        ),
        Words(
            "　　三、首次打开：用自己的口令登录，库只能查看。两位三员到场，核对提示中的日志条数与登记簿上的核对码，"
            "各自键入口令确认，方可办理。恢复后重新登记旧机器和旧介质的去向。"
        ),
        Words(
            "　　四、手边没有本程序时，用 age 和 tar 两个通用工具也能取出：在备份文件夹里新建文本文件 key.txt，"
            "写入备份密钥（以 AGE-SECRET-KEY-1 开头，不含签名指纹），再依次键入下列各行："
        ),
        *(Words(f"　　　　{line}", 10.5) for line in COMMANDS),
        Words(
            "　　做完把 restored 文件夹交给装有案头的机器打开，并立即销毁 key.txt。"
            "取出的文件仍是加密的，没有口令看不到内容；"
            "这样做不核对签名，请先用 sha256sum 逐个对照 manifest.json 中的数值。"
        ),
        Row((Cell("恢复人（签名）", "made_by", 82.5, 0), Cell("监督人（签名）", "signature", 82.5, 0)), 22),
    ),
    note="注：本页不含密钥，可与备份盘同放一处；备份密钥页不得同放。",
)

CALIBRATION = Form(code="calibration", title="打印校准页", blocks=(Crosses(),))

FORMS = (RECOVERY_SHARE, BACKUP_KEY, RESTORE_STEPS, CALIBRATION)


def numbered(pieces: Iterable[str]) -> list[Mapping[str, str]]:
    """Rows of `words`, `identity` and `fingerprint`: the words of a share, or groups of characters, with numbers."""
    return [{"number": str(number), "word": piece} for number, piece in enumerate(pieces, 1)]


def groups(text: str, size: int = 4) -> list[str]:
    """A long key in pieces a person can type."""
    return [text[start : start + size] for start in range(0, len(text), size)]
