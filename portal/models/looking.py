"""What a machine sees in comments: looked for soon after they came, in the order of their coming.

The receipt does not wait for it. Until then the submission says so (`looked_at` is empty), and a
moderator is told.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

import structlog
from sqlalchemy import select

from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.grouping import group_arrivals
from portal.models.hinting import note_hints
from portal.models.submissions import Submission

log = structlog.get_logger()
MOST = 20  # others write between two portions


def waiting_places() -> list[int]:
    """The consultations in which submissions wait to be looked over, by id."""
    waiting = select(Submission.consultation_id).where(Submission.looked_at.is_(None)).distinct()
    return sorted(db.session.scalars(waiting))


def look_over(consultation_id: int, now: datetime, most: int = MOST) -> int:
    """Look over the first `most` submissions that wait; gives how many there were.

    Who does the same meanwhile waits for the first of them, and then finds others or none: the
    same order of coming gives the same groups, however many look.
    """
    waiting = select(Submission).where(
        Submission.consultation_id == consultation_id, Submission.looked_at.is_(None)
    )
    waiting = waiting.order_by(Submission.id).limit(most).with_for_update(key_share=True)
    found = {each.id: each for each in db.session.scalars(waiting)}
    consultation = db.session.get_one(Consultation, consultation_id)
    comments = select(Comment).where(Comment.submission_id.in_(found)).order_by(Comment.id)
    # Read anew: their author may have changed them while this waited.
    read = db.session.scalars(comments.execution_options(populate_existing=True)).all()
    for submission_id, those in groupby(read, lambda each: each.submission_id):
        came = list(those)
        note_hints(came, found[submission_id], consultation)
        group_arrivals(came, now)
        found[submission_id].looked_at = now
    db.session.flush()
    return len(found)


def was_looked_over(submission: Submission) -> bool:
    """Whether its comments were looked over; held still until the end of this transaction."""
    db.session.refresh(submission, ["looked_at"], with_for_update={"key_share": True})
    return submission.looked_at is not None


def pass_over(consultation_id: int, now: datetime) -> int:
    """Leave out the first that waits, which could not be looked over; gives 0 where none waits.

    `flask comment rehint` looks at it again.
    """
    first = select(Submission).where(
        Submission.consultation_id == consultation_id, Submission.looked_at.is_(None)
    )
    found = db.session.scalars(first.order_by(Submission.id).limit(1)).first()
    if found is None:
        return 0
    log.error("passed over", submission=found.id)
    found.looked_at = now
    return 1
