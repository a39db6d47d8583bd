"""A consultation to be studied: comments, parts, answers."""

from __future__ import annotations

from portal.domain.comment_parts import PartSpan
from portal.domain.responses import Disposition
from portal.domain.row_refs import parse_ref
from portal.models import Comment, Response, db
from portal.services import responses, reviews, splitting
from portal.services.responses import Draft
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

POINTS = ("المدة قصيرة.", "والرسم مرتفع.", "والتعريف ناقص.")
SEVERAL = " ".join(POINTS)


def spans_of(comment: Comment, *points: str) -> tuple[tuple[PartSpan, ...], ...]:
    """A part for each of these words of the comment's text."""
    starts = [comment.text.index(point) for point in points]
    return tuple(
        (PartSpan("text", start, start + len(point)),)
        for start, point in zip(starts, points, strict=True)
    )


def split(cast: Cast, clock: Clock, comment: Comment, *points: str) -> None:
    """Split it into these points; committed."""
    parts = spans_of(comment, *points)
    splitting.split(cast.drafter, clock(), comment, parts, seen_revision=comment.revision)
    db.session.commit()


def answer(
    cast: Cast, clock: Clock, place: Open, *refs: str, reason: str = "بيان", approved: bool = False
) -> Response:
    """A response to these rows; committed."""
    answered = tuple(parse_ref(ref) for ref in refs)
    draft = Draft(answered, Disposition.CLARIFIED, reason_ar=reason, ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    if approved:
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    db.session.commit()
    return written
