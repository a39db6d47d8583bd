"""Sessions at the desk: begun, seen, ended."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, update

from portal.adapters.passwords import verify
from portal.domain.accounts import Actor, check_reach_over
from portal.domain.errors import DomainError
from portal.domain.second_factor import AccessChange, Second
from portal.domain.sessions import LONGEST, describe_browser
from portal.models import DeskSession, User, db
from portal.models.entering import (
    check_not_locked,
    end_everything,
    end_sessions,
    fail,
    locked,
    note_account,
    tell_change,
)
from portal.queries.sessions import hash_token


def begin(
    now: datetime,
    user: User,
    *,
    user_agent: str,
    second: Second | None = None,
    waiting: bool = False,
    proved_at: datetime | None = None,
) -> str:
    """Begin a session; gives the token for its cookie, of which only a hash is kept.

    `proved_at` is when the password was given, where that was not now.
    """
    token = secrets.token_urlsafe(32)
    old = DeskSession.user_id == user.id, DeskSession.began_at <= now - LONGEST
    db.session.execute(delete(DeskSession).where(*old))
    db.session.add(
        DeskSession(
            user_id=user.id,
            token_hash=hash_token(token),
            browser=describe_browser(user_agent),
            waiting=waiting,
            second=second,
            began_at=now,
            seen_at=now,
            proved_at=proved_at or now,
            challenge=secrets.token_urlsafe(32) if waiting else "",
        )
    )
    db.session.flush()
    return token


def see(now: datetime, session_id: int) -> None:
    """Note that a session is used."""
    query = update(DeskSession).where(DeskSession.id == session_id)
    db.session.execute(query.values(seen_at=now))


def end(now: datetime, user: User, session_id: int) -> None:
    """End one of somebody's own sessions; raises `not_found` where it is none of theirs."""
    mine = DeskSession.id == session_id, DeskSession.user_id == user.id
    if db.session.scalar(delete(DeskSession).where(*mine).returning(DeskSession.id)) is None:
        raise DomainError("not_found", status=404)
    note_account(now, user.id, user, "session ended")


def leave(token: str) -> None:
    """End the session of that token: somebody signs out, or in again."""
    db.session.execute(delete(DeskSession).where(DeskSession.token_hash == hash_token(token)))


def end_others(now: datetime, user: User, *, but: int) -> None:
    """End all of somebody's sessions but the one they ask in."""
    end_sessions(user, but=but)
    note_account(now, user.id, user, "other sessions ended")


def end_all_of(actor: Actor, now: datetime, user: User) -> None:
    """End all sessions of somebody, for an administrator; they are told by mail.

    Raises `not_allowed` beyond the administrator's reach.
    """
    check_reach_over(actor, [held.body_id for held in user.roles])
    end_everything(user)
    tell_change(now, actor.user_id, user, AccessChange.SESSIONS_ENDED)


def prove(now: datetime, user_id: int, session_id: int, *, password: str) -> None:
    """Take the password again before the account is changed. Raises `password_wrong`, counted."""
    user = locked(user_id)
    check_not_locked(now, user, "current")
    if not verify(user.password_hash, password):
        fail(now, user)
        raise DomainError("password_wrong", field="current")
    user.failures = 0
    query = update(DeskSession).where(DeskSession.id == session_id)
    db.session.execute(query.values(proved_at=now))
