"""Comments that wait for their answers, and what stands of those given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.domain.answer_rows import RowState
from portal.domain.comments import Publication
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.sheets import RowOutcome
from portal.jobs import sheets as job
from portal.models import Response, SheetImport, db
from portal.queries.check_rows import load_replies
from portal.queries.rows import refs_of
from portal.queries.sheets import compare_rows, rows_of, stands_of
from portal.services import responses, sheets
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock


def four_comments(cast: Cast, clock: Clock) -> Open:
    """Four comments after the deadline; the last is not moderated yet."""
    ready = made.open_one(cast, clock)
    made.send(ready, clock, "الأولى", "الثانية", "الثالثة", "الرابعة")
    for comment in made.comments(ready)[:3]:
        comment.publication = Publication.PUBLISHED
    db.session.commit()
    clock.moment = ready.consultation.closes_at + timedelta(days=1)
    return ready


def answer(cast: Cast, clock: Clock, place: Open, *numbers: int, **more: Any) -> Response:
    draft = Draft(tuple(map(RowRef, numbers)), Disposition.CLARIFIED, reason_ar="بيان", **more)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    db.session.commit()
    return written


def states(place: Open, import_id: int) -> dict[str, RowState]:
    compared = compare_rows(place.consultation.id, rows_of(import_id))
    return {row.row.ref: row.state for row in compared}


def confirm(
    app: Flask, cast: Cast, clock: Clock, place: Open, import_id: int, **more: Any
) -> dict[str, RowOutcome]:
    """Confirm as a person does who has just looked, and let it be written."""
    stands, agreed = stands_of(compare_rows(place.consultation.id, rows_of(import_id)))
    asked = db.session.get_one(SheetImport, import_id)
    sheets.confirm(cast.drafter, clock(), asked, stands=stands, agreed=agreed, shown=agreed, **more)
    db.session.commit()
    job.run(app, import_id)
    db.session.expire_all()
    return {row.ref: row.outcome for row in rows_of(import_id)}


def written(place: Open) -> dict[str, tuple[str, str]]:
    found = {}
    for reply in load_replies(place.consultation.id).values():
        for ref in refs_of(reply.id):
            found[str(ref)] = (reply.answer.disposition.value, reply.answer.reason)
    return found
