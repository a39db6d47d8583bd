"""A publication as a job: whole or not at all, whatever happens to the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.domain.editions import RunStatus
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.row_refs import RowRef
from portal.jobs import editions as job
from portal.jobs import search
from portal.models import EditionRun, MatrixRow, OutboxMail, Response, db, edition_rows
from portal.queries import editions as freezing
from portal.queries import freezing as reading
from portal.queries.matrices import Filters, all_rows, editions, rows_page
from portal.services import matrices, moderation, responses
from portal.services.moderation import Decision
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

TEXTS = ("المدة قصيرة", "الرسم مرتفع", "الحديقة بعيدة", "لا توجد مقاعد", "الإنارة ضعيفة")


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freezing, "PORTION", 2)
    monkeypatch.setattr(reading, "PORTION", 2)
    monkeypatch.setattr("portal.models.telling.PORTION", 2)
    monkeypatch.setattr(job, "PAUSE", 0)


@pytest.fixture
def answered(cast: Cast, place: Open, clock: Clock) -> Open:
    closed(cast, place, clock, *TEXTS)
    answer(cast, clock, place, 1, 2, 3, 4, 5)
    db.session.commit()
    return place


def ask(cast: Cast, clock: Clock, place: Open, **more: Any) -> int:
    run = matrices.request_edition(cast.approver, clock(), place.consultation.id, **more)
    db.session.commit()
    return run.id


def run_of(run_id: int) -> EditionRun:
    db.session.rollback()
    return db.session.get_one(EditionRun, run_id, populate_existing=True)


def seen(place: Open) -> list[int]:
    """The numbers of the editions that anybody can see."""
    db.session.rollback()
    return [head.file.number for head in editions(place.consultation.id)]


def told() -> list[str]:
    query = db.select(OutboxMail.recipient).where(OutboxMail.template == "answered")
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


def test_the_job_publishes_every_row_and_tells_every_author_once(
    app: Flask, cast: Cast, clock: Clock, answered: Open
) -> None:
    run_id = ask(cast, clock, answered)
    assert seen(answered) == []
    job.carry_out(app)
    assert seen(answered) == [1]
    refs = [row["ref"] for row in all_rows(run_id)]
    assert refs == ["1", "2", "3", "4", "5"]
    assert run_of(run_id).status is RunStatus.DONE
    assert told() == [f"author-{number}@example.org" for number in range(1, 6)]
    job.carry_out(app)
    assert (seen(answered), len(told())) == ([1], 5)
    found = rows_page(run_id, Filters(words="الرسم")).rows
    assert [row.ref for row in found] == ["2"]


def killed(*_args: Any) -> Any:
    raise KeyboardInterrupt


def test_a_worker_killed_in_the_middle_leaves_nothing_to_be_seen_and_it_begins_again(
    app: Flask, cast: Cast, clock: Clock, answered: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = ask(cast, clock, answered)
    with monkeypatch.context() as patched:
        portions: list[int] = []

        def write(connection: Any, edition: int, rows: list[dict[str, Any]]) -> None:
            if portions:
                raise KeyboardInterrupt
            portions.append(len(rows))
            write_portion(connection, edition, rows)

        write_portion = edition_rows.write_portion
        patched.setattr(job, "write_portion", write)
        with pytest.raises(KeyboardInterrupt):
            job.publish(app, run_id)
    assert (portions, seen(answered), told()) == ([2], [], [])
    assert run_of(run_id).done == 2
    job.carry_out(app)
    assert seen(answered) == [], "nobody takes what another may still be working at"
    clock.moment += matrices.KILLED_AFTER
    job.carry_out(app)
    assert seen(answered) == [1]
    assert [row["ref"] for row in all_rows(run_id)] == ["1", "2", "3", "4", "5"]
    found = rows_page(run_id, Filters(words="الرسم")).rows
    assert [row.ref for row in found] == ["2"]


SLOW = """
import sys
from config import Settings
from portal.application import create_app
from portal.jobs import editions as job
from portal.queries import editions as freezing, freezing as reading
freezing.PORTION = reading.PORTION = 2
job.PAUSE = 60
app = create_app(Settings.from_environment())
with app.app_context():
    job.publish(app, int(sys.argv[1]))
