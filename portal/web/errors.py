"""Refusals as pages: what happened, why, what can be done, in the reader's language."""

from __future__ import annotations

import errno

import structlog
from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.domain.errors import DomainError, Refusals
from portal.formats.messages import message
from portal.models import db
from portal.web.uploads import file_too_large, takes_file

log = structlog.get_logger()
AWAY = (OperationalError, InterfaceError)
READ_ONLY = "25006"  # PostgreSQL's code where a transaction may not write
# The disk of the files is full, or may not be written.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
RETRY_AFTER = 10  # seconds


def _page(status: int, sentence: str = "") -> ResponseReturnValue:
    return render_template("errors/page.html", status=status, sentence=sentence), status


def _domain(error: DomainError) -> ResponseReturnValue:
    if error.status == 403:
        who = getattr(g.get("actor"), "user_id", None)
        log.warning("not_allowed", user=who, code=error.code)
    return _page(error.status, message(error))


def _refusals(refusals: Refusals) -> ResponseReturnValue:
    return _page(422, " ".join(message(error) for error in refusals.errors))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if error.code == 413 and request.endpoint and takes_file(request.endpoint):
        return _domain(file_too_large(request.endpoint))
    return _page(error.code)


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    log.warning("forged_form")
    return _page(400)


def _taken(_error: IntegrityError) -> ResponseReturnValue:
    """Two people did the same thing at the same moment; the database let one of them."""
    db.session.rollback()
    return _domain(DomainError("taken_meanwhile", status=409))


def _unkeepable(error: DataError) -> ResponseReturnValue:
    """What was typed holds something that the database cannot keep, and no rule had seen it."""
    log.error("data_refused", error=type(error.orig).__name__)
    db.session.rollback()
    return _domain(DomainError("unkeepable"))


def _away(error: Exception) -> ResponseReturnValue:
    """Database or disk is away, full or may not be written: nothing typed is lost meanwhile."""
    log.error("database or disk unavailable", error=str(getattr(error, "orig", error)))
    _let_go()
    g.away = True  # nobody asks it again who is signed in
    page = render_template("errors/away.html", status=503, typed=_typed(), files=_files())
    return page, 503, {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}


def _away_or_crash(error: Exception) -> ResponseReturnValue:
    """What is the fault of this code goes on to be one."""
    if not _is_away(error):
        raise error
    return _away(error)


def _is_away(error: BaseException | None) -> bool:
    if isinstance(error, InternalError):
        return getattr(error.orig, "sqlstate", None) == READ_ONLY
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, AWAY)


def _let_go() -> None:
    try:
        db.session.rollback()
    except DBAPIError:
        db.session.close()


def _typed() -> list[tuple[str, str]] | None:
    """What a form held, to be sent again; None where it is not to be repeated (a password)."""
    if request.method != "POST" or request.blueprint not in ("public", "desk"):
        return None
    return list(request.form.items(multi=True))


def _files() -> bool:
    return any(file.filename for file in request.files.values())


def _crash(error: InternalServerError) -> ResponseReturnValue:
    original = error.original_exception
    if isinstance(original, Exception) and _is_away(original):  # at the very end, at the commit
        return _away(original)
    _let_go()
    return _page(500)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(Refusals, _refusals)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(IntegrityError, _taken)
    app.register_error_handler(DataError, _unkeepable)
    for away in (*AWAY, InternalError, OSError):
        app.register_error_handler(away, _away_or_crash)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _crash)
