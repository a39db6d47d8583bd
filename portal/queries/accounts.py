"""Reads about staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.domain.accounts import Grant
from portal.models import User, db


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff as a request needs them."""

    id: int
    name: str
    email: str
    session_stamp: str
    grants: tuple[Grant, ...]


def find_signed_in(user_id: int) -> SignedIn | None:
    """The active user with that id; two queries: the user, and all their grants."""
    user = db.session.get(User, user_id)
    if user is None or not user.active:
        return None
    grants = tuple(Grant(held.role, held.body_id) for held in user.roles)
    return SignedIn(user.id, user.name, user.email, user.session_stamp, grants)


def find_by_email(email: str) -> SignedIn | None:
    """The active user with that address, however it is spelt in case."""
    user_id = db.session.scalar(select(User.id).where(User.email == email.strip().lower()))
    return None if user_id is None else find_signed_in(user_id)
