"""Accounts of staff; citizens need none."""

from __future__ import annotations

from flask import Flask

from portal.web.account import passkeys, second, security, sessions, sign_on, views
from portal.web.account.blueprint import bp

__all__ = ["init_app", "passkeys", "second", "security", "sign_on", "views"]


def init_app(app: Flask) -> None:
    sessions.init_app(app)
    app.register_blueprint(bp)
