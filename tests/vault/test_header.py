"""Three copies of the header: any one of them is enough, and the newest counts."""

import json
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault.boxes import LI, Box

from deskoffice.domain.errors import VaultError
from deskoffice.vault import header as headers
from deskoffice.vault.header import COPIES, Header, HeaderDamaged, Slot
from deskoffice.vault.kdf import KdfCost

SLOT = Slot(1, "li", KdfCost.smallest(), bytes(16), key_file=False, sealed=bytes(160))
HEADER = Header(bytes(16), "intl-1", 7, (SLOT,), bytes(61))
RAW = headers.encode(HEADER)


def damages() -> list[tuple[str, ...]]:
    return [names for count in (1, 2) for names in combinations(COPIES, count)]


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff" * 100, None], ids=["empty", "braces", "junk", "missing"])
@pytest.mark.parametrize("names", damages(), ids="+".join)
def test_one_whole_copy_opens_the_vault_and_heals_the_others(
    box: Box, names: tuple[str, ...], damage: bytes | None
) -> None:
    whole = (box.folder / COPIES[0]).read_bytes()
    for name in names:
        (box.folder / name).unlink() if damage is None else (box.folder / name).write_bytes(damage)
    box.unlock(LI)
    assert [(box.folder / name).read_bytes() for name in COPIES] == [whole] * 3


def test_without_a_whole_copy_the_vault_is_damaged_and_not_missing(box: Box) -> None:
    for name in COPIES:
        (box.folder / name).write_bytes(b"junk")
    with pytest.raises(VaultError, match="vault_damaged"):
        box.unlock(LI)


@pytest.mark.parametrize("written", range(4))
def test_a_crash_between_the_copies_leaves_the_old_or_the_new_header(tmp_path, written: int) -> None:
    headers.store(tmp_path, HEADER)
    new = replace(HEADER, sequence=8)
    for name in COPIES[:written]:
        (tmp_path / name).write_bytes(headers.encode(new))
    found, differing = headers.load(tmp_path)
    assert found == (new if written else HEADER)
    headers.heal(tmp_path, found, differing)
    assert headers.load(tmp_path) == (found, [])


def test_what_is_written_is_read_again() -> None:
    assert headers.decode(RAW) == HEADER


def test_every_flipped_bit_is_seen() -> None:
    for position, bit in product(range(len(RAW)), range(8)):
        altered = bytearray(RAW)
        altered[position] ^= 1 << bit
        try:
            assert headers.decode(bytes(altered)) == HEADER  # the same JSON in other characters
        except (HeaderDamaged, VaultError):
            continue


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_junk_is_no_header(raw: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        headers.decode(raw)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    ),
    st.sampled_from(["format", "vault_id", "suite", "sequence", "slots", "recovery"]),
)
@settings(deadline=None, max_examples=300)
def test_a_field_of_any_other_shape_is_refused_without_another_exception(value: object, name: str) -> None:
    fields = json.loads(RAW)
    del fields["checksum"]
    fields[name] = value
    fields["checksum"] = headers._checksum(fields)
    with suppress(HeaderDamaged, VaultError):
        headers.decode(json.dumps(fields).encode())
