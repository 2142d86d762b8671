"""Titles broken at sense, wider and narrower lines, as an office would set them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskoffice.paper.title import LONGEST_LINE, title_lines, title_options

ISSUER = "清河县人民政府办公室"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开会议的通知", ["关于召开会议的通知"]),
        (f"{ISSUER}关于切实做好2026年防汛抗旱工作的通知", [ISSUER, "关于切实做好2026年防汛抗旱工作的通知"]),
        (
            "关于成立清河县深化“放管服”改革优化营商环境工作领导小组的通知",
            ["关于成立清河县深化“放管服”", "改革优化营商环境工作领导小组的通知"],
        ),
        ("清河县\n关于放假的通知", ["清河县", "关于放假的通知"]),
        (
            "清河县人民政府关于实施县人民医院整体迁建项目的请示",
            ["清河县人民政府关于实施县人民医院", "整体迁建项目的请示"],
        ),
        (
            "清河县人民政府关于《政府工作报告（征求意见稿）》征求意见情况的报告",
            ["清河县人民政府关于", "《政府工作报告（征求意见稿）》", "征求意见情况的报告"],
        ),
    ],
    ids=["short", "issuer first", "at a word", "as typed", "hospital whole", "brackets whole"],
)
def test_a_title_is_broken_where_the_sense_allows(title, lines) -> None:
    assert title_lines(title, (ISSUER,)) == lines


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="关于印发清河县工作方案的通知“”《》、2026年", min_size=1, max_size=90))
def test_no_title_loses_a_character_or_overruns_the_line(title) -> None:
    for lines in title_options(title):
        assert "".join(lines) == title
        assert all(sum(0.5 if one.isascii() else 1 for one in line) <= LONGEST_LINE for line in lines)


def test_lines_of_a_title_are_never_all_equal() -> None:
    for count in range(20, 60):
        lengths = [len(line) for line in title_lines(("某乡某村某事某人" * 10)[:count])]
        assert len(set(lengths)) > 1


def test_each_of_several_issuers_stays_whole() -> None:
    issuers = ("中共清河县委办公室", "清河县人民政府办公室", "清河县纪委监委机关", "清河县农业农村局")
    lines = title_lines(" ".join(issuers) + "关于开展农村集体资金资产资源专项清理工作的通知", issuers)
    assert all(any(issuer in line for line in lines) for issuer in issuers)


def test_a_title_that_would_fill_two_lines_from_edge_to_edge_takes_three() -> None:
    title = "青川县人民政府办公室关于反馈嘉陵江流域水生态环境保护条例（征求意见稿）意见的函"
    lines = title_lines(title, ("青川县人民政府办公室",))
    assert lines == ["青川县人民政府办公室", "关于反馈嘉陵江流域水生态环境保护", "条例（征求意见稿）意见的函"]
