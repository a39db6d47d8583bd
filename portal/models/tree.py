"""Leaves into the tree: each gets its place once, without a gap, in the order of its entry.

A leaf is written in the transaction of what it records and placed after the commit, because the
numbers of a sequence have gaps, and on PostgreSQL they are not in the order of the commits. Who
places holds the row of the tree; two at once wait for each other.
"""

from __future__ import annotations

from sqlalchemy import insert, select, text, update

from portal.domain.merkle import Node, leaf_hash
from portal.domain.tiles import grown, nodes
from portal.models.base import db
from portal.models.record import RecordLeaf, RecordTile, RecordTree

AT_ONCE = 5_000


def waiting() -> bool:
    """Whether any leaf has no place yet."""
    query = select(RecordLeaf.entry_id).where(RecordLeaf.position.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def lock_tree() -> int:
    """Hold the tree until this transaction ends; gives its size."""
    db.session.flush()
    held = (
        update(RecordTree)
        .where(RecordTree.id == 1)
        .values(size=RecordTree.size)
        .returning(RecordTree.size)
        .execution_options(synchronize_session=False)
    )
    size = db.session.scalar(held)
    if size is None:
        made = "INSERT INTO record_tree (id, size) VALUES (1, 0) ON CONFLICT DO NOTHING"
        db.session.execute(text(made))
        size = db.session.scalar(held)
    return int(size or 0)


def place_leaves(size: int) -> int:
    """Place up to `AT_ONCE` leaves behind the first `size` of a tree that is held; the new size."""
    query = (
        select(RecordLeaf.entry_id, RecordLeaf.leaf)
        .where(RecordLeaf.position.is_(None))
        .order_by(RecordLeaf.entry_id)
        .limit(AT_ONCE)
    )
    found = db.session.execute(query).all()
    if not found:
        return size
    tiles = grown(tile, size, [leaf_hash(row.leaf.encode()) for row in found])
    for level, number, hashes in tiles:
        _keep(level, number, hashes)
    places = [
        {"entry_id": row.entry_id, "position": size + offset} for offset, row in enumerate(found)
    ]
    db.session.execute(update(RecordLeaf), places)
    size += len(found)
    db.session.execute(update(RecordTree).where(RecordTree.id == 1).values(size=size))
    return size


def _keep(level: int, number: int, hashes: bytes) -> None:
    here = (RecordTile.level == level) & (RecordTile.number == number)
    changed = db.session.execute(
        update(RecordTile)
        .where(here)
        .values(hashes=hashes)
        .returning(RecordTile.number)
        .execution_options(synchronize_session=False)
    )
    if changed.scalar() is None:
        row = {"level": level, "number": number, "hashes": hashes}
        db.session.execute(insert(RecordTile), [row])


def tile(level: int, number: int) -> bytes:
    """The hashes of a tile, as many as there are; none where there is no such tile."""
    query = select(RecordTile.hashes).where(RecordTile.level == level, RecordTile.number == number)
    return db.session.scalar(query) or b""


def tree() -> Node:
    """The tree as it is kept, read tile by tile."""
    return nodes(tile)
