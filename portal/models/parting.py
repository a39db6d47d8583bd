"""Splitting a comment, and joining its parts: what was said of the one is said of the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from portal.domain.comment_parts import PartSpan
from portal.models.base import db
from portal.models.responses import ResponseComment
from portal.models.studying import CommentPart, CommentTheme


def join_parts(comment_id: int, *, keep: int | None = None) -> bool:
    """Make a comment that was split whole again; False where it was whole.

    The response `keep`, or else that of its first answered part, stays with it, and every theme
    of a part.
    """
    parts = select(CommentPart).where(CommentPart.comment_id == comment_id)
    found = list(db.session.scalars(parts))
    if not found:
        return False
    _join_answers(comment_id, keep)
    _join_themes(comment_id)
    for part in found:
        db.session.delete(part)
    db.session.flush()
    return True


def _join_answers(comment_id: int, keep: int | None) -> None:
    of_comment = ResponseComment.comment_id == comment_id
    answers = select(ResponseComment.response_id, ResponseComment.digest).where(of_comment)
    if keep is not None:
        answers = answers.where(ResponseComment.response_id == keep)
    first = db.session.execute(answers.order_by(ResponseComment.part).limit(1)).first()
    db.session.execute(delete(ResponseComment).where(of_comment))
    if first is not None:
        response_id, digest = first
        db.session.add(
            ResponseComment(comment_id=comment_id, part=0, response_id=response_id, digest=digest)
        )


def _join_themes(comment_id: int) -> None:
    of_comment = CommentTheme.comment_id == comment_id
    themes = set(db.session.scalars(select(CommentTheme.theme_id).where(of_comment)))
    db.session.execute(delete(CommentTheme).where(of_comment))
    db.session.add_all(
        CommentTheme(theme_id=theme, comment_id=comment_id, part=0) for theme in sorted(themes)
    )


def split_into(
    comment_id: int, parts: Sequence[tuple[PartSpan, ...]], *, by: int, at: datetime
) -> None:
    """Give a whole comment its parts; its response and its themes are those of every part."""
    of_comment = ResponseComment.comment_id == comment_id
    answers = select(ResponseComment.response_id, ResponseComment.digest).where(of_comment)
    answer = db.session.execute(answers).first()
    under = CommentTheme.comment_id == comment_id
    themes = sorted(db.session.scalars(select(CommentTheme.theme_id).where(under)))
    db.session.execute(delete(ResponseComment).where(of_comment))
    db.session.execute(delete(CommentTheme).where(under))
    for part, spans in enumerate(parts, start=1):
        kept = [span._asdict() for span in spans]
        db.session.add(
            CommentPart(comment_id=comment_id, part=part, spans=kept, split_by=by, split_at=at)
        )
        if answer is not None:
            response_id, digest = answer  # of the words as they were answered
            db.session.add(
                ResponseComment(
                    comment_id=comment_id, part=part, response_id=response_id, digest=digest
                )
            )
        db.session.add_all(
            CommentTheme(theme_id=theme, comment_id=comment_id, part=part) for theme in themes
        )
    db.session.flush()
