"""The words of minutes as an office writes them, from the agenda and what was decided."""

from collections.abc import Iterable, Sequence

from deskoffice.domain.meeting_topics import AGREEING, TopicResult
from deskoffice.domain.meetings import (
    AttendeeRow,
    AttendeeStanding,
    DecisionRow,
    MeetingDetail,
    Presence,
    TopicRow,
    ordinal_name,
)
from deskoffice.domain.values import chinese_date
from deskoffice.usecases.words import word

VERBS = ("传达学习", "集体学习", "研究部署", "研究审议", "传达", "学习", "研究", "审议", "听取", "讨论", "通报", "部署")
"""What a meeting does with a topic, where the title says it; the longer ones first."""
USUAL_VERB = "研究"
ASKING = ("的请示", "的报告", "的汇报")
NOT_DECIDED = frozenset({TopicResult.DEFERRED, TopicResult.MERGED})


def drafted(found: MeetingDetail) -> str:
    """The whole text: opening, a section for each topic decided, what was put off, who was there."""
    parts = [_opening(found)]
    decided = [topic for topic in found.topics if topic.result not in NOT_DECIDED]
    sections = [_section(topic, _of(found, topic.id)) for topic in decided]
    rest = _of(found, None)
    if rest:
        title = "关于其他事项" if sections else ""
        sections.append([title, _agreed(rest)])
    for number, (title, *lines) in enumerate(sections, start=1):
        parts += [f"{numeral(number)}、{title}"] if title else []
        parts += lines
    parts += _put_off(found)
    return "\n".join([*parts, *_lists(found)])


def _of(found: MeetingDetail, topic_id: int | None) -> list[DecisionRow]:
    return [decision for decision in found.decisions if decision.topic_id == topic_id]


def _opening(found: MeetingDetail) -> str:
    name = ordinal_name(word(found.series), found.ordinal)
    day = chinese_date(found.starts_at.date())
    about = subjects([topic.title for topic in found.topics if topic.result is not TopicResult.DEFERRED])
    did = f"，{about}" if about else ""
    return f"{day}，{found.chair}同志在{found.place}主持召开{name}{did}。现将会议议定事项纪要如下。"


def parted(title: str) -> tuple[str, str]:
    """`研究全县安全生产工作` as what the meeting did and to what; a title without a verb is 研究."""
    plain = title.strip().rstrip("。")
    verb = next((one for one in VERBS if plain.startswith(one) and len(plain) > len(one)), "")
    return verb or USUAL_VERB, plain.removeprefix(verb).removeprefix("了").lstrip("，、：")


def subjects(titles: Iterable[str]) -> str:
    """`研究了甲、乙，听取了丙`: each verb once, in the order of the agenda."""
    by_verb: dict[str, list[str]] = {}
    for title in titles:
        verb, subject = parted(title)
        by_verb.setdefault(verb, []).append(subject)
    return "，".join(f"{verb}了{'、'.join(of_verb)}" for verb, of_verb in by_verb.items())


def matter_of(title: str) -> str:
    """What a topic is about: `关于……` without the verb and without the kind of paper."""
    subject = parted(title)[1].removeprefix("关于")
    for ending in (*ASKING, "汇报"):
        if subject.endswith(ending) and len(subject) > len(ending):
            return subject.removesuffix(ending)
    return subject


def _section(topic: TopicRow, decisions: Sequence[DecisionRow]) -> list[str]:
    subject = matter_of(topic.title)
    lines = [f"关于{subject}"]
    if heard := _heard(topic, subject):
        lines.append(heard)
    lines += [line.strip() for line in topic.summary.splitlines() if line.strip()]
    if decisions:
        lines.append(_agreed(decisions))
    return lines


def _heard(topic: TopicRow, subject: str) -> str:
    """What was reported by whom, and how the meeting took it."""
    by = "".join(topic.reporter.split())
    report = f"会议听取了{by}关于{subject}的汇报" if by else ""
    view = {TopicResult.AGREED: "同意", TopicResult.IN_PRINCIPLE: "原则同意", TopicResult.REJECTED: "不同意"}
    taken = f"会议{view[topic.result]}{'汇报' if report else ''}所提意见" if topic.result in view else ""
    voted = _votes(topic) if topic.result in AGREEING and topic.voices else ""
    whole = "，".join(part for part in (report, taken.removeprefix("会议") if report else taken, voted) if part)
    return f"{whole}。" if whole else ""


def _votes(topic: TopicRow) -> str:
    counted = {name: sum(word(voice.vote) == name for voice in topic.voices) for name in ("赞成", "反对", "弃权")}
    shown = "，".join(f"{name}{count}票" for name, count in counted.items() if count or name == "赞成")
    return f"经表决，{shown}"


def _agreed(decisions: Sequence[DecisionRow]) -> str:
    if len(decisions) == 1:
        return f"会议议定，{_sentence(decisions[0])}。"
    said = "；".join(f"{numeral(number)}是{_sentence(one)}" for number, one in enumerate(decisions, start=1))
    return f"会议议定：{said}。"


def _sentence(decision: DecisionRow) -> str:
    """The decision with who and by when, where the words do not say it already."""
    text = decision.text.strip().rstrip("。；;.")
    said = [text]
    if "牵头" not in text and "负责" not in text:
        does = "负责" if decision.task.unit != decision.leads else "牵头" if decision.others else "负责"
        said.append(f"由{decision.leads}{does}")
    others = [unit for unit in decision.others if unit not in text]
    if others:
        said.append(f"{'、'.join(others)}配合")
    if decision.task.due_on and "前完成" not in text:
        said.append(f"{chinese_date(decision.task.due_on)}前完成")
    return "，".join(said)


def _put_off(found: MeetingDetail) -> list[str]:
    put_off = [topic for topic in found.topics if topic.result is TopicResult.DEFERRED]
    if not put_off:
        return []
    names = "、".join(f"“{matter_of(topic.title)}”" for topic in put_off)
    which = "该议题" if len(put_off) == 1 else f"以上{len(put_off)}项议题"
    return [f"会议决定，{names}缓议。{which}由申报单位进一步完善后，再提交会议研究。"]


def _lists(found: MeetingDetail) -> Iterable[str]:
    """出席、列席、请假 as the minutes end (GB/T 9704-2012 10.3); reasons of leave stand behind the names."""
    members = [a for a in found.attendees if a.standing is AttendeeStanding.MEMBER and a.is_represented]
    sitting = [a for a in found.attendees if a.standing is AttendeeStanding.SITTING_IN and a.is_represented]
    leave = [a for a in found.attendees if a.presence is Presence.ON_LEAVE]
    lists = (("出席", members), ("列席", sitting), ("请假", leave))
    return [f"{label}：{'、'.join(_name(a) for a in people)}。" for label, people in lists if people]


def _name(attendee: AttendeeRow) -> str:
    name = attendee.person or attendee.unit
    if attendee.presence is Presence.STOOD_IN:
        return f"{attendee.stand_in}（代{name}）"
    if attendee.presence is Presence.ON_LEAVE and attendee.reason:
        return f"{name}（{attendee.reason}）"
    return name


_DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """1 to 99 as headings are numbered: 一、二、…、十一."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
