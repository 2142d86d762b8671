"""退文: papers sent back with reasons, their slips, and the numbered bulletins built from returns not yet reported."""

from collections import Counter
from collections.abc import Iterable, Sequence

from deskoffice.domain.circulation import incoming_returns as rules
from deskoffice.domain.circulation.incoming_returns import ReturnDraft, ReturnReason, ReturnRow, ReturnWay
from deskoffice.domain.errors import RuleError
from deskoffice.domain.matters import Action, Changes, MatterKind, State, StepKind
from deskoffice.domain.numbering import written
from deskoffice.domain.people import Role
from deskoffice.domain.values import SEALED_TITLE_FROM, Classification, chinese_date, secrecy_mark
from deskoffice.paper.forms.model import FieldValue, Values
from deskoffice.storage.circulation import incoming_returns as store
from deskoffice.storage.circulation.incoming import IncomingRecord
from deskoffice.storage.circulation.incoming_returns import IncomingReturnRecord, ReturnBulletinRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.usecases import matters, sharing, stepping
from deskoffice.usecases.circulation import moving
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.printing import Book, bound, day, filled, printed
from deskoffice.usecases.stepping import Said
from deskoffice.usecases.words import word

REPORTERS = (Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)


def return_to_sender(office: Office, matter_id: int, draft: ReturnDraft) -> Changes:
    """退文: send a paper back under the next number of returns; its own number stays and is given to no other."""
    rules.check(draft)
    with office.act() as act:
        matter = moving.allowed(act, matter_id, Action.RETURN)
        reasons = "；".join(word(reason) for reason in draft.reasons)
        said = f"{reasons}。{draft.words.strip()}"
        stepping.done_at_once(act, matter, StepKind.RETURN, Said(said))
        record = IncomingReturnRecord(
            matter_id=matter.id,
            year=act.today.year,
            serial=store.next_serial(act.session, IncomingReturnRecord, act.today.year),
            returned_on=act.today,
            reasons=rules.joined(draft.reasons),
            way=draft.way.value,
            handler=act.actor.name,
            words_content_id=sharing.keep_text(act, matter, draft.words.strip()) if draft.words.strip() else None,
        )
        act.session.add(record)
        stepping.settle(act, matter, State.RETURNED)
        number = number_of(record)
        act.record("circulation.incoming.returned", matter, number=number, reasons=record.reasons)
        return act.changes(number)


def number_of(record: IncomingReturnRecord) -> str:
    """退文号 as the slip bears it."""
    return written(rules.CODE, record.year, record.serial)


def note_resubmission(act: Act, matter: MatterRecord, known: Iterable[MatterRecord]) -> None:
    """The same paper came again after it went back."""
    for returned in known:
        record = act.session.get(IncomingReturnRecord, returned.id)
        if record is not None and record.resubmitted_id is None:
            record.resubmitted_id = matter.id


def returns(office: Office) -> tuple[ReturnRow, ...]:
    """Returned papers that this account may know, the latest first."""
    with office.look() as act:
        return _rows(act, store.known_returns(act.session, act.actor))


def _rows(act: Act, found: Sequence[tuple[IncomingReturnRecord, MatterRecord]]) -> tuple[ReturnRow, ...]:
    rows = {row.id: row for row in matters.rows(act.office, act.session, [matter for _, matter in found])}
    issues = {one.id: rules.issue(one.year, one.serial) for one in store.bulletins(act.session)}
    again = [record.resubmitted_id for record, _ in found if record.resubmitted_id is not None]
    came = matters.matter_rows_by_id(act.office, act.session, again)
    return tuple(
        ReturnRow(
            matter_id=record.matter_id,
            number=number_of(record),
            returned_on=record.returned_on,
            unit=matter.unit,
            document_number=matter.document_number,
            title=rows[matter.id].title,
            level=Classification(matter.level),
            reasons=rules.parted(record.reasons),
            way=ReturnWay(record.way),
            handler=record.handler,
            receipt_number=matter.number,
            bulletin_id=record.bulletin_id,
            bulletin=issues.get(record.bulletin_id or 0, ""),
            resubmitted=came[record.resubmitted_id].number if record.resubmitted_id in came else "",
        )
        for record, matter in found
    )


def slip(office: Office, matter_id: int) -> PdfPaper:
    """退文单 that goes back with the paper."""
    return printed(office, matter_id, MatterKind.INCOMING, "return_slip", _slip_values)


