"""How many durable commits a second: a bare insert, one with its leaf, a whole submission.

Writers are processes of their own, as in service; all that they do goes into one consultation.
Each round runs every kind once, so that they share the weather; the target is half the rate of
the bare insert.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

from sqlalchemy import text

from bench import scratch
from bench.harness import Candidates
from portal.adapters.database import unit_of_work
from portal.domain.record import Entry
from portal.domain.submissions import Point, Sender, Target
from portal.jobs.looking import carry_out
from portal.models import Consultation, Submission, db
from portal.models.ledger import write_down
from portal.services.submissions import submit
from tests.factories import consultations as made
from tests.factories.campaigns import Writer
from tests.factories.cast import make_cast
from tests.fixtures import apps, postgresql
from tests.fixtures.apps import Clock

NOW = datetime(2026, 11, 4, tzinfo=UTC)
WRITERS = (1, 8)
ROUNDS, SECONDS = 3, 1.5
KINDS = ("bare insert", "insert with its leaf", "submission with its leaf")


class Place(NamedTuple):
    """Where writers write."""

    folder: str
    url: str
    consultation_id: int
    target: Target


def on_sqlite() -> Candidates:
    """SQLite, `synchronous = FULL`: one writer at a time, whoever the others are."""
    _compare(scratch.folder(), "")
    return {}


def on_postgresql() -> Candidates:
    """PostgreSQL with `fsync` on: who commits together shares a write to the disk."""
    folder = scratch.folder()
    folder.chmod(0o755)
    server = folder / "server"
    server.mkdir()
    admin = postgresql.start(server, durable=True)
    try:
        _compare(folder, postgresql.create_database(admin, "rates"))
    finally:
        postgresql.stop(server)
    return {}


def _compare(folder: Path, url: str) -> None:
    place = _prepared(folder, url)
    for many in WRITERS:
        with ExitStack() as stack:
            numbers = range(many * 100, many * 100 + many)
            writers = [stack.enter_context(_writer(place, number)) for number in numbers]
            rounds = [[_rate(writers, kind) for kind in KINDS] for _round in range(ROUNDS)]
        _tell(many, rounds)
    with apps.running(folder, url):
        _tell_of_looking()


def _prepared(folder: Path, url: str) -> Place:
    apps.migrate(folder, url)
    with apps.running(folder, url) as app:
        place = made.open_one(make_cast(), app.extensions["clock"])
        db.session.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, said TEXT)"))
        db.session.commit()
        target = place.target("art_2__para_a")
        return Place(str(folder), url, place.consultation.id, target)


@contextmanager
def _writer(place: Place, number: int) -> Any:
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_write, args=(theirs, place, number), daemon=True)
    process.start()
    theirs.close()  # so that its end is heard of
    ours.recv()
    yield ours
    ours.send(None)
    process.join()


def _rate(writers: list[Connection], kind: str) -> tuple[float, float]:
    """Commits a second of all writers, and milliseconds of their processors for each."""
    for each in writers:
        each.send(kind)
    done = [each.recv() for each in writers]
    return sum(each[0] for each in done), median(each[1] for each in done)


def _write(line: Connection, place: Place, number: int) -> None:
    """What a writer does: what it is told, for `SECONDS`, as often as it can."""
    numbers, writer = count(number * 1_000_000), Writer(number)
    with apps.running(Path(place.folder), place.url) as app:
        app.extensions["clock"].moment = NOW
        line.send("ready")
        while kind := line.recv():
            once = _one(kind, place, numbers, writer)
            once()  # statements are made ready by the first
            done, begun, worked = 0, perf_counter(), process_time()
            while perf_counter() - begun < SECONDS:
                once()
                done += 1
            taken = perf_counter() - begun
            line.send((done / taken, (process_time() - worked) / max(done, 1) * 1e3))


def _one(kind: str, place: Place, numbers: Any, writer: Writer) -> Callable[[], None]:
    def insert() -> None:
        with unit_of_work():
            row = {"id": next(numbers), "said": "تفتح الحديقة من السابعة صباحاً (مثال)"}
            db.session.execute(text("INSERT INTO bare (id, said) VALUES (:id, :said)"), row)
            if kind == KINDS[1]:
                write_down(
                    Entry.RECEIVED,
                    at=NOW,
                    subject="x",
                    content=row,
                    consultation_id=place.consultation_id,
                )

    def send() -> None:
        point = Point(place.target, " ".join(writer.text()))
        with unit_of_work():
            consultation = db.session.get_one(Consultation, place.consultation_id)
            key = f"{next(numbers)}"
            submit(NOW, consultation, Sender(), (point,), form_key=key, language="ar")

    return send if kind == KINDS[2] else insert


def _tell(many: int, rounds: list[list[tuple[float, float]]]) -> None:
    for at, kind in enumerate(KINDS):
        rate = median(each[at][0] for each in rounds)
        ratio = median(each[at][0] / each[0][0] for each in rounds)
        worked = median(each[at][1] for each in rounds)
        sys.stdout.write(
            f"  {many} writing  {kind:26} {rate:8.0f} /s  {worked:6.2f} ms of processor"
            f"   {ratio:5.2f} of the bare insert\n"
        )
    sys.stdout.flush()


def _tell_of_looking() -> None:
    """What follows: the machine's look at what came, as one worker does it."""
    waiting = db.session.query(Submission).where(Submission.looked_at.is_(None)).count()
    begun, worked = perf_counter(), process_time()
    carry_out(Clock(NOW), pause=0)
    taken, worked = perf_counter() - begun, process_time() - worked
    sys.stdout.write(
        f"  looked over afterwards: {waiting} submissions, {waiting / taken:.0f} /s, "
        f"{worked / waiting * 1e3:.2f} ms of processor each\n"
    )
