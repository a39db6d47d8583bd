"""Two workers run where one was meant to: what one has taken up, the other leaves to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from portal.domain.editions import RunStatus
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import Entry
from portal.jobs import editions as job
from portal.jobs import tick
from portal.models import EditionRun, MatrixRow, OutboxMail, RecordEntry, RecordLeaf, db
from portal.queries.own_record import own_findings
from portal.services import matrices, moderation
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

SOON = timedelta(seconds=20)


def at_once(app: Flask, work: Callable[[], object]) -> None:
    """Two workers do it at the same moment."""
    together, faults = threading.Barrier(2), list[BaseException]()

    def worker() -> None:
        try:
            with app.app_context():
                together.wait(timeout=20)
                work()
                db.session.remove()
        except BaseException as error:
            faults.append(error)

    db.session.remove()
    workers = [threading.Thread(target=worker) for _each in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert faults == []


def entries(kind: Entry) -> int:
    query = db.select(db.func.count()).where(RecordEntry.kind == kind)
    return db.session.scalar(query) or 0


def test_a_publication_is_carried_out_once(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    closed(cast, place, clock, "أولى", "ثانية", "ثالثة")
    answer(cast, clock, place, 1, 2, 3)
    run_id = matrices.request_edition(cast.approver, clock(), place.consultation.id).id
    db.session.commit()
    at_once(app, lambda: job.carry_out(app))
    run = db.session.get_one(EditionRun, run_id)
    assert (run.status, run.attempts) == (RunStatus.DONE, 1)
    rows = db.select(MatrixRow.ref).order_by(MatrixRow.position)
    assert list(db.session.scalars(rows)) == ["1", "2", "3"]
    assert entries(Entry.EDITION_PUBLISHED) == 1
    told = db.select(OutboxMail.recipient).where(OutboxMail.template == "answered")
    assert sorted(db.session.scalars(told)) == [f"author-{n}@example.org" for n in (1, 2, 3)]


def test_the_minutes_work_is_done_once(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    made.send(place, clock, "أولى", "ثانية", email="a@example.org")
    for comment in made.comments(place):
        publish = Decision(Outcome.PUBLISH, comment.revision)
        moderation.hold(cast.moderator, clock(), comment, publish, undo_for=SOON, batch="b")
    db.session.commit()
    clock.moment = place.consultation.closes_at
    at_once(app, lambda: tick.run(app, clock()))
    assert entries(Entry.MODERATED) == 2
    mails = list(db.session.scalars(db.select(OutboxMail)))
    assert len({(mail.template, mail.recipient, mail.comment_id) for mail in mails}) == len(mails)
    assert all(mail.attempts <= 1 for mail in mails)
    places = list(db.session.scalars(db.select(RecordLeaf.position).order_by(RecordLeaf.position)))
    assert places == list(range(len(places)))
    assert all(each.holds for each in own_findings())
