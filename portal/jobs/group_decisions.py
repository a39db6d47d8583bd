"""Decisions for whole groups, carried out batch by batch until they are done or stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from portal.adapters.database import unit_of_work
from portal.services.group_decisions import at_work, carry_on

# Between two batches others write: long enough for who waits for SQLite's one lock to look again.
PAUSE = 0.04


def carry_out(clock: Callable[[], datetime], pause: float = PAUSE) -> int:
    """Carry on with everything that was ordered; gives how many batches it took.

    Every batch is a transaction: who stops it from a page is heeded after the one in hand, and
    what a killed worker had not committed is taken up by the next run.
    """
    batches = 0
    for decision_id in at_work(clock()):
        more = True
        while more:
            with unit_of_work():
                more = carry_on(clock(), decision_id)
            batches += 1
            time.sleep(pause)
    return batches
