"""The tree kept as tiles of 256 hashes, as C2SP's tlog-tiles has them.

Tile `number` of level L holds the hashes of 256 complete subtrees of 256**L leaves each, side by
side. The last tile of a level may hold fewer; it only ever grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from portal.domain.merkle import Node, complete

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
Tile = Callable[[int, int], bytes]


def split(hashes: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]


def nodes(tile: Tile) -> Node:
    """The tree over tiles, each read once. Raises LookupError where a tile lacks what is asked."""
    known: dict[tuple[int, int], bytes] = {}
    rows: dict[tuple[int, int], bytes] = {}

    def node(level: int, number: int) -> bytes:
        if (level, number) in known:
            return known[level, number]
        tall, above = divmod(level, HEIGHT)
        first = number << above
        at = tall, first // WIDTH
        if at not in rows:
            rows[at] = tile(*at)
        begin = first % WIDTH * HASH
        found = rows[at][begin : begin + (HASH << above)]
        if len(found) != HASH << above:
            raise LookupError(f"the tree has no subtree {number} of level {level}")
        known[level, number] = complete(split(found))
        return known[level, number]

    return node


def grown(tile: Tile, size: int, more: Sequence[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """The tiles that change when `more` leaf hashes follow the first `size`: level, number, hashes.

    `tile` gives what is kept of a tile; it is asked only for tiles that are there.
    """
    level, at, coming = 0, size, list(more)
    while coming:
        number, kept = divmod(at, WIDTH)
        row = split(tile(level, number))[:kept] if kept else []
        row += coming
        up: list[bytes] = []
        for offset in range(0, len(row), WIDTH):
            whole = row[offset : offset + WIDTH]
            yield level, number + offset // WIDTH, b"".join(whole)
            if len(whole) == WIDTH:
                up.append(complete(whole))
        level, at, coming = level + 1, number, up
