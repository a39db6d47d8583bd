"""Deciding, and taking it back; two moderators at one comment; what authors are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Stale
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.visibility import Span
from portal.jobs import tick
from portal.models import (
    Claim,
    Comment,
    HeldDecision,
    ModerationDecision,
    OutboxMail,
    RecordEntry,
    Submission,
    Waiting,
    db,
)
from portal.queries.comments import published_page
from portal.queries.moderation import claim_on, notices_of, undelivered
from portal.queries.queue import Reach
from portal.services import claims, edits, moderation, notifications, submissions
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

UNDO = timedelta(seconds=20)
WITHHOLD = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
PUBLISH = Decision(Outcome.PUBLISH, 0)


def one(place: Open, clock: Clock, text: str = "أولى", **sender: Any) -> Comment:
    made.send(place, clock, text, email="author@example.org", **sender)
    return made.comments(place)[-1]


def count(model: type[db.Model]) -> int:  # type: ignore[name-defined]
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def hold(cast: Cast, clock: Clock, comment: Comment, decision: Decision) -> HeldDecision | None:
    return moderation.hold(cast.moderator, clock(), comment, decision, undo_for=UNDO, batch="one")


def test_a_held_decision_shows_tells_and_records_nothing(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    written = count(RecordEntry)
    assert hold(cast, clock, comment, PUBLISH) is not None
    assert comment.publication is Publication.PENDING
    assert published_page(place.consultation.id).comments == ()
    assert (count(ModerationDecision), count(RecordEntry), count(Waiting)) == (0, written, 0)
    assert db.session.scalars(db.select(OutboxMail.template)).all() == ["receipt"]


def test_undone_it_waits_where_it_waited_and_nothing_false_was_written(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    since = db.session.get_one(Waiting, comment.id).since
    written = count(RecordEntry)
    clock.pass_(hours=3)
    hold(cast, clock, comment, WITHHOLD)
    clock.pass_(seconds=19)
    assert moderation.undo(cast.moderator, clock()) == [comment]
    assert db.session.get_one(Waiting, comment.id).since == since
    assert (count(ModerationDecision), count(HeldDecision)) == (0, 0)
    assert count(RecordEntry) == written
    with pytest.raises(DomainError, match="undo_late"):
        moderation.undo(cast.moderator, clock())


def test_after_its_seconds_it_takes_effect_and_cannot_be_undone(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    hold(cast, clock, comment, PUBLISH)
    db.session.commit()
    clock.pass_(seconds=20)
    with pytest.raises(DomainError, match="undo_late"):
        moderation.undo(cast.moderator, clock())
    db.session.rollback()
    assert tick.run(app, clock()).settled == 1
    assert comment.publication is Publication.PUBLISHED
    decision = db.session.scalars(db.select(ModerationDecision)).one()
    assert (decision.decided_by, decision.waited) == (cast.moderator.user_id, 20)
    assert "moderated" in db.session.scalars(db.select(OutboxMail.template)).all()


def test_what_hides_words_that_are_public_takes_effect_at_once(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    moderation.decide(cast.moderator, clock(), comment, PUBLISH)
    again = Decision(Outcome.WITHHOLD, 1, Ground.INSULT)
    assert hold(cast, clock, comment, again) is None
    assert comment.publication is Publication.WITHHELD


def test_an_edit_in_those_seconds_drops_the_decision(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    hold(cast, clock, comment, PUBLISH)
    sent = db.session.get_one(Submission, comment.submission_id)
    edits.edit_comment(clock(), sent.code, 1, edits.NewWords("غيرها"), seen_revision=0)
    clock.pass_(seconds=21)
    assert moderation.settle_due(clock()) == 0
    assert (count(HeldDecision), count(ModerationDecision), count(Waiting)) == (0, 0, 1)
    assert comment.publication is Publication.PENDING


def test_a_colleague_sees_a_held_decision_as_made(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    hold(cast, clock, comment, PUBLISH)
    with pytest.raises(Stale, match="decided_meanwhile") as refused:
        moderation.decide(cast.other_moderator, clock(), comment, WITHHOLD)
    assert refused.value.params["name"] == "moderator (example)"


def test_ones_own_new_decision_takes_the_place_of_the_held_one(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    hold(cast, clock, comment, PUBLISH)
    hold(cast, clock, comment, WITHHOLD)
    assert db.session.get_one(HeldDecision, comment.id).outcome is Outcome.WITHHOLD
    moderation.undo(cast.moderator, clock())
    assert count(Waiting) == 1


def test_a_decision_on_what_was_edited_meanwhile_is_refused(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    sent = db.session.get_one(Submission, comment.submission_id)
    edits.edit_comment(clock(), sent.code, 1, edits.NewWords("غيرها"), seen_revision=0)
    with pytest.raises(Stale, match="changed_meanwhile"):
        moderation.decide(cast.moderator, clock(), comment, PUBLISH)


def test_spans_are_kept_as_whole_words(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock, "قال مُحَمَّدٌ ذلك")
    decision = Decision(
        Outcome.REDACT, 0, Ground.INSULT, spans=(Span("text", 5, 6, Ground.INSULT),)
    )
    kept = moderation.decide(cast.moderator, clock(), comment, decision)
    (span,) = kept.spans
    assert comment.text[span["start"] : span["end"]] == "مُحَمَّدٌ"


def test_a_span_outside_the_text_is_refused(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    wrong = (Span("text", 0, 99, Ground.INSULT),)
    with pytest.raises(DomainError, match="span_outside"):
        moderation.decide(
            cast.moderator,
            clock(),
            comment,
            Decision(Outcome.REDACT, 0, Ground.INSULT, spans=wrong),
        )


def test_how_long_it_waited_is_kept(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    clock.pass_(hours=2)
    assert moderation.decide(cast.moderator, clock(), comment, PUBLISH).waited == 7200
    again = Decision(Outcome.SPAM, 1, Ground.ADVERTISING)
    assert moderation.decide(cast.moderator, clock(), comment, again).waited is None


def test_a_claim_is_one_persons_until_it_lapses(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    claims.take(cast.moderator, clock(), comment, minutes=15)
    claims.take(cast.other_moderator, clock(), comment, minutes=15)
    claim = claim_on(comment.id, clock())
    assert claim is not None
    assert claim.user_id == cast.moderator.user_id
    with pytest.raises(Stale, match="claimed"):
        claims.refuse_others(cast.other_moderator, clock(), comment)
    clock.pass_(minutes=14)
    claims.take(cast.moderator, clock(), comment, minutes=15)  # activity renews it
    clock.pass_(minutes=14)
    assert claim_on(comment.id, clock()) is not None
    clock.pass_(minutes=2)
    claims.refuse_others(cast.other_moderator, clock(), comment)
    claims.take(cast.other_moderator, clock(), comment, minutes=15)
    claim = claim_on(comment.id, clock())
    assert claim is not None
    assert claim.user_id == cast.other_moderator.user_id


def test_a_claim_can_be_taken_over_knowingly(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    claims.take(cast.moderator, clock(), comment, minutes=15)
    claims.take(cast.other_moderator, clock(), comment, minutes=15, over=True)
    claims.refuse_others(cast.other_moderator, clock(), comment)


def test_a_lapsed_claim_does_not_stop_who_had_it(cast: Cast, place: Open, clock: Clock) -> None:
    """In good faith: it lapsed, a colleague opened the comment and has not decided."""
    comment = one(place, clock)
    claims.take(cast.moderator, clock(), comment, minutes=15)
    clock.pass_(minutes=16)
    moderation.decide(cast.moderator, clock(), comment, PUBLISH)
    assert comment.publication is Publication.PUBLISHED
    assert count(Claim) == 0


def test_a_notice_that_bounces_is_shown_and_stops_nothing(
    cast: Cast, place: Open, clock: Clock
) -> None:
    comment = one(place, clock)
    moderation.decide(cast.moderator, clock(), comment, WITHHOLD)
    db.session.commit()

    for mail_id in notifications.due(clock()):
        assert notifications.take(clock(), mail_id) is not None
        notifications.note_failure(mail_id, ConnectionRefusedError())
    (state,) = notices_of(comment.id)
    assert (state.sent_at, state.attempts, state.error) == (None, 1, "ConnectionRefusedError")
    assert [each.number for each in undelivered(Reach(None, None))] == [1]
    assert undelivered(Reach(None, (cast.elsewhere.id,))) == ()
    assert comment.publication is Publication.WITHHELD


def test_withdrawn_it_waits_for_nobody(cast: Cast, place: Open, clock: Clock) -> None:
    comment = one(place, clock)
    sent = db.session.get_one(Submission, comment.submission_id)
    submissions.withdraw_comment(clock(), sent.code, 1)
    assert count(Waiting) == 0
    with pytest.raises(DomainError, match="decided_withdrawn"):
        moderation.decide(cast.moderator, clock(), comment, Decision(Outcome.PUBLISH, 1))


def test_moderated_after_it_is_shown_at_once_and_waits_all_the_same(
    cast: Cast, place: Open, clock: Clock
) -> None:
    place.consultation.moderated_after = True
    comment = one(place, clock)
    one(place, clock, "سرية", confidential=True)
    assert [each.number for each in published_page(place.consultation.id).comments] == [1]
    assert count(Waiting) == 1
    moderation.decide(cast.moderator, clock(), comment, WITHHOLD)
    assert published_page(place.consultation.id).comments == ()
