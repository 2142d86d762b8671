"""Papers carried to another stand-alone vault and taken in from it: packets sent, received, receipted (摆渡包)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from deskoffice.domain.circulation import incoming as incoming_rules
from deskoffice.domain.circulation.incoming import IncomingDraft
from deskoffice.domain.errors import InvalidDraft, RuleError
from deskoffice.domain.exchange import CarriedPaper, ItemRow, ItemState, PacketRow, check_carrier
from deskoffice.domain.matters import Changes, ListQuery, MatterKind, MatterRow, State
from deskoffice.domain.people import check_clearance
from deskoffice.domain.values import Classification
from deskoffice.storage import exchange as store
from deskoffice.storage.circulation.incoming import same_paper
from deskoffice.storage.exchange import PacketItemRecord, PacketRecord, PartnerRecord
from deskoffice.storage.people import AccountRecord, PersonRecord
from deskoffice.usecases import attachments, exchange_keys, exchange_papers, matters
from deskoffice.usecases.circulation import incoming
from deskoffice.usecases.exchange_packing import Carried, pack, read_receipt, receipt, unpack
from deskoffice.usecases.office import Act, Office
from deskoffice.vault import exchange as vault_exchange
from deskoffice.vault.exchange import Packet, PacketKind, PublicIdentity, Sending

SUFFIX = ".dopkt"
LISTED = 500
SENDABLE = frozenset({State.DISPATCHED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper in a packet just opened, and why it may not be wanted."""

    place: int
    paper: CarriedPaper
    known: str
    """Number under which the very same copy is registered here; empty when it is new."""
    is_refused: bool
    """Above the actor's clearance, whose title is not told then, or not fit to be registered."""

    @property
    def is_welcome(self) -> bool:
        """New here and fit to be registered."""
        return not (self.known or self.is_refused)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is on the disc: papers to be taken in, or the receipt of what we sent."""

    is_receipt: bool
    partner: str
    number: int
    offers: tuple[Offer, ...]
    missing: tuple[int, ...]
    """Numbers of earlier packets of this partner that never came."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a packet is taken in: which papers, on which carrier, where the receipt goes."""

    places: frozenset[int]
    carrier: str
    folder: Path


def sendable(office: Office, partner_id: int) -> tuple[MatterRow, ...]:
    """Issued papers that did not go to this partner yet, the latest first."""
    office.require(*exchange_keys.CLERKS)
    query = ListQuery(kinds=frozenset({MatterKind.OUTGOING}), states=SENDABLE)
    with office.read() as session:
        gone = store.sent_to(session, partner_id)
    return tuple(row for row in matters.list_page(office, query, 0, LISTED).rows if row.id not in gone)


def send(office: Office, partner_id: int, matter_ids: Sequence[int], *, carrier: str, folder: Path) -> PacketRow:
    """Write a packet of papers for a partner into a folder; the file is on the disc before the act is entered."""
    office.require(*exchange_keys.CLERKS)
    check_carrier(carrier)
    if not matter_ids:
        raise InvalidDraft({"papers": "required"})
    with office.read() as session:
        partner = _active(session, partner_id)
        name = partner.name
    carried = [exchange_papers.outgoing(office, matter_id, name) for matter_id in matter_ids]
    payload = pack(carried)
    with office.act() as act:
        partner = _active(act.session, partner_id)
        number = store.next_number(act.session, partner_id)
        sending = Sending(PacketKind.PAPERS, number, payload, act.office.vault.suite)
        path = _free(folder, f"BD{number:04d}-{act.today:%Y%m%d}")
        identity = exchange_keys.identity_in(act)
        digest = vault_exchange.write(path, identity, PublicIdentity.parse(partner.code), sending)
        record = _enter(act, partner, Passed(True, number, digest, carrier.strip(), receipt_at=None))
        for matter_id, each in zip(matter_ids, carried, strict=True):
            matter = act.matter(matter_id)
            act.session.add(_item(record, each.paper, matter.id, ItemState.SENT))
            act.record("exchange.paper.sent", matter, partner=partner_id, packet=number)
        act.record_other("exchange.packet.sent", f"packet:{record.id}", papers=len(carried), carrier=record.carrier)
        return _row(act.session, record)


