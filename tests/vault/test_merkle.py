"""The log's tree against the published vectors, and every proof against every change of it."""

from hashlib import sha256

import pytest

from deskoffice.vault.merkle import Frontier, consistency_proof, is_consistent, leaf_hash, root_of

# Inputs and roots of certificate-transparency's reference tests.
VECTORS = [
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
]
LEAVES = [leaf_hash(bytes([number])) for number in range(64)]


def test_the_empty_log_has_the_hash_of_nothing():
    assert Frontier().root() == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, len(VECTORS) + 1))
def test_roots_are_those_of_the_reference(size):
    leaves = [leaf_hash(bytes.fromhex(text)) for text, _ in VECTORS[:size]]
    assert root_of(leaves).hex() == VECTORS[size - 1][1]


def test_a_stored_frontier_grows_like_the_one_it_came_from():
    whole = Frontier()
    for leaf in LEAVES:
        stored = Frontier.decode(whole.size, whole.encode())
        whole.add(leaf)
        stored.add(leaf)
        assert stored.root() == whole.root()


def test_a_frontier_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        Frontier.decode(3, bytes(32))


def test_every_earlier_log_is_shown_to_be_a_beginning():
    roots = [root_of(LEAVES[:size]) for size in range(65)]
    for new in range(65):
        for old in range(new + 1):
            proof = consistency_proof(LEAVES[:new], old)
            assert is_consistent((old, roots[old]), (new, roots[new]), proof), (old, new)


def mutations(proof: list[bytes]):
    for at, part in enumerate(proof):
        for byte in range(len(part)):
            yield [*proof[:at], part[:byte] + bytes([part[byte] ^ 1]) + part[byte + 1 :], *proof[at + 1 :]]
        yield proof[:at] + proof[at + 1 :]
        yield [*proof[: at + 1], part, *proof[at + 1 :]]
        for other in range(at):
            swapped = list(proof)
            swapped[at], swapped[other] = swapped[other], swapped[at]
            if swapped != proof:
                yield swapped
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]


@pytest.mark.parametrize("new", [2, 3, 7, 8, 13, 33])
def test_a_changed_proof_shows_nothing(new):
    roots = [root_of(LEAVES[:size]) for size in range(65)]
    for old in range(1, new):
        proof = consistency_proof(LEAVES[:new], old)
        for changed in mutations(proof):
            assert not is_consistent((old, roots[old]), (new, roots[new]), changed)


def test_a_log_with_another_past_is_not_consistent():
    forged = [leaf_hash(b"forged"), *LEAVES[1:]]
    for old in range(1, 64):
        proof = consistency_proof(forged, old)
        assert not is_consistent((old, root_of(LEAVES[:old])), (64, root_of(forged)), proof)
    assert not is_consistent((64, root_of(LEAVES)), (63, root_of(LEAVES[:63])), [])
