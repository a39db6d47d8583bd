"""Splitting a comment that makes several points into parts, and joining them again.

What becomes of the answers: `domain.joining`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from portal.domain.accounts import Actor
from portal.domain.comment_parts import SPLIT_FIELDS, PartSpan, check_parts
from portal.domain.errors import DomainError
from portal.domain.joining import answer_of_whole
from portal.domain.record import Entry
from portal.domain.responses import ResponseStatus
from portal.formats.words import joined_remark, split_remark
from portal.models import Comment, CommentPart, Response, ResponseComment, db
from portal.models.deciding import lock
from portal.models.ledger import write_down
from portal.models.parting import join_parts, split_into

FINISHED = (ResponseStatus.READY, ResponseStatus.APPROVED)


def split(
    actor: Actor,
    now: datetime,
    comment: Comment,
    parts: tuple[tuple[PartSpan, ...], ...],
    *,
    seen_revision: int,
) -> None:
    """Give a comment numbered parts, each words of it; every part is a row from now on.

    Raises `changed_meanwhile` where its words are not those that were seen, `split_already`, and
    what `domain.comment_parts.check_parts` raises.
    """
    _check_seen(comment, seen_revision)
    if _parts(comment):
        raise DomainError("split_already", status=409, number=comment.number)
    check_parts(parts, {field: getattr(comment, field) for field in SPLIT_FIELDS})
    answering = set(_answers(comment).values())
    split_into(comment.id, parts, by=actor.user_id or 0, at=now)
    _send_back(answering, split_remark(comment.number))
    spans = [[span._asdict() for span in part] for part in parts]
    _write_down(Entry.COMMENT_SPLIT, actor, now, comment, {"parts": spans})


def join(
    actor: Actor, now: datetime, comment: Comment, *, keep: int | None, seen_revision: int
) -> None:
    """Make the parts of a comment one again; `keep` is the response that answers the whole.

    Raises `changed_meanwhile`, `not_split`, `parts_answered_apart`.
    """
    _check_seen(comment, seen_revision)
    parts = _parts(comment)
    if not parts:
        raise DomainError("not_split", status=409, number=comment.number)
    answers = _answers(comment)
    kept = answer_of_whole(answers, keep)
    join_parts(comment.id, keep=kept)
    _send_back(set(answers.values()), joined_remark(comment.number))
    content = {"parts": parts, "responses": {str(part): answers[part] for part in sorted(answers)}}
    _write_down(Entry.COMMENT_JOINED, actor, now, comment, content)


def _check_seen(comment: Comment, seen_revision: int) -> None:
    lock(comment)
    if comment.revision != seen_revision:
        raise DomainError("changed_meanwhile", status=409, number=comment.number)


def _parts(comment: Comment) -> int:
    query = select(CommentPart.part).where(CommentPart.comment_id == comment.id)
    return len(db.session.scalars(query).all())


def _answers(comment: Comment) -> dict[int, int]:
    """The response of each part, or of the whole (0), where there is one."""
    query = select(ResponseComment.part, ResponseComment.response_id).where(
        ResponseComment.comment_id == comment.id
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _send_back(response_ids: Iterable[int], remark: str) -> None:
    """What was approved for other words than these is looked at again by who wrote it."""
    db.session.execute(
        update(Response)
        .where(Response.id.in_(tuple(response_ids)), Response.status.in_(FINISHED))
        .values(
            status=ResponseStatus.RETURNED,
            remark=remark,
            approved_by=None,
            approved_at=None,
            revision=Response.revision + 1,
        )
    )


def _write_down(
    kind: Entry, actor: Actor, now: datetime, comment: Comment, content: dict[str, object]
) -> None:
    write_down(
        kind,
        at=now,
        subject=f"comment {comment.number}",
        content={"comment": comment.number, "digest": comment.digest, **content},
        consultation_id=comment.consultation_id,
        actor_id=actor.user_id,
    )
