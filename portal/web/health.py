"""Whether the process lives (`/healthz`) and whether it can serve (`/readyz`)."""

from __future__ import annotations

import structlog
from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.adapters import schema
from portal.domain.connections import LOOPBACK
from portal.policies.table import Act
from portal.web.gate import act

bp = Blueprint("health", __name__)
NO_STORE = {"Cache-Control": "no-store"}
log = structlog.get_logger()


def _answer(status: int, said: str, **found: str | None) -> ResponseReturnValue:
    """Particulars are for who asks on this machine; everybody else learns whether, not why."""
    near = request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers
    if status != 200:
        log.error("not_ready", **found)
    return {"status": said, **(found if near else {})}, status, NO_STORE


@bp.get("/healthz")
@act(Act.BROWSE)
def healthz() -> ResponseReturnValue:
    return {"status": "ok"}, 200, NO_STORE


@bp.get("/readyz")
@act(Act.BROWSE)
def readyz() -> ResponseReturnValue:
    """Ready: the database answers and stands at the schema this code was written for."""
    try:
        found = schema.found()
    except SQLAlchemyError:
        return _answer(503, "unavailable", database="away or empty")
    wanted = current_app.extensions["schema_head"]()
    if found != wanted:
        return _answer(503, "unavailable", schema=found, wanted=wanted)
    return _answer(200, "ready", schema=found)
