"""Reads of the tree: checkpoints, keys, leaves and proofs; nothing here says whose a leaf is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from portal.domain.errors import DomainError
from portal.domain.merkle import consistency_proof, inclusion_proof
from portal.domain.tiles import HASH, WIDTH
from portal.models import RecordCheckpoint, RecordKey, RecordLeaf, RecordStamp, db
from portal.models.tree import tile, tree

PAGE = 100
LEVELS = 8  # of tiles; more leaves than 256**8 nobody counts


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A checkpoint; `stamped_by` is the authority of its time stamp, empty where it has none."""

    size: int
    note: str
    at: datetime
    stamped_by: str


def newest_checkpoint() -> CheckpointView | None:
    """The newest checkpoint, where there is one yet."""
    found = checkpoints(limit=1)
    return found[0] if found else None


def checkpoints(*, below: int | None = None, limit: int = PAGE) -> tuple[CheckpointView, ...]:
    """Checkpoints, the largest first, from below a size down."""
    query = _views().order_by(RecordCheckpoint.size.desc()).limit(limit)
    if below is not None:
        query = query.where(RecordCheckpoint.size < below)
    return tuple(CheckpointView(*row) for row in db.session.execute(query))


def find_checkpoint(size: int) -> CheckpointView | None:
    """The checkpoint of exactly that size."""
    row = db.session.execute(_views().where(RecordCheckpoint.size == size)).first()
    return CheckpointView(*row) if row else None


def first_covering(index: int) -> CheckpointView | None:
    """The first checkpoint whose tree has the leaf at `index`."""
    query = _views().where(RecordCheckpoint.size > index).order_by(RecordCheckpoint.size).limit(1)
    row = db.session.execute(query).first()
    return CheckpointView(*row) if row else None


def notes_until(size: int) -> list[str]:
    """All checkpoints up to that size, the smallest first."""
    query = select(RecordCheckpoint.note).where(RecordCheckpoint.size <= size)
    return list(db.session.scalars(query.order_by(RecordCheckpoint.size)))


def stamp_of(size: int) -> bytes | None:
    """The time stamp (RFC 3161 token) of a checkpoint."""
    return db.session.scalar(select(RecordStamp.token).where(RecordStamp.size == size))


def unstamped() -> CheckpointView | None:
    """The newest checkpoint, where it has no time stamp yet."""
    newest = newest_checkpoint()
    return newest if newest and not newest.stamped_by else None


@dataclass(frozen=True, slots=True)
class KeyView:
    verifier: str
    made_at: datetime


def public_keys() -> tuple[KeyView, ...]:
    """The keys of the record, oldest first; the last signs."""
    query = select(RecordKey.verifier, RecordKey.made_at).order_by(RecordKey.id)
    return tuple(KeyView(*row) for row in db.session.execute(query))


def leaves(first: int, until: int) -> Iterator[str]:
    """The leaves at the places from `first` to before `until`, read in portions."""
    query = (
        select(RecordLeaf.leaf)
        .where(RecordLeaf.position >= first, RecordLeaf.position < until)
        .order_by(RecordLeaf.position)
        .execution_options(yield_per=2_000)
    )
    yield from db.session.scalars(query)


def signed_size() -> int:
    """How many leaves the newest checkpoint covers."""
    newest = newest_checkpoint()
    return newest.size if newest else 0


def prove_inclusion(index: int, size: int) -> list[bytes]:
    """RFC 9162's proof for a leaf in the signed tree of `size`. Raises `not_found`."""
    if not 0 <= index < size <= signed_size():
        raise DomainError("not_found", status=404)
    return inclusion_proof(tree(), index, size)


def prove_consistency(earlier: int, size: int) -> list[bytes]:
    """RFC 9162's proof that a tree begins with the earlier one. Raises `not_found`."""
    if not 0 < earlier <= size <= signed_size():
        raise DomainError("not_found", status=404)
    return consistency_proof(tree(), earlier, size)


def signed_tile(level: int, number: int, width: int = WIDTH) -> bytes:
    """`width` hashes of a tile of the signed tree. Raises `not_found` where it has not so many."""
    there = signed_size() // WIDTH**level - number * WIDTH if level < LEVELS else 0
    if not 0 < width <= min(there, WIDTH):
        raise DomainError("not_found", status=404)
    return tile(level, number)[: width * HASH]


def _views() -> Select[int, str, datetime, str]:
    return select(
        RecordCheckpoint.size,
        RecordCheckpoint.note,
        RecordCheckpoint.at,
        func.coalesce(RecordStamp.authority, ""),
    ).outerjoin(RecordStamp, RecordStamp.size == RecordCheckpoint.size)
