"""Telling authors that their comments are answered: mail by mail into the outbox, in portions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from portal.domain.editions import RunStatus
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.editions import EditionRun
from portal.models.matrices import MatrixEdition, MatrixRow
from portal.models.notifications import OutboxMail
from portal.models.submissions import Submission

PORTION = 500
LINKS = 20  # rows that a mail links to; the submission's own page has them all


def tell_next(now: datetime, run: EditionRun) -> bool:
    """Lay the next mails into the outbox; True while there may be more.

    Each author who left an address is told once, with links to the rows of their comments; of a
    corrigendum only those whose rows it adds or changes.
    """
    edition = db.session.get_one(MatrixEdition, run.id)
    consultation = db.session.get_one(Consultation, run.consultation_id)
    addressed = (
        select(Submission.id, Submission.email, Submission.language, Submission.code)
        .where(
            Submission.consultation_id == run.consultation_id,
            Submission.email != "",
            Submission.id > run.told_up_to,
        )
        .order_by(Submission.id)
        .limit(PORTION)
    )
    found = db.session.execute(addressed).all()
    refs = _refs([submission.id for submission in found], edition)
    mails = [
        _mail(now, submission, refs[submission.id], consultation, edition)
        for submission in found
        if submission.id in refs
    ]
    if mails:
        db.session.execute(insert(OutboxMail), mails)
    run.told_up_to = found[-1].id if found else run.told_up_to
    run.changed_at = now
    if len(found) < PORTION:
        run.status, run.done, run.total = RunStatus.FILING, 0, 0
    return run.status is RunStatus.TELLING


def _refs(submission_ids: Sequence[int], edition: MatrixEdition) -> dict[int, list[str]]:
    query = (
        select(Comment.submission_id, MatrixRow.ref)
        .join(MatrixRow, MatrixRow.comment_id == Comment.id)
        .where(Comment.submission_id.in_(submission_ids), MatrixRow.edition_id == edition.id)
        .order_by(MatrixRow.position)
    )
    if edition.corrects is not None:
        query = query.where(MatrixRow.difference.is_not(None))
    found: dict[int, list[str]] = {}
    for submission_id, ref in db.session.execute(query):
        found.setdefault(submission_id, []).append(ref)
    return found


def _mail(
    now: datetime,
    submission: Row[*tuple[Any, ...]],
    refs: list[str],
    consultation: Consultation,
    edition: MatrixEdition,
) -> dict[str, Any]:
    return {
        "recipient": submission.email,
        "language": submission.language,
        "template": "answered",
        "params": {
            "code": submission.code,
            "slug": consultation.slug,
            "title": {"ar": consultation.title_ar, "en": consultation.title_en},
            "edition": edition.number,
            "corrects": edition.corrects,
            "comments": len(refs),
            "refs": refs[:LINKS],
        },
        "created_at": now,
        "next_attempt_at": now,
        "attempts": 0,
        "last_error": "",
    }
