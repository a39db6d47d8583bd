"""One response for all of a group, however great: written, judged and shown; then approved.

`RADD_BENCH_GROUP` says how great the greatest is (default 100,000).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import text

from bench import scratch
from bench.bench_moderation import COMMENT, NUMBERS
from bench.harness import Candidates
from portal.domain.responses import Disposition
from portal.domain.selections import Of, Whole
from portal.models import CommentGroup, Response, db
from portal.queries.answers import changed_since, read_response, row_views
from portal.queries.selecting import answered_kinds
from portal.queries.similar import contradictions, groups_of, similar_answers
from portal.services.responses import Draft, record
from portal.services.reviews import approve
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.fixtures.apps import Clock

MOST = int(os.environ.get("RADD_BENCH_GROUP", "100000"))
SIZES = (MOST // 16, MOST // 4, MOST)


def _filled(database: str, size: int) -> tuple[Flask, Cast, Clock]:
    app = scratch.app(database, f"answers_{size}")
    cast, clock = make_cast(), app.extensions["clock"]
    place = made.open_one(cast, clock)
    made.send(place, clock, "ملاحظة على ساعات العمل (مثال)")
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
    db.session.execute(text("DELETE FROM comment_group_member"))
    group = db.session.scalar(db.select(CommentGroup)) or CommentGroup(
        consultation_id=place.consultation.id, founder_id=1, created_at=clock()
    )
    group.size = size
    db.session.add(group)
    db.session.flush()
    db.session.execute(
        text(
            "INSERT INTO comment_group_member (comment_id, group_id, joined_at) "
            "SELECT id, :group_id, :at FROM comment"
        ),
        {"group_id": group.id, "at": clock().replace(tzinfo=None)},
    )
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return app, cast, clock


def _written(cast: Cast, clock: Clock) -> Response:
    group = db.session.scalars(db.select(CommentGroup.id)).one()
    draft = Draft(
        (), Disposition.CLARIFIED, reason_ar="بيان", ready=True, of=Of(Whole.GROUP, group)
    )
    return record(cast.drafter, clock(), 1, draft)


def _write(app: Flask, cast: Cast, clock: Clock) -> None:
    """The response and its links, with all rules asked; rolled back."""
    with app.app_context():
        _written(cast, clock)
        db.session.rollback()


def _kept(app: Flask, cast: Cast, clock: Clock) -> None:
    with app.app_context():
        _written(cast, clock)
        db.session.commit()


def _show(app: Flask) -> None:
    """What the page of the response reads."""
    with app.app_context():
        found = db.session.scalars(db.select(Response)).one()
        view = read_response(found)
        rows = row_views(1, view.refs[:50])
        ids = [row.comment.id for row in rows]
        changed_since(found)
        answered_kinds(found.id)
        contradictions(groups_of(ids), found.disposition, found.id)
        similar_answers(1, ids, found.id)
        db.session.rollback()


def _approve(app: Flask, cast: Cast, clock: Clock) -> None:
    """The approval, with all rules asked again; rolled back."""
    with app.app_context():
        found = db.session.scalars(db.select(Response)).one()
        approve(cast.approver, clock(), found, seen_revision=found.revision)
        db.session.rollback()


def _candidates(database: str) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for size in SIZES:
        app, cast, clock = _filled(database, size)
        found[f"write, {size:,} rows"] = partial(_write, app, cast, clock)
        other, its_cast, its_clock = _filled_again(database, size)
        _kept(other, its_cast, its_clock)
        found[f"page, {size:,} rows"] = partial(_show, other)
        found[f"approve, {size:,} rows"] = partial(_approve, other, its_cast, its_clock)
    return found


def _filled_again(database: str, size: int) -> tuple[Flask, Cast, Clock]:
    """The same in a database of its own."""
    return _filled(database, size + 1)


def on_sqlite() -> Candidates:
    """A response for a whole group: written, its page read, approved; SQLite."""
    return _candidates("sqlite")


def on_postgresql() -> Candidates:
    """The same on PostgreSQL, which here waits for no disk."""
    return _candidates("postgresql")
