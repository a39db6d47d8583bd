"""Where a comment's publication status changes: here and nowhere else.

Whatever must follow each change (the queue, the index of search) is kept up here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from portal.domain.citations import article_of
from portal.domain.comments import Publication
from portal.domain.visibility import TEXT_PUBLIC
from portal.models.base import db, table_of
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.indexing import forget_comments, index_comments
from portal.models.queue import Claim, Waiting
from portal.models.submissions import Submission

_QUEUE = insert(table_of(Waiting))


def set_publication(comment: Comment, status: Publication) -> None:
    """Give a comment its status after an act on it: what saw the state before it is refused.

    What the status rests on (a decision with its masks, the author's new words) is there already:
    the index of search takes up what the public may read from now on.
    """
    comment.publication = status
    comment.revision += 1
    index_comments([comment.id])


def set_publication_of_many(ids: Sequence[int], status: Publication) -> None:
    """The same for many comments at once; their mapped objects, where there are any, are stale."""
    changed = update(Comment).where(Comment.id.in_(ids))
    db.session.execute(
        changed.values(publication=status, revision=Comment.revision + 1),
        execution_options={"synchronize_session": False},
    )
    if status in TEXT_PUBLIC:
        index_comments(ids)
    else:
        forget_comments(ids)


def arrived(
    comments: Sequence[Comment], submission: Submission, consultation: Consultation, now: datetime
) -> None:
    """Comments that have just come in, with the status that `domain.comment_life` gives them."""
    if not submission.confidential:
        rows = [_waits(each, submission, consultation, now) for each in comments]
        db.session.connection().execute(_QUEUE, rows)
    shown = [comment.id for comment in comments if comment.publication in TEXT_PUBLIC]
    if shown:
        index_comments(shown)


def enter_queue(
    comment: Comment, submission: Submission, consultation: Consultation, since: datetime
) -> None:
    """Let a comment that is not in the queue wait for a moderator, since then."""
    db.session.add(Waiting(**_waits(comment, submission, consultation, since)))


def _waits(
    comment: Comment, submission: Submission, consultation: Consultation, since: datetime
) -> dict[str, Any]:
    return {
        "comment_id": comment.id,
        "consultation_id": consultation.id,
        "body_id": consultation.body_id,
        "place": place_of(comment.document_id, comment.eid),
        "channel": submission.channel,
        "sender_class": submission.sender_class,
        "since": since,
    }


def leave_queue(comment_id: int) -> datetime | None:
    """Nobody needs to look at it now; gives since when it waited, None where it did not."""
    db.session.flush()
    gone = delete(Waiting).where(Waiting.comment_id == comment_id).returning(Waiting.since)
    since = db.session.scalar(gone)
    db.session.execute(delete(Claim).where(Claim.comment_id == comment_id))
    return since


def place_of(document_id: int | None, eid: str | None) -> str:
    """What the queue is narrowed to an article by."""
    return f"{document_id}:{article_of(eid)}" if document_id and eid else ""
