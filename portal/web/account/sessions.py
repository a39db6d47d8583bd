"""Who is signed in. Public pages neither read nor set a cookie, so any cache can hold them."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin

from portal.domain.accounts import Actor
from portal.queries.accounts import SignedIn, find_signed_in

PRIVATE = frozenset({"desk", "account"})
login_manager = LoginManager()


class DeskSessions(SecureCookieSessionInterface):
    """Sessions for the desk alone."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.blueprint in PRIVATE:
            super().save_session(app, session, response)


class Staff(UserMixin):
    """The signed-in member of staff, as Flask-Login asks for one."""

    def __init__(self, found: SignedIn) -> None:
        self.id = found.id
        self.stamp = found.session_stamp
        self.name = found.name
        self.email = found.email
        self.actor = Actor(found.id, found.grants)

    def get_id(self) -> str:
        # The stamp changes with the password, and so ends every session begun before.
        return f"{self.id}:{self.stamp}"


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(kept: str) -> Staff | None:
    number, _, stamp = kept.partition(":")
    found: Any = find_signed_in(int(number)) if number.isdigit() else None
    return Staff(found) if found and found.session_stamp == stamp else None


def init_app(app: Flask) -> None:
    app.session_interface = DeskSessions()
    login_manager.session_protection = None
    login_manager.init_app(app)
