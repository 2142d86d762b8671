"""Packets between vaults: whatever stands in the first line of a file on the disc, it is refused by name."""

import json
import os

import pytest

from deskoffice.domain.errors import VaultError
from deskoffice.vault import exchange
from deskoffice.vault.exchange import MAGIC, Identity, PacketKind, Sending
from deskoffice.vault.suite import INTERNATIONAL

HEADS = {
    "odd halves": lambda head: head | {"from": head["from"] + "0", "to": head["to"][1:]},
    "no hexadecimals": lambda head: head | {"key": "是"},
    "a number for a name": lambda head: head | {"from": 7},
    "true for a number": lambda head: head | {"number": True},
    "text for a number": lambda head: head | {"number": "1"},
    "half a number": lambda head: head | {"number": 1.5},
    "number nought": lambda head: head | {"number": 0},
    "number of an endless list": lambda head: head | {"number": 10**9},
    "another kind": lambda head: head | {"kind": "order"},
    "nothing": lambda _: {},
    "a list": list,
}


@pytest.mark.parametrize("change", HEADS.values(), ids=HEADS)
def test_a_first_line_that_no_vault_writes_is_refused(tmp_path, change):
    sender, receiver = Identity.generate(os.urandom(16)), Identity.generate(os.urandom(16))
    path = tmp_path / "packet"
    exchange.write(path, sender, receiver.public, Sending(PacketKind.PAPERS, 1, b"papers", INTERNATIONAL))
    assert exchange.read(path, receiver, lambda _: sender.public).payload == b"papers"
    line, rest = path.read_bytes().removeprefix(MAGIC).split(b"\n", 1)
    path.write_bytes(MAGIC + json.dumps(change(json.loads(line))).encode() + b"\n" + rest)
    with pytest.raises(VaultError) as refused:
        exchange.read(path, receiver, lambda _: sender.public)
    assert refused.value.code == "exchange_packet_damaged"
