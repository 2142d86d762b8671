"""Where a copy is, who had it, when, and what they said: on one page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from deskoffice.domain import copies as rules
from deskoffice.domain.copies import BatchKind, CopyMove, CopyOrigin, RequestState, TrailLine
from deskoffice.domain.matters import MatterKind, StepKind, StepRow
from deskoffice.domain.values import secrecy_mark
from deskoffice.paper.forms.model import Align
from deskoffice.paper.ledger import Column, ledger
from deskoffice.storage import matter_queries, people
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.copies import CopyBatchLineRecord, CopyBatchRecord, CopyEventRecord, CopyRequestRecord
from deskoffice.storage.matters import CopyRecord, MatterRecord
from deskoffice.usecases import copies, matters, settings
from deskoffice.usecases.copies import CopyOut
from deskoffice.usecases.office import CHINA, Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import trace
from deskoffice.usecases.words import word

NOT_A_MOVE = frozenset({StepKind.REGISTER, StepKind.CLOSE, StepKind.URGE})
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class CopyTrail:
    """Everything about one copy."""

    out: CopyOut
    days: int
    """How many days the holder has had it, this one counted."""
    lines: tuple[TrailLine, ...]

    @property
    def sentence(self) -> str:
        """The answer in one line."""
        copy = self.out.copy
        number = self.out.matter.document_number or self.out.matter.number or self.out.matter.title
        name = f"{number} 第 {copy.copy_number} 号份"
        if copy.ending is not None and copy.ended_on is not None:
            return f"{name}：{copy.ended_on:%Y-%m-%d} 已{word(copy.ending)}"
        due = f"，应于 {copy.due_on:%Y-%m-%d} 前退还" if copy.due_on else ""
        return f"{name}：{word(self.out.place)}，在 {copy.holder} 处第 {self.days} 天{due}"


def trail(office: Office, copy_id: int) -> CopyTrail:
    """The way of one copy; looking at that of a classified one stands in the log."""
    with office.look() as act:
        copy, matter = copies.copy_in(act, copy_id)
        act.record_other("circulation.copy.traced", f"matter:{matter.id}", copy=copy.copy_number)
        found = copies.rows(office, act.session, [copy.id])[0]
        lines = [_begin(act, matter, copy), *_moves(act, copy), *_asked(act, copy), *_counted(act, copy)]
        lines += _steps(act, matter)
        return CopyTrail(
            found,
            rules.days_held(copy.held_since, act.today),
            tuple(sorted(lines, key=lambda line: line.at)),
        )


def _begin(act: Act, matter: MatterRecord, copy: CopyRecord) -> TrailLine:
    """Where it came from: printed here, received, or made from another copy."""
    first = act.session.scalars(_events(copy.id).limit(1)).first()
    holder = first.from_holder if first is not None and first.event != CopyMove.MADE else copy.holder
    day, what, unit = matter.created_on, "收到", matter.unit
    if matter.kind == MatterKind.OUTGOING:
        record = act.session.get_one(OutgoingRecord, matter.id)
        day, what = record.dispatched_on or matter.created_on, "印制编号"
    elif matter.kind == MatterKind.INCOMING:
        day = act.session.get_one(IncomingRecord, matter.id).received_on
    at = datetime.combine(day, time(0, 0), CHINA)
    return TrailLine(at, what, unit, holder, "", "")


def _events(copy_id: int) -> Select[CopyEventRecord]:
    return select(CopyEventRecord).where(CopyEventRecord.copy_id == copy_id).order_by(CopyEventRecord.id)


def _moves(act: Act, copy: CopyRecord) -> list[TrailLine]:
    records: Sequence[CopyEventRecord] = act.session.scalars(_events(copy.id)).all()
    texts = act.office.vault.contents.texts(
        act.session, [one.note_content_id for one in records if one.note_content_id]
    )
    names = people.names(act.session, sorted({one.by for one in records}))
    found = []
    for one in records:
        words = texts.get(one.note_content_id or 0, "")
        if one.approver:
            words = f"{words}（{one.approver}批准）" if words else f"{one.approver}批准"
        at = one.at.astimezone(CHINA)
        found.append(
            TrailLine(at, word(CopyMove(one.event)), one.from_holder, one.to_holder, names.get(one.by, ""), words)
        )
    return found


def _asked(act: Act, copy: CopyRecord) -> list[TrailLine]:
    """What was copied or extracted from it, or asked for and refused."""
    query = select(CopyRequestRecord).where(CopyRequestRecord.copy_id == copy.id).order_by(CopyRequestRecord.id)
    records: Sequence[CopyRequestRecord] = act.session.scalars(query).all()
    texts = act.office.vault.contents.texts(act.session, [one.purpose_content_id for one in records])
    accounts = {account for one in records for account in (one.requested_by, one.decided_by) if account}
    names = people.names(act.session, sorted(accounts))
    found = []
    for one in records:
        who, said = names.get(one.requested_by, ""), [texts.get(one.purpose_content_id, "")]
        if one.decided_by is not None:
            said.append(f"{names.get(one.decided_by, '')}{word(RequestState(one.state))}")
        made = _made(act, copy, one) if one.state == RequestState.APPROVED else []
        said.append(f"份号 {'、'.join(made)}" if made else "")
        at = (one.decided_at or one.requested_at).astimezone(CHINA)
        what = f"{word(CopyOrigin(one.kind))} {one.copies} 份"
        found.append(TrailLine(at, what, "", who if made else "", who, "，".join(part for part in said if part)))
    return found


def _made(act: Act, copy: CopyRecord, request: CopyRequestRecord) -> list[str]:
    query = (
        select(CopyRecord.copy_number)
        .join(CopyEventRecord, CopyEventRecord.copy_id == CopyRecord.id)
        .where(
            CopyRecord.matter_id == copy.matter_id,
            CopyEventRecord.event == CopyMove.MADE.value,
            CopyEventRecord.at == request.decided_at,
        )
    )
    return list(act.session.scalars(query.order_by(CopyRecord.copy_number)))


def _counted(act: Act, copy: CopyRecord) -> list[TrailLine]:
    """The last time that it was seen where it should be."""
    query = (
        select(func.max(CopyBatchLineRecord.seen_at))
        .join(CopyBatchRecord, CopyBatchRecord.id == CopyBatchLineRecord.batch_id)
        .where(CopyBatchLineRecord.copy_id == copy.id, CopyBatchRecord.kind == BatchKind.COUNT.value)
    )
    at = act.session.scalar(query)
    return [] if at is None else [TrailLine(at.astimezone(CHINA), word(CopyMove.COUNTED), "", "", "", "在位，最近一次")]


def _steps(act: Act, matter: MatterRecord) -> list[TrailLine]:
    """The paper goes with its steps: to whom it was sent, and what was said."""
    found = []
    for step in matters.step_rows(act.office, act.session, matter.id):
        if step.kind in NOT_A_MOVE or not (step.opinion or matter.kind == MatterKind.INCOMING):
            continue
        who = step.person or step.unit or step.post
        said = f"“{step.opinion}”" if step.opinion else ("" if step.opinion == "" else "不在本人知悉范围")
        until = f"{moment(step.done_at)} 办完" if step.done_at and step.done_at != step.sent_at else ""
        words = "　".join(part for part in (said, until) if part)
        found.append(TrailLine(step.sent_at, _step_word(step), "", who, step.recorded_by, words))
    return found


def _step_word(step: StepRow) -> str:
    return word(step.kind) if step.done_at is not None else f"{word(step.kind)}中"


def find(office: Office, text: str) -> tuple[CopyOut, ...]:
    """Copies that a typed or scanned line names; nothing when it names none."""
    wanted = rules.scanned(text)
    if wanted is None:
        return ()
    with office.read() as session:
        return copies.rows(office, session, _ids(office, session, wanted))


def _ids(office: Office, session: Session, wanted: rules.Scanned) -> list[int]:
    query = (
        select(CopyRecord.id)
        .join(MatterRecord, MatterRecord.id == CopyRecord.matter_id)
        .where(CopyRecord.copy_number == wanted.copy_number, matter_queries.may_know(office.actor))
    )
    if wanted.document_number:
        # 请问东政办发〔2026〕41号: words may stand before the number without a mark between.
        known = wanted.document_number
        spellings = [known[start:] for start in range(max(1, known.index("〔") - 1))]
        query = query.where(MatterRecord.document_number.in_(spellings))
    return list(session.scalars(query.order_by(CopyRecord.id.desc()).limit(MOST_FOUND)))


def paper(office: Office, copy_id: int) -> PdfPaper:
    """The same on paper, for the file of an inspection."""
    found = trail(office, copy_id)
    row = found.out.matter
    columns = [Column("时间", 30), Column("事项", 24), Column("由", 32), Column("到", 32), Column("经办", 22)]
    columns.append(Column("意见和说明", 110, Align.LEFT))
    cells = [
        [moment(line.at), line.what, line.from_holder, line.to_holder, line.by, line.words] for line in found.lines
    ]
    pdf = ledger(
        f"份的去向　{found.sentence}",
        columns,
        cells,
        office=settings.read_settings(office).office_name,
        year=None,
        level_mark=secrecy_mark(row.level, row.secrecy_years),
        made_at=office.now(),
        trace=trace(office),
    )
    return PdfPaper(pdf, f"份的去向 {row.document_number} {found.out.copy.copy_number}.pdf")


def moment(at: datetime) -> str:
    """A day alone where no hour is known."""
    return f"{at:%Y-%m-%d}" if at.time() == time(0, 0) else f"{at:%Y-%m-%d %H:%M}"
