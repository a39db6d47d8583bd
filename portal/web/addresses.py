"""Addresses with characters that no database keeps (NUL, half a character) lead nowhere.

Forms are read by views, whose rules refuse such characters beside their field.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import NotFound

from portal.domain.text import is_keepable


def _check() -> None:
    asked = (f"{name}{value}" for name, value in request.args.items(multi=True))
    if not all(map(is_keepable, (request.path, *asked))):
        raise NotFound


def init_app(app: Flask) -> None:
    app.before_request(_check)
