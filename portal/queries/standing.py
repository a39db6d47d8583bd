"""Where comments stand in the newest version of their document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from portal.domain.anchor_words import Position
from portal.domain.anchors import Quote, Selectors
from portal.domain.drafts import Standing
from portal.domain.visibility import Audience
from portal.models import Comment, CommentAnchor, Document, DraftVersion, User, db
from portal.queries.comments import CommentView, views_of


@dataclass(frozen=True, slots=True)
class Stands:
    """A comment in a later version than the one it was made on.

    `words`: it stands on the words that it quotes; `quotes`: it quotes some; `placed_by`: who put
    it there by hand.
    """

    document_number: int
    version_id: int
    version_number: int
    standing: Standing
    eid: str
    near: str
    words: bool
    quotes: bool
    placed_by: str


def _newest() -> Select[CommentAnchor, int, int, int, str]:
    """Anchors in the newest published version of their document, made on an earlier one."""
    later = aliased(DraftVersion)
    newest = (
        select(func.max(later.number))
        .where(later.document_id == DraftVersion.document_id, later.published_at.is_not(None))
        .correlate(DraftVersion)
        .scalar_subquery()
    )
    return (
        select(
            CommentAnchor,
            Comment.number,
            Document.number.label("document"),
            DraftVersion.number,
            User.name,
        )
        .join(Comment, CommentAnchor.comment_id == Comment.id)
        .join(DraftVersion, CommentAnchor.version_id == DraftVersion.id)
        .join(Document, DraftVersion.document_id == Document.id)
        .outerjoin(User, CommentAnchor.placed_by == User.id)
        .where(DraftVersion.number == newest, Comment.version_id != CommentAnchor.version_id)
    )


def _stands(row: Row[CommentAnchor, int, int, int, str]) -> Stands:
    anchor, _number, document, version, placed_by = row
    return Stands(
        document_number=document,
        version_id=anchor.version_id,
        version_number=version,
        standing=anchor.standing,
        eid=anchor.eid,
        near=anchor.near_eid,
        words=anchor.start is not None,
        quotes=anchor.exact != "",
        placed_by=placed_by or "",
    )


def standings(comment_ids: Collection[int]) -> dict[int, Stands]:
    """By comment; those whose document has no later version have none. One query."""
    query = _newest().where(CommentAnchor.comment_id.in_(tuple(comment_ids)))
    return {row[0].comment_id: _stands(row) for row in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comment stands in one version; `selectors` are None where it is on the whole."""

    document_number: int
    version_number: int
    eid: str
    selectors: Selectors | None


def spots(comment_id: int) -> tuple[Spot, ...]:
    """The places of a comment in all versions from its own on. One query."""
    query = (
        select(CommentAnchor, Document.number, DraftVersion.number)
        .join(DraftVersion, CommentAnchor.version_id == DraftVersion.id)
        .join(Document, DraftVersion.document_id == Document.id)
        .where(CommentAnchor.comment_id == comment_id)
        .order_by(DraftVersion.number)
    )
    return tuple(
        Spot(document, version, anchor.eid, _selectors(anchor))
        for anchor, document, version in db.session.execute(query)
    )


def _selectors(anchor: CommentAnchor) -> Selectors | None:
    if anchor.start is None or anchor.end is None:
        return None
    quote = Quote(anchor.exact, anchor.prefix, anchor.suffix)
    return Selectors(quote, Position(anchor.start, anchor.end))


@dataclass(frozen=True, slots=True)
class Orphan:
    """A comment whose words or provision are no longer in the newest version."""

    comment: CommentView
    stands: Stands


def orphans(consultation_id: int, document_id: int) -> tuple[Orphan, ...]:
    """The orphans of a document and those that were placed by hand, by reference."""
    query = (
        _newest()
        .where(
            DraftVersion.document_id == document_id,
            (CommentAnchor.standing == Standing.ORPHANED) | CommentAnchor.placed_by.is_not(None),
        )
        .order_by(Comment.number)
    )
    found = {row[1]: _stands(row) for row in db.session.execute(query)}
    views = views_of(consultation_id, tuple(found), Audience.STAFF)
    return tuple(Orphan(view, found[view.number]) for view in views)


def count_orphans(consultation_id: int) -> dict[int, int]:
    """By number of document: the comments that stand nowhere in its newest version. One query."""
    query = _newest().where(
        Comment.consultation_id == consultation_id, CommentAnchor.standing == Standing.ORPHANED
    )
    found = query.subquery()
    counted = select(found.c.document, func.count()).group_by(found.c.document)
    return {row[0]: row[1] for row in db.session.execute(counted)}
