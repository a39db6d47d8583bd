"""A comment as visibility looks at it, with the spans of the newest decision on it."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.domain.grounds import Ground
from portal.domain.visibility import Content, Span
from portal.models import Comment, ModerationDecision, Submission, db


def spans_of_comments(
    consultation_id: int, comment_ids: tuple[int, ...] | None = None
) -> dict[int, tuple[Span, ...]]:
    """Masked spans by comment id, for a whole consultation or for `comment_ids` of it."""
    newest = (
        select(func.max(ModerationDecision.id))
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id)
        .group_by(ModerationDecision.comment_id)
    )
    if comment_ids is not None:
        newest = newest.where(ModerationDecision.comment_id.in_(comment_ids))
    query = select(ModerationDecision.comment_id, ModerationDecision.spans)
    found = db.session.execute(query.where(ModerationDecision.id.in_(newest)))
    return {comment_id: to_spans(spans) for comment_id, spans in found if spans}


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
