"""What can be read in the words of a draft: units, requests, dates, names of leaders, marks of secrecy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deskoffice.domain.values import LEVEL_WORDS, Classification

ASK = re.compile(
    r"妥否[，,]?\s*请[^。\n]{0,6}(?:批示|批复|批准|审批|审示)|请予(?:批准|批复|审批|支持|解决|帮助)|恳请[^。\n]{0,14}(?:批准|批复|支持|解决)|(?<!妥否，)请(?:批准|批复)"
)
CLOSING = re.compile(r"(?:妥否|当否|可否|如无不妥|以上请示)[^\n]{0,14}请[^\n]{0,10}(?:批示|批复|批准|审批|审示)")
CLOSES = re.compile(r"妥否")
DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:[（(]?(?:星期|周)(?P<weekday>[一二三四五六日天])[）)]?)?"
)
WEEKDAYS = "一二三四五六日"
TITLE = re.compile(r"(?:副?(?:县长|书记|主任|局长|镇长|乡长|科长|秘书长|调研员|主席|部长)|常委|同志)")
SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The surnames of nine people out of ten: a word before a title that begins with one of them is a name."""
MARK = re.compile(r"(绝密|机密|秘密)\s*★")
COLLECTIVE = re.compile(r"^各|各(?:单位|部门|乡镇|科室|县|市)|有关(?:单位|部门)|部门$|单位$")
BELOW = re.compile(
    r"^各|(?:乡|镇|街道|村)(?:人民政府|政府|办事处|党委|委员会)?$|^县.{1,12}(?:局|办|办公室|中心|委|院|队|站)$"
)
LEADER = re.compile(r"(?:同志|县长|市长|省长|书记|主任|局长)$")
DOUBLED = re.compile(r"(通知|意见|报告|请示|通报|决定)的(?:通知|意见|报告|请示|通报|决定)$")
ATTACHED = re.compile(r"(?:见|详见|附)附件|附件\s*[1-9一二三四]|[（(]附后[）)]")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name and post are known."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and the line that it stands on, from 1."""

    code: str
    text: str
    row: int


def units(text: str) -> list[str]:
    """Names of units as an addressee lists them."""
    return [part.strip() for part in re.split(r"[，,、；;\n]", text.strip().rstrip("：:")) if part.strip()]


def is_collective(name: str) -> bool:
    """A class of units, not one: 各乡镇人民政府."""
    return COLLECTIVE.search(name) is not None


def is_below(name: str) -> bool:
    """A unit that a county's office does not write up to."""
    return BELOW.search(name) is not None


def is_leader(name: str) -> bool:
    """A person, not an organ (条例 §15(5))."""
    return LEADER.search(name) is not None


def rows(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers."""
    return enumerate(text.splitlines(), start=1)


def asks(text: str) -> list[Found]:
    """Places that ask for something; the closing formula says again what was asked and counts only when alone."""
    found = [Found("ask", hit.group(), row) for row, line in rows(text) for hit in ASK.finditer(line)]
    others = [one for one in found if not CLOSES.match(one.text)]
    return others or found[:1]


def closes_request(text: str) -> bool:
    """The formula that ends a 请示."""
    return CLOSING.search(text) is not None


def dates(text: str, today: date) -> Iterator[Found]:
    """Days that do not exist, and weekdays that are not theirs; without a year it is this year's."""
    for row, line in rows(text):
        for hit in DAY.finditer(line):
            try:
                day = date(int(hit["year"] or today.year), int(hit["month"]), int(hit["day"]))
            except ValueError:
                yield Found("date_impossible", hit.group(), row)
                continue
            is_day = WEEKDAYS[day.weekday()]
            if hit["weekday"] and hit["weekday"].replace("天", "日") != is_day:
                yield Found("weekday_wrong", f"{hit.group()}应为星期{is_day}", row)


def names(text: str, known: Sequence[Person]) -> Iterator[Found]:
    """People before a title: unknown ones, and known ones under a title that is not theirs."""
    by_name = {person.name: person for person in known}
    for row, line in rows(text):
        for hit in TITLE.finditer(line):
            before = line[: hit.start()]
            person = next((by_name[before[-n:]] for n in (2, 3, 4) if before[-n:] in by_name), None)
            if person is None:
                if name := _name_at_end(before):
                    yield Found("name_unknown", name + hit.group(), row)
            elif hit.group() != "同志" and not _holds(person.post, hit.group()):
                yield Found("title_not_theirs", f"{person.name}{hit.group()}（现任{person.post}）", row)


def _holds(post: str, title: str) -> bool:
    """副县长 is no 县长."""
    return re.search(f"(?<!副){title}", post) is not None


def _name_at_end(before: str) -> str:
    """Two or three characters that read as a name after something that is no part of one."""
    for length in (3, 2):
        name = before[-length:]
        ahead = before[-length - 1 : -length] if len(before) > length else ""
        is_whole = not ahead or ahead in "，、。；：由请经和与及 　向（“"
        if len(name) == length and name[0] in SURNAMES and is_whole and all("一" <= one <= "鿿" for one in name):
            return name
    return ""


def highest_mark(text: str) -> tuple[Classification, int]:
    """The highest secrecy mark in a text and its line."""
    by_word = {word: level for level, word in LEVEL_WORDS.items()}
    found = [(by_word[hit.group(1)], row) for row, line in rows(text) for hit in MARK.finditer(line)]
    return max(found, default=(Classification.PUBLIC, 0))


def mentions_attachment(text: str) -> int:
    """The line that speaks of an attachment; 0 when none does."""
    return next((row for row, line in rows(text) if ATTACHED.search(line)), 0)


def doubled_kind(title: str) -> str:
    """`通知的通知`: a forwarded title that repeats its kind."""
    hit = DOUBLED.search(title.strip())
    return hit.group() if hit else ""


def same_paper(title: str, file_name: str) -> bool:
    """A file is named like the attachment it is, but for its ending, numbers and brackets."""
    stem = file_name.rsplit(".", 1)[0]
    plain = [re.sub(r"附件\s*\d*[：:.．]?|[\s《》〈〉“”\"'()（）_\-—]", "", one) for one in (title, stem)]
    return bool(plain[0]) and (plain[0] in plain[1] or plain[1] in plain[0]) and bool(plain[1])
