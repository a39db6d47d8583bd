"""How each key of the record was announced: under the key before it, for who follows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.domain.record import Entry
from portal.models import RecordEntry, RecordLeaf, db
from portal.queries.proofs import first_covering, prove_inclusion


@dataclass(frozen=True, slots=True)
class Announced:
    """The leaf that names a key, what opens it, and its proof in the first checkpoint after it.

    That one is signed by the key before, unless the key before was lost.
    """

    index: int
    leaf: str
    content: dict[str, Any]
    salt: str
    proof: list[bytes]
    checkpoint: str


def announcements() -> dict[str, Announced]:
    """By the key that each names; not the first, which nobody announced, nor one that waits."""
    query = (
        select(RecordLeaf.position, RecordLeaf.leaf, RecordEntry.content, RecordEntry.salt)
        .join(RecordEntry, RecordLeaf.entry_id == RecordEntry.id)
        .where(RecordEntry.kind == Entry.KEYS_CHANGED, RecordLeaf.position.is_not(None))
        .order_by(RecordLeaf.position)
    )
    found: dict[str, Announced] = {}
    for index, leaf, content, salt in db.session.execute(query).all():
        covering = first_covering(index)
        if covering is not None and content is not None:
            proof = prove_inclusion(index, covering.size)
            found[content["key"]] = Announced(index, leaf, content, salt, proof, covering.note)
    return found
