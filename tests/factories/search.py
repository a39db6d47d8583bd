"""Looking for words in a test, and what was found by its names."""

from __future__ import annotations

from portal.domain.moderation import Outcome
from portal.domain.search import parse
from portal.models import Comment, db
from portal.queries.search import ResultsPage, search
from portal.queries.search_results import Result
from portal.services import moderation
from portal.services.moderation import Decision
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock


def look(clock: Clock, typed: str, **narrowed: object) -> ResultsPage:
    return search(clock(), parse(typed), **narrowed)  # type: ignore[arg-type]


def names(page: ResultsPage) -> list[str | int]:
    """A result by its comment's number, its provision's id, or the word `title`."""
    return [each.number or each.eid or "title" for each in page.results]


def marked(result: Result) -> list[str]:
    return [piece.text for piece in result.excerpt.pieces if piece.hit]


def decide(cast: Cast, clock: Clock, comment: Comment, outcome: Outcome, **more: object) -> None:
    decision = Decision(outcome, comment.revision, **more)  # type: ignore[arg-type]
    moderation.decide(cast.moderator, clock(), comment, decision)


def publish_all(cast: Cast, clock: Clock, place: Open) -> None:
    for comment in made.comments(place):
        decide(cast, clock, comment, Outcome.PUBLISH)
    db.session.commit()
