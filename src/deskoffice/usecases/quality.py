"""Errors entered by hand and those that the log shows by itself, leaders' verdicts, and the quarter's statement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import BigInteger, cast, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from deskoffice.domain import quality as rules
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import Changes, MatterKind, MatterRow, Outcome, State, StepKind
from deskoffice.domain.quality import ErrorDraft, ErrorKind, ErrorRow, Verdict
from deskoffice.domain.values import Classification
from deskoffice.paper.ledger import Column
from deskoffice.storage import matter_queries, people
from deskoffice.storage.matters import MatterRecord, StepRecord
from deskoffice.storage.quality import QualityErrorRecord, QualityVerdictRecord
from deskoffice.usecases import matters, sharing
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word
from deskoffice.vault.contents import Audience

UNTOUCHED_DAYS = 5
"""A paper registered so many days ago that nobody was ever asked about is 漏办."""
MOST_SHOWN = 2000
OF_FORM = ("格式", "版头", "版记", "红头", "字体", "字号", "行距", "页码", "落款", "排版")
"""What a reviewer names who sends a draft back for its form."""
OF_TEXT = frozenset({ErrorKind.WORDING, ErrorKind.FORMAT})
Step = tuple[StepRecord, ErrorKind, date]
DAY_OVER_MS = (24 - 8) * 3600 * 1000
"""From midnight in Greenwich to the end of the same day in China."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """What a leader said of a text."""

    number: str
    title: str
    leader: str
    verdict: Verdict
    on: date
    note: str
    matter_id: int
    level: Classification


def enter(office: Office, draft: ErrorDraft) -> Changes:
    """Enter an error, or say what one that the log shows was: confirmed, or explained away."""
    office.require(*rules.RECORDERS)
    rules.check(draft, office.today())
    with office.act() as act:
        matter = act.matter(draft.matter_id) if draft.matter_id is not None else None
        if (
            draft.source
            and act.session.scalars(select(QualityErrorRecord).where(QualityErrorRecord.source == draft.source)).first()
        ):
            raise RuleError("error_known")
        act.session.add(
            QualityErrorRecord(
                matter_id=draft.matter_id,
                on=draft.on,
                kind=draft.kind.value,
                person=draft.person.strip(),
                found_by=draft.found_by.strip() or act.actor.name,
                source=draft.source or None,
                is_dismissed=draft.is_dismissed,
                note_content_id=_seal(act, matter, draft.note),
                entered_by=act.actor.account_id,
                entered_at=act.at,
            )
        )
        if matter is None:
            act.record_other("quality.error.entered", kind=draft.kind.value)
        else:
            act.record("quality.error.entered", matter, kind=draft.kind.value)
        return act.changes()


def _seal(act: Act, matter: MatterRecord | None, text: str) -> int:
    if matter is not None:
        return sharing.keep_text(act, matter, text.strip())
    return act.office.vault.contents.put_text(act.session, text.strip(), Audience.everyone())


def errors(office: Office, first: date, last: date) -> tuple[ErrorRow, ...]:
    """Errors of a span of days, the newest first: those entered, and those that the log shows."""
    with office.read() as session:
        entered = _entered(office, session, first, last)
        known = {row.source for row in entered if row.source}
        shown = [row for row in _from_log(office, session, first, last) if row.source not in known]
    return tuple(sorted([*entered, *shown], key=lambda row: (row.on, row.number), reverse=True)[:MOST_SHOWN])


def _entered(office: Office, session: Session, first: date, last: date) -> list[ErrorRow]:
    query = select(QualityErrorRecord).where(QualityErrorRecord.on.between(first, last))
    records = session.scalars(query.order_by(QualityErrorRecord.on.desc())).all()
    texts = office.vault.contents.texts(session, [one.note_content_id for one in records])
    papers = matters.matter_rows_by_id(office, session, {one.matter_id for one in records if one.matter_id})
    found = []
    for one in records:
        paper = papers.get(one.matter_id) if one.matter_id is not None else None
        if one.matter_id is not None and paper is None:
            continue
        found.append(
            ErrorRow(
                kind=ErrorKind(one.kind),
                on=one.on,
                number=_number(paper),
                title=paper.title if paper else "",
                person=one.person,
                found_by=one.found_by,
                note=texts.get(one.note_content_id, ""),
                matter_id=one.matter_id,
                source=one.source or "",
                is_dismissed=one.is_dismissed,
                level=paper.level if paper else Classification.PUBLIC,
            )
        )
    return found


def _number(paper: MatterRow | None) -> str:
    return (paper.document_number or paper.number) if paper else ""


def _from_log(office: Office, session: Session, first: date, last: date) -> list[ErrorRow]:
    """Late steps, drafts and assignments sent back, papers that nobody was asked about."""
    start, end = _moment(first), datetime.combine(last, time.max, CHINA)
    steps = _late(session, office, first, last) + _returned(office, session, start, end)
    steps += _misdirected(session, office, start, end)
    untouched = _untouched(session, office, first, last)
    ids = {step.matter_id for step, _, _ in steps} | {matter.id for matter in untouched}
    papers = matters.matter_rows_by_id(office, session, ids)
    blamed = _blamed(session, steps)
    found = [
        _shown(
            papers[step.matter_id],
            kind,
            on,
            source=f"step:{step.id}",
            person=blamed.get(step.id) or step.person or step.unit,
        )
        for step, kind, on in steps
        if step.matter_id in papers
    ]
    found += [
        _shown(papers[matter.id], ErrorKind.MISSED, matter.created_on, source=f"matter:{matter.id}", person="")
        for matter in untouched
        if matter.id in papers
    ]
    return found


def _shown(paper: MatterRow, kind: ErrorKind, on: date, *, source: str, person: str) -> ErrorRow:
    notes = {
        ErrorKind.LATE: "超过办理期限",
        ErrorKind.WORDING: "核稿或签发时退回修改",
        ErrorKind.FORMAT: "核稿或签发时因格式退回",
        ErrorKind.WRONG: "交办后被退回",
        ErrorKind.MISSED: f"登记满 {UNTOUCHED_DAYS} 天未送办",
    }
    return ErrorRow(
        kind, on, _number(paper), paper.title, person, "程序", notes[kind], paper.id, source, False, paper.level
    )


def _blamed(session: Session, steps: Sequence[Step]) -> dict[int, str]:
    """What was sent back was written by its drafter, or sent by whoever chose the wrong hands."""
    texts = [step.matter_id for step, kind, _ in steps if kind in OF_TEXT]
    query = select(StepRecord.matter_id, StepRecord.person).where(
        StepRecord.matter_id.in_(matter_queries.among(texts)), StepRecord.kind == StepKind.DRAFT.value
    )
    drafters = {row.matter_id: row.person for row in session.execute(query)}
    senders = people.names(session, sorted({step.sent_by for step, kind, _ in steps if kind is ErrorKind.WRONG}))
    found = {step.id: drafters.get(step.matter_id, "") for step, kind, _ in steps if kind in OF_TEXT}
    return found | {step.id: senders.get(step.sent_by, "") for step, kind, _ in steps if kind is ErrorKind.WRONG}


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(0), CHINA)


def _late(session: Session, office: Office, first: date, last: date) -> list[Step]:
    """Steps whose day passed before they were done."""
    # The end of the day in China, in the milliseconds in which moments are kept.
    day_over = cast(func.strftime("%s", StepRecord.due_on), BigInteger) * 1000 + DAY_OVER_MS
    done_at = type_coerce(StepRecord.done_at, BigInteger)
    query = (
        select(StepRecord)
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(
            StepRecord.due_on.between(first, min(last, date.fromordinal(office.today().toordinal() - 1))),
            or_(StepRecord.done_at.is_(None), done_at >= day_over),
            StepRecord.outcome != Outcome.WITHDRAWN.value,
            # The clock stands still while a paper is set aside.
            or_(StepRecord.done_at.is_not(None), MatterRecord.state != State.SUSPENDED.value),
            matter_queries.may_know(office.actor),
        )
        .order_by(StepRecord.due_on.desc())
        .limit(MOST_SHOWN)
    )
    return [(step, ErrorKind.LATE, step.due_on) for step in session.scalars(query) if step.due_on is not None]


def _returned(office: Office, session: Session, start: datetime, end: datetime) -> list[Step]:
    """Drafts that were sent back at the review or the signature, for their form where the reason says so."""
    steps = _sent_back(session, office, MatterKind.OUTGOING, (StepKind.REVIEW, StepKind.SIGN), start, end)
    said = office.vault.contents.texts(
        session, [step.opinion_content_id for step, _ in steps if step.opinion_content_id]
    )
    found = []
    for step, on in steps:
        is_of_form = any(word in said.get(step.opinion_content_id or 0, "") for word in OF_FORM)
        found.append((step, ErrorKind.FORMAT if is_of_form else ErrorKind.WORDING, on))
    return found


def _misdirected(session: Session, office: Office, start: datetime, end: datetime) -> list[Step]:
    """Assignments that whoever got them sent back."""
    steps = _sent_back(session, office, MatterKind.INCOMING, (StepKind.HANDLING,), start, end)
    return [(step, ErrorKind.WRONG, on) for step, on in steps]


def _sent_back(
    session: Session, office: Office, kind: MatterKind, steps: Sequence[StepKind], start: datetime, end: datetime
) -> list[tuple[StepRecord, date]]:
    query = (
        select(StepRecord)
        .join(MatterRecord, MatterRecord.id == StepRecord.matter_id)
        .where(
            MatterRecord.kind == kind.value,
            StepRecord.kind.in_([step.value for step in steps]),
            StepRecord.outcome == Outcome.RETURNED.value,
            StepRecord.done_at.between(start, end),
            matter_queries.may_know(office.actor),
        )
        .limit(MOST_SHOWN)
    )
    found = session.scalars(query).all()
    return [(step, step.done_at.astimezone(CHINA).date()) for step in found if step.done_at is not None]


def _untouched(session: Session, office: Office, first: date, last: date) -> Sequence[MatterRecord]:
    until = date.fromordinal(min(last.toordinal(), office.today().toordinal() - UNTOUCHED_DAYS))
    query = select(MatterRecord).where(
        MatterRecord.kind == MatterKind.INCOMING.value,
        MatterRecord.state.in_([State.REGISTERED.value, State.PROPOSAL.value]),
        MatterRecord.is_open.is_(True),
        MatterRecord.created_on.between(first, until),
        matter_queries.may_know(office.actor),
    )
    return session.scalars(query.limit(MOST_SHOWN)).all()


def counted(rows: Iterable[ErrorRow]) -> dict[ErrorKind, int]:
    """How many of each kind, those explained away left out."""
    counts = Counter(row.kind for row in rows if not row.is_dismissed)
    return {kind: counts[kind] for kind in ErrorKind}


def give_verdict(office: Office, matter_id: int, leader: str, verdict: Verdict, *, on: date, note: str) -> Changes:
    """领导评价 of a text, by the leader or written down for him."""
    office.require(*rules.RECORDERS)
    if not leader.strip():
        raise InvalidDraft({"person_ids": "required"})
    if on > office.today():
        raise InvalidDraft({"said_on": "date_in_future"})
    with office.act() as act:
        matter = act.matter(matter_id)
        act.session.add(
            QualityVerdictRecord(
                matter_id=matter.id,
                leader=leader.strip(),
                verdict=verdict.value,
                on=on,
                note_content_id=sharing.keep_text(act, matter, note.strip()) if note.strip() else None,
                entered_by=act.actor.account_id,
                entered_at=act.at,
            )
        )
        act.record("quality.verdict.given", matter, verdict=verdict.value)
        return act.changes()


def verdicts(office: Office, first: date, last: date) -> tuple[VerdictRow, ...]:
    """Verdicts of a span of days, the newest first."""
    with office.read() as session:
        query = select(QualityVerdictRecord).where(QualityVerdictRecord.on.between(first, last))
        records = session.scalars(query.order_by(QualityVerdictRecord.on.desc()).limit(MOST_SHOWN)).all()
        papers = matters.matter_rows_by_id(office, session, {one.matter_id for one in records})
        texts = office.vault.contents.texts(session, [one.note_content_id for one in records if one.note_content_id])
        return tuple(
            VerdictRow(
                number=_number(papers[one.matter_id]),
                title=papers[one.matter_id].title,
                leader=one.leader,
                verdict=Verdict(one.verdict),
                on=one.on,
                note=texts.get(one.note_content_id or 0, ""),
                matter_id=one.matter_id,
                level=papers[one.matter_id].level,
            )
            for one in records
            if one.matter_id in papers
        )


def paper_of(office: Office, number: str) -> int | None:
    """The paper with a number, as far as this account may know it."""
    wanted = number.strip()
    query = select(MatterRecord.id).where(MatterRecord.document_number == wanted, matter_queries.may_know(office.actor))
    with office.read() as session:
        return session.scalars(query.order_by(MatterRecord.id.desc())).first() if wanted else None


def matter_row(office: Office, matter_id: int) -> MatterRow:
    """The paper of a line, to be opened."""
    with office.read() as session:
        found = matters.matter_rows_by_id(office, session, [matter_id]).get(matter_id)
    if found is None:
        raise RuleError("matter_missing")
    return found


HEADERS = (
    ("日期", 26.0),
    ("类型", 18.0),
    ("文号", 44.0),
    ("标题", 84.0),
    ("责任人", 24.0),
    ("发现人", 22.0),
    ("说明", 62.0),
)


def paper(office: Office, first: date, last: date) -> PdfPaper:
    """差错情况表; without any it states the zero, which is a fact because errors could have been entered."""
    rows = errors(office, first, last)
    counts, said = counted(rows), verdicts(office, first, last)
    pleased = sum(one.verdict is Verdict.PLEASED for one in said)
    cells = [
        [row.on.isoformat(), word(row.kind), row.number, row.title, row.person, row.found_by, _explained(row)]
        for row in rows
    ]
    summary = "　".join(f"{word(kind)}{count}" for kind, count in counts.items())
    satisfied = f"　领导评价 {len(said)} 次，满意 {pleased} 次" if said else ""
    level = max((row.level for row in rows), default=Classification.PUBLIC)
    table = Table(
        "quality",
        f"办文差错情况表（{first:%Y-%m-%d}至{last:%Y-%m-%d}）",
        [Column(header, width) for header, width in HEADERS],
        cells,
        level,
        file=f"办文差错情况表{first:%Y%m%d}-{last:%Y%m%d}",
        summary=f"{summary}{satisfied}",
    )
    return taken_out(office, table)


def _explained(row: ErrorRow) -> str:
    return f"已说明，不计：{row.note}" if row.is_dismissed else row.note
