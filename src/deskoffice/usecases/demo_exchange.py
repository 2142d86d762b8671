"""Packets of the practice vault: one that came back with its receipt, one still on its way."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from deskoffice.domain.exchange import ItemState, PacketRow, PartnerDraft
from deskoffice.usecases import exchange, exchange_keys
from deskoffice.usecases.exchange_packing import receipt
from deskoffice.usecases.office import Office
from deskoffice.vault import exchange as vault_exchange
from deskoffice.vault.exchange import Identity, PacketKind, Sending

PARTNER = "中共河东县委办公室"


def write(office: Office) -> None:
    """Send the latest issued papers to an invented partner, whose half is played here."""
    partner = Identity.generate(os.urandom(16))
    exchange_keys.add_partner(office, PartnerDraft(PARTNER, partner.public.code(), partner.public.fingerprint()))
    known = exchange_keys.partners(office)[0].id
    issued = [row.id for row in exchange.sendable(office, known)][:3]
    with TemporaryDirectory() as folder:
        disc = Path(folder)
        for number, matter_ids in enumerate((issued[1:], issued[:1]), start=1):
            if matter_ids:
                sent = exchange.send(office, known, matter_ids, carrier=f"机密光盘〔2026〕{number}号", folder=disc)
                if number == 1:
                    _answer(office, partner, sent, disc)


def _answer(office: Office, partner: Identity, sent: PacketRow, disc: Path) -> None:
    path = next(disc.glob("BD*"))
    packet = vault_exchange.read(path, partner, lambda _: exchange_keys.own(office))
    outcomes = {
        item.document_number: (ItemState.REGISTERED.value, f"委收〔2026〕{place}号")
        for place, item in enumerate(sent.items, start=311)
    }
    sending = Sending(PacketKind.RECEIPT, packet.number, receipt(packet.digest, outcomes), office.vault.suite)
    back = disc / "HZ.dopkt"
    vault_exchange.write(back, partner, exchange_keys.own(office), sending)
    exchange.take_receipt(office, back)
