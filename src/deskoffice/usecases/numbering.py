"""Numbers of outgoing papers: proposed before signing, reserved, voided, filled in later, and the report on gaps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.matters import MatterKind
from deskoffice.domain.numbering import NumberState, gaps, written
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification
from deskoffice.paper.ledger import Column
from deskoffice.storage import series as store
from deskoffice.storage.circulation.outgoing import OutgoingRecord
from deskoffice.storage.matters import MatterRecord
from deskoffice.storage.series import NumberRecord, SeriesRecord
from deskoffice.usecases import matters
from deskoffice.usecases.office import Act, Office
from deskoffice.usecases.previews import PdfPaper
from deskoffice.usecases.table_papers import Table, taken_out
from deskoffice.usecases.words import word

KEEPERS = (Role.CONFIDENTIAL_CLERK, Role.SECRETARIAT, Role.OFFICE_LEADER)
MOST_RESERVED = 50


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """A number that a document may get."""

    serial: int
    text: str
    state: NumberState | None
    """RESERVED, or None for the next one and for gaps."""
    reason: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of the report."""

    serial: int
    text: str
    state: NumberState | None
    """None for a gap that nobody explained (断号)."""
    paper: str
    """Title of the paper; empty without one, and where this account may not know it."""
    on: date | None
    reason: str
    level: Classification


@dataclass(frozen=True, slots=True)
class NumberReport:
    """All numbers of a series and year."""

    code: str
    year: int
    rows: tuple[NumberRow, ...]

    def count(self, state: NumberState | None) -> int:
        """How many numbers are in a state; None counts unexplained gaps."""
        return sum(row.state is state for row in self.rows)


def choices(office: Office, matter_id: int) -> tuple[NumberChoice, ...]:
    """The number that signing now would give, then reserved ones, then gaps; the first one is proposed."""
    with office.look() as act:
        matter = act.matter(matter_id)
        record = act.session.get_one(OutgoingRecord, matter.id)
        register = act.session.get_one(SeriesRecord, record.series_id)
        year = act.today.year
        kept = _issued_to(act.session, matter.id)
        if kept is not None and (kept.series_id, kept.year) == (register.id, year):
            return (NumberChoice(kept.serial, matter.number, None, "", is_gap=False),)
        known = store.numbers(act.session, register.id, year)
        nexts = store.last_serial(act.session, register.id, year) + 1
        found = [NumberChoice(nexts, written(register.code, year, nexts), None, "", is_gap=False)]
        found += [
            NumberChoice(
                one.serial, written(register.code, year, one.serial), NumberState.RESERVED, one.reason, is_gap=False
            )
            for one in known
            if one.state == NumberState.RESERVED
        ]
        found += [
            NumberChoice(serial, written(register.code, year, serial), None, "", is_gap=True)
            for serial in gaps([one.serial for one in known])
        ]
        return tuple(found)


def reserve(office: Office, series_id: int, year: int, *, count: int, reason: str) -> list[int]:
    """预留: the next numbers are kept for papers that are still being made."""
    office.require(*KEEPERS)
    if not reason.strip():
        raise InvalidDraft({"reason": "required"})
    if not 1 <= count <= MOST_RESERVED:
        raise InvalidDraft({"count": "number_too_small"})
    with office.act() as act:
        first = store.last_serial(act.session, series_id, year) + 1
        serials = list(range(first, first + count))
        for serial in serials:
            _add(act, series_id, year, serial=serial, state=NumberState.RESERVED, reason=reason)
        act.record_other("settings.number.reserved", series=series_id, year=year, serial=first, count=count)
        return serials


def _add(act: Act, series_id: int, year: int, *, serial: int, state: NumberState, reason: str) -> None:
    act.session.add(
        NumberRecord(
            series_id=series_id,
            year=year,
            serial=serial,
            matter_id=None,
            state=state.value,
            reason=reason.strip(),
            on=act.today,
        )
    )


def void(office: Office, series_id: int, year: int, *, serial: int, reason: str) -> None:
    """作废: a gap is explained, or a reserved number is given up; the number is never used again."""
    office.require(*KEEPERS)
    if not reason.strip():
        raise InvalidDraft({"reason": "required"})
    with office.act() as act:
        record = store.number(act.session, series_id, year, serial)
        last = store.last_serial(act.session, series_id, year)
        if serial < 1 or serial > last:
            raise RuleError("number_leaves_gap", next=last + 1)
        if record is None:
            _add(act, series_id, year, serial=serial, state=NumberState.VOID, reason=reason)
        elif record.state == NumberState.RESERVED:
            record.state, record.reason, record.on = NumberState.VOID.value, reason.strip(), act.today
        else:
            raise RuleError("number_taken", serial=serial)
        act.record_other("settings.number.voided", series=series_id, year=year, serial=serial)


