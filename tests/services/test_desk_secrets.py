"""What the staff say to one another never leaves the desk; a part shows no more than the whole."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.visibility import Span
from portal.models import Comment, db
from portal.queries.rows import parts_of
from portal.services import assignments, consultations, matrices, moderation, notes, themes
from portal.services.assignments import Given
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.public_views import VIEWS
from tests.factories.study import answer, split
from tests.fixtures.apps import START, Clock

numbers = count()
comments = st.lists(
    st.tuples(
        st.sampled_from([Outcome.PUBLISH, Outcome.REDACT, Outcome.WITHHOLD]),
        st.integers(0, 3),  # which word is masked
        st.booleans(),  # whether it is split
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def cast(web: Flask) -> Cast:
    cast = make_cast()
    db.session.commit()
    return cast


def words(name: str, many: int) -> list[str]:
    """Words that stand nowhere else."""
    return [f"{name}{next(numbers):06}" for _each in range(many)]


def decide(cast: Cast, clock: Clock, comment: Comment, outcome: Outcome, at: int) -> set[str]:
    """Decide on it; gives the words of it that nobody may read from now on."""
    said = comment.text.split()
    start = comment.text.index(said[at])
    spans = (Span("text", start, start + len(said[at]), Ground.PERSONAL_DATA),)
    ground = None if outcome is Outcome.PUBLISH else Ground.PERSONAL_DATA
    masks = spans if outcome is Outcome.REDACT else ()
    decision = Decision(outcome, comment.revision, ground, "بيان", masks)
    moderation.decide(cast.moderator, clock(), comment, decision)
    hidden = {Outcome.PUBLISH: set[str](), Outcome.REDACT: {said[at]}}
    return hidden.get(outcome, set(said))


@given(comments)
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_nothing_of_the_desk_and_nothing_masked_is_in_any_public_view(
    web: Flask, cast: Cast, clock: Clock, sent: list[tuple[Outcome, int, bool]]
) -> None:
    clock.moment = START
    place = made.prepare(cast, slug=f"secrets-{next(numbers)}")
    consultations.announce(cast.drafter, START, place.consultation, minimum_days=10)
    clock.moment = START + timedelta(days=3)
    made.send(place, clock, *[" ".join(words("كلمة", 4)) for _each in sent])
    secret = words("سر", 4)
    hidden = set(secret)
    theme = themes.make(place.consultation.id, secret[0], secret[1])
    own, today = cast.body.id, date(2026, 11, 4)
    for comment, (outcome, at, apart) in zip(made.comments(place), sent, strict=True):
        hidden |= decide(cast, clock, comment, outcome, at)
        notes.write(cast.drafter, clock(), own, comment, f"{secret[2]} @approver (example)")
        given = Given(unit=secret[3])
        assignments.assign(cast.drafter, clock(), today, own, [comment.id], given)
        if apart:
            first, second, third, fourth = comment.text.split()
            split(cast, clock, comment, f"{first} {second}", f"{third} {fourth}")
        keys = list(parts_of([comment.id])) or [RowKey(comment.id)]
        themes.put_under(theme, keys)
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    for comment in made.comments(place):
        for key in list(parts_of([comment.id])) or [RowKey(comment.id)]:
            answer(cast, clock, place, str(RowRef(comment.number, key.part)), approved=True)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    for name, show in VIEWS.items():
        seen = show(web, place.consultation.slug)
        assert [word for word in hidden if word in seen] == [], name
