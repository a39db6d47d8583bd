"""One that arrives among many, one decision for 100,000: `python -m bench.groups_at_scale`.

Once on each database, in a temporary folder; what it says goes to docs/performance.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep, thread_time

from flask import Flask
from sqlalchemy import insert

from portal.adapters.database import unit_of_work
from portal.domain.comments import CommentType, Publication
from portal.domain.moderation import Outcome
from portal.domain.submissions import Channel, SenderClass
from portal.jobs.group_decisions import carry_out
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    Submission,
    Waiting,
    db,
)
from portal.models.grouping import group_arrivals
from portal.models.hinting import note_hints
from portal.services import group_decisions
from tests.factories import consultations as made
from tests.factories.campaigns import Writer, recall_and_precision
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.fixtures import apps, postgresql
from tests.fixtures.apps import COMMON

ARRIVALS = int(os.environ.get("ARRIVALS", "3000"))
MEMBERS = int(os.environ.get("MEMBERS", "100000"))


@contextmanager
def databases() -> Iterator[list[tuple[str, str]]]:
    """Where SQLite and PostgreSQL are, for as long as this runs."""
    with tempfile.TemporaryDirectory() as folder:
        common = Path(folder)
        os.environ[COMMON] = folder
        (common / "shared").mkdir(exist_ok=True)
        try:
            admin = postgresql.lent_server(common)
            yield [("SQLite", ""), ("PostgreSQL", postgresql.create_database(admin, "bench"))]
        finally:
            postgresql.stop(common)


def arrivals(app: Flask, place: Open) -> str:
    """Milliseconds for the hints and the group of one comment, in the order of arrival."""
    mixed = Writer(2).mixture(ARRIVALS, ARRIVALS * 3 // 1_000)
    clock, taken = app.extensions["clock"], []
    ids: list[int] = []
    cpu: list[float] = []
    for begin in range(0, ARRIVALS, 50):
        with unit_of_work():
            comments, submission = _store(place, [text for _c, text in mixed[begin : begin + 50]])
            for comment in comments:
                begun, worked = perf_counter(), thread_time()
                note_hints([comment], submission, place.consultation)
                group_arrivals([comment], clock())
                db.session.flush()
                taken.append((perf_counter() - begun) * 1e3)
                cpu.append((thread_time() - worked) * 1e3)
            ids += [comment.id for comment in comments]
    members = db.session.execute(
        db.select(CommentGroupMember.group_id, CommentGroupMember.comment_id)
    )
    found: dict[int, list[int]] = {}
    for group_id, comment_id in members:
        found.setdefault(group_id, []).append(ids.index(comment_id))
    recall, precision = recall_and_precision([c for c, _text in mixed], list(found.values()))
    return (
        f"arrival: median {median(taken):.1f} ms, p95 {quantiles(taken, n=20)[-1]:.1f} ms "
        f"({median(cpu):.1f} of the processor); "
        f"recall {recall:.4f}, precision {precision:.4f}"
    )


def _store(place: Open, texts: list[str]) -> tuple[list[Comment], Submission]:
    submission = _submissions(place, 1)[0]
    start = db.session.query(Comment).count()
    rows = [_comment(place, submission, start + n + 1, text) for n, text in enumerate(texts)]
    comments = list(db.session.scalars(insert(Comment).returning(Comment), rows))
    return comments, db.session.get_one(Submission, submission)


def _submissions(place: Open, many: int) -> list[int]:
    start = db.session.query(Submission).count()
    now = place.consultation.opens_at
    rows = [
        {
            "consultation_id": place.consultation.id,
            "code": f"{start + n:016}",
            "form_key": f"{start + n:064}",
            "salt": "0" * 64,
            "channel": Channel.PORTAL,
            "received_at": now,
            "looked_at": now,
            "sender_class": SenderClass.CITIZEN,
            "email": "a@example.org",
            "sender_key": f"{start + n:064}",
        }
        for n in range(many)
    ]
    return list(db.session.scalars(insert(Submission).returning(Submission.id), rows))


def _comment(place: Open, submission: int, number: int, text: str) -> dict[str, object]:
    return {
        "submission_id": submission,
        "consultation_id": place.consultation.id,
        "number": number,
        "type": CommentType.GENERAL,
        "text": text,
        "publication": Publication.PENDING,
        "text_key": f"{hash(text) & (2**63 - 1):064}",
        "digest": "0" * 64,
    }


def one_decision(app: Flask, place: Open, cast: Cast) -> str:
    """Seconds for all, and how long other writers waited meanwhile."""
    clock = app.extensions["clock"]
    group_id = _great_group(place)
    with unit_of_work():
        group = db.session.get_one(CommentGroup, group_id)
        group_decisions.order(cast.moderator, clock(), group, Outcome.PUBLISH)
    waits: list[float] = []
    over = threading.Event()
    other = threading.Thread(target=_write_beside, args=(app, over, waits))
    other.start()
    begun, worked = perf_counter(), thread_time()
    batches = carry_out(clock)
    seconds, cpu = perf_counter() - begun, thread_time() - worked
    over.set()
    other.join()
    return (
        f"{MEMBERS:,} decided in {seconds:.1f} s ({cpu:.1f} of the processor), "
        f"{batches} batches; another writer waited "
        f"median {median(waits):.0f} ms, p95 {quantiles(waits, n=20)[-1]:.0f} ms, "
        f"at most {max(waits):.0f} ms"
    )


def _great_group(place: Open) -> int:
    now = place.consultation.opens_at
    with unit_of_work():
        start = db.session.query(Comment).count()
        for begin in range(0, MEMBERS, 5_000):
            sent = _submissions(place, 5_000)
            rows = [_comment(place, s, start + begin + n + 1, "نص") for n, s in enumerate(sent)]
            ids = list(db.session.scalars(insert(Comment).returning(Comment.id), rows))
            if not begin:
                group = CommentGroup(
                    consultation_id=place.consultation.id,
                    founder_id=ids[0],
                    common="",
                    size=MEMBERS,
                    created_at=now,
                )
                db.session.add(group)
                db.session.flush()
                group_id = group.id
            joined = [{"comment_id": i, "group_id": group_id, "joined_at": now} for i in ids]
            db.session.execute(insert(CommentGroupMember), joined)
            waiting = {
                "consultation_id": place.consultation.id,
                "body_id": place.consultation.body_id,
                "place": "",
                "channel": Channel.PORTAL,
                "sender_class": SenderClass.CITIZEN,
                "since": now,
            }
            db.session.execute(insert(Waiting), [{**waiting, "comment_id": i} for i in ids])
    return group_id


def _write_beside(app: Flask, over: threading.Event, waits: list[float]) -> None:
    """Somebody else's short write, ten times a second."""
    with app.app_context():
        while not over.is_set():
            begun = perf_counter()
            with unit_of_work():
                db.session.execute(db.text("UPDATE user_account SET name = name WHERE id = 1"))
            waits.append((perf_counter() - begun) * 1e3)
            sleep(0.1)


def main() -> None:
    with databases() as found:
        for name, url in found:
            with tempfile.TemporaryDirectory() as folder:
                apps.migrate(Path(folder), url)
                with apps.running(Path(folder), url) as app:
                    cast = make_cast()
                    place = made.open_one(cast, app.extensions["clock"])
                    sys.stdout.write(f"{name}: {arrivals(app, place)}\n")
                    sys.stdout.write(f"{name}: {one_decision(app, place, cast)}\n")
                    sys.stdout.flush()


if __name__ == "__main__":
    main()