def look_into(office: Office, path: Path) -> Arrival:
    """Open what a partner sent, without taking anything in yet."""
    office.require(*exchange_keys.CLERKS)
    with office.act() as act:
        packet, partner = _opened(act, path)
        if packet.kind is PacketKind.RECEIPT:
            return Arrival(True, partner.name, packet.number, offers=(), missing=())
        _refuse_known(act.session, partner, packet)
        offers = tuple(
            _offer(act, place, carried.paper) for place, carried in enumerate(unpack(packet.payload), start=1)
        )
        came = store.received_numbers(act.session, partner.id)
        missing = tuple(number for number in range(max(came, default=0) + 1, packet.number) if number not in came)
        return Arrival(False, partner.name, packet.number, offers=offers, missing=missing)


def receive(office: Office, path: Path, choice: Choice) -> Changes:
    """Register the chosen papers as 收文, all or none, and write the receipt for the way back."""
    office.require(*exchange_keys.CLERKS)
    check_carrier(choice.carrier)
    with office.act() as act:
        packet, partner = _opened(act, path)
        if packet.kind is not PacketKind.PAPERS:
            raise RuleError("exchange_is_receipt")
        _refuse_known(act.session, partner, packet)
        passed = Passed(False, packet.number, packet.digest, choice.carrier.strip(), receipt_at=act.at)
        record = _enter(act, partner, passed)
        outcomes, changed = {}, list[int]()
        for place, carried in enumerate(unpack(packet.payload), start=1):
            item, changes = _taken(act, record, carried, is_wanted=place in choice.places)
            outcomes[carried.paper.document_number or carried.paper.title] = (item.state, item.number)
            changed += changes.matter_ids if changes else ()
        sending = Sending(PacketKind.RECEIPT, packet.number, receipt(packet.digest, outcomes), act.office.vault.suite)
        back = _free(choice.folder, f"HZ{packet.number:04d}-{act.today:%Y%m%d}")
        vault_exchange.write(back, exchange_keys.identity_in(act), PublicIdentity.parse(partner.code), sending)
        act.record_other("exchange.packet.received", f"packet:{record.id}", papers=len(changed), carrier=record.carrier)
        return Changes(matter_ids=tuple(changed), number=str(record.id))


def take_receipt(office: Office, path: Path) -> PacketRow:
    """Enter the partner's receipt of a packet of ours; taking it twice changes nothing."""
    office.require(*exchange_keys.CLERKS)
    with office.act() as act:
        packet, partner = _opened(act, path)
        if packet.kind is not PacketKind.RECEIPT:
            raise RuleError("exchange_is_papers")
        digest, outcomes = read_receipt(packet.payload)
        sent = store.packet(act.session, partner.id, digest, is_sent=True)
        if sent is None:
            raise RuleError("exchange_receipt_of_nothing")
        if sent.receipt_at is None:
            sent.receipt_at = act.at
            for item in store.items(act.session, sent.id):
                state, number = outcomes.get(item.document_number, (ItemState.LEFT.value, ""))
                item.state, item.number = ItemState(state).value, number
            act.record_other("exchange.receipt.taken", f"packet:{sent.id}")
        return _row(act.session, sent)


def packets(office: Office) -> tuple[PacketRow, ...]:
    """The latest packets, sent and received."""
    office.require(*exchange_keys.CLERKS)
    with office.read() as session:
        return tuple(_row(session, record) for record in store.packets(session, LISTED))


@dataclass(frozen=True, slots=True)
class Passed:
    """A packet that went out or came in, as it is entered."""

    is_sent: bool
    number: int
    digest: str
    carrier: str
    receipt_at: datetime | None = field(kw_only=True)


def _enter(act: Act, partner: PartnerRecord, passed: Passed) -> PacketRecord:
    record = PacketRecord(
        partner_id=partner.id,
        is_sent=passed.is_sent,
        number=passed.number,
        digest=passed.digest,
        carrier=passed.carrier,
        at=act.at,
        by=act.actor.account_id,
        receipt_at=passed.receipt_at,
    )
    act.session.add(record)
    act.session.flush()
    return record


def _active(session: Session, partner_id: int) -> PartnerRecord:
    partner = session.get(PartnerRecord, partner_id)
    if partner is None or not partner.is_active:
        raise RuleError("exchange_partner_ended")
    return partner


