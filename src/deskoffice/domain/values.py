"""Values shared by every kind of matter: secrecy, urgency and dates as the office writes them."""

from datetime import date
from enum import IntEnum


class Classification(IntEnum):
    """Secrecy level of a paper and clearance of a person (密级, 涉密等级); ordered."""

    PUBLIC = 0
    INTERNAL = 1
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4


LEVEL_WORDS = {
    Classification.PUBLIC: "公开",
    Classification.INTERNAL: "内部",
    Classification.CONFIDENTIAL: "秘密",
    Classification.SECRET: "机密",
    Classification.TOP_SECRET: "绝密",
}
"""The words are values of the field themselves (保守国家秘密法 §14), not wording for people."""

LONGEST_YEARS = {Classification.CONFIDENTIAL: 10, Classification.SECRET: 20, Classification.TOP_SECRET: 30}
"""Longest period in years by level (保守国家秘密法 §20)."""

SEALED_TITLE_FROM = Classification.SECRET
"""From this level up a title is sealed like a body."""


class Urgency(IntEnum):
    """How fast a paper must move (紧急程度, GB/T 9704-2012 7.2.3 and the codes of telegrams)."""

    ORDINARY = 0
    NORMAL = 1
    URGENT = 2
    VERY_URGENT = 3
    MOST_URGENT = 4


URGENCY_WORDS = {
    Urgency.ORDINARY: "",
    Urgency.NORMAL: "平急",
    Urgency.URGENT: "加急",
    Urgency.VERY_URGENT: "特急",
    Urgency.MOST_URGENT: "特提",
}


def secrecy_mark(level: Classification, years: int | None) -> str:
    """Level and period as printed on the paper, `机密★10年`; empty for public papers."""
    if level == Classification.PUBLIC:
        return ""
    word = LEVEL_WORDS[level]
    return f"{word}★{years}年" if years and level >= Classification.CONFIDENTIAL else word


def chinese_date(day: date) -> str:
    """A date as official papers write it: `2026年1月5日`, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
