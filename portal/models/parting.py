"""Joining the parts of a comment again: what was said of the parts is said of the whole."""

from __future__ import annotations

from sqlalchemy import delete, select

from portal.models.base import db
from portal.models.responses import ResponseComment
from portal.models.studying import CommentPart, CommentTheme


def join_parts(comment_id: int) -> bool:
    """Make a comment that was split whole again; False where it was whole.

    The response of its first answered part stays with it, and every theme of a part.
    """
    parts = select(CommentPart).where(CommentPart.comment_id == comment_id)
    found = list(db.session.scalars(parts))
    if not found:
        return False
    _join_answers(comment_id)
    _join_themes(comment_id)
    for part in found:
        db.session.delete(part)
    db.session.flush()
    return True


def _join_answers(comment_id: int) -> None:
    of_comment = ResponseComment.comment_id == comment_id
    first = db.session.scalar(
        select(ResponseComment.response_id).where(of_comment).order_by(ResponseComment.part)
    )
    db.session.execute(delete(ResponseComment).where(of_comment))
    if first is not None:
        db.session.add(ResponseComment(comment_id=comment_id, part=0, response_id=first))


def _join_themes(comment_id: int) -> None:
    of_comment = CommentTheme.comment_id == comment_id
    themes = set(db.session.scalars(select(CommentTheme.theme_id).where(of_comment)))
    db.session.execute(delete(CommentTheme).where(of_comment))
    db.session.add_all(
        CommentTheme(theme_id=theme, comment_id=comment_id, part=0) for theme in sorted(themes)
    )
