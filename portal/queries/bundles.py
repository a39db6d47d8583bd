"""What a bundle of an edition is made of: read from the record and the frozen rows alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select

from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.record import ERASED, Entry
from portal.formats.record_files.bundles import Parts
from portal.models import (
    Comment,
    Consultation,
    MatrixEdition,
    MatrixRow,
    RecordCheckpoint,
    RecordEntry,
    RecordKey,
    RecordLeaf,
    RecordStamp,
    db,
)
from portal.models.sealing import about, comment_content
from portal.queries.matrices import all_rows
from portal.queries.proofs import first_covering, leaves, notes_until

AT_ONCE = 500


def bundle_of(consultation_id: int, number: int) -> Parts:
    """The parts of the bundle of an edition, up to the first checkpoint that covers it.

    An edition has one bundle, and another only when something of it is erased.

    Raises `no_such_edition`, `record_edition_old` for one from before there was a tree,
    `record_waiting` where no checkpoint covers it yet.
    """
    consultation = db.session.get_one(Consultation, consultation_id)
    edition = db.session.scalar(
        select(MatrixEdition).where(
            MatrixEdition.consultation_id == consultation_id, MatrixEdition.number == number
        )
    )
    if edition is None:
        raise DomainError("no_such_edition", status=404)
    size = covering(consultation_id, number)
    return Parts(
        slug=consultation.slug,
        edition=number,
        keys=_keys(size),
        notes=notes_until(size),
        leaves=leaves(0, size),
        openings=_openings(consultation_id, size),
        rows=all_rows(edition.id),
        comments=_comments(consultation.slug, edition.id),
        stamps=_stamps(size),
    )


def covering(consultation_id: int, number: int) -> int:
    """The size of the first checkpoint that covers an edition and, where comments of it were
    erased since, those erasures. Raises as `bundle_of` does."""
    query = (
        select(RecordLeaf.position, RecordEntry.content)
        .join(RecordEntry, RecordLeaf.entry_id == RecordEntry.id)
        .where(
            RecordEntry.consultation_id == consultation_id,
            RecordEntry.kind == Entry.EDITION_PUBLISHED,
            RecordEntry.subject == f"edition {number}",
        )
    )
    found = db.session.execute(query).first()
    if found is None or found.content is None:
        raise DomainError("record_edition_old", edition=number)
    erased = (
        select(RecordLeaf.position)
        .join(RecordEntry, RecordLeaf.entry_id == RecordEntry.id)
        .where(RecordEntry.consultation_id == consultation_id, RecordEntry.subject == ERASED)
    )
    places = [found.position, *db.session.scalars(erased)]
    last = None if None in places else max(places)
    checkpoint = first_covering(last) if last is not None else None
    if checkpoint is None:
        raise DomainError("record_waiting")
    return checkpoint.size


def _keys(size: int) -> tuple[str, ...]:
    """The keys that signed up to there, oldest first."""
    signed = select(RecordCheckpoint.key_id).where(RecordCheckpoint.size <= size)
    query = select(RecordKey.verifier).where(RecordKey.id.in_(signed)).order_by(RecordKey.id)
    return tuple(db.session.scalars(query))


def _openings(consultation_id: int, size: int) -> Iterator[dict[str, Any]]:
    """What the leaves of this consultation commit to, and those that name keys."""
    query = (
        select(RecordLeaf.position, RecordEntry.content, RecordEntry.salt)
        .join(RecordEntry, RecordLeaf.entry_id == RecordEntry.id)
        .where(
            RecordLeaf.position < size,
            RecordEntry.content.is_not(None),
            or_(
                RecordEntry.consultation_id == consultation_id,
                RecordEntry.kind == Entry.KEYS_CHANGED,
            ),
        )
        .order_by(RecordLeaf.position)
        .execution_options(yield_per=AT_ONCE)
    )
    for position, content, salt in db.session.execute(query):
        yield {"index": position, "content": content, "salt": salt}


def _comments(slug: str, edition_id: int) -> Iterator[dict[str, Any]]:
    """The comments whose whole text the edition shows, with the salts of their hashes.

    One that is no longer public, was changed since or has a file that is not shown keeps its salt.
    """
    query = (
        select(Comment, MatrixRow.cells)
        .join(MatrixRow, MatrixRow.comment_id == Comment.id)
        .where(MatrixRow.edition_id == edition_id, Comment.publication == Publication.PUBLISHED)
        .order_by(MatrixRow.position)
        .execution_options(yield_per=AT_ONCE)
    )
    last = 0
    for some in db.session.execute(query).partitions():
        known = about([comment for comment, _cells in some])
        for comment, cells in some:
            of = known[comment.number]
            shown = (
                cells["publication"] == Publication.PUBLISHED and cells["hash"] == comment.digest
            )
            if shown and of.shown and comment.number != last:
                content = comment_content(slug, comment, of)
                yield {"content": content, "salt": comment.salt}
            last = comment.number


def _stamps(size: int) -> dict[int, bytes]:
    query = select(RecordStamp.size, RecordStamp.token).where(RecordStamp.size <= size)
    return {row[0]: row[1] for row in db.session.execute(query)}
