"""A comment as visibility looks at it, with the spans of the newest decision on it."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.domain.visibility import Span
from portal.models import Comment, ModerationDecision, db
from portal.models.contents import content_of, to_spans

__all__ = ["content_of", "spans_of_comments", "to_spans"]


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
