"""签发前体检: the rules looked at for a draft as typed or as stored, in words, each with the place to jump to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from deskoffice.domain.circulation import outgoing_check as rules
from deskoffice.domain.circulation import outgoing_words as wording
from deskoffice.domain.circulation.outgoing import OutgoingDraft
from deskoffice.domain.circulation.outgoing_check import Attached, Subject
from deskoffice.domain.circulation.outgoing_words import Person
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import ContentRole
from deskoffice.paper import documents, preview
from deskoffice.storage import people
from deskoffice.storage.matters import MatterContentRecord, MatterRecord
from deskoffice.storage.series import SeriesRecord
from deskoffice.usecases import attachments
from deskoffice.usecases.circulation import outgoing_countersign, outgoing_secrecy
from deskoffice.usecases.circulation.outgoing_countersign import Countersign, Standing
from deskoffice.usecases.circulation.outgoing_draft import digest, drafted
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.words import word
from deskoffice.vault.contents import Content

WORDS: Mapping[str, str] = {
    "period_missing": "定了密级，没有保密期限",
    "level_undecided": "密级、期限和依据还没有经定密责任人审定",
    "secret_words": "正文有“{text}★”标志，高于本稿密级",
    "addressee_missing": "没有主送机关",
    "to_a_leader": "主送写给领导个人：{text}（条例第十五条）",
    "addressed_twice": "主送、抄送重复：{text}",
    "copies_too_few": "主送、抄送点名 {text} 家，印数不够",
    "one_copy_for_many": "发给多家，印制份数只有 1 份；签发后不能再加",
    "one_addressee": "请示只能主送一个上级机关，现有 {text} 个（条例第十五条）",
    "copy_downward": "上行文不得抄送下级：{text}（条例第十五条）",
    "many_matters": "请示应一文一事，文中有 {text} 处请求（条例第十五条）",
    "closing_missing": "请示没有“{text}”一类的结束语",
    "contact_missing": "请示附注没有联系人和电话",
    "request_in_report": "报告中夹带请示事项：{text}（条例第十五条）",
    "head_missing": "代字没有设红头，印出来没有发文机关标志",
    "head_of_another_class": "红头与文号不是一类：{text}",
    "letter_under_document_head": "函用了“文件”红头和 {text} 文号，宜用函的代字",
    "kind_not_in_title": "标题末尾没有文种“{text}”",
    "kind_doubled": "标题文种重复：{text}",
    "attachment_not_there": "附件说明列了“{text}”，没有放入文件",
    "attachment_not_named": "放入了“{text}”，附件说明没有列",
    "attachment_level": "附件密级高于正文：{text}",
    "attachment_empty": "附件没有页：{text}",
    "attachment_mentioned": "正文说有附件，附件说明是空的",
    "name_unknown": "人员表里没有：{text}，请核对姓名职务",
    "title_not_theirs": "姓名与职务不符：{text}",
    "date_impossible": "没有这一天：{text}",
    "weekday_wrong": "星期不对：{text}",
    "countersign_waiting": "会签还没有回来：{text}",
    "countersign_stale": "会签后文字改过，须重新会签：{text}",
    "joint_not_asked": "联合行文机关还没有会签：{text}",
    "dissent": "会签不同意：{text}（条例第十六条）",
}
"""What each code means to a person; `text` is the passage found."""

AT_SIGNING = frozenset({"level_undecided", "joint_not_asked"})
"""What a draft that is still being written cannot have."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One finding as a page shows it."""

    sentence: str
    place: str
    """Name of the draft's field."""
    row: int
    """Line of the text, from 1; 0 for the whole field."""
    is_blocking: bool
    can_be_overridden: bool


def of_stored(office: Office, matter_id: int) -> tuple[CheckLine, ...]:
    """The draft as it is stored, for whoever reviews or signs it."""
    with office.look() as act:
        matter = act.matter(matter_id)
        return lines(found_in(act, matter, drafted(act, matter)))


