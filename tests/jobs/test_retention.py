"""What goes when its time is over, the clock moved, and nothing before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.adapters import originals
from portal.adapters.database import unit_of_work
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.record import Entry
from portal.domain.sheets import RowOutcome, SheetKind, SheetStatus
from portal.jobs import retention, tick
from portal.models import (
    DeskSession,
    OriginalLook,
    OutboxMail,
    RecordEntry,
    ResponseWorking,
    SheetImport,
    SheetRow,
    Submission,
    db,
)
from portal.services import appeals, looks, moderation
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

ADDRESS, NAME = "layla@example.org", "ليلى غير المعلنة"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def known() -> list[tuple[str, str]]:
    query = db.select(Submission.name, Submission.email).order_by(Submission.id)
    return [(name, email) for name, email in db.session.execute(query)]


def noted() -> list[str]:
    query = db.select(RecordEntry.subject).where(RecordEntry.kind == Entry.EXPIRED)
    return list(db.session.scalars(query.order_by(RecordEntry.id)))


def test_addresses_go_after_the_time_of_an_appeal(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "ملاحظة", name=NAME, email=ADDRESS)
    made.send(place, clock, "أخرى", name="سعيد المعلن", name_public=True, email="said@example.org")
    (first, _second) = made.comments(place)
    decision = Decision(Outcome.WITHHOLD, first.revision, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), first, decision)
    record.publish(cast, place, clock)
    settings = app.extensions["settings"]
    answered = clock()
    clock.moment = answered + timedelta(days=settings.appeal_days + settings.address_days)
    retention.run(app, clock())
    assert known() == [(NAME, ADDRESS), ("سعيد المعلن", "said@example.org")]
    clock.pass_(seconds=1)
    retention.run(app, clock())
    assert known() == [("", ""), ("سعيد المعلن", "")], "a public name is published for good"
    assert "details of senders: 2" in noted()


def test_who_waits_for_a_ruling_keeps_the_address(
    app: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "ملاحظة", email=ADDRESS)
    (comment,) = made.comments(place)
    decision = Decision(Outcome.WITHHOLD, comment.revision, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), comment, decision)
    appeals.appeal(clock(), sent.code, 1, "ليس فيها إهانة", days=14)
    record.publish(cast, place, clock)
    clock.pass_(days=400)
    retention.run(app, clock())
    assert known() == [("", ADDRESS)]


def test_each_thing_has_its_time(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    settings, now = app.extensions["settings"], clock()
    made.send(place, clock, "ملاحظة", email=ADDRESS)
    (mail,) = db.session.scalars(db.select(OutboxMail))
    mail.sent_at = now
    (comment,) = made.comments(place)
    looks.note(cast.moderator, now, [comment.id])
    user = cast.moderator.user_id or 0
    kept = originals.keep(settings.data, b"rows with names")
    asked = SheetImport(
        consultation_id=place.consultation.id, kind=SheetKind.COMMENTS, file_name="x.xlsx",
        file_sha256=kept, status=SheetStatus.DONE, created_at=now, finished_at=now,
    )  # fmt: skip
    session = DeskSession(user_id=user, token_hash="t", began_at=now, seen_at=now, proved_at=now)
    working = ResponseWorking(
        consultation_id=place.consultation.id, user_id=user, key="k", saved_at=now
    )
    db.session.add_all([asked, session, working])
    db.session.flush()
    row = SheetRow(
        import_id=asked.id, position=1, given={"name": NAME}, outcome=RowOutcome.RECORDED
    )
    db.session.add(row)
    db.session.commit()

    def left(after: float) -> tuple[int, ...]:
        clock.moment = now + timedelta(days=after)
        retention.run(app, clock())
        there = db.session.scalars(db.select(OutboxMail.recipient)).one() == ADDRESS
        tables = (SheetRow, DeskSession, ResponseWorking, OriginalLook)
        counts = (db.session.scalar(db.select(db.func.count()).select_from(t)) for t in tables)
        return (int(there), *(many or 0 for many in counts))

    assert left(7) == (1, 1, 1, 1, 1)
    assert left(7.01) == (0, 1, 0, 1, 1)
    assert left(30.01) == (0, 0, 0, 1, 1)
    assert not originals.place_of(settings.data, kept).exists()
    assert left(90.01) == (0, 0, 0, 0, 1)
    assert left(1095.01) == (0, 0, 0, 0, 0)
    told = ("mail", "sessions", "rows of files", "working copies", "looks")
    assert noted() == [f"{what}: 1" for what in told]
    assert db.session.scalars(db.select(OutboxMail.params)).one() == {}


def test_the_clock_does_it_once_a_day(app: Flask, cast: Cast, place: Open, clock: Clock) -> None:
    user, began = cast.moderator.user_id or 0, clock()
    for name in ("a", "b"):
        with unit_of_work():
            session = DeskSession(
                user_id=user, token_hash=name, began_at=began, seen_at=began, proved_at=began
            )
            db.session.add(session)
        clock.pass_(days=8)
        assert tick.run(app, clock()).expired > 0
        assert tick.run(app, clock()).expired == 0
