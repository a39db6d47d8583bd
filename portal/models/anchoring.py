"""Anchors of comments: the first when a comment is taken in, one more for each later version."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select

from portal.domain.anchor_carrying import Anchor, Pairs, carry
from portal.domain.anchor_words import Position
from portal.domain.anchors import Quote
from portal.domain.reading import Provision as Words
from portal.domain.reading import Reading, read
from portal.models.base import db, table_of
from portal.models.comments import Comment, CommentAnchor
from portal.models.drafts import DraftVersion, Provision, ProvisionMatch

_COLUMNS = (
    CommentAnchor.comment_id,
    CommentAnchor.standing,
    CommentAnchor.eid,
    CommentAnchor.start,
    CommentAnchor.end,
    CommentAnchor.exact,
    CommentAnchor.prefix,
    CommentAnchor.suffix,
    CommentAnchor.near_eid,
)
_KEEP = insert(table_of(CommentAnchor))


def read_words(version_ids: Iterable[int]) -> dict[int, Reading]:
    """The words of versions, by id. One query."""
    query = (
        select(
            Provision.version_id,
            Provision.eid,
            Provision.depth,
            Provision.heading,
            Provision.text,
        )
        .where(Provision.version_id.in_(tuple(version_ids)))
        .order_by(Provision.version_id, Provision.position)
    )
    rows: dict[int, list[Words]] = {}
    for version_id, eid, depth, heading, text in db.session.execute(query):
        rows.setdefault(version_id, []).append(Words(eid, depth, heading, text))
    return {version_id: read(each) for version_id, each in rows.items()}


def keep_anchors(
    made: Sequence[tuple[Comment, Quote, Position | None]], newest: Container[int]
) -> None:
    """The anchors of comments just taken in, in the version each was made on and all later ones.

    The comments are stored; those about no provision have no anchor. `newest` are the ids of
    versions that no later one follows.
    """
    rows = [
        _row(comment.id, comment.version_id, Anchor(comment.eid, at, quote))
        for comment, quote, at in made
        if comment.version_id is not None and comment.eid is not None
    ]
    if not rows:
        return
    db.session.connection().execute(_KEEP, rows)
    if all(row["version_id"] in newest for row in rows):
        return
    oldest: dict[int, set[int]] = {}
    for comment, _quote, _at in made:
        if comment.document_id is not None and comment.version_id is not None:
            oldest.setdefault(comment.document_id, set()).add(comment.version_id)
    mine = [row["comment_id"] for row in rows]
    for version in _later(oldest):
        _carry_into(version, mine)


def _later(oldest: dict[int, set[int]]) -> list[DraftVersion]:
    """Published versions after the first of those that comments were made on, in order."""
    query = (
        select(DraftVersion)
        .where(
            DraftVersion.document_id.in_(oldest),
            DraftVersion.published_at.is_not(None),
        )
        .order_by(DraftVersion.document_id, DraftVersion.number)
    )
    found: list[DraftVersion] = []
    begun: set[int] = set()
    for version in db.session.scalars(query):
        if version.document_id in begun:
            found.append(version)
        elif version.id in oldest[version.document_id]:
            begun.add(version.document_id)
    return found


def carry_anchors(version: DraftVersion) -> int:
    """Carry all anchors of the published version before into this one; gives how many.

    Called when `version` is published, after its provisions were matched. Comments keep the
    words they quote; where these are no longer in the text the anchor is an orphan.
    """
    return _carry_into(version, None)


def _carry_into(version: DraftVersion, comment_ids: list[int] | None) -> int:
    before = _before(version)
    if before is None:
        return 0
    query = select(*_COLUMNS).where(CommentAnchor.version_id == before)
    if comment_ids is not None:
        query = query.where(CommentAnchor.comment_id.in_(comment_ids))
    found = db.session.execute(query.order_by(CommentAnchor.comment_id)).all()
    if not found:
        return 0
    readings = read_words((before, version.id))
    old, new = readings[before], readings[version.id]
    carried = carry([_anchor(row) for row in found], old, new, _pairs(version.id, old))
    rows = [
        _row(row.comment_id, version.id, each) for row, each in zip(found, carried, strict=True)
    ]
    db.session.execute(insert(CommentAnchor), rows)
    return len(rows)


def _before(version: DraftVersion) -> int | None:
    query = (
        select(DraftVersion.id)
        .where(
            DraftVersion.document_id == version.document_id,
            DraftVersion.published_at.is_not(None),
            DraftVersion.number < version.number,
        )
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def _pairs(version_id: int, old: Reading) -> Pairs:
    """What each provision became, as matched; equal ids where nothing was matched."""
    query = (
        select(ProvisionMatch.old_eid, ProvisionMatch.new_eid)
        .where(ProvisionMatch.version_id == version_id)
        .order_by(ProvisionMatch.id)
    )
    matched = db.session.execute(query).all()
    if not matched:
        return {eid: (eid,) for eid in old.spans}
    pairs: dict[str, tuple[str, ...]] = {}
    for old_eid, new_eid in matched:
        if old_eid and new_eid:
            pairs[old_eid] = (*pairs.get(old_eid, ()), new_eid)
    return pairs


def _anchor(row: Any) -> Anchor:
    at = None if row.start is None else Position(row.start, row.end)
    quote = Quote(row.exact, row.prefix, row.suffix)
    return Anchor(row.eid, at, quote, row.standing, row.near_eid)


def _row(comment_id: int, version_id: int, anchor: Anchor) -> dict[str, Any]:
    return {
        "comment_id": comment_id,
        "version_id": version_id,
        "standing": anchor.standing,
        "eid": anchor.eid,
        "start": anchor.at.start if anchor.at else None,
        "end": anchor.at.end if anchor.at else None,
        "exact": anchor.quote.exact,
        "prefix": anchor.quote.prefix,
        "suffix": anchor.quote.suffix,
        "near_eid": anchor.near,
    }