def of_draft(office: Office, draft: OutgoingDraft, matter_id: int | None) -> tuple[CheckLine, ...]:
    """The draft as it is typed; what only counts at signing is left out."""
    with office.read() as session:
        attached = () if matter_id is None else _attached(office, session, matter_id)
        found = rules.check(_subject(office, session, draft, attached=attached))
    return lines([one for one in found if one.code not in AT_SIGNING])


def found_in(act: Act, matter: MatterRecord, draft: OutgoingDraft) -> tuple[rules.Finding, ...]:
    """Everything found, inside a transaction."""
    session = act.session
    asked = outgoing_countersign.of(session, matter.id, digest(draft))
    return rules.check(
        _subject(
            act.office,
            session,
            draft,
            attached=_attached(act.office, session, matter.id),
            is_level_decided=outgoing_secrecy.is_decided(session, matter),
            asked=asked,
        )
    )


def refuse(found: Sequence[rules.Finding], override: str) -> None:
    """Stop what must not be signed; what may be set aside needs a reason."""
    blocking = [one for one in found if one.is_blocking]
    hard = [one for one in blocking if not one.can_be_overridden]
    if hard:
        raise RuleError("outgoing_check_blocks", count=len(hard), first=sentence(hard[0]))
    if blocking and not override.strip():
        raise RuleError("outgoing_check_reason", count=len(blocking), first=sentence(blocking[0]))


def lines(found: Sequence[rules.Finding]) -> tuple[CheckLine, ...]:
    """Findings in words."""
    return tuple(CheckLine(sentence(one), one.place, one.row, one.is_blocking, one.can_be_overridden) for one in found)


def sentence(found: rules.Finding) -> str:
    """One finding as a person reads it."""
    place = f"第 {found.row} 行　" if found.row else ""
    return place + WORDS[found.code].format(text=found.text)


def _subject(
    office: Office,
    session: Session,
    draft: OutgoingDraft,
    *,
    attached: tuple[Attached, ...],
    is_level_decided: bool = False,
    asked: Sequence[Countersign] = (),
) -> Subject:
    def names(*standings: Standing) -> tuple[str, ...]:
        return tuple(one.name for one in asked if one.standing in standings)

    series = session.get_one(SeriesRecord, draft.series_id)
    return Subject(
        draft=draft,
        kind_word=word(draft.kind),
        series_code=series.code,
        issuer_mark=series.issuer_mark,
        today=office.today(),
        is_level_decided=is_level_decided,
        attached=attached,
        people=tuple(Person(one.name, one.post) for one in people.persons(session, office.today())),
        waiting=names(Standing.WAITING, Standing.ASKED),
        stale=names(Standing.STALE),
        dissent=names(Standing.DISSENT),
        asked=names(*Standing),
        own_units=frozenset(unit.name for unit in people.units(session) if unit.is_own),
    )


def _attached(office: Office, session: Session, matter_id: int) -> tuple[Attached, ...]:
    query = select(MatterContentRecord).where(
        MatterContentRecord.matter_id == matter_id, MatterContentRecord.role == ContentRole.ATTACHMENT.value
    )
    records = session.scalars(query.order_by(MatterContentRecord.id)).all()
    names = office.vault.contents.texts(session, [record.name_content_id for record in records])
    return tuple(
        _read(office.vault.contents.open(session, record.content_id))
        for record in records
        if record.name_content_id in names
    )


def _read(content: Content) -> Attached:
    """Marks stand over the title, which the text for the search leaves out; so the file is read again."""
    pages, words = None, ""
    if content.media_type == attachments.MEDIA_TYPES[".pdf"]:
        pages, words = preview.page_count(content.data), attachments.pdf_text(content.data)
    elif content.media_type.startswith("text/"):
        words = content.data.decode(errors="replace")
    elif content.media_type == attachments.MEDIA_TYPES[".docx"]:
        body = documents.read_body(content.name, content.data)
        words = f"{body.title}\n{body.text}"
    return Attached(content.name, pages, wording.highest_mark(words)[0])
