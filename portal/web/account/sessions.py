"""Who is signed in. Public pages neither read nor set a cookie, so any cache can hold them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy.exc import SQLAlchemyError

from portal.adapters.database import begin_write
from portal.domain.accounts import Actor
from portal.domain.second_factor import Second, is_required_of
from portal.domain.sessions import SEEN_EVERY
from portal.models import User, db
from portal.queries.accounts import SignedIn, find_signed_in
from portal.queries.sessions import HeldSession, find_session
from portal.services.sessions import begin, leave, see
from portal.web.languages import current
from portal.web.moment import now

PRIVATE = frozenset({"desk", "account"})
TOKEN = "sid"  # noqa: S105 (a name)
login_manager = LoginManager()
log = structlog.get_logger()


class DeskSessions(SecureCookieSessionInterface):
    """Sessions for the desk alone, their cookie signed with HMAC-SHA-256."""

    digest_method = staticmethod(hashlib.sha256)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.blueprint in PRIVATE:
            super().save_session(app, session, response)


class Staff(UserMixin):
    """The signed-in member of staff, as Flask-Login asks for one."""

    def __init__(self, found: SignedIn, held: HeldSession) -> None:
        self.id = found.id
        self.stamp = found.session_stamp
        self.name = found.name
        self.email = found.email
        self.actor = Actor(found.id, found.grants)
        self.held = held

    def get_id(self) -> str:
        # The stamp changes with the password, and so ends every session begun before.
        return f"{self.id}:{self.stamp}"

    @property
    def needs_second(self) -> bool:
        """True where these roles are not held here without a second factor."""
        required: bool = current_app.extensions["settings"].second_factor_required
        return required and is_required_of(self.actor.grants)

    @property
    def owes_second(self) -> bool:
        """True where nothing but the own account is open until there is a second factor."""
        return self.needs_second and self.held.second is None


def kept_token() -> str:
    """The token in the cookie of this browser, or ""."""
    token: str = session.get(TOKEN, "")
    return token


def let_in(user: User, second: Second | None = None, proved_at: datetime | None = None) -> None:
    """A session of its own: nothing of the one before goes on.

    `proved_at` is when the password was given, where that was not now.
    """
    leave(kept_token())
    session.clear()
    agent = request.user_agent.string
    session[TOKEN] = begin(now(), user, user_agent=agent, second=second, proved_at=proved_at)
    user.language = current()
    found, held = find_signed_in(user.id), find_session(now(), kept_token())
    if found is not None and held is not None:
        login_user(Staff(found, held))
        log.info("signed_in", user=user.id, second=second)


def ask_second(user: User, back: str, proved_at: datetime | None = None) -> None:
    """Begin to wait for the second factor: the cookie of who gave the password opens nothing."""
    leave(kept_token())
    session.clear()
    agent = request.user_agent.string
    session[TOKEN] = begin(now(), user, user_agent=agent, waiting=True, proved_at=proved_at)
    session["next"] = back


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(kept: str) -> Staff | None:
    if g.get("away"):
        return None
    number, _, stamp = kept.partition(":")
    held = find_session(now(), kept_token())
    if held is None or held.waiting or str(held.user_id) != number:
        return None
    found = find_signed_in(held.user_id)
    return Staff(found, held) if found and found.session_stamp == stamp else None


def _seen(response: Response) -> Response:
    """Keep, every few minutes, that this session is in use."""
    staff: Any = g.get("_login_user")
    if not isinstance(staff, Staff) or request.method != "GET" or response.is_streamed:
        return response
    if now() - staff.held.seen_at >= SEEN_EVERY:
        try:
            begin_write()
            see(now(), staff.held.id)
            db.session.commit()
        except SQLAlchemyError:  # to read a page, the database need not be writable
            db.session.rollback()
    return response


def init_app(app: Flask) -> None:
    app.session_interface = DeskSessions()
    login_manager.session_protection = None
    login_manager.init_app(app)
    app.after_request(_seen)
