"""Whether the process lives (`/healthz`) and whether it can serve (`/readyz`)."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.adapters import schema
from portal.policies.table import Act
from portal.web.gate import act

bp = Blueprint("health", __name__)
NO_STORE = {"Cache-Control": "no-store"}


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
        return {"status": "unavailable", "database": "away or empty"}, 503, NO_STORE
    wanted = current_app.extensions["schema_head"]()
    if found != wanted:
        return {"status": "unavailable", "schema": found, "wanted": wanted}, 503, NO_STORE
    return {"status": "ready", "schema": found}, 200, NO_STORE