def void_of(act: Act, matter: MatterRecord, reason: str) -> None:
    """The number of a document that is made void: it stays with it, void, with the reason."""
    records = act.session.query(NumberRecord).filter(NumberRecord.matter_id == matter.id)
    for record in records:
        record.state, record.reason, record.on = NumberState.VOID.value, reason.strip(), act.today


def keeps(act: Act, matter: MatterRecord, register: SeriesRecord, on: date, *, chosen: int | None) -> bool:
    """Signed anew a document keeps its number; where that is of another series or year it is void, with the reason."""
    record = _issued_to(act.session, matter.id)
    if record is None:
        return False
    if (record.series_id, record.year) == (register.id, on.year) and chosen in (None, record.serial):
        return True
    record.state, record.reason, record.on = NumberState.VOID.value, "退回重签，另编文号", act.today
    record.matter_id = None
    act.session.flush()
    return False


def _issued_to(session: Session, matter_id: int) -> NumberRecord | None:
    query = session.query(NumberRecord).filter(NumberRecord.matter_id == matter_id)
    return query.filter(NumberRecord.state == NumberState.ISSUED.value).first()


def report(office: Office, series_id: int, year: int) -> NumberReport:
    """断号报告: every number from 1 to the highest, with what became of it."""
    with office.read() as session:
        register = session.get_one(SeriesRecord, series_id)
        known = {one.serial: one for one in store.numbers(session, series_id, year)}
        titles = matters.titles(office, session, [one.matter_id for one in known.values() if one.matter_id is not None])
        rows = []
        for serial in range(1, max(known, default=0) + 1):
            one = known.get(serial)
            paper = titles.get(one.matter_id) if one is not None and one.matter_id is not None else None
            rows.append(
                NumberRow(
                    serial=serial,
                    text=written(register.code, year, serial),
                    state=NumberState(one.state) if one is not None else None,
                    paper=paper[0] if paper else "",
                    on=one.on if one is not None else None,
                    reason=one.reason if one is not None else "",
                    level=paper[1] if paper else Classification.PUBLIC,
                )
            )
        return NumberReport(register.code, year, tuple(rows))


def years(office: Office, series_id: int) -> tuple[int, ...]:
    """Years with numbers, the latest first, this year always among them."""
    with office.read() as session:
        found = session.query(NumberRecord.year).filter(NumberRecord.series_id == series_id).distinct()
        return tuple(sorted({year for (year,) in found} | {office.today().year}, reverse=True))


def series_of(office: Office) -> tuple[tuple[int, str], ...]:
    """Series of outgoing papers: id and 代字."""
    with office.read() as session:
        return tuple((row.id, row.code) for row in store.all_series(session) if row.kind == MatterKind.OUTGOING)


COLUMNS = (
    Column("文号", 44.0),
    Column("状态", 20.0),
    Column("文件", 92.0),
    Column("日期", 26.0),
    Column("说明", 70.0),
)


def state_word(row: NumberRow) -> str:
    """What became of a number, in a word."""
    return word(row.state) if row.state is not None else "断号"


def export(office: Office, series_id: int, year: int, suffix: str) -> PdfPaper:
    """The report as a bound list or a workbook; numbers that papers bear as expected are left out of the list."""
    found = report(office, series_id, year)
    rows = [row for row in found.rows if row.state is not NumberState.ISSUED or row.reason]
    cells = [
        [row.text, state_word(row), row.paper, row.on.isoformat() if row.on else "", row.reason or "未说明"]
        for row in rows
    ]
    level = max((row.level for row in rows), default=Classification.PUBLIC)
    title = f"{found.code}断号报告"
    table = Table("number_gaps", title, COLUMNS, cells, level, year, sheet=str(year), file=f"{title}{year}")
    return taken_out(office, table, suffix)


def take(session: Session, register: SeriesRecord, on: date, matter_id: int, *, chosen: int | None, reason: str) -> int:
    """A number for a document in the transaction that signs it."""
    if chosen is None:
        return store.take(session, register.id, on, matter_id)
    store.take_chosen(session, register.id, on, matter_id, serial=chosen, reason=reason)
    return chosen