"""


def test_a_process_that_is_killed_with_sigkill_publishes_nothing_and_the_next_all(
    app: Flask, cast: Cast, clock: Clock, answered: Open
) -> None:
    run_id = ask(cast, clock, answered)
    settings = app.extensions["settings"]
    env = {
        **os.environ,
        "PORTAL_ENV": "test",
        "PORTAL_DATA": str(settings.data),
        "SECRET_KEY": "s" * 40,
        "DATABASE_URL": settings.database_url,
    }
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(run_id)], env=env)
    try:
        patience = time.monotonic() + 60
        while run_of(run_id).done == 0 and time.monotonic() < patience:
            time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert run_of(run_id).done == 2
    assert db.session.query(MatrixRow).count() == 2
    assert seen(answered) == []
    clock.moment = datetime.now(UTC) + 2 * matrices.KILLED_AFTER
    job.carry_out(app)
    assert seen(answered) == [1]
    assert [row["ref"] for row in all_rows(run_id)] == ["1", "2", "3", "4", "5"]


def test_of_two_publications_at_once_one_wins_and_one_is_told(
    app: Flask, cast: Cast, clock: Clock, answered: Open
) -> None:
    run_id = ask(cast, clock, answered)
    with pytest.raises(DomainError, match="publication_under_way"):
        ask(cast, clock, answered)
    db.session.rollback()
    first = db.session.get_one(EditionRun, run_id)
    kept = {c.name: getattr(first, c.name) for c in EditionRun.__table__.columns if c.name != "id"}
    db.session.add(EditionRun(**kept))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    job.carry_out(app)
    assert seen(answered) == [1]


def test_what_is_withheld_while_rows_are_frozen_is_not_published(
    app: Flask, cast: Cast, clock: Clock, answered: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = ask(cast, clock, answered)
    freeze = job._freeze
    times: list[int] = []

    def beside(*args: Any) -> Any:
        found = freeze(*args)
        if not times:
            comment = made.comments(answered)[0]
            decision = Decision(Outcome.WITHHOLD, comment.revision, ground=Ground.INSULT)
            moderation.decide(cast.moderator, clock(), comment, decision)
            db.session.commit()
        times.append(1)
        return found

    monkeypatch.setattr(job, "_freeze", beside)
    job.carry_out(app)
    assert (len(times), seen(answered)) == (2, [1])
    row = next(all_rows(run_id))
    assert (row["comment"], row["publication"]) == ([], "withheld")


def test_one_that_is_disturbed_again_and_again_is_given_up(
    app: Flask, cast: Cast, clock: Clock, answered: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disturbed(*_args: Any) -> Any:
        raise matrices.Disturbed

    run_id = ask(cast, clock, answered)
    monkeypatch.setattr(matrices, "finish", disturbed)
    job.carry_out(app)
    run = run_of(run_id)
    assert (run.status, run.error_code) == (RunStatus.FAILED, "edition_given_up")
    assert db.session.query(MatrixRow).count() == 0


def test_what_comes_to_be_missing_after_it_was_asked_for_stops_it(
    app: Flask, cast: Cast, clock: Clock, answered: Open
) -> None:
    run_id = ask(cast, clock, answered)
    written = db.session.query(Response).one()
    draft = Draft((RowRef(1),), written.disposition, reason_ar="آخر", ready=True)
    responses.record(
        cast.drafter,
        clock(),
        answered.consultation.id,
        draft,
        response=written,
        seen_revision=written.revision,
    )
    db.session.commit()
    job.carry_out(app)
    run = run_of(run_id)
    assert (run.status, run.error_code) == (RunStatus.FAILED, "edition_incomplete")
    assert run.error_params == {"count": "5"}
    assert seen(answered) == []


def test_authors_go_on_being_told_after_the_last_who_was(
    app: Flask, cast: Cast, clock: Clock, answered: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = ask(cast, clock, answered)
    with monkeypatch.context() as patched:
        tell = matrices.tell_some
        times: list[int] = []

        def once(*args: Any) -> bool:
            if times:
                raise KeyboardInterrupt
            times.append(1)
            return tell(*args)

        patched.setattr(matrices, "tell_some", once)
        with pytest.raises(KeyboardInterrupt):
            job.publish(app, run_id)
    assert (seen(answered), len(told())) == ([1], 2), "it is out: nothing waits for the mails"
    job.carry_out(app)
    assert told() == [f"author-{number}@example.org" for number in range(1, 6)]


def test_rows_are_found_again_when_the_index_is_built_anew(
    app: Flask, cast: Cast, clock: Clock, answered: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = ask(cast, clock, answered)
    job.carry_out(app)
    monkeypatch.setattr("portal.models.matrix_index.PORTION", 2)
    db.session.rollback()
    search.reindex()
    for words, ref in (("بعيدة", "3"), ("ضعيفه", "5")):
        assert [row.ref for row in rows_page(run_id, Filters(words=words)).rows] == [ref]
    assert len(rows_page(run_id, Filters(words="بيان")).rows) == 5
    assert (clock() - run_of(run_id).changed_at) < timedelta(minutes=1)
