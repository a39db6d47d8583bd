"""One decision for a whole group: every rule of a single one, undone, stopped, taken up again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from portal.domain.comment_groups import Order, Progress
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import Entry
from portal.models import (
    CommentGroupMember,
    GroupDecision,
    ModerationDecision,
    OutboxMail,
    RecordEntry,
    Waiting,
    db,
)
from portal.queries.groups import (
    count_waiting_in,
    decisions_of,
)
from portal.services import claims, group_decisions
from portal.services.moderation import decide
from portal.services.submissions import withdraw_comment
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.services.test_groups import TEXT, comment, the_group


def test_one_decision_for_all_keeps_every_rule(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT, email="a@example.org")
    made.send(place, clock, TEXT, confidential=True, email="b@example.org")
    gone = made.send(place, clock, TEXT)
    made.send(place, clock, TEXT)
    decision = group_decisions.order(
        cast.moderator, clock(), the_group(), Outcome.WITHHOLD, Ground.OFF_TOPIC, " سبب "
    )
    assert decision.total == 4
    withdraw_comment(clock(), gone.code, 4)
    decide(cast.other_moderator, clock(), comment(5), Decision(Outcome.PUBLISH, 0))
    made.send(place, clock, TEXT)  # arrives after the order, and waits for its own
    decision.created_at -= timedelta(seconds=1)
    db.session.commit()
    member = db.session.get_one(CommentGroupMember, comment(6).id)
    assert member.joined_at > decision.created_at
    for sent in (1, 2):
        db.session.get_one(CommentGroupMember, comment(sent).id).joined_at -= timedelta(hours=1)
        db.session.get_one(Waiting, comment(sent).id).since -= timedelta(hours=1)
    db.session.flush()
    before = db.session.query(RecordEntry).filter_by(kind=Entry.MODERATED).count()
    mails = db.session.query(OutboxMail).count()
    assert not group_decisions.carry_on(clock(), decision.id)
    db.session.commit()
    states = [each.publication for each in made.comments(place)]
    assert states == [
        Publication.WITHHELD,
        Publication.WITHHELD,
        Publication.CONFIDENTIAL,
        Publication.WITHDRAWN,
        Publication.PUBLISHED,
        Publication.PENDING,
    ]
    rows = db.session.scalars(db.select(ModerationDecision).order_by(ModerationDecision.id)).all()
    assert [(row.outcome, row.ground, row.note, row.revision) for row in rows[-2:]] == [
        (Outcome.WITHHOLD, Ground.OFF_TOPIC, "سبب", 0)
    ] * 2
    assert db.session.query(RecordEntry).filter_by(kind=Entry.MODERATED).count() == before + 2
    assert db.session.query(OutboxMail).count() == mails + 2
    assert [each.revision for each in made.comments(place)][:2] == [1, 1]
    (view,) = decisions_of(the_group().id)
    assert (view.status, view.done, view.skipped, view.total) == (Progress.DONE, 2, 2, 4)
    assert count_waiting_in(the_group().id) == 1


def test_spam_reaches_what_was_sent_in_confidence(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT)
    made.send(place, clock, TEXT, confidential=True)
    decision = group_decisions.order(
        cast.moderator, clock(), the_group(), Outcome.SPAM, Ground.ADVERTISING
    )
    group_decisions.carry_on(clock(), decision.id)
    assert {each.publication for each in made.comments(place)} == {Publication.SPAM}


def test_it_can_be_stopped_and_taken_up_where_it_was(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, *[TEXT] * 7)
    decision = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    assert group_decisions.carry_on(clock(), decision.id, batch=3)
    group_decisions.direct(clock(), decision, Order.STOP)
    assert group_decisions.at_work(clock()) == []
    assert not group_decisions.carry_on(clock(), decision.id, batch=3)
    assert (decision.done, decision.status) == (3, Progress.STOPPED)
    with pytest.raises(DomainError, match="group_decision_state"):
        group_decisions.direct(clock(), decision, Order.STOP)
    with pytest.raises(DomainError, match="group_decision_open"):
        group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    group_decisions.direct(clock(), decision, Order.RESUME)
    while group_decisions.carry_on(clock(), decision.id, batch=3):
        pass
    assert (decision.done, decision.skipped, decision.status) == (7, 0, Progress.DONE)
    with pytest.raises(DomainError, match="group_decision_state"):
        group_decisions.direct(clock(), decision, Order.RESUME)
    with pytest.raises(DomainError, match="group_nothing_waits"):
        group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)


def test_a_killed_worker_loses_nothing_and_does_nothing_twice(
    place: Open, clock: Clock, cast: Cast
) -> None:
    made.send(place, clock, *[TEXT] * 5)
    decision_id = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH).id
    db.session.commit()
    group_decisions.carry_on(clock(), decision_id, batch=2)
    db.session.commit()
    group_decisions.carry_on(clock(), decision_id, batch=2)
    db.session.rollback()  # killed in the middle of its second batch
    assert group_decisions.at_work(clock()) == [decision_id]
    while group_decisions.carry_on(clock(), decision_id, batch=2):
        db.session.commit()
    db.session.commit()
    assert db.session.query(ModerationDecision).count() == 5
    assert db.session.get_one(GroupDecision, decision_id).done == 5


def test_it_can_be_undone_until_it_begins(place: Open, clock: Clock, cast: Cast) -> None:
    made.send(place, clock, TEXT, TEXT)
    seconds = timedelta(seconds=20)
    decide_all = partial(group_decisions.order, cast.moderator)
    first = decide_all(clock(), the_group(), Outcome.PUBLISH, undo_for=seconds)
    assert group_decisions.at_work(clock()) == []
    assert not group_decisions.carry_on(clock(), first.id)
    group_decisions.direct(clock.pass_(seconds=19), first, Order.UNDO)
    assert first.status is Progress.UNDONE
    assert group_decisions.at_work(clock.pass_(seconds=5)) == []
    second = decide_all(clock(), the_group(), Outcome.PUBLISH, undo_for=seconds)
    with pytest.raises(DomainError, match="undo_late"):
        group_decisions.direct(clock.pass_(seconds=20), second, Order.UNDO)
    assert group_decisions.at_work(clock()) == [second.id]
    group_decisions.carry_on(clock(), second.id)
    assert made.statuses(place) == [Publication.PUBLISHED] * 2


def test_what_a_colleague_looks_at_is_left_and_counted(
    place: Open, clock: Clock, cast: Cast
) -> None:
    made.send(place, clock, *[TEXT] * 4)
    for number, actor in ((2, cast.other_moderator), (3, cast.moderator)):
        claims.take(actor, clock(), comment(number), minutes=15)
    db.session.flush()
    decision = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    while group_decisions.carry_on(clock(), decision.id, batch=1):
        pass
    assert (decision.done, decision.claimed, decision.skipped) == (3, 1, 0)
    assert [each.number for each in made.comments(place) if each.revision == 0] == [2]
    assert count_waiting_in(the_group().id) == 1
    clock.pass_(minutes=16)  # the claim has lapsed
    again = group_decisions.order(cast.moderator, clock(), the_group(), Outcome.PUBLISH)
    group_decisions.carry_on(clock(), again.id)
    assert (again.done, again.claimed) == (1, 0)


@pytest.mark.parametrize(
    ("outcome", "ground", "note", "code"),
    [
        (Outcome.REDACT, Ground.INSULT, "", "outcome_single"),
        (Outcome.WITHHOLD, None, "", "ground_missing"),
        (Outcome.PUBLISH, Ground.INSULT, "", "ground_needless"),
        (Outcome.RETURN, Ground.INSULT, " ", "note_missing"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    place: Open,
    clock: Clock,
    cast: Cast,
    outcome: Outcome,
    ground: Ground | None,
    note: str,
    code: str,
) -> None:
    made.send(place, clock, TEXT, TEXT)
    with pytest.raises(DomainError, match=code):
        group_decisions.order(cast.moderator, clock(), the_group(), outcome, ground, note)
