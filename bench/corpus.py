"""A portal with many comments, for benchmarks: invented words, as unevenly spread as real ones."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from portal.domain.comments import CommentType, Publication
from portal.domain.submissions import Channel, SenderClass
from portal.models import Comment, Consultation, PublicBody, Submission, db
from portal.models.indexing import index_comments
from tests.fixtures import apps, postgresql

COMMENTS, CONSULTATIONS, BATCH = 100_000, 5, 5_000
NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
ATTACHED = ("", "", "", "", "", "", "ال", "ال", "ال", "و", "وال", "ب", "بال", "ل", "لل")


@cache
def vocabulary() -> tuple[str, ...]:
    """30,000 words, the commonest first."""
    chance = random.Random(7)  # noqa: S311 (the same words in every run)
    made: dict[str, None] = {}
    while len(made) < 30_000:
        made["".join(chance.choices(LETTERS, k=chance.choice((3, 4, 4, 5, 5, 6))))] = None
    return tuple(made)


def texts(number: int, seed: int = 1) -> Iterator[str]:
    """Comments of 20 to 80 words; the n-th commonest word comes 1/n as often as the first."""
    chance = random.Random(seed)  # noqa: S311
    words = vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for _ in range(number):
        drawn = chance.choices(words, cum_weights=weights, k=chance.randint(20, 80))
        yield " ".join(chance.choice(ATTACHED) + word for word in drawn)


@cache
def portal(database: str) -> Flask:
    """The portal on a new database of that kind, with all comments published and indexed.

    Raises RuntimeError where PostgreSQL is not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="radd-bench-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = ""
    if database == "postgresql":
        url = postgresql.create_database(postgresql.lent_server(folder), "bench")
        atexit.register(postgresql.stop, folder)
    apps.migrate(folder, url)
    running = apps.running(folder, url)
    app = running.__enter__()
    _fill()
    return app


def _fill() -> None:
    body = PublicBody(slug="bench", name_ar="جهة (مثال)")
    db.session.add(body)
    db.session.flush()
    for number in range(1, CONSULTATIONS + 1):
        db.session.add(
            Consultation(
                slug=f"bench-{number}",
                body_id=body.id,
                title_ar=f"استشارة {number} (مثال)",
                opens_at=NOW - timedelta(days=9),
                closes_at=NOW + timedelta(days=9),
                announced_at=NOW - timedelta(days=10),
                created_at=NOW - timedelta(days=10),
            )
        )
    db.session.flush()
    _without_index(_comments)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _without_index(fill: Any) -> None:
    """PostgreSQL sorts a whole index faster than it adds to one."""
    if db.engine.dialect.name != "postgresql":
        fill()
        return
    made = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_search_words_words'")
    definition = str(db.session.scalar(made))
    db.session.execute(text("DROP INDEX ix_search_words_words"))
    fill()
    db.session.execute(text(definition))


def _comments() -> None:
    written = enumerate(texts(COMMENTS), start=1)
    for first in range(1, COMMENTS + 1, BATCH):
        rows = [next(written) for _ in range(BATCH)]
        place = (first - 1) * CONSULTATIONS // COMMENTS + 1
        db.session.execute(insert(Submission), [_submission(at, place) for at, _said in rows])
        db.session.execute(insert(Comment), [_comment(at, said, place) for at, said in rows])
        index_comments([at for at, _said in rows])
        db.session.expunge_all()


def _submission(at: int, place: int) -> dict[str, Any]:
    return {
        "id": at,
        "consultation_id": place,
        "code": f"{at:016}",
        "form_key": f"{at:032}",
        "salt": f"{at:064}",
        "channel": Channel.PORTAL,
        "received_at": NOW,
        "looked_at": NOW,
        "sender_class": SenderClass.CITIZEN,
        "sender_key": f"{at:064}",
    }


def _comment(at: int, said: str, place: int) -> dict[str, Any]:
    return {
        "id": at,
        "submission_id": at,
        "consultation_id": place,
        "number": at,
        "type": CommentType.SUBSTANTIVE,
        "text": said,
        "publication": Publication.PUBLISHED,
        "text_key": f"{at:064}",
        "digest": f"{at:064}",
    }
