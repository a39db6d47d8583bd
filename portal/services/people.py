"""Erasing what somebody sent, at the request of who holds the receipt or, in writing, by staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.record import ERASED, Entry
from portal.models import Comment, Consultation, Submission, db
from portal.models.erasing import (
    Files,
    erase_attachments,
    erase_beside,
    erase_comment,
    erase_mail,
    erase_sender,
)
from portal.models.ledger import write_down
from portal.models.restating import restate


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and the files that go once that is durable."""

    slug: str
    numbers: tuple[int, ...]
    files: Files


def erase(actor: Actor, now: datetime, submission: Submission) -> Erased:
    """Erase a submission: who sent it, its words, its files, and what was published of them.

    Numbers, dates, fingerprints, decisions and answers stay. It cannot be undone. Raises
    `erased_already` (409).
    """
    # Who looks it over meanwhile has done so before, or finds that it is done.
    db.session.refresh(submission, with_for_update=True)
    consultation = db.session.get_one(Consultation, submission.consultation_id)
    query = select(Comment).where(Comment.submission_id == submission.id)
    comments = list(db.session.scalars(query.order_by(Comment.number)))
    if all(each.erased_at for each in comments):
        raise DomainError("erased_already", status=409)
    address = submission.email
    for comment in comments:
        erase_comment(comment, now)
    erase_beside(comments)
    attachments = erase_attachments(comments)
    erase_mail(submission, address)
    erase_sender(submission, now)
    restated = restate(comments, now)
    numbers = tuple(each.number for each in comments)
    write_down(
        Entry.ERASED,
        at=now,
        subject=ERASED,
        content={
            "consultation": consultation.slug,
            "comments": list(numbers),
            "editions": restated.told,
        },
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    editions = tuple(each["edition"] for each in restated.told)
    files = Files(attachments, tuple(restated.files), tuple(restated.ids), editions)
    return Erased(consultation.slug, numbers, files)
