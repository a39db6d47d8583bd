"""Consultations whose comments are answered, for tests of what is published of them."""

from __future__ import annotations

from portal.domain.moderation import Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import Response
from portal.services import moderation, responses, reviews
from portal.services.moderation import Decision
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock


def closed(cast: Cast, place: Open, clock: Clock, *texts: str) -> None:
    """A published comment for each text, by an author with an address; the deadline passes."""
    for number, text in enumerate(texts, start=1):
        made.send(place, clock, text, email=f"author-{number}@example.org")
    for comment in made.comments(place):
        decision = Decision(Outcome.PUBLISH, comment.revision)
        moderation.decide(cast.moderator, clock(), comment, decision)
    clock.moment = place.consultation.closes_at


def answer(
    cast: Cast,
    clock: Clock,
    place: Open,
    *numbers: int | RowRef,
    disposition: Disposition = Disposition.CLARIFIED,
    reason: str = "بيان",
    response: Response | None = None,
) -> Response:
    """One approved response to rows, or `response` written anew."""
    refs = tuple(each if isinstance(each, RowRef) else RowRef(each) for each in numbers)
    draft = Draft(refs, disposition, reason_ar=reason, ready=True)
    seen = response.revision if response else 0
    written = responses.record(
        cast.drafter, clock(), place.consultation.id, draft, response=response, seen_revision=seen
    )
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    return written
