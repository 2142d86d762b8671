"""docs/SECURITY.md promises nothing without a test, and names no test that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAPER = (ROOT / "docs" / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(test_\w+)`")


def promises() -> list[str]:
    table = PAPER.split("## 二、")[1].split("## 三、")[0]
    return [line for line in table.splitlines() if line.startswith("| ")][2:]


def test_every_named_test_is_there():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    written = {name for text in texts for name in re.findall(r"def (test_\w+)\(", text)}
    assert sorted(set(NAMED.findall(PAPER)) - written) == []


def test_every_promise_names_a_test():
    assert len(promises()) > 20
    assert [line for line in promises() if not NAMED.search(line)] == []


def test_it_says_what_it_is_not_and_how_to_report():
    for words in ("不是经国家密码管理部门检测认证", "## 三、不承诺的", "## 五、发现问题怎样报告"):
        assert words in PAPER


def test_each_of_the_forty_six_criteria_says_how_it_stands():
    rows = [line.split("|") for line in PAPER.split("## 六、")[1].splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(row[1]) for row in rows] == list(range(1, 47))
    assert {row[5].strip() for row in rows} == {"日常", "长跑", "基准"}
    assert [row[1] for row in rows if "`" not in row[3]] == []
