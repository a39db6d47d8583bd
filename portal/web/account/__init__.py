"""Accounts of staff; citizens need none."""

from __future__ import annotations

from flask import Flask

from portal.web.account import sessions
from portal.web.account.blueprint import bp


def init_app(app: Flask) -> None:
    sessions.init_app(app)
    app.register_blueprint(bp)
