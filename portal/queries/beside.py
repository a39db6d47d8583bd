"""The text beside a comment: the article it was made on, and where that stands now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.domain.citations import article_of
from portal.domain.reading import Reading
from portal.domain.typesetting import Marked, Typeset, typeset
from portal.models import Comment, CommentAnchor, db
from portal.queries.articles import read_article
from portal.queries.drafts import ProvisionView, reading_of, tables_of
from portal.queries.standing import Stands, standings


@dataclass(frozen=True, slots=True)
class Beside:
    """An article with the comment's words marked in it; `stands` is None where there is no later
    version than the one that the comment was made on."""

    article: ProvisionView | None = None
    inside: Typeset | None = None
    stands: Stands | None = None


def then_and_now(comment: Comment) -> tuple[Beside, Beside]:
    """The article in the version commented on, and in the newest. Five queries at most."""
    then = _beside(comment, comment.version_id, comment.eid or "")
    stands = standings([comment.id]).get(comment.id)
    if stands is None:
        return then, Beside()
    return then, _beside(comment, stands.version_id, stands.eid or stands.near, stands)


def _beside(
    comment: Comment, version_id: int | None, eid: str, stands: Stands | None = None
) -> Beside:
    article = read_article(version_id, article_of(eid))
    if article is None:
        return Beside(stands=stands)
    reading = reading_of((article,))
    marked = _marked(comment, version_id, reading)
    return Beside(article, typeset(reading, marked, tables_of((article,))), stands)


def _marked(comment: Comment, version_id: int | None, reading: Reading) -> tuple[Marked, ...]:
    query = select(CommentAnchor.eid, CommentAnchor.start, CommentAnchor.end).where(
        CommentAnchor.comment_id == comment.id,
        CommentAnchor.version_id == version_id,
        CommentAnchor.start.is_not(None),
    )
    return tuple(
        Marked(comment.number, first + start, first + end)
        for eid, start, end in db.session.execute(query)
        if eid in reading.spans and start is not None and end is not None
        for first in (reading.spans[eid][0],)
    )
