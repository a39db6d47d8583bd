"""The Merkle tree of RFC 9162 (section 2.1): hashes, proofs, and how they are checked.

A tree is read through `Node`: the hash of the complete subtree of 2**level leaves that is the
`number`-th of its level, from the left and from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf: the prefix 0x00 keeps it from ever being taken for a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete(hashes: Sequence[bytes]) -> bytes:
    """The root over 2**k hashes that stand side by side."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def root(node: Node, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _over(node, 0, size) if size else EMPTY


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]): from the leaf's sibling upwards. Raises ValueError out of range."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of that size")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        half = _half(last - first)
        if index < first + half:
            path.append(_over(node, first + half, last))
            last = first + half
        else:
            path.append(_over(node, first, first + half))
            first += half
    return path[::-1]


def consistency_proof(node: Node, earlier: int, size: int) -> list[bytes]:
    """PROOF(earlier, D[size]): that the later tree only adds. Raises ValueError out of range."""
    if not 0 < earlier <= size:
        raise ValueError("no such earlier tree")
    proof: list[bytes] = []
    first, last, whole = 0, size, True
    while earlier != last:
        half = _half(last - first)
        if earlier <= first + half:
            proof.append(_over(node, first + half, last))
            last = first + half
        else:
            proof.append(_over(node, first, first + half))
            first, whole = first + half, False
    if not whole:
        proof.append(_over(node, first, last))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to from the hash of a leaf (RFC 9162, 2.1.3.2); None: bad."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(each, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, each)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def consistent(
    earlier: int, earlier_root: bytes, size: int, later_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `size` begins with the earlier one (RFC 9162, 2.1.4.2)."""
    if earlier == size:
        return not proof and earlier_root == later_root
    if not 0 < earlier < size or not proof:
        return False
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root


def _half(width: int) -> int:
    """The largest power of two that is smaller than `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _over(node: Node, first: int, last: int) -> bytes:
    """MTH of the leaves from `first` to before `last`; `first` is where such a subtree begins."""
    width = last - first
    if width & (width - 1) == 0:
        return node(width.bit_length() - 1, first // width)
    half = _half(width)
    return node_hash(node(half.bit_length() - 1, first // half), _over(node, first + half, last))
