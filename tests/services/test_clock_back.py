"""The clock of the machine is set back while people are at work: nothing is lost or done twice."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from portal.adapters.database import unit_of_work
from portal.domain.editions import RunStatus
from portal.domain.moderation import Decision, Outcome
from portal.formats.record_files.checking import Key
from portal.formats.record_files.checking_receipt import check_receipt
from portal.jobs import editions as job
from portal.models import Comment, EditionRun, MatrixEdition, RecordLeaf, Submission, User, db
from portal.queries.own_record import own_findings
from portal.queries.proofs import public_keys
from portal.queries.sessions import find_session
from portal.services import claims, matrices, moderation, sessions
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.record import bring_up, receipt
from tests.fixtures.apps import Clock

HOUR = timedelta(hours=1)
PUBLISH = Decision(Outcome.PUBLISH, 0)


def assert_the_record_holds(*codes: str) -> None:
    """Every entry in its place, the tree as it was signed, every receipt proved."""
    assert all(each.holds for each in own_findings())
    query = db.select(RecordLeaf.position).order_by(RecordLeaf.entry_id)
    places = list(db.session.scalars(query))
    assert places == list(range(len(places))), "the order of the record is that of the commits"
    keys = [Key(each.verifier) for each in public_keys()]
    for code in codes:
        assert all(each.holds for each in check_receipt(receipt(code), keys))


def test_comments_decisions_and_the_record_go_on(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    codes = [made.send(place, clock, "الأولى", "الثانية").code]
    first, second = made.comments(place)
    moderation.decide(cast.moderator, clock(), first, PUBLISH)
    claims.take(cast.other_moderator, clock(), second, minutes=15)
    db.session.commit()
    bring_up(app)
    clock.moment -= HOUR
    codes.append(made.send(place, clock, "الثالثة").code)
    assert [comment.number for comment in made.comments(place)] == [1, 2, 3]
    third = made.comments(place)[2]
    moderation.decide(cast.moderator, clock(), third, PUBLISH)
    claims.take(cast.moderator, clock(), second, minutes=15, over=True)
    claims.refuse_others(cast.moderator, clock(), second)
    moderation.decide(cast.moderator, clock(), second, PUBLISH)
    db.session.commit()
    bring_up(app)
    clock.pass_(hours=2)
    codes.append(made.send(place, clock, "الرابعة").code)
    bring_up(app)
    assert_the_record_holds(*codes)


def test_a_decision_that_could_still_be_undone_takes_effect_once(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "الأولى")
    (comment,) = made.comments(place)
    undo = timedelta(seconds=20)
    moderation.hold(cast.moderator, clock(), comment, PUBLISH, undo_for=undo, batch="b")
    db.session.commit()
    clock.moment -= HOUR
    with unit_of_work():
        assert moderation.settle_due(clock()) == 0
    clock.moment += HOUR + undo
    with unit_of_work():
        assert moderation.settle_due(clock()) == 1
        assert moderation.settle_due(clock()) == 0
    bring_up(app)
    assert_the_record_holds()


def test_who_is_signed_in_stays_so_and_no_longer_than_before(
    app: Flask, cast: Cast, clock: Clock
) -> None:
    user = db.session.get_one(User, cast.drafter.user_id)
    token = sessions.begin(clock(), user, user_agent="")
    db.session.commit()
    begun = clock()
    clock.moment = begun - HOUR
    assert find_session(clock(), token) is not None
    clock.moment = begun + timedelta(hours=12)
    assert find_session(clock(), token) is None


def test_a_deadline_is_that_of_the_clock_and_closes_once(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    clock.moment = place.consultation.closes_at + timedelta(minutes=10)
    made.send(place, clock, "متأخرة")
    clock.moment -= HOUR
    made.send(place, clock, "في وقتها")
    clock.pass_(hours=2)
    made.send(place, clock, "متأخرة أيضاً")
    late = db.select(Comment.number).join(Submission).where(Submission.late)
    assert list(db.session.scalars(late.order_by(Comment.number))) == [1, 3]


def test_a_publication_that_was_broken_off_does_not_wait_for_the_clock(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية")
    answer(cast, clock, place, 1, 2)
    clock.moment += 2 * HOUR
    run = matrices.request_edition(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    run_id = run.id
    with unit_of_work():
        assert matrices.take_up(clock(), run_id) is not None
    clock.moment -= HOUR
    job.carry_out(app)
    db.session.rollback()
    run = db.session.get_one(EditionRun, run_id, populate_existing=True)
    assert (run.status, run.attempts) == (RunStatus.DONE, 2)
    assert db.session.scalars(db.select(MatrixEdition.number)).all() == [1]
    bring_up(app)
    assert_the_record_holds()
