"""Cleaning of pasted text: what changes is told, what is refused stays."""

import pytest

from deskoffice.domain.errors import PaperError
from deskoffice.paper.clean import RULES, SourceLine, clean, heading_length
from deskoffice.paper.documents import read_body

CASES = [
    ("stray_spaces", "2026 年 3 月,请  各单位 落实", "2026年3月，请各单位落实"),
    ("stray_spaces", "使用 Windows 10 系统", "使用Windows 10系统"),
    ("stray_spaces", "组长：李国庆 县委常委、副县长", "组长：李国庆\u3000县委常委、副县长"),
    ("stray_spaces", "张三  李四  王小五", "张三\u3000李四\u3000王小五"),
    ("stray_spaces", "清 河 县 人 民 政 府", "清河县人民政府"),
    ("stray_spaces", "（三\u3000）加强值班值守", "（三）加强值班值守"),
    ("stray_spaces", "达120. 5毫米，多35 %", "达120.5毫米，多35%"),
    ("stray_spaces", "第三条 本办法 由县司法局解释。", "第三条　本办法由县司法局解释。"),
    ("half_width_marks", "发布预警信息..确保不漏,联系abc@163.com.", "发布预警信息。确保不漏，联系abc@163.com。"),
    ("heading_numbers", "1、落实叫应机制", "1.落实叫应机制"),
    ("heading_numbers", "二.强化责任", "二、强化责任"),
    ("heading_numbers", "（三）、加强演练", "（三）加强演练"),
    ("half_width_marks", "一是统筹,二是落实;三是督查:确保安全!", "一是统筹，二是落实；三是督查：确保安全！"),
    ("half_width_marks", "会议于8:30开始,1,200人参加.", "会议于8:30开始，1,200人参加。"),
    ("half_width_marks", "各乡镇(街道)要落实", "各乡镇（街道）要落实"),
    ("half_width_marks", "(一)加强领导", "（一）加强领导"),
    ("straight_quotes", '坚持"三个必须"原则', "坚持“三个必须”原则"),
    ("doubled_marks", "确保安全。。", "确保安全。"),
    ("doubled_marks", "等等......", "等等……"),
    ("doubled_marks", "北京--上海", "北京——上海"),
    ("number_brackets", "依据清政发[2026]第07号文件", "依据清政发〔2026〕7号文件"),
    ("full_width_letters", "共１２０户，ＯＡ系统", "共120户，OA系统"),
    ("invisible_characters", "防\u200b汛\ufeff抗\u00ad旱", "防汛抗旱"),
    ("web_debris", "请各单位<br/>认真&nbsp;落实", "请各单位认真落实"),
]


@pytest.mark.parametrize(("code", "typed", "wanted"), CASES)
def test_a_rule_mends_and_tells(code, typed, wanted) -> None:
    lines, findings = clean([SourceLine(typed, 3)])
    assert [line.text for line in lines] == [wanted]
    assert code in {finding.code for finding in findings}
    assert {finding.row for finding in findings} == {3}


@pytest.mark.parametrize(
    "line",
    [
        "来源：清河县人民政府网",
        "【字体：大 中 小】 打印 关闭",
        "打印本页 | 关闭窗口",
        "浏览次数：1024",
        "责任编辑：张三",
        "上一篇：关于春节放假的通知",
        "https://www.qinghe.gov.cn/art/2026/3/5/art_1.html",
        "当前位置：首页 > 政务公开 > 文件",
        "微信扫一扫分享",
        "【打印本页】 【关闭窗口】",
        "扫一扫在手机打开当前页",
        "索 引 号：000014349/2026-00012　主题分类：农业、林业、水利",
        "首页 > 政务公开 > 政策文件",
        "2026-04-18 10:23:11",
        "版权所有 清河县人民政府 冀ICP备12345678号-1",
    ],
)
def test_web_debris_is_left_out_and_told(line) -> None:
    body = read_body("a.txt", f"第一段。\n{line}\n第二段。".encode())
    assert body.text == "第一段。\n第二段。"
    assert [(finding.code, finding.row) for finding in body.findings] == [("web_debris", 2)]