def _slip_values(act: Act, matter: MatterRecord) -> dict[str, FieldValue]:
    record = act.session.get(IncomingReturnRecord, matter.id)
    if record is None:
        raise RuleError("not_returned")
    incoming = act.session.get_one(IncomingRecord, matter.id)
    row = matters.rows(act.office, act.session, [matter])[0]
    contents = act.office.vault.contents
    words = contents.open(act.session, record.words_content_id).data.decode() if record.words_content_id else ""
    reasons = rules.parted(record.reasons)
    return {
        "number": number_of(record),
        "returned_on": chinese_date(record.returned_on),
        "source_unit": matter.unit,
        "title": row.title,
        "document_number": matter.document_number,
        "received_on": chinese_date(incoming.received_on),
        "receipt_number": matter.number,
        "copies": str(incoming.copies),
        "reasons": "\n".join(f"{at}．{word(reason)}" for at, reason in enumerate(reasons, 1)),
        "advice": words,
        "handler": record.handler,
        "way": word(ReturnWay(record.way)),
    }


def make_bulletin(office: Office) -> tuple[int, str]:
    """退文通报: report every return that no issue has reported yet, under the next number; gives id and number."""
    office.require(*REPORTERS)
    with office.act() as act:
        waiting = [record for record, _ in store.known_returns(act.session, act.actor) if record.bulletin_id is None]
        if not waiting:
            raise RuleError("no_return_to_report")
        bulletin = ReturnBulletinRecord(
            year=act.today.year,
            serial=store.next_serial(act.session, ReturnBulletinRecord, act.today.year),
            made_on=act.today,
            made_by=act.actor.account_id,
        )
        act.session.add(bulletin)
        act.session.flush()
        for record in waiting:
            record.bulletin_id = bulletin.id
        number = rules.issue(bulletin.year, bulletin.serial)
        act.record_other("circulation.returns.reported", f"bulletin:{bulletin.id}", number=number, papers=len(waiting))
        return bulletin.id, number


def bulletin_paper(office: Office, bulletin_id: int) -> PdfPaper:
    """The printed bulletin: units and reasons counted, then each paper."""
    with office.act() as act:
        bulletin = act.session.get(ReturnBulletinRecord, bulletin_id)
        if bulletin is None:
            raise RuleError("no_return_to_report")
        found = [pair for pair in store.known_returns(act.session, act.actor) if pair[0].bulletin_id == bulletin_id]
        number = rules.issue(bulletin.year, bulletin.serial)
        values = _bulletin_values(_rows(act, found[::-1]), number, chinese_date(bulletin.made_on))
        act.record_other("circulation.returns.printed", f"bulletin:{bulletin_id}", number=number)
    return PdfPaper(filled(office, "return_bulletin", values), f"退文通报 {number}.pdf")


def register(office: Office, year: int) -> PdfPaper:
    """退文登记簿 of a year."""
    found = [row for row in reversed(returns(office)) if row.returned_on.year == year]
    level = max((row.level for row in found), default=Classification.PUBLIC)
    return bound(office, Book("return_register", tuple(_book_line(row) for row in found), level, year))


def _book_line(row: ReturnRow) -> dict[str, str]:
    return {
        "number": row.number,
        "returned_on": day(row.returned_on),
        "source_unit": row.unit,
        "document_number": row.document_number,
        "title": row.title,
        "reasons": "、".join(word(reason) for reason in row.reasons),
        "handler": row.handler,
    }


def _bulletin_values(rows: Sequence[ReturnRow], number: str, day: str) -> Values:
    level = max((row.level for row in rows), default=Classification.PUBLIC)
    reasons: Counter[ReturnReason] = Counter(reason for row in rows for reason in row.reasons)
    units = Counter(row.unit for row in rows)
    counted = "；".join(f"{word(reason)} {count} 件次" for reason, count in reasons.most_common())
    return {
        "number": number,
        "issued_on": day,
        "level_mark": secrecy_mark(level, None) if level < SEALED_TITLE_FROM else "",
        "summary": f"本期通报退文 {len(rows)} 件，涉及 {len(units)} 个单位。退文原因：{counted}。",
        "units": [
            {"unit": unit, "count": str(count), "reasons": _reasons_of(rows, unit)}
            for unit, count in units.most_common()
        ],
        "papers": [_paper(at, row) for at, row in enumerate(rows, 1)],
    }


def _reasons_of(rows: Sequence[ReturnRow], unit: str) -> str:
    counted = Counter(word(reason) for row in rows if row.unit == unit for reason in row.reasons)
    return "、".join(f"{reason}（{count}）" if count > 1 else reason for reason, count in counted.most_common())


def _paper(at: int, row: ReturnRow) -> dict[str, str]:
    # A bulletin goes to every unit: a title of 机密 and above does not.
    return {
        "number": str(at),
        "unit": row.unit,
        "document_number": row.document_number,
        "title": row.title if row.level < SEALED_TITLE_FROM else "（涉密件，标题略）",
        "reasons": "、".join(word(reason) for reason in row.reasons),
        "resubmitted": "已重报" if row.resubmitted else "未重报",
    }
