"""The tree of RFC 9162 and its proofs, against known trees and against any tree."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.merkle import (
    EMPTY,
    consistency_proof,
    consistent,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_from_inclusion,
)
from portal.domain.tiles import WIDTH, grown, nodes
from portal.formats.record_files import checking

# The trees by which implementations of Certificate Transparency test theirs (RFC 6962, RFC 9162).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
# Leaf and size -> proof, from the same source.
PROOFS = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENT = {
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}


def plain(hashes: list[bytes]) -> bytes:
    """MTH as the RFC writes it down."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return node_hash(plain(hashes[:half]), plain(hashes[half:]))


class Tree:
    """A tree in tiles, in memory."""

    def __init__(self, leaves: list[bytes], *portions: int) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.hashes = [leaf_hash(leaf) for leaf in leaves]
        for first, until in pairwise(sorted({0, *portions, len(leaves)})):
            for level, number, row in grown(self.tile, first, self.hashes[first:until]):
                self.tiles[level, number] = row
        self.node = nodes(self.tile)

    def tile(self, level: int, number: int) -> bytes:
        return self.tiles[level, number]


@pytest.mark.parametrize("size", range(1, 9))
def test_known_trees_have_their_roots(size: int) -> None:
    tree = Tree(LEAVES)
    assert root(tree.node, size).hex() == ROOTS[size - 1]
    told = checking.roots(LEAVES, {size})
    assert told[size].hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert root(Tree([]).node, 0) == EMPTY == hashlib.sha256(b"").digest()


def test_known_proofs() -> None:
    node = Tree(LEAVES).node
    for (index, size), proof in PROOFS.items():
        assert tuple(each.hex() for each in inclusion_proof(node, index, size)) == proof
    for (first, size), proof in CONSISTENT.items():
        assert tuple(each.hex() for each in consistency_proof(node, first, size)) == proof


@given(st.data())
def test_every_proof_of_every_tree_leads_to_its_root_and_no_other(data: st.DataObject) -> None:
    many = data.draw(st.integers(1, 3 * WIDTH))
    leaves = [number.to_bytes(2) for number in range(many)]
    tree = Tree(leaves, *data.draw(st.lists(st.integers(0, many), max_size=4)))
    size = data.draw(st.integers(1, many))
    index = data.draw(st.integers(0, size - 1))
    top = root(tree.node, size)
    assert top == plain(tree.hashes[:size])
    proof = inclusion_proof(tree.node, index, size)
    assert root_from_inclusion(tree.hashes[index], index, size, proof) == top
    assert checking.root_by_proof(leaves[index], index, size, proof) == top
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert root_from_inclusion(tree.hashes[index], other, size, proof) != top


@given(st.data())
def test_a_later_tree_begins_with_the_earlier_and_with_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 2 * WIDTH))
    first = data.draw(st.integers(1, size))
    tree = Tree([number.to_bytes(2) for number in range(size)])
    proof = consistency_proof(tree.node, first, size)
    old, new = plain(tree.hashes[:first]), plain(tree.hashes)
    assert consistent(first, old, size, new, proof)
    wrong = leaf_hash(b"another")
    assert not consistent(first, wrong, size, new, proof)
    assert not consistent(first, old, size, wrong, proof)
    assert not consistent(first, old, size, new, [*proof, wrong])
    if proof:
        assert not consistent(first, old, size, new, proof[:-1])


@pytest.mark.parametrize(("index", "size"), [(-1, 4), (4, 4), (0, 0), (0, 9)])
def test_there_is_no_proof_for_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises((ValueError, LookupError)):
        inclusion_proof(Tree(LEAVES).node, index, size)
