"""Official papers by chance, as offices write them and worse: all layouts, lengths, fields, tables, debris."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from deskoffice.paper.model import Layout

PHRASES = (
    "各乡镇人民政府要进一步压实责任",
    "强化巡查值守和隐患排查整治",
    "确保人民群众生命财产安全",
    "深入贯彻落实党的二十大精神",
    "按照“谁主管、谁负责”的原则",
    "依据《突发事件应对法》（2024年修订）有关规定",
    "全县完成投资86.5亿元，同比增长12.3%",
    "于2026年5月31日前报县政府办公室（联系电话：0534—3212345）",
    "坚持以人民为中心的发展思想",
    "推动OA系统与政务服务平台对接",
    "做到“一村一案”“一户一策”",
    "涉及12个乡镇、86个行政村、23,456户",
    "邮箱：bgs_2026@qinghe.gov.cn",
    "实行台账化、清单化、闭环式管理",
    "对问题突出的单位予以通报批评——情节严重的依规问责",
    "有关数据详见http://www.qinghe.gov.cn/zwgk/2026",
    "其中：一般公共预算收入增长8%；税收占比达到72.6%",
    "鼓励探索创新……不搞“一刀切”",
    "3月至10月为汛期",
    "第十四届全国人民代表大会第四次会议",
)
DEBRIS = (
    "来源：县政府网",
    "责任编辑：张三",
    "&nbsp;",
    "打印本页 关闭窗口",
    "",
    "\u3000\u3000",
    "\u200b",
    "点击数：123",
)
OFFICES = (
    "清河县人民政府",
    "清河县水利局",
    "清河县财政局",
    "清河县农业农村局",
    "中共清河县委办公室",
    "清河县应急管理局",
)
SUBJECTS = (
    "防汛抗旱",
    "安全生产专项整治三年行动",
    "乡村振兴有效衔接",
    "优化营商环境若干措施",
    "春节期间值班值守",
    "国有建设用地使用权出让收支管理",
)
ACTIONS = (
    "切实做好{}工作",
    "印发《清河县{}实施方案（2026—2028年）》",
    "成立{}领导小组",
    "进一步加强和改进{}工作若干问题",
    "{}情况",
)
KINDS = {
    Layout.UPWARD: ("请示", "报告"),
    Layout.LETTER: ("函", "复函"),
    Layout.ORDER: ("命令",),
    Layout.MINUTES: ("纪要",),
}
NAMES = ("张建国", "李志强", "王晓", "欧阳明德", "陈思远", "赵红", "孙丽华", "周强")
FIGURES = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class RandomPaper:
    """A draft as a person pastes it, its fields, and what is in it."""

    text: str
    meta: Mapping[str, object]
    has_table: bool
    has_bound: bool
    seals: int


def random_paper(chance: random.Random, layout: Layout | None = None) -> RandomPaper:
    """A paper of any layout, or of this one."""
    layout = layout or chance.choice(list(Layout))
    offices = chance.sample(OFFICES, chance.choice((1, 1, 1, 2, 3, 4)))
    has_table, has_bound = chance.random() < 0.15, chance.random() < 0.2
    lines = _body(chance, chance.choice((1, 3, 6, 12, 25, 60, 120)))
    if has_table:
        lines.insert(chance.randint(0, len(lines)), _table(chance))
    if layout is Layout.MINUTES:
        lines += [f"{label}：{_several(chance)}" for label in ("出席", "列席", "请假")[: chance.randint(1, 3)]]
    attachments = [_title(chance, "清单") for _ in range(chance.choice((0, 0, 1, 2, 5)))]
    if has_bound:
        attachments = attachments[:1]
        lines += ["附件", *_body(chance, chance.choice((2, 20)))] if attachments else []
    lines = _soiled(chance, lines) if chance.random() < 0.4 else lines
    seals = len(offices) if layout is not Layout.ORDER and chance.random() < 0.4 else 0
    meta = _meta(chance, layout, offices, attachments)
    return RandomPaper("\n".join(lines), meta, has_table, has_bound and bool(attachments), seals)


def _meta(chance: random.Random, layout: Layout, offices: list[str], attachments: list[str]) -> dict[str, object]:
    kind = chance.choice(KINDS.get(layout, ("通知", "意见", "通报", "决定")))
    suffix = {Layout.LETTER: "", Layout.ORDER: "令", Layout.MINUTES: "常务会议纪要"}.get(layout, "文件")
    one_mark = layout in {Layout.LETTER, Layout.ORDER, Layout.MINUTES} or chance.random() < 0.4
    meta: dict[str, object] = {
        "layout": layout.value,
        "kind": kind,
        "issuer": offices,
        "issuer_mark": [offices[0] + suffix] if one_mark else [*offices[:-1], offices[-1] + suffix],
        "document_number": f"清政发〔2026〕{chance.randint(1, 300)}号",
        "title": "" if layout is Layout.ORDER else offices[0] + "关于" + _title(chance, kind),
        "date": f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "attachments": attachments,
    }
    if layout is Layout.ORDER:
        meta |= {"document_number": f"第{chance.randint(1, 99)}号", "signer": "县长 张建国"}
    if layout is Layout.UPWARD:
        meta["signer"] = chance.sample(NAMES, chance.randint(1, 7))
    if layout not in {Layout.ORDER, Layout.MINUTES}:
        meta["addressee"] = "，".join(f"各{one}" for one in chance.sample(OFFICES, chance.randint(1, 6)))
    extra: dict[str, object] = {
        "note": "此件公开发布",
        "copy_to": chance.sample(OFFICES, 4),
        "print_office": "清河县人民政府办公室",
        "copy_number": str(chance.randint(1, 200)),
        "urgency": chance.choice(("特急", "加急")),
        "classification": chance.choice(("秘密", "机密")),
    }
    meta |= {key: value for key, value in extra.items() if chance.random() < 0.5}
    return meta


def _title(chance: random.Random, kind: str) -> str:
    return chance.choice(ACTIONS).format(chance.choice(SUBJECTS)) + "的" + kind


def _several(chance: random.Random) -> str:
    return "、".join(chance.choice(NAMES) for _ in range(chance.randint(1, 30)))


def _sentence(chance: random.Random) -> str:
    return "，".join(chance.choice(PHRASES) for _ in range(chance.randint(1, 6))) + chance.choice("。。。；！？")


def _body(chance: random.Random, paragraphs: int) -> list[str]:
    """Paragraphs with the four levels of headings between them, alone or running on into text."""
    lines = []
    for number in range(paragraphs):
        text = "".join(_sentence(chance) for _ in range(chance.randint(1, 5)))
        figure = FIGURES[number % 10]
        sign = chance.choice(
            ("", "", "", f"{figure}、", f"（{figure}）", f"{number % 9 + 1}.", f"（{number % 9 + 1}）")
        )
        if sign and chance.random() < 0.6:
            lines += [sign + chance.choice(PHRASES[:5]), text]
        else:
            lines.append(sign + (chance.choice(PHRASES[:5]) + "。" if sign else "") + text)
    return lines


def _table(chance: random.Random) -> str:
    columns = chance.randint(2, 6)
    rows = [
        [chance.choice(PHRASES)[: chance.randint(1, 20)] for _ in range(columns)] for _ in range(chance.randint(1, 20))
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _soiled(chance: random.Random, lines: list[str]) -> list[str]:
    """The same text out of a web page."""
    soiled: list[str] = []
    for line in lines:
        is_kept = line.startswith(("|", "附件"))
        soiled.append(line if is_kept else _spoilt(chance, line))
        if not is_kept and chance.random() < 0.2:
            soiled.append(chance.choice(DEBRIS))
    return soiled


def _spoilt(chance: random.Random, line: str) -> str:
    if chance.random() < 0.3:
        line = line.replace("，", " , ").replace("（", "(").replace("）", ")")
    if chance.random() < 0.3:
        at = chance.randrange(len(line))
        line = line[:at] + chance.choice(("  ", "\u3000", "\xa0", "\u200b")) + line[at:]
    return "\u3000\u3000" * chance.randint(0, 1) + line
