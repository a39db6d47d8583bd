"""Kill, begin again, count: what was acknowledged against what is kept and what is on record."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from portal.adapters import clock
from portal.models import OutboxMail, RecordLeaf, db
from portal.queries.edition_runs import at_work
from tests.fixtures import apps
from tests.jobs.test_serve import free_port
from tests.reliability.away import stay_away
from tests.reliability.comparing import compare
from tests.reliability.editions import begun_again
from tests.reliability.people import Crew
from tests.reliability.preparing import prepare
from tests.reliability.processes import Portal, portal

PAUSE = (0.0, 0.4)  # seconds between two kills: sometimes before the part is up again


@dataclass(frozen=True)
class Counted:
    """What a run saw: kills by part, what was acknowledged, and every way in which it is wrong.

    `begun_again` are publications whose worker was killed in the middle of the rows.
    """

    kills: dict[str, int]
    receipts: int
    comments: int
    decisions: int
    editions: int
    begun_again: int
    checkpoints: int
    tries: int
    seconds: int
    wrong: tuple[str, ...]


def run(
    *, on_postgresql: bool, kills: int, seed: int, away: float = 0, twice: bool = True
) -> Counted:
    """Kill parts of a busy portal at random, `kills` times, then compare.

    At the end its database is away for so many seconds. `twice`: as two workers and two web
    processes.
    """
    chance = random.Random(seed)  # noqa: S311 (a run that failed can be run again)
    begun = time.monotonic()
    how: dict[str, Any] = {"on_postgresql": on_postgresql, "twice": twice, "prepare": _prepare}
    with _folder() as folder, portal(folder, free_port(), **how) as running:
        crew = Crew(running.url, folder / "witness")
        crew.start()
        killed = _kill(running, crew, chance, kills)
        running.wait()
        odd = list(stay_away(running, crew, away)) if away else []
        crew.stop()
        with inside(running):
            _let_finish()
            crew.witness()
            wrong, again = (*odd, *compare(crew)), begun_again()
        return _counted(crew, killed, round(time.monotonic() - begun), again, wrong)


def _counted(
    crew: Crew, kills: dict[str, int], seconds: int, again: int, wrong: tuple[str, ...]
) -> Counted:
    return Counted(
        kills=kills,
        receipts=len(crew.receipts),
        comments=sum(len(texts) for texts in crew.receipts.values()),
        decisions=len(crew.decided),
        editions=len(crew.approver.acknowledged),
        begun_again=again,
        checkpoints=len(list(crew.notes.glob("checkpoint-*.txt"))),
        tries=crew.tries,
        seconds=seconds,
        wrong=wrong,
    )


def _prepare(running: Portal) -> None:
    with inside(running) as app:
        prepare(app)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may pass through."""
    with tempfile.TemporaryDirectory(prefix="radd-kills-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def _kill(running: Portal, crew: Crew, chance: random.Random, kills: int) -> dict[str, int]:
    """Every third kill comes before the part is up again, the others while work is done."""
    done: Counter[str] = Counter()
    for number in range(kills):
        if number % 3 != 2:
            crew.wait_for(chance.randint(2, 6))
        time.sleep(chance.uniform(*PAUSE))
        name = chance.choice(sorted(running.parts))
        running.restart(name)
        done[name] += 1
    crew.wait_for(1)
    crew.wait_for_each()
    return dict(done)


def _let_finish(seconds: float = 120) -> None:
    """Until the workers have nothing left to do."""
    until = time.monotonic() + seconds
    leaf = db.select(RecordLeaf.entry_id).where(RecordLeaf.position.is_(None)).limit(1)
    mail = db.select(OutboxMail.id).where(OutboxMail.sent_at.is_(None)).limit(1)
    while at_work() or db.session.scalar(leaf) or db.session.scalar(mail):
        db.session.rollback()
        assert time.monotonic() < until, "the workers do not come to an end"
        time.sleep(0.2)
    db.session.rollback()


@contextmanager
def inside(running: Portal) -> Iterator[Flask]:
    """The portal's own code on its database, beside its processes."""
    with apps.running(running.data, running.environment["DATABASE_URL"]) as app:
        app.extensions["clock"] = clock.now
        yield app
