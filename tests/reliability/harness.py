"""Kill, begin again, count: what was acknowledged against what is kept and what is on record."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask

from portal.adapters import clock
from portal.domain.record import Entry
from portal.models import (
    Comment,
    Consultation,
    ModerationDecision,
    PublicBody,
    RecordEntry,
    Submission,
    db,
)
from tests.fixtures import apps
from tests.jobs.test_serve import free_port
from tests.journeys.people import make_staff
from tests.reliability.people import SLUG, Crew, Kept
from tests.reliability.processes import Portal, portal

PAUSE = (0.0, 0.4)  # seconds between two kills: sometimes before the part is up again


@dataclass(frozen=True)
class Counted:
    """What a run saw: kills by part, what was acknowledged, and every way in which it is wrong."""

    kills: dict[str, int]
    receipts: int
    comments: int
    decisions: int
    tries: int
    wrong: tuple[str, ...]


def run(*, on_postgresql: bool, kills: int, seed: int) -> Counted:
    """Kill parts of a busy portal at random, `kills` times, then compare."""
    chance = random.Random(seed)  # noqa: S311 (a run that failed can be run again)
    with _folder() as folder, portal(folder, free_port(), on_postgresql=on_postgresql) as running:
        with inside(running) as app:
            _prepare(app)
        crew = Crew(running.url)
        crew.start()
        killed = _kill(running, crew, chance, kills)
        crew.stop()
        with inside(running):
            wrong = tuple(compare(crew.kept))
    kept = crew.kept
    texts = sum(len(texts) for texts in kept.receipts.values())
    return Counted(killed, len(kept.receipts), texts, len(kept.decided), kept.tries, wrong)


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
    crew.wait_for(5)
    return dict(done)


@contextmanager
def inside(running: Portal) -> Iterator[Flask]:
    """The portal's own code on its database, beside its processes."""
    with apps.running(running.data, running.environment["DATABASE_URL"]) as app:
        app.extensions["clock"] = clock.now
        yield app


def _prepare(app: Flask) -> None:
    """Staff, and a consultation that is closed and takes late comments: it may be answered."""
    make_staff(app)
    day, now = timedelta(days=1), clock.now()
    body_id = db.session.scalars(db.select(PublicBody.id)).one()
    db.session.add(
        Consultation(
            slug=SLUG,
            body_id=body_id,
            title_ar="تعليمات الحدائق (مثال)",
            created_at=now - 20 * day,
            announced_at=now - 20 * day,
            opens_at=now - 16 * day,
            closes_at=now - day,
        )
    )
    db.session.commit()


def compare(kept: Kept) -> Iterator[str]:
    """Every way in which what is kept differs from what was acknowledged."""
    yield from (f"receipt {code} was given twice" for code in kept.twice)
    yield from _submissions(kept)
    yield from _numbers()
    yield from _record()
    yield from _decisions(kept)


def _submissions(kept: Kept) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    query = db.select(Submission.code, Comment.text).join(
        Comment, Comment.submission_id == Submission.id
    )
    for code, text in db.session.execute(query.order_by(Comment.number)):
        found.setdefault(code, []).append(text)
    for code, texts in kept.receipts.items():
        if found.get(code) != list(texts):
            yield f"receipt {code} has {found.get(code)}, sent were {texts}"
    times = Counter(text for texts in found.values() for text in texts)
    yield from (f"{text} is kept {often} times" for text, often in times.items() if often > 1)


def _numbers() -> Iterator[str]:
    numbers = list(db.session.scalars(db.select(Comment.number).order_by(Comment.number)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "the numbers of comments have gaps"


def _record() -> Iterator[str]:
    counts = db.session.execute(
        db.select(RecordEntry.kind, db.func.count()).group_by(RecordEntry.kind)
    )
    entries = {row[0]: row[1] for row in counts}
    sent = db.session.scalar(db.select(db.func.count()).select_from(Submission))
    decided = db.session.scalar(db.select(db.func.count()).select_from(ModerationDecision))
    if entries.get(Entry.RECEIVED, 0) != sent:
        yield f"{sent} submissions, {entries.get(Entry.RECEIVED, 0)} on record"
    if entries.get(Entry.MODERATED, 0) != decided:
        yield f"{decided} decisions, {entries.get(Entry.MODERATED, 0)} on record"


def _decisions(kept: Kept) -> Iterator[str]:
    query = db.select(Comment.number, ModerationDecision.outcome).join(
        ModerationDecision, ModerationDecision.comment_id == Comment.id
    )
    found = {number: str(outcome) for number, outcome in db.session.execute(query)}
    for number, outcome in kept.decided.items():
        if found.get(number) != outcome:
            yield f"comment {number}: {found.get(number)}, decided was {outcome}"
