"""Reads of comments; what each audience sees is asked of domain.visibility and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select

from portal.domain.citations import article_of
from portal.domain.comments import CommentType, Publication
from portal.domain.submissions import Channel, Governorate, SenderClass
from portal.domain.visibility import TEXT_PUBLIC, Audience, Span, Words, visible
from portal.models import Comment, Document, DraftVersion, Submission, db
from portal.queries.spans import content_of, spans_of_comments

PAGE = 50
NOTES = 2


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one audience may see it."""

    id: int
    number: int
    document_number: int | None
    version_number: int | None
    eid: str | None
    place: str
    type: CommentType
    publication: Publication
    revision: int
    digest: str
    words: Words
    sender_class: SenderClass
    governorate: Governorate | None
    channel: Channel
    received_at: datetime
    late: bool
    confidential: bool
    submission_id: int


@dataclass(frozen=True, slots=True)
class CommentsPage:
    """Fifty comments at most; `next` is the reference to begin after, None at the end."""

    comments: tuple[CommentView, ...]
    next: int | None


def select_views() -> Select[Comment, Submission, int, int]:
    """What `load_views` reads, to be narrowed."""
    return (
        select(Comment, Submission, Document.number, DraftVersion.number)
        .join(Submission, Comment.submission_id == Submission.id)
        .outerjoin(Document, Comment.document_id == Document.id)
        .outerjoin(DraftVersion, Comment.version_id == DraftVersion.id)
        .order_by(Comment.number)
    )


def load_views(
    query: Select[Comment, Submission, int, int],
    consultation_id: int,
    audience: Audience,
) -> tuple[CommentView, ...]:
    """Two queries: the comments, and the masks of those that have any."""
    found = db.session.execute(query).all()
    masked = tuple(row[0].id for row in found if row[0].publication is Publication.REDACTED)
    spans = spans_of_comments(consultation_id, masked) if masked else {}
    return tuple(_view(row, spans.get(row[0].id, ()), audience) for row in found)


def _view(
    row: Row[Comment, Submission, int, int], spans: tuple[Span, ...], audience: Audience
) -> CommentView:
    comment, submission, document_number, version_number = row
    return CommentView(
        id=comment.id,
        number=comment.number,
        document_number=document_number,
        version_number=version_number,
        eid=comment.eid,
        place=comment.place,
        type=comment.type,
        publication=comment.publication,
        revision=comment.revision,
        digest=comment.digest,
        words=visible(content_of(comment, submission, spans), audience),
        sender_class=submission.sender_class,
        governorate=submission.governorate,
        channel=submission.channel,
        received_at=submission.received_at,
        late=submission.late,
        confidential=submission.confidential,
        submission_id=submission.id,
    )


def published_page(
    consultation_id: int, *, document: int | None = None, article: str = "", after: int = 0
) -> CommentsPage:
    """Published comments by reference, fifty at a time, narrowed to a document or article."""
    query = select_views().where(
        Comment.consultation_id == consultation_id,
        Comment.publication.in_(TEXT_PUBLIC),
        Comment.number > after,
    )
    if document is not None:
        query = query.where(Document.number == document)
    if article:
        below = Comment.eid.startswith(f"{article}__", autoescape=True)
        query = query.where((Comment.eid == article) | below)
    found = load_views(query.limit(PAGE + 1), consultation_id, Audience.PUBLIC)
    return CommentsPage(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)


def find_comment(consultation_id: int, number: int, audience: Audience) -> CommentView | None:
    """One comment as `audience` may see it."""
    query = select_views().where(
        Comment.consultation_id == consultation_id, Comment.number == number
    )
    found = load_views(query, consultation_id, audience)
    return found[0] if found else None


def of_submission(submission_id: int, consultation_id: int) -> tuple[CommentView, ...]:
    """The comments of a submission, as their author sees them."""
    query = select_views().where(Comment.submission_id == submission_id)
    return load_views(query, consultation_id, Audience.AUTHOR)


def margin_notes(
    consultation_id: int, document_id: int
) -> tuple[dict[str, int], dict[str, tuple[CommentView, ...]]]:
    """By article: how many comments are published, and the first few of them. Three queries.

    The counts are made by the database by provision; only the notes that are shown are read.
    """
    published = (
        Comment.consultation_id == consultation_id,
        Comment.document_id == document_id,
        Comment.eid.is_not(None),
        Comment.publication.in_(TEXT_PUBLIC),
    )
    counts: dict[str, int] = {}
    by_eid = select(Comment.eid, func.count()).where(*published).group_by(Comment.eid)
    for eid, number in db.session.execute(by_eid):
        article = article_of(eid)
        counts[article] = counts.get(article, 0) + number
    rank = func.row_number().over(partition_by=Comment.eid, order_by=Comment.number)
    first = select(Comment.id, rank.label("rank")).where(*published).subquery()
    shown = select(first.c.id).where(first.c.rank <= NOTES)
    notes: dict[str, tuple[CommentView, ...]] = {}
    for view in load_views(
        select_views().where(Comment.id.in_(shown)), consultation_id, Audience.PUBLIC
    ):
        article = article_of(view.eid)
        notes[article] = (*notes.get(article, ()), view)[:NOTES]
    return counts, notes


@dataclass(frozen=True, slots=True)
class Received:
    """The three honest numbers, always shown together."""

    received: int
    distinct_texts: int
    distinct_senders: int


def count_received(consultation_id: int) -> Received:
    """How many comments came, how many different texts, from how many senders. One query."""
    query = (
        select(
            func.count(Comment.id),
            func.count(func.distinct(Comment.text_key)),
            func.count(func.distinct(Submission.sender_key)),
        )
        .join(Submission, Comment.submission_id == Submission.id)
        .where(Comment.consultation_id == consultation_id)
    )
    return Received(*db.session.execute(query).one())


def all_views(consultation_id: int, audience: Audience) -> tuple[CommentView, ...]:
    """Every comment of a consultation, by reference. Two queries."""
    query = select_views().where(Comment.consultation_id == consultation_id)
    return load_views(query, consultation_id, audience)


def views_of(
    consultation_id: int, numbers: tuple[int, ...], audience: Audience
) -> tuple[CommentView, ...]:
    """The comments with these references. Two queries."""
    query = select_views().where(
        Comment.consultation_id == consultation_id, Comment.number.in_(numbers)
    )
    return load_views(query, consultation_id, audience)
