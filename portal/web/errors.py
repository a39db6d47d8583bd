"""Refusals as pages: what happened, why, what can be done, in the reader's language."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.domain.errors import DomainError, Refusals
from portal.formats.messages import message
from portal.models import db
from portal.web.uploads import file_too_large, takes_file


def _page(status: int, sentence: str = "") -> ResponseReturnValue:
    return render_template("errors/page.html", status=status, sentence=sentence), status


def _domain(error: DomainError) -> ResponseReturnValue:
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
    return _page(400)


def _taken(_error: IntegrityError) -> ResponseReturnValue:
    """Two people did the same thing at the same moment; the database let one of them."""
    db.session.rollback()
    return _domain(DomainError("taken_meanwhile", status=409))


def _crash(error: InternalServerError) -> ResponseReturnValue:
    db.session.rollback()
    return _page(500)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(Refusals, _refusals)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(IntegrityError, _taken)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _crash)
