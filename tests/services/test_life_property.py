"""Whatever happens to comments, in whatever order: no text is lost, nothing hidden is shown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.domain.appeals import AppealOutcome, Ruling
from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Refusals
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Point, Sender
from portal.domain.visibility import TEXT_PUBLIC, Span
from portal.models import Appeal, Comment, CommentRevision, ModerationDecision, Submission, db
from portal.queries.comments import published_page
from portal.services import (
    appeals,
    consultations,
    edits,
    matrices,
    moderation,
    responses,
    submissions,
)
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
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
numbers = count()


@dataclass
class Kept:
    """What the test knows of a comment: all it ever said, and its sender."""

    number: int
    code: str
    name: str
    shows_name: bool
    texts: list[str] = field(default_factory=list)


@dataclass
class World:
    """A consultation, the comments sent to it, and how to make each thing happen."""

    cast: Cast
    place: Open
    clock: Clock
    kept: list[Kept] = field(default_factory=list)

    def text(self) -> str:
        """Words that stand nowhere else."""
        return " ".join(f"كلمة{next(numbers):06}" for _each in range(4))

    def comment(self, which: int) -> tuple[Kept, Comment]:
        known = self.kept[which % len(self.kept)]
        query = db.select(Comment).where(
            Comment.consultation_id == self.place.consultation.id, Comment.number == known.number
        )
        return known, db.session.scalars(query).one()

    def submit(self, shows_name: bool, confidential: bool) -> None:
        if len(self.kept) == 6:
            return
        text, name = self.text(), f"اسم{next(numbers):06}"
        key = f"form-{next(numbers)}"
        sender = {"name": name, "name_public": shows_name, "email": "author@example.org"}
        sent = submissions.submit(
            self.clock(),
            self.place.consultation,
            Sender(**sender, confidential=confidential),  # type: ignore[arg-type]
            (Point(self.place.target("art_3"), text, grounds=text),),
            form_key=key,
            language="ar",
        )
        self.kept.append(Kept(len(self.kept) + 1, sent.code, name, shows_name, [text]))

    def edit(self, which: int) -> None:
        known, comment = self.comment(which)
        text = self.text()
        words = edits.NewWords(text, grounds=text)
        edits.edit_comment(
            self.clock(), known.code, known.number, words, seen_revision=comment.revision
        )
        known.texts.append(text)

    def decision(self, comment: Comment, outcome: Outcome, at: int) -> Decision:
        """One that hides the word at that place, in the text and in the grounds."""
        start = comment.text.split(" ")[at]
        ground = None if outcome is Outcome.PUBLISH else list(Ground)[at]
        spans = tuple(
            Span(
                name,
                getattr(comment, name).index(start) + 1,
                getattr(comment, name).index(start) + 3,
                list(Ground)[at],
            )
            for name in ("text", "grounds")
        )
        masks = spans if outcome is Outcome.REDACT else ()
        return Decision(outcome, comment.revision, ground, "بيان", masks)

    def do(self, event: str, which: int, outcome: Outcome, at: int, flag: bool) -> None:
        if event == "submit":
            self.submit(flag, confidential=at == 3)
        elif event == "edit":
            self.edit(which)
        elif event == "withdraw":
            known, _comment = self.comment(which)
            submissions.withdraw_comment(self.clock(), known.code, known.number)
        elif event == "decide":
            _known, comment = self.comment(which)
            by = self.cast.moderator if flag else self.cast.other_moderator
            moderation.decide(by, self.clock(), comment, self.decision(comment, outcome, at))
        elif event == "hold":
            _known, comment = self.comment(which)
            decision = self.decision(comment, outcome, at)
            seconds = timedelta(seconds=20)
            moderation.hold(
                self.cast.moderator, self.clock(), comment, decision, undo_for=seconds, batch="b"
            )
        elif event == "undo":
            moderation.undo(self.cast.moderator, self.clock())
        elif event == "settle":
            self.clock.pass_(seconds=21)
            moderation.settle_due(self.clock())
        elif event == "appeal":
            known, _comment = self.comment(which)
            appeals.appeal(self.clock(), known.code, known.number, "أعترض", days=14)
        elif event == "rule":
            self.rule(which, outcome, at, flag)
        else:
            self.clock.pass_(minutes=7)

    def rule(self, which: int, outcome: Outcome, at: int, flag: bool) -> None:
        _known, comment = self.comment(which)
        query = db.select(Appeal).where(Appeal.comment_id == comment.id).order_by(Appeal.id.desc())
        appeal = db.session.scalar(query.limit(1))
        if appeal is None:
            return
        instead = self.decision(comment, outcome, at) if flag else None
        ruling = Ruling(AppealOutcome.UPHELD if flag else AppealOutcome.REJECTED, "سبب", instead)
        appeals.rule(self.cast.other_moderator, self.clock(), appeal, ruling)


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
        responses.approve(
            world.cast.approver, world.clock(), written, seen_revision=written.revision
        )
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
    world = World(cast, place, clock)
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
    assert "[حُجب" in VIEWS["matrix"](web, slug) or not any(
        world.comment(k.number - 1)[1].publication is Publication.REDACTED for k in world.kept
    )
