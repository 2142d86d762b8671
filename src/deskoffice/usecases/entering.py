"""A new matter under the office's own number, for the kinds that begin inside the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from deskoffice.domain.matters import LinkKind, MatterKind, State
from deskoffice.domain.numbering import written
from deskoffice.domain.people import Role
from deskoffice.domain.values import Classification, Urgency
from deskoffice.storage import series
from deskoffice.storage.matters import LinkRecord, MatterRecord
from deskoffice.usecases import settings, sharing
from deskoffice.usecases.office import Act


@dataclass(frozen=True, slots=True)
class Entry:
    """What a matter of any kind begins with; without a unit it is the office's own."""

    kind: MatterKind
    state: State
    title: str
    unit: str = ""
    level: Classification = Classification.PUBLIC
    secrecy_years: int | None = None
    urgency: Urgency = Urgency.ORDINARY
    due_on: date | None = None
    document_number: str = ""


def enter(act: Act, entry: Entry, *, keepers: Iterable[Role] = sharing.KEEPERS) -> MatterRecord:
    """Store the matter and give it the next number of its register."""
    matter = MatterRecord(
        kind=entry.kind.value,
        state=entry.state.value,
        is_open=True,
        number="",
        number_order=0,
        unit=entry.unit.strip() or settings.settings_in(act.session).office_name,
        document_number=entry.document_number,
        level=int(entry.level),
        secrecy_years=entry.secrecy_years,
        urgency=int(entry.urgency),
        due_on=entry.due_on,
        holder="",
        created_on=act.today,
        created_at=act.at,
        created_by=act.actor.account_id,
        retention="10年",
        changed=0,
    )
    sharing.open_matter(act, matter, entry.title, keepers=keepers)
    register = series.series_of(act.session, entry.kind)
    serial = series.take(act.session, register.id, act.today, matter.id)
    matter.number = written(register.code, act.today.year, serial)
    matter.number_order = act.today.year * 1_000_000 + serial
    return matter


def link(act: Act, source: MatterRecord, target: MatterRecord, kind: LinkKind) -> None:
    """Join two matters."""
    act.session.add(LinkRecord(from_id=source.id, to_id=target.id, kind=kind.value))
