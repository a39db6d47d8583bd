"""Whatever happens to comments, in whatever order: no text is lost, nothing hidden is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.attachments import Standing
from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Refusals
from portal.domain.moderation import Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.visibility import TEXT_PUBLIC
from portal.models import Comment, CommentRevision, ModerationDecision, Submission, db
from portal.models.attaching import files_of
from portal.queries.comments import published_page
from portal.services import (
    consultations,
    matrices,
    moderation,
    responses,
    reviews,
)
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.life import World, numbers
from tests.factories.public_views import VIEWS
from tests.factories.search import look
from tests.fixtures.apps import START, Clock

EVENTS = (
    "submit",
    "edit",
    "withdraw",
    "decide",
    "hold",
    "undo",
    "settle",
    "appeal",
    "rule",
    "wait",
)
acts = st.tuples(
    st.sampled_from(EVENTS),
    st.integers(0, 5),
    st.sampled_from(Outcome),
    st.integers(0, 3),
    st.booleans(),
)


@pytest.fixture
def cast(web: Flask) -> Cast:
    cast = make_cast()
    db.session.commit()
    return cast


def hidden_words(world: World) -> set[str]:
    """All that nobody may read now: words of what is not shown, masked words, kept names."""
    found: set[str] = set()
    for known in world.kept:
        _same, comment = world.comment(known.number - 1)
        shown: set[str] = set()
        if comment.publication in TEXT_PUBLIC:
            shown = set(known.texts[-1].split())
        if comment.publication is Publication.REDACTED:
            shown -= masked(comment)
        found |= {word for text in known.texts for word in text.split()} - shown
        if not known.shows_name or comment.publication not in TEXT_PUBLIC:
            found.add(known.name)
        (file,) = files_of(comment.id)
        if comment.publication not in TEXT_PUBLIC or file.standing is not Standing.SHOWN:
            found |= {*known.file}
    return found


def masked(comment: Comment) -> set[str]:
    decisions = db.select(ModerationDecision.spans).where(
        ModerationDecision.comment_id == comment.id
    )
    newest = db.session.scalars(decisions.order_by(ModerationDecision.id.desc()).limit(1)).one()
    return {comment.text[s["start"] : s["end"]] for s in newest if s["field"] == "text"}


def assert_nothing_is_lost(world: World) -> None:
    for known in world.kept:
        _same, comment = world.comment(known.number - 1)
        query = db.select(CommentRevision.text).where(CommentRevision.comment_id == comment.id)
        earlier = list(db.session.scalars(query.order_by(CommentRevision.id)))
        assert [*earlier, comment.text] == known.texts
        assert comment.grounds == comment.text
        (file,) = files_of(comment.id)
        assert file.name == known.file[0]
        assert db.session.get_one(Submission, comment.submission_id).name == known.name


def assert_nothing_hidden_is_listed(world: World) -> None:
    shown = repr(published_page(world.place.consultation.id))
    assert [word for word in hidden_words(world) if word in shown] == []


def assert_what_is_shown_is_what_is_found(world: World) -> None:
    """By every word that ever stood in a comment: it is found where it is shown, and only then."""
    hidden = hidden_words(world)
    for known in world.kept:
        for word in (known.name, *" ".join(known.texts).split()):
            found = {each.number for each in look(world.clock, word).results}
            assert found == (set() if word in hidden else {known.number}), word


def assert_what_is_shown_can_be_had(web: Flask, world: World, slug: str) -> None:
    hidden = hidden_words(world)
    for known in world.kept:
        name, content = known.file
        given = VIEWS[f"file of comment {known.number}"](web, slug)
        assert (name in given and content in given) is (name not in hidden)


def publish_matrix(world: World) -> None:
    world.clock.moment = world.place.consultation.closes_at + timedelta(days=2)
    moderation.settle_due(world.clock())
    for known in world.kept:
        _same, comment = world.comment(known.number - 1)
        withdrawn = comment.publication is Publication.WITHDRAWN
        disposition = Disposition.WITHDRAWN if withdrawn else Disposition.CLARIFIED
        draft = Draft((RowRef(known.number),), disposition, reason_ar="بيان", ready=True)
        slug_id = world.place.consultation.id
        written = responses.record(world.cast.drafter, world.clock(), slug_id, draft)
        reviews.approve(world.cast.approver, world.clock(), written, seen_revision=written.revision)
    matrices.publish(world.cast.approver, world.clock(), world.place.consultation.id)
    db.session.commit()


@given(st.booleans(), st.lists(acts, min_size=6, max_size=22))
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_is_lost_and_nothing_hidden_is_shown(
    web: Flask,
    cast: Cast,
    clock: Clock,
    after: bool,
    sequence: list[tuple[str, int, Outcome, int, bool]],
) -> None:
    clock.moment = START
    slug = f"life-{next(numbers)}"
    place = made.prepare(cast, slug=slug)
    place.consultation.moderated_after = after
    consultations.announce(cast.drafter, START, place.consultation, minimum_days=10)
    clock.moment = START + timedelta(days=3)
    world = World(web, cast, place, clock)
    world.submit(shows_name=True, confidential=False)
    world.submit(shows_name=False, confidential=False)
    db.session.commit()
    for event in sequence:
        before = replace(world, kept=[replace(k, texts=[*k.texts]) for k in world.kept])
        try:
            world.do(*event)
            db.session.commit()
        except (DomainError, Refusals):
            db.session.rollback()
            world.kept = before.kept
        assert_nothing_is_lost(world)
        assert_nothing_hidden_is_listed(world)
    assert_what_is_shown_is_what_is_found(world)
    publish_matrix(world)
    assert_nothing_is_lost(world)
    hidden = hidden_words(world)
    for name, show in VIEWS.items():
        seen = show(web, slug)
        assert [word for word in hidden if word in seen] == [], name
    assert_what_is_shown_can_be_had(web, world, slug)
    assert "[حُجب" in VIEWS["matrix"](web, slug) or not any(
        world.comment(k.number - 1)[1].publication is Publication.REDACTED for k in world.kept
    )
