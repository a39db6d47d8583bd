"""Queued and scheduled work by huey: inside the web process, or in a process of its own.

Nothing is lost with a killed worker: what must happen lies in tables (outbox, consultations) and
is taken up again by the next run.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress

import click
import structlog
from flask import Flask, current_app
from huey import SqliteHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import TaskLockedException

from portal.jobs import editions, imports, looking, sheets, tick
from portal.jobs.attachments import look_after
from portal.jobs.group_decisions import carry_out

log = structlog.get_logger()
# A worker that was killed at work leaves its lock behind; without this nothing would run again.
FLUSH = True
# A long import, or a long decision for a group, does not keep the minute's work waiting.
WORKERS = 3
SOON = 1.0  # seconds at most until a worker sees what was put into the queue


def queue_of(app: Flask) -> SqliteHuey:
    """The queue of `app`, made when it is first asked for."""
    if "queue" not in app.extensions:
        app.extensions["queue"] = _make_queue(app)
    queue: SqliteHuey = app.extensions["queue"]
    return queue


def nudge(app: Flask, import_id: int) -> None:
    """Tell a worker of an import; where none hears it, the minute's work finds its row."""
    try:
        queue_of(app)
        app.extensions["read_import"](import_id)
    except (OSError, sqlite3.Error) as error:
        log.warning("worker not told", import_id=import_id, error=str(error))


def nudge_looking(app: Flask) -> None:
    """Tell a worker that comments came; where none hears it, the minute's work finds them."""
    try:
        queue_of(app)
        app.extensions["look_over"]()
    except (OSError, sqlite3.Error) as error:
        log.warning("worker not told", of="comments", error=str(error))


def nudge_edition(app: Flask, run_id: int) -> None:
    """Tell a worker of a publication; where none hears it, the minute's work finds its row."""
    try:
        queue_of(app)
        app.extensions["publish_edition"](run_id)
    except (OSError, sqlite3.Error) as error:
        log.warning("worker not told", run_id=run_id, error=str(error))


def nudge_sheet(app: Flask, import_id: int) -> None:
    """The same for a spreadsheet."""
    try:
        queue_of(app)
        app.extensions["take_sheet"](import_id)
    except (OSError, sqlite3.Error) as error:
        log.warning("worker not told", import_id=import_id, error=str(error))


def _make_queue(app: Flask) -> SqliteHuey:
    """The queue, with what runs each minute and what is done on request."""
    folder = app.extensions["settings"].data
    folder.mkdir(parents=True, exist_ok=True)
    queue = SqliteHuey("radd", filename=str(folder / "queue.db"))

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]
    @queue.lock_task("each-minute")  # type: ignore[untyped-decorator]
    def each_minute() -> None:
        with app.app_context():
            tick.run(app, app.extensions["clock"]())

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]
    @queue.lock_task("group-decisions")  # type: ignore[untyped-decorator]
    def decide_for_groups() -> None:
        with app.app_context():
            carry_out(app.extensions["clock"])

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]
    @queue.lock_task("attachments")  # type: ignore[untyped-decorator]
    def look_after_attachments() -> None:
        with app.app_context():
            look_after(app.extensions["settings"], app.extensions["clock"]())

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]
    def look_over_what_is_left() -> None:
        _look_over(app, queue)

    @queue.task()  # type: ignore[untyped-decorator]
    def look_over() -> None:
        _look_over(app, queue)

    @queue.task()  # type: ignore[untyped-decorator]
    def read_import(import_id: int) -> None:
        with app.app_context():
            imports.run(app, import_id)

    @queue.periodic_task(crontab())  # type: ignore[untyped-decorator]
    @queue.lock_task("editions")  # type: ignore[untyped-decorator]
    def publish_editions() -> None:
        with app.app_context():
            editions.carry_out(app)

    @queue.task()  # type: ignore[untyped-decorator]
    def publish_edition(run_id: int) -> None:
        with app.app_context():
            editions.publish(app, run_id)

    @queue.task()  # type: ignore[untyped-decorator]
    def take_sheet(import_id: int) -> None:
        with app.app_context():
            sheets.run(app, import_id)

    app.extensions["look_over"] = look_over
    app.extensions["read_import"] = read_import
    app.extensions["publish_edition"] = publish_edition
    app.extensions["take_sheet"] = take_sheet
    return queue


def _look_over(app: Flask, queue: SqliteHuey) -> None:
    """One worker at a time: in a flood the others have their own work to do."""
    with suppress(TaskLockedException), queue.lock_task("looking"), app.app_context():
        looking.carry_out(app.extensions["clock"])


class _Inside(Consumer):
    """A consumer in threads of the web process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        """Left to the server."""


def start_inside(app: Flask) -> Consumer:
    """Begin the scheduled work in threads of this process; `stop()` the result at the end."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    consumer = _Inside(
        queue_of(app),
        workers=WORKERS,
        worker_type="thread",
        max_delay=SOON,
        check_worker_health=False,
        flush_locks=FLUSH,
    )
    consumer.start()
    return consumer


@click.command("worker")
def worker_command() -> None:
    """Run queued and scheduled work in this process (production: beside the web processes)."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    queue_of(app).create_consumer(workers=WORKERS, max_delay=SOON, flush_locks=FLUSH).run()
