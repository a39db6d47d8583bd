"""What services of accounts, sessions and second factors write in common."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, select

from portal.domain.accounts import after_failure
from portal.domain.errors import DomainError
from portal.domain.record import Entry
from portal.domain.second_factor import AccessChange
from portal.models.access import DeskSession
from portal.models.accounts import User
from portal.models.base import db
from portal.models.ledger import post, write_down


def note_account(now: datetime, actor_id: int | None, user: User, what: str) -> None:
    """Write down what became of an account."""
    write_down(
        Entry.ACCOUNT_CHANGED,
        at=now,
        subject=f"account {user.id}: {what}",
        content={"account": user.id, "what": what},
        actor_id=actor_id,
    )


def tell_change(now: datetime, actor_id: int | None, user: User, what: AccessChange) -> None:
    """Write a change of somebody's way in down and tell them by mail: it may not be theirs."""
    note_account(now, actor_id, user, what.value)
    params = {"name": user.name, "what": what.name.lower(), "at": now.isoformat()}
    post("access_changed", to=user.email, language=user.language, now=now, params=params)


def end_sessions(user: User, *, but: int | None = None) -> None:
    """End the sessions of somebody; `but` is the id of the one that goes on."""
    query = delete(DeskSession).where(DeskSession.user_id == user.id)
    if but is not None:
        query = query.where(DeskSession.id != but)
    db.session.execute(query)


def end_everything(user: User) -> None:
    """End all sessions, also one that is being begun at this moment."""
    user.session_stamp = secrets.token_urlsafe(32)
    end_sessions(user)


def locked(user_id: int) -> User:
    """The account, of which no other request counts attempts until this one ends."""
    query = select(User).where(User.id == user_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def check_not_locked(now: datetime, user: User, field: str) -> None:
    """Raise `sign_in_locked` (429) while an account takes no attempts."""
    if user.locked_until and now < user.locked_until:
        raise DomainError("sign_in_locked", field=field, status=429)


def fail(now: datetime, user: User) -> None:
    """Count an attempt that failed. The caller must commit although it refuses."""
    user.failures, user.locked_until = after_failure(user.failures, now)
