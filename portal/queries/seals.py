"""Whether anything that an edition rests on was touched since it was read: by the record."""

from __future__ import annotations

from sqlalchemy import func, select

from portal.domain.record import Entry
from portal.models import RecordEntry, db

# What changes what a row says, or who may read it.
TOUCHES_COMMENTS = (
    Entry.RECEIVED,
    Entry.EDITED,
    Entry.WITHDRAWN,
    Entry.WORKSHOP_TAKEN_IN,
    Entry.MODERATED,
    Entry.APPEAL_DECIDED,
    Entry.COMMENT_SPLIT,
    Entry.COMMENT_JOINED,
    Entry.ERASED,
    Entry.VERSION_PUBLISHED,
)
TOUCHES_ANSWERS = (
    Entry.ANSWER_RECORDED,
    Entry.ANSWER_APPROVED,
    Entry.ANSWER_RETURNED,
    Entry.ANSWERS_IMPORTED,
    Entry.CHANGE_EXPLAINED,
    Entry.OPINION_GIVEN,
)


def seal(consultation_id: int, *, interim: bool) -> int:
    """How many such acts there were; another number later means that something was touched.

    Of an interim edition answers do not count: the study goes on, and it says as of when it is.
    """
    kinds = TOUCHES_COMMENTS if interim else TOUCHES_COMMENTS + TOUCHES_ANSWERS
    query = select(func.count()).where(
        RecordEntry.consultation_id == consultation_id, RecordEntry.kind.in_(kinds)
    )
    return db.session.scalars(query).one()
