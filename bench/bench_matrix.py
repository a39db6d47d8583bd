"""The matrix at 6,250, 25,000 and 100,000 rows: the check, a page, and a whole publication.

`RADD_BENCH_ROWS` says how many at most. A publication is carried out once for each size and said
in words: it changes what is measured. Seconds of the processor stand beside those of the clock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from time import perf_counter, process_time

from flask import Flask
from sqlalchemy import text

from bench import scratch
from bench.harness import Candidates
from portal.adapters.database import unit_of_work
from portal.domain.responses import Disposition
from portal.domain.submissions import SenderClass
from portal.jobs import editions as job
from portal.jobs.console import staff
from portal.jobs.seeding import seed
from portal.models import MatrixRow, db
from portal.queries.checking import check
from portal.queries.matrices import Filters, rows_page
from portal.services import matrices

SIZES = (6_250, 25_000, 100_000)
MOST = int(os.environ.get("RADD_BENCH_ROWS", SIZES[-1]))


def _seeded(database: str, size: int) -> Flask:
    app = scratch.app(database, f"matrix_{size}")
    seed(app.extensions["clock"](), size)
    _analyse()
    return app


def _analyse() -> None:
    """What an autovacuum would have done by the time somebody reads."""
    words = "VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(words))


def _publish(app: Flask, database: str, size: int) -> int:
    """Ask for an edition and carry it out until every author is told; gives its id."""
    clock = app.extensions["clock"]
    with unit_of_work():
        run_id = matrices.request_edition(staff("approver@demo.example"), clock(), 1).id
    begun, worked = perf_counter(), process_time()
    while job._frozen_anew(clock, run_id):
        pass
    frozen = perf_counter()
    while _told(app, run_id):
        pass
    told, spent = perf_counter() - begun, process_time() - worked
    worked = process_time()
    check(1)
    db.session.rollback()
    sys.stdout.write(
        f"  {database}, {size:,} rows: out after {frozen - begun:.1f} s, all told after"
        f" {told:.1f} s, {spent:.1f} s of this process; a check {process_time() - worked:.2f} s"
        " of this process\n"
    )
    sys.stdout.flush()
    _analyse()
    return run_id


def _told(app: Flask, run_id: int) -> bool:
    with unit_of_work():
        return matrices.tell_some(app.extensions["clock"](), run_id)


def _check(app: Flask) -> None:
    with app.app_context():
        check(1)
        db.session.rollback()


def _asked(edition_id: int) -> Iterator[tuple[Filters, int]]:
    """Every kind of narrowing, and pages from the beginning and the middle."""
    query = db.select(MatrixRow.folded).where(MatrixRow.edition_id == edition_id)
    words = (db.session.scalar(query.limit(1)) or "").split()
    rare, common = max(words, key=len), words[3]
    three = Filters(
        document=1,
        article="art_60",
        disposition=Disposition.OUT_OF_SCOPE,
        sender_class=SenderClass.GOVERNMENT,
    )
    kinds = (
        Filters(),
        Filters(disposition=Disposition.NOTED),
        Filters(sender_class=SenderClass.ACADEMIC),
        Filters(document=1, article="art_2"),
        three,
        Filters(disposition=Disposition.SUPERSEDED),
        Filters(words=common),
        Filters(words=rare),
        Filters(words=f"{common} {words[7]}", disposition=Disposition.NOT_ACCEPTED),
    )
    yield from cycle((kind, start) for kind in kinds for start in (0, 3_000))


def _page(app: Flask, asked: Iterator[tuple[Filters, int]], edition_id: int) -> None:
    with app.app_context():
        filters, start = next(asked)
        rows_page(edition_id, filters, start=start)
        db.session.rollback()


def _candidates(database: str) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for size in (size for size in SIZES if size <= MOST):
        app = _seeded(database, size)
        edition_id = _publish(app, database, size)
        found[f"check, {size:,} rows"] = partial(_check, app)
        found[f"page, {size:,} rows"] = partial(_page, app, _asked(edition_id), edition_id)
    return found


def on_sqlite() -> Candidates:
    """The check of the whole matrix; a page, narrowed in nine ways; SQLite."""
    return _candidates("sqlite")


def on_postgresql() -> Candidates:
    """The same on PostgreSQL, which here waits for no disk."""
    return _candidates("postgresql")
