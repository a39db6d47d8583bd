"""Looking over what came, soon after it did: told by who took it in, and once a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from portal.adapters.database import unit_of_work
from portal.models.looking import MOST, look_over, pass_over, waiting_places

log = structlog.get_logger()
# Between two portions others write: long enough for who waits for SQLite's one lock to look again.
PAUSE = 0.02


def carry_out(clock: Callable[[], datetime], pause: float = PAUSE) -> int:
    """Look over all that waits; gives how many submissions there were."""
    done = 0
    for consultation_id in waiting_places():
        many = MOST
        while many == MOST:
            many = _portion(consultation_id, clock())
            done += many
            time.sleep(pause if many == MOST else 0)
    return done


def _portion(consultation_id: int, now: datetime) -> int:
    """A portion; where one of it cannot be looked over, the others are: it keeps nobody waiting."""
    try:
        with unit_of_work():
            return look_over(consultation_id, now)
    except OperationalError:
        raise  # the database is away: all of it is for later
    except Exception:
        log.exception("comments not looked over", consultation=consultation_id)
    return _one_by_one(consultation_id, now)


def _one_by_one(consultation_id: int, now: datetime) -> int:
    for done in range(MOST):
        try:
            with unit_of_work():
                many = look_over(consultation_id, now, most=1)
        except OperationalError:
            raise
        except Exception:
            with unit_of_work():
                many = pass_over(consultation_id, now)
        if not many:
            return done
    return MOST
