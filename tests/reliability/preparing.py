"""What the portal holds before anybody is killed: staff, a consultation that comments come to, and
one whose comments are all answered, to be published again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask

from portal.adapters import clock
from portal.domain.moderation import Decision, Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Point, Sender, Target
from portal.jobs.console import staff
from portal.models import Comment, Consultation, PublicBody, db
from portal.services import moderation, responses, reviews, submissions
from portal.services.responses import Draft
from tests.factories.cast import email_of
from tests.journeys.people import make_staff

BUSY, ANSWERED = "gardens", "roads"
AUTHORS = 10  # of one comment each, with an address
DAY = timedelta(days=1)


def prepare(app: Flask) -> None:
    """Both are closed and take late comments."""
    make_staff(app)
    now = clock.now()
    _consultation(BUSY, "تعليمات الحدائق (مثال)", now)
    answered = _consultation(ANSWERED, "تعليمات الطرق (مثال)", now)
    _answer(answered, now)
    db.session.commit()


def _consultation(slug: str, title: str, now: datetime) -> Consultation:
    body_id = db.session.scalars(db.select(PublicBody.id)).one()
    made = Consultation(
        slug=slug,
        body_id=body_id,
        title_ar=title,
        created_at=now - 20 * DAY,
        announced_at=now - 20 * DAY,
        opens_at=now - 16 * DAY,
        closes_at=now - DAY,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _answer(consultation: Consultation, now: datetime) -> None:
    moderator, drafter, approver = (
        staff(email_of(part)) for part in ("moderator", "drafter", "approver")
    )
    for number in range(AUTHORS):
        submissions.submit(
            now,
            consultation,
            Sender(email=f"author-{number}@example.org"),
            (Point(Target(), f"الرصيف ضيق عند البيت {number}"),),
            form_key=f"author-{number}",
            language="ar",
        )
    query = db.select(Comment).where(Comment.consultation_id == consultation.id)
    comments = list(db.session.scalars(query.order_by(Comment.number)))
    for comment in comments:
        moderation.decide(moderator, now, comment, Decision(Outcome.PUBLISH, comment.revision))
    refs = tuple(RowRef(comment.number) for comment in comments)
    draft = Draft(refs, Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = responses.record(drafter, now, consultation.id, draft)
    reviews.approve(approver, now, written, seen_revision=written.revision)
