"""The hash tree of RFC 6962: a short value that commits to every entry of a log and to their order."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Self

HASH_SIZE = 32


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to append an entry and to tell the root, in log n hashes."""

    __slots__ = ("_hashes", "size")

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._hashes: list[bytes] = []
        for leaf in leaves:
            self.add(leaf)

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        self.size += 1
        complete, joined = self.size, leaf
        while complete % 2 == 0:
            joined = node_hash(self._hashes.pop(), joined)
            complete //= 2
        self._hashes.append(joined)

    def root(self) -> bytes:
        if not self._hashes:
            return sha256(b"").digest()
        joined = self._hashes[-1]
        for left in reversed(self._hashes[:-1]):
            joined = node_hash(left, joined)
        return joined

    def encode(self) -> bytes:
        return b"".join(self._hashes)

    @classmethod
    def decode(cls, size: int, encoded: bytes) -> Self:
        """The frontier that `encode` wrote; ValueError when the length does not fit the size."""
        if size < 0 or len(encoded) != HASH_SIZE * size.bit_count():
            raise ValueError("frontier does not fit its size")
        frontier = cls()
        frontier.size = size
        frontier._hashes = [encoded[at : at + HASH_SIZE] for at in range(0, len(encoded), HASH_SIZE)]
        return frontier


def root_of(leaves: Sequence[bytes]) -> bytes:
    return Frontier(leaves).root()


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Hashes that show the first `old_size` leaves to be the start of all (RFC 6962 2.1.2)."""
    if not 0 <= old_size <= len(leaves):
        raise ValueError("a log cannot be consistent with a longer one")
    if old_size in (0, len(leaves)):
        return []
    return _subproof(leaves, old_size, old_is_subtree=True)


def _subproof(leaves: Sequence[bytes], old_size: int, *, old_is_subtree: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if old_is_subtree else [root_of(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    if old_size <= half:
        return [*_subproof(left, old_size, old_is_subtree=old_is_subtree), root_of(right)]
    return [*_subproof(right, old_size - half, old_is_subtree=False), root_of(left)]


def is_consistent(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the tree of `new` (size, root) begins with the tree of `old` (RFC 9162 2.1.4.2)."""
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size == 0:
        return not proof and new_size >= 0 and old_root == root_of(())
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size > new_size:
        return False
    # A whole subtree needs no hash of its own: its root is the old root.
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    if not path:
        return False
    old_node, new_node = old_size - 1, new_size - 1
    while old_node & 1:
        old_node, new_node = old_node >> 1, new_node >> 1
    old_hash = new_hash = path[0]
    for step in path[1:]:
        if new_node == 0:
            return False
        if old_node & 1 or old_node == new_node:
            old_hash, new_hash = node_hash(step, old_hash), node_hash(step, new_hash)
            while old_node and not old_node & 1:
                old_node, new_node = old_node >> 1, new_node >> 1
        else:
            new_hash = node_hash(new_hash, step)
        old_node, new_node = old_node >> 1, new_node >> 1
    return new_node == 0 and old_hash == old_root and new_hash == new_root