@pytest.mark.parametrize(
    "line",
    [
        "现将2026年工作要点印发给你们，请认真贯彻执行。",
        "一、坚持以文辅政，政务服务进一步创新优化",
        "1.加强以文辅政。做好“5.12”宣传（全年2次）；比例为3:1，增长4.6%。",
        "《**年鉴（2021卷）》共**余篇",
        "联系人：张三，电话：0534—3212345，邮箱：a_b@qinghe.gov.cn。",
        "来源于群众、服务于群众。",
        "打印机和复印机的管理按规定执行。",
        "来源：县财政局上报数据，经核对无误后使用。",
        "首页设计要突出主题，分享经验做法。",
        "主办单位：县政府办公室",
    ],
)
def test_right_text_stays_as_it_is(line) -> None:
    lines, findings = clean([SourceLine(line, 1)])
    assert [one.text for one in lines] == [line]
    assert findings == []


@pytest.mark.parametrize("code", [code for code, _ in RULES])
def test_a_refused_rule_changes_nothing(code) -> None:
    typed = [one for rule, one, _ in CASES if rule == code]
    _, findings = clean([SourceLine(one, 1) for one in typed], refused={code})
    assert code not in {finding.code for finding in findings}


def test_lines_cut_in_the_middle_of_a_sentence_are_joined() -> None:
    cut = (
        "为进一步做好全县防汛抗旱工作，切实保障人民群众生命财产\n"
        "安全，根据有关规定，结合我县实际情况，现就有关事项通知\n"
        "如下，请认真贯彻落实好有关要求，确保各项工作落到实处。\n"
        "一、加强领导"
    )
    body = read_body("a.txt", cut.encode())
    assert len(body.blocks) == 2
    assert {finding.code for finding in body.findings} == {"broken_lines"}


def test_a_long_line_cut_anywhere_is_joined_with_the_end_of_its_sentence() -> None:
    cut = "主要负责同志要亲自部署、亲自检查，分管负责同志要靠前指挥，亲自\n督办，确保各项措施落实。\n妥否，请批示。"
    assert [block.text for block in read_body("a.txt", cut.encode()).blocks] == [
        cut.replace("\n", "", 1)[:-8],
        cut[-7:],
    ]


@pytest.mark.parametrize(
    "line",
    [
        "出席：罗\u3000云\u3000张建国\u3000欧阳明德",
        "总路长：罗\u3000云\u3000县长",
        "第三条\u3000本办法所称公路，是指县道。",
    ],
)
def test_blanks_that_part_names_and_numbers_of_articles_stay(line) -> None:
    assert clean([SourceLine(line, 1)]) == ([SourceLine(line, 1)], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_office_machines(encoding) -> None:
    assert read_body("a.txt", "县政府办公室。\n第二段。".encode(encoding)).text == "县政府办公室。\n第二段。"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.exe", b"MZ", "paper_file_kind"),
        ("a.txt", b"\x00\x01\x02\xff", "paper_not_text"),
        ("a.txt", b"", "paper_empty"),
        ("a.txt", "\n 　 \n".encode(), "paper_empty"),
        ("a.md", b"\xff\xff\xff", "paper_not_text"),
    ],
)
def test_what_is_no_text_is_refused_in_words(name, data, code) -> None:
    with pytest.raises(PaperError, match=code):
        read_body(name, data)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、加强领导", "一、加强领导"),
        ("（一）压实责任。各乡镇主要负责人是第一责任人。", "（一）压实责任。"),
        ("一、对河西乡人民政府予以通报批评；", "一、"),
        ("二、你局要会同县文化和旅游局、县自然资源局等部门，抓紧组织编制保护规划，按程序报批。", "二、"),
    ],
)
def test_a_point_that_is_a_sentence_has_only_its_number_in_the_face_of_a_heading(text, heading) -> None:
    level = 1 if text[0] != "（" else 2
    assert text[: heading_length(text, level)] == heading
