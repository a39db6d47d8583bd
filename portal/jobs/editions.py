"""Publications carried out: rows frozen in portions, the edition written, authors told.

All that is known of a publication is its row, so a worker that is killed loses nothing but time:
the next run sweeps away what it had written and begins again; authors go on being told after the
last who was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import structlog
from flask import Flask

from portal.adapters.database import snapshot, unit_of_work, write_aside
from portal.domain.errors import DomainError
from portal.domain.matrices import Incomplete
from portal.jobs.edition_files import make_files
from portal.models.edition_rows import Superseded, advance, write_portion
from portal.queries.edition_runs import at_work
from portal.queries.editions import Frozen, Rows, freeze
from portal.queries.seals import seal
from portal.services import matrices

Clock = Callable[[], datetime]
# Between two portions others write: a moment for who waits for SQLite's one lock.
PAUSE = 0.01
log = structlog.get_logger()


def carry_out(app: Flask) -> int:
    """Carry on with every publication that was asked for; gives how many there were."""
    runs = at_work()
    for run_id in runs:
        try:
            publish(app, run_id)
        except Exception as error:  # the others are carried on; this one when it is its turn again
            log.error("publication failed", run_id=run_id, exc_info=error)
    return len(runs)


def publish(app: Flask, run_id: int) -> None:
    """Carry a publication on as far as it goes; nothing where another worker does.

    Where something that the rows rest on is touched meanwhile, they are frozen anew.
    """
    clock: Clock = app.extensions["clock"]
    while _frozen_anew(clock, run_id):
        pass
    more = True
    while more:
        with unit_of_work():
            more = matrices.tell_some(clock(), run_id)
        time.sleep(PAUSE)
    make_files(app, run_id)


def _frozen_anew(clock: Clock, run_id: int) -> bool:
    """Freeze the rows and write the edition; True where it must be begun again."""
    with unit_of_work():
        run = matrices.take_up(clock(), run_id)
        held = (run.consultation_id, run.interim, run.attempts) if run else None
    if held is None:
        return False
    consultation_id, interim, attempt = held
    try:
        frozen, sealed = _freeze(clock, run_id, consultation_id, interim, attempt)
        with unit_of_work():
            matrices.finish(clock(), run_id, attempt, frozen, sealed)
    except matrices.Disturbed:
        with unit_of_work():
            matrices.let_go(clock(), run_id, attempt)
        return True
    except Superseded:
        log.warning("publication taken over", run_id=run_id)
    except Incomplete as missing:
        error = DomainError("edition_incomplete", count=len(missing.gaps))
        _refuse(clock, run_id, attempt, error)
    except DomainError as error:
        _refuse(clock, run_id, attempt, error)
    return False


def _freeze(
    clock: Clock, run_id: int, consultation_id: int, interim: bool, attempt: int
) -> tuple[Frozen, int]:
    """Every row read at one moment and written in portions beside it; and the seal of that."""

    def write(rows: Rows, done: int) -> None:
        with write_aside() as connection:
            advance(connection, run_id, attempt, clock(), done)
            write_portion(connection, run_id, rows)
        time.sleep(PAUSE)

    with snapshot():
        sealed = seal(consultation_id, interim=interim)
        return freeze(consultation_id, interim, run_id, write), sealed


def _refuse(clock: Clock, run_id: int, attempt: int, error: DomainError) -> None:
    with unit_of_work():
        matrices.refuse(clock(), run_id, attempt, error)
