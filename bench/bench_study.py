"""The study: a page of it as a drafter opens it, whatever the number of comments."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench import corpus, scratch
from bench.harness import Candidates
from portal.domain.comments import CommentType, Publication
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.submissions import Channel, SenderClass
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    CommentTheme,
    Provision,
    Response,
    ResponseComment,
    Submission,
    Theme,
    db,
)
from tests.factories import consultations as made
from tests.factories.cast import Cast, make_cast
from tests.factories.consultations import Open
from tests.fixtures.desk import Desk

SIZES = (1_000, 5_000)
ARTICLES, CAMPAIGNS, THEMES, RESPONSES = 60, 4, 8, 40
SOURCE = "\n\n".join(
    f"المادة {number}: حكم\nأ- نص الفقرة الأولى من المادة.\nب- نص الفقرة الثانية منها."
    for number in range(1, ARTICLES + 1)
)
PAGES = {
    "by article": "",
    "by article, the middle": "?page=20",
    "by theme": "?order=theme",
    "by class, unanswered": "?order=sender&show=unanswered",
}


def _filled(database: str, size: int) -> tuple[Flask, Cast]:
    """A third in four campaigns, half under a theme, a fifth answered."""
    app = scratch.app(database, f"study_{size}")
    cast, clock = make_cast(), app.extensions["clock"]
    place = made.open_one(cast, clock, source=SOURCE)
    rows = list(_comments(place, size))
    db.session.execute(insert(Submission), [_submission(place, at) for at in range(1, size + 1)])
    db.session.execute(insert(Comment), rows)
    _group(place, size)
    _label(place, size)
    _answer(place, cast, size)
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    return app, cast


def _submission(place: Open, at: int) -> dict[str, Any]:
    return {
        "id": at,
        "consultation_id": place.consultation.id,
        "code": f"{at:016}",
        "form_key": f"{at:032}",
        "salt": f"{at:064}",
        "channel": Channel.PORTAL,
        "received_at": corpus.NOW,
        "looked_at": corpus.NOW,
        "sender_class": list(SenderClass)[at % 5],
        "sender_key": f"{at:064}",
    }


def _comments(place: Open, size: int) -> Iterator[dict[str, Any]]:
    query = select(Provision.eid).where(Provision.version_id == place.version.id)
    eids = [eid for eid in db.session.scalars(query) if eid.startswith("art_")]
    chance = random.Random(5)  # noqa: S311 (the same in every run)
    for at, said in enumerate(corpus.texts(size), start=1):
        yield {
            "id": at,
            "submission_id": at,
            "consultation_id": place.consultation.id,
            "number": at,
            "document_id": place.document.id,
            "version_id": place.version.id,
            "eid": chance.choice(eids),
            "type": CommentType.SUBSTANTIVE,
            "text": said,
            "proposed": said[:80] if at % 3 == 0 else "",
            "publication": Publication.PUBLISHED,
            "text_key": f"{at:064}",
            "digest": f"{at:064}",
        }


def _group(place: Open, size: int) -> None:
    many = size // 3
    groups = [
        {
            "id": group,
            "consultation_id": place.consultation.id,
            "founder_id": group,
            "common": "",
            "size": many // CAMPAIGNS,
            "created_at": corpus.NOW,
        }
        for group in range(1, CAMPAIGNS + 1)
    ]
    members = [
        {"comment_id": at, "group_id": at % CAMPAIGNS + 1, "joined_at": corpus.NOW}
        for at in range(1, many + 1)
    ]
    db.session.execute(insert(CommentGroup), groups)
    db.session.execute(insert(CommentGroupMember), members)


def _label(place: Open, size: int) -> None:
    own = place.consultation.id
    named = [{"id": at, "consultation_id": own, "name_ar": f"محور {at}"} for at in range(1, 9)]
    under = [
        {"theme_id": at % THEMES + 1, "comment_id": at, "part": 0} for at in range(2, size + 1, 2)
    ]
    db.session.execute(insert(Theme), named)
    db.session.execute(insert(CommentTheme), under)


def _answer(place: Open, cast: Cast, size: int) -> None:
    written = [
        {
            "id": at,
            "consultation_id": place.consultation.id,
            "disposition": Disposition.CLARIFIED,
            "reason_ar": "بيان (مثال)",
            "status": ResponseStatus.READY,
            "written_by": cast.drafter.user_id,
            "changed_by": cast.drafter.user_id,
            "changed_at": corpus.NOW,
        }
        for at in range(1, RESPONSES + 1)
    ]
    links = [
        {"comment_id": at, "part": 0, "response_id": at % RESPONSES + 1}
        for at in range(5, size + 1, 5)
    ]
    db.session.execute(insert(Response), written)
    db.session.execute(insert(ResponseComment), links)


def _page(app: Flask, desk: Desk, query: str) -> None:
    """The whole page, as it is answered to a browser."""
    desk.get(f"/consultations/gardens/responses{query}")


def _candidates(database: str) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    for size in SIZES:
        app, cast = _filled(database, size)
        desk = Desk(app, cast.drafter)
        for name, query in PAGES.items():
            found[f"{name}, {size:,}"] = partial(_page, app, desk, query)
    return found


def on_sqlite() -> Candidates:
    """A page of fifty rows, sent and rendered; SQLite."""
    return _candidates("sqlite")


def on_postgresql() -> Candidates:
    """The same on PostgreSQL."""
    return _candidates("postgresql")
