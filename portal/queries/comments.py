"""Reads of comments; what each audience sees is asked of domain.visibility and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.domain.comments import CommentType, Publication
from portal.domain.submissions import Channel, Governorate, SenderClass
from portal.domain.visibility import TEXT_PUBLIC, Audience, Span, Words, visible
from portal.models import Comment, CommentAnchor, Document, DraftVersion, Submission, db
from portal.models.anchoring import read_words
from portal.queries.attachments import FileView, files_of_comments
from portal.queries.spans import content_of, spans_of_comments

PAGE = 50


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment as one audience may see it.

    `original` are the words of the provision that a proposal is to replace, where the comment
    quotes none of them. `private_name`: here staff sees a name that its owner keeps from the
    public.
    """

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
    original: str = ""
    files: tuple[FileView, ...] = ()
    erased_at: datetime | None = None
    private_name: bool = False


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
    """Four queries: comments, masks of those that have any, words to be replaced, files."""
    found = db.session.execute(query).all()
    masked = tuple(row[0].id for row in found if row[0].publication is Publication.REDACTED)
    spans = spans_of_comments(consultation_id, masked) if masked else {}
    originals = _originals([row[0] for row in found])
    ids = tuple(row[0].id for row in found)
    files = files_of_comments(consultation_id, ids, audience) if ids else {}
    return tuple(
        replace(
            _view(row, spans.get(row[0].id, ()), audience),
            original=originals.get(row[0].id, ""),
            files=files.get(row[0].id, ()),
        )
        for row in found
    )


def _originals(comments: list[Comment]) -> dict[int, str]:
    wanted = [
        (each.id, each.version_id, each.eid)
        for each in comments
        if each.proposed and not each.quoted and each.version_id and each.eid
    ]
    readings = read_words({version for _id, version, _eid in wanted}) if wanted else {}
    return {
        comment_id: readings[version].text[slice(*readings[version].body(eid))]
        for comment_id, version, eid in wanted
        if version in readings and eid in readings[version].spans
    }


def _view(
    row: Row[Comment, Submission, int, int],
    spans: tuple[Span, ...],
    audience: Audience,
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
        erased_at=comment.erased_at,
        private_name=bool(submission.name) and not submission.name_public,
    )


def published_page(
    consultation_id: int,
    *,
    document: int | None = None,
    article: str = "",
    version: int | None = None,
    after: int = 0,
) -> CommentsPage:
    """Published comments by reference, fifty at a time, narrowed to a document or article.

    An article is that on which comments were made or, where `version` is given, that at which
    they stand in this version of the document.
    """
    query = select_views().where(
        Comment.consultation_id == consultation_id,
        Comment.publication.in_(TEXT_PUBLIC),
        Comment.number > after,
    )
    if document is not None:
        query = query.where(Document.number == document)
    if article and version is not None and document is not None:
        query = query.where(Comment.id.in_(_standing_in(document, article, version)))
    elif article:
        query = query.where(_at(Comment.eid, article))
    found = load_views(query.limit(PAGE + 1), consultation_id, Audience.PUBLIC)
    return CommentsPage(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)


def _at(eid: InstrumentedAttribute[Any], article: str) -> ColumnElement[bool]:
    return (eid == article) | eid.startswith(f"{article}__", autoescape=True)


def _standing_in(document: int, article: str, version: int) -> Select[int]:
    """The comments that stand at an article of that version, wherever they were made."""
    of = aliased(DraftVersion)
    return (
        select(CommentAnchor.comment_id)
        .join(of, CommentAnchor.version_id == of.id)
        .join(Document, of.document_id == Document.id)
        .where(
            Document.number == document,
            of.number == version,
            of.published_at.is_not(None),
            _at(CommentAnchor.eid, article),
        )
    )


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


def views_of(
    consultation_id: int, numbers: tuple[int, ...], audience: Audience
) -> tuple[CommentView, ...]:
    """The comments with these references. Two queries."""
    query = select_views().where(
        Comment.consultation_id == consultation_id, Comment.number.in_(numbers)
    )
    return load_views(query, consultation_id, audience)
