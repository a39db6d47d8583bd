"""The moderation desk: a page of the queue and a decision, however much waits.

`RADD_BENCH_PENDING` says how much waits at most (default 1,000,000; filling takes minutes).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

from flask import Flask
from sqlalchemy import select, text

from bench import scratch
from bench.harness import Candidates
from portal.adapters.database import unit_of_work
from portal.domain.moderation import Decision, Outcome
from portal.models import Comment, Waiting, db
from portal.queries.queue import Wanted, count_waiting, reach_of, waiting_page
from portal.services.moderation import decide
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.fixtures.apps import Clock

SIZES = (1_000, 30_000, 1_000_000)
MOST = int(os.environ.get("RADD_BENCH_PENDING", SIZES[-1]))
# A comment and its place in the queue copied under new numbers: all a second apart.
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :most) ",
    "postgresql": "WITH n(i) AS (SELECT generate_series(2, :most)) ",
}
LATER = {
    "sqlite": "datetime(w.since, '+' || n.i || ' seconds') || '.000000'",
    "postgresql": "w.since + n.i * interval '1 second'",
}
COMMENT = (
    "id, submission_id, consultation_id, number, document_id, version_id, eid, place, quoted, type,"
    " text, proposed, grounds, publication, revision, text_key, digest"
)


def _filled(database: str, size: int) -> tuple[Flask, Cast, Clock]:
    app = scratch.app(database, f"bench_{size}")
    cast, clock = make_cast(), app.extensions["clock"]
    place = made.open_one(cast, clock)
    made.send(place, clock, "ملاحظة على ساعات العمل (مثال)", email="a@example.org")
    copied = COMMENT.replace("id, submission", "c.id + n.i - 1, submission", 1).replace(
        "number", "c.number + n.i - 1", 1
    )
    numbers = NUMBERS[database]
    db.session.execute(
        text(
            f"INSERT INTO comment ({COMMENT}) {numbers}"  # noqa: S608
            f"SELECT {copied} FROM comment c, n WHERE c.id = 1"
        ),
        {"most": size},
    )
    db.session.execute(
        text(
            "INSERT INTO waiting (comment_id, consultation_id, body_id, place, channel,"  # noqa: S608
            f" sender_class, since) {numbers}SELECT w.comment_id + n.i - 1, w.consultation_id,"
            f" w.body_id, w.place, w.channel, w.sender_class, {LATER[database]}"
            " FROM waiting w, n WHERE w.comment_id = 1"
        ),
        {"most": size},
    )
    db.session.execute(text("UPDATE consultation SET next_number = :most + 1"), {"most": size})
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return app, cast, clock


def _undecided(app: Flask) -> Iterator[int]:
    """Comments from the middle of the queue, each once."""
    with app.app_context():
        most = db.session.scalar(select(db.func.max(Waiting.comment_id))) or 0
        db.session.rollback()
    yield from range(most // 2, most)


def _page(app: Flask, cast: Cast, clock: Clock) -> None:
    """What a moderator opens first: the page, how many wait, and a page in the middle."""
    with app.app_context():
        reach = reach_of(cast.moderator)
        first = waiting_page(reach, Wanted(), clock())
        count_waiting(reach, Wanted(), clock())
        waiting_page(reach, Wanted(consultation_id=1, place="1:art_2"), clock(), after=first.next)
        db.session.rollback()


def _decide(app: Flask, cast: Cast, clock: Clock, undecided: Iterator[int]) -> None:
    """One decision, committed, as the desk makes it."""
    with app.app_context(), unit_of_work():
        comment = db.session.get_one(Comment, next(undecided))
        decide(cast.moderator, clock(), comment, Decision(Outcome.PUBLISH, comment.revision))


def _candidates(database: str) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for size in (size for size in SIZES if size <= MOST):
        app, cast, clock = _filled(database, size)
        undecided = _undecided(app)
        found[f"queue, {size:,} wait"] = partial(_page, app, cast, clock)
        found[f"decision, {size:,} wait"] = partial(_decide, app, cast, clock, undecided)
    return found


def on_sqlite() -> Candidates:
    """Three reads of the queue (first page, count, a later page), and a decision; SQLite."""
    return _candidates("sqlite")


def on_postgresql() -> Candidates:
    """The same on PostgreSQL, which here waits for no disk."""
    return _candidates("postgresql")
