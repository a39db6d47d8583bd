"""What stands beside the text of a version: comments where their anchors are in that version."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select

from portal.domain.citations import article_of
from portal.domain.comments import Publication
from portal.domain.reading import Reading
from portal.domain.typesetting import Marked
from portal.domain.visibility import TEXT_PUBLIC, Audience
from portal.models import Comment, CommentAnchor, db
from portal.queries.comments import CommentView, views_of
from portal.queries.spans import spans_of_comments

NOTES = 3


@dataclass(frozen=True, slots=True)
class Note:
    """A published comment beside an article; `marked`: its words are marked in the text."""

    comment: CommentView
    marked: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """By article: how many comments stand there, the first few of them; and the marked words.

    `lost` counts those whose words are no longer in this version.
    """

    counts: dict[str, int] = field(default_factory=dict)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    marked: tuple[Marked, ...] = ()
    lost: int = 0

    @property
    def noted(self) -> frozenset[int]:
        """The references of the comments that have a note on the page."""
        return frozenset(note.comment.number for each in self.notes.values() for note in each)


def load_margins(consultation_id: int, version_id: int, reading: Reading) -> Margins:
    """Published comments at their places in a version. Six queries at most, whatever stands there.

    Comments that are not public leave no trace: no number, no mark.
    """
    public = (CommentAnchor.version_id == version_id, Comment.publication.in_(TEXT_PUBLIC))
    marked = _marked(consultation_id, public, reading)
    counts: dict[str, int] = {}
    query = (
        select(CommentAnchor.eid, func.count())
        .join(Comment, CommentAnchor.comment_id == Comment.id)
        .where(*public)
        .group_by(CommentAnchor.eid)
    )
    for eid, number in db.session.execute(query):
        counts[article_of(eid)] = counts.get(article_of(eid), 0) + number
    lost = counts.pop("", 0)
    return Margins(
        counts=counts,
        notes=_notes(consultation_id, public, {each.number for each in marked}),
        marked=marked,
        lost=lost,
    )


def _marked(
    consultation_id: int, public: tuple[ColumnElement[bool], ...], reading: Reading
) -> tuple[Marked, ...]:
    """Words whose quote is not masked, as characters of the version."""
    query = (
        select(
            Comment.id,
            Comment.number,
            Comment.publication,
            CommentAnchor.eid,
            CommentAnchor.start,
            CommentAnchor.end,
        )
        .join(Comment, CommentAnchor.comment_id == Comment.id)
        .where(*public, CommentAnchor.start.is_not(None))
        .order_by(Comment.number)
    )
    found = db.session.execute(query).all()
    masked = _masked(
        consultation_id, tuple(r.id for r in found if r.publication is Publication.REDACTED)
    )
    return tuple(
        Marked(row.number, first + row.start, first + row.end)
        for row in found
        if row.id not in masked and row.eid in reading.spans
        for first in (reading.spans[row.eid][0],)
    )


def _masked(consultation_id: int, comment_ids: tuple[int, ...]) -> set[int]:
    """Those whose quoted words are masked: a mark in the text would show what is covered."""
    spans = spans_of_comments(consultation_id, comment_ids) if comment_ids else {}
    return {
        comment_id
        for comment_id, each in spans.items()
        if any(span.field == "quoted" for span in each)
    }


def _notes(
    consultation_id: int, public: tuple[ColumnElement[bool], ...], marked: set[int]
) -> dict[str, tuple[Note, ...]]:
    rank = func.row_number().over(partition_by=CommentAnchor.eid, order_by=Comment.number)
    ranked = (
        select(Comment.number, CommentAnchor.eid, rank.label("rank"))
        .join(Comment, CommentAnchor.comment_id == Comment.id)
        .where(*public, CommentAnchor.eid != "")
        .subquery()
    )
    query = select(ranked.c.number, ranked.c.eid).where(ranked.c.rank <= NOTES)
    numbers: dict[str, list[int]] = {}
    for number, eid in db.session.execute(query.order_by(ranked.c.number)):
        numbers.setdefault(article_of(eid), []).append(number)
    shown = tuple(number for each in numbers.values() for number in each[:NOTES])
    views = {view.number: view for view in views_of(consultation_id, shown, Audience.PUBLIC)}
    return {
        article: tuple(Note(views[n], n in marked) for n in each[:NOTES] if n in views)
        for article, each in numbers.items()
    }