def _opened(act: Act, path: Path) -> tuple[Packet, PartnerRecord]:
    def known(vault_id: bytes) -> PublicIdentity | None:
        partner = store.partner_of_vault(act.session, vault_id.hex())
        return None if partner is None else PublicIdentity.parse(partner.code)

    packet = vault_exchange.read(path, exchange_keys.identity_in(act), known)
    partner = store.partner_of_vault(act.session, packet.sender.hex())
    if partner is None:
        raise RuleError("exchange_partner_ended")
    return packet, partner


def _refuse_known(session: Session, partner: PartnerRecord, packet: Packet) -> None:
    known = store.packet(session, partner.id, packet.digest, is_sent=False)
    if known is not None:
        raise RuleError("exchange_packet_known", number=known.number, on=known.at.date().isoformat())


def _offer(act: Act, place: int, paper: CarriedPaper) -> Offer:
    if paper.level > act.actor.clearance:
        return Offer(place, replace(paper, title=""), known="", is_refused=True)
    return Offer(place, paper, known=_known(act, paper), is_refused=not _fits(act, paper))


def _known(act: Act, paper: CarriedPaper) -> str:
    """The number of the same copy here, or what stands for one that has no number yet."""
    key = incoming_rules.number_key(paper.issuer, paper.document_number)
    for matter, record in same_paper(act.session, key, act.actor) if key else ():
        if record.copy_number == paper.copy_number.strip():
            return matter.number or "未编号"
    return ""


def _fits(act: Act, paper: CarriedPaper) -> bool:
    try:
        incoming_rules.check(_draft(paper, act.today))
    except InvalidDraft:
        return False
    return True


def _draft(paper: CarriedPaper, today: date) -> IncomingDraft:
    return IncomingDraft(
        source_unit=paper.issuer,
        title=paper.title,
        received_on=today,
        document_number=paper.document_number,
        level=paper.level,
        secrecy_years=paper.secrecy_years,
        urgency=paper.urgency,
        document_date=paper.dated,
        copy_number=paper.copy_number,
        addressee=paper.addressee,
        delivery="摆渡包",
        must_return=paper.level >= Classification.SECRET,
    )


def _taken(
    act: Act, record: PacketRecord, carried: Carried, *, is_wanted: bool
) -> tuple[PacketItemRecord, Changes | None]:
    """One paper of a packet: registered, known before, or left."""
    known = _known(act, carried.paper)
    if known or not is_wanted:
        state = ItemState.KNOWN if known else ItemState.LEFT
        item = _item(record, carried.paper, None, state, number=known)
        act.session.add(item)
        return item, None
    draft = _draft(carried.paper, act.today)
    incoming_rules.check(draft)
    check_clearance(act.actor.clearance, draft.level)
    changes = incoming.register_in(act, draft, [attachments.read(file) for file in carried.files])
    item = _item(record, carried.paper, changes.matter_ids[0], ItemState.REGISTERED, number=changes.number)
    act.session.add(item)
    return item, changes


def _item(
    record: PacketRecord, paper: CarriedPaper, matter_id: int | None, state: ItemState, *, number: str = ""
) -> PacketItemRecord:
    return PacketItemRecord(
        packet_id=record.id,
        # A title from 机密 up must not stand here; a paper without a number is known by its place.
        document_number=paper.document_number,
        matter_id=matter_id,
        state=state.value,
        number=number,
    )


def _row(session: Session, record: PacketRecord) -> PacketRow:
    account = session.get_one(AccountRecord, record.by)
    return PacketRow(
        id=record.id,
        partner=session.get_one(PartnerRecord, record.partner_id).name,
        is_sent=record.is_sent,
        number=record.number,
        carrier=record.carrier,
        at=record.at,
        by=session.get_one(PersonRecord, account.person_id).name,
        receipt_at=record.receipt_at,
        items=tuple(_items(store.items(session, record.id))),
    )


def _items(records: Iterable[PacketItemRecord]) -> Iterable[ItemRow]:
    for record in records:
        yield ItemRow(record.document_number, record.matter_id, ItemState(record.state), record.number)


def _free(folder: Path, stem: str) -> Path:
    """A name not yet taken on the disc."""
    path, number = folder / f"{stem}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    return path
