"""Queued and scheduled work by huey: inside the web process, or in a process of its own.

Nothing is lost with a killed worker: what must happen lies in tables (outbox, consultations) and
is taken up again by the next run.
"""

from __future__ import annotations

import logging

import click
from flask import Flask, current_app
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from portal.jobs import tick
from portal.jobs.group_decisions import carry_out

# A worker that was killed at work leaves its lock behind; without this nothing would run again.
FLUSH = True
# A long decision for a group keeps no mail waiting.
WORKERS = 2


def make_queue(app: Flask) -> SqliteHuey:
    """The queue of `app`, with what runs each minute."""
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

    return queue


class _Inside(Consumer):
    """A consumer in threads of the web process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        """Left to the server."""


def start_inside(app: Flask) -> Consumer:
    """Begin the scheduled work in threads of this process; `stop()` the result at the end."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    consumer = _Inside(
        make_queue(app),
        workers=WORKERS,
        worker_type="thread",
        check_worker_health=False,
        flush_locks=FLUSH,
    )
    consumer.start()
    return consumer


@click.command("worker")
def worker_command() -> None:
    """Run queued and scheduled work in this process (production: beside the web processes)."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    make_queue(app).create_consumer(workers=WORKERS, flush_locks=FLUSH).run()
