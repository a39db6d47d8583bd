"""A comment as visibility looks at it: what was said, and the spans of the newest decision."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from portal.domain.grounds import Ground
from portal.domain.visibility import Content, Span
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.moderation import ModerationDecision
from portal.models.submissions import Submission

# What there is of a `Content` but its spans, in its order: columns, for who reads very many.
CONTENT = (
    Comment.publication,
    Comment.text,
    Comment.proposed,
    Comment.grounds,
    Comment.quoted,
    Submission.name,
    Submission.name_public,
    Submission.organisation,
)


def to_spans(kept: list[dict[str, object]]) -> tuple[Span, ...]:
    """Spans as kept in a decision."""
    return tuple(
        Span(
            str(each["field"]),
            int(str(each["start"])),
            int(str(each["end"])),
            Ground(str(each["ground"])),
        )
        for each in kept
    )


def content_of(comment: Comment, submission: Submission, spans: tuple[Span, ...]) -> Content:
    """What `domain.visibility.visible` decides about."""
    return Content(
        publication=comment.publication,
        text=comment.text,
        proposed=comment.proposed,
        grounds=comment.grounds,
        quoted=comment.quoted,
        name=submission.name,
        name_public=submission.name_public,
        organisation=submission.organisation,
        spans=spans,
    )


def spans_by_comment(ids: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    """Masked spans of the newest decision on each of the comments that has one. One query."""
    newest = (
        select(func.max(ModerationDecision.id))
        .where(ModerationDecision.comment_id.in_(ids))
        .group_by(ModerationDecision.comment_id)
    )
    query = select(ModerationDecision.comment_id, ModerationDecision.spans)
    found = db.session.execute(query.where(ModerationDecision.id.in_(newest)))
    return {comment_id: to_spans(spans) for comment_id, spans in found}
