"""Reads about sessions and second factors."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.second_factor import Second
from portal.domain.sessions import is_over
from portal.models import Authenticator, DeskSession, Passkey, ProviderIdentity, RecoveryCode, db


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that is not over."""

    id: int
    user_id: int
    browser: str
    waiting: bool
    second: Second | None
    began_at: datetime
    seen_at: datetime
    proved_at: datetime
    challenge: str


def hash_token(token: str) -> str:
    """What is kept of the token in a session's cookie."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_session(now: datetime, token: str) -> HeldSession | None:
    """The session of that token, if it is not over."""
    query = select(DeskSession).where(DeskSession.token_hash == hash_token(token))
    found = db.session.scalar(query)
    return _held(now, found) if found else None


def list_sessions(now: datetime, user_id: int) -> tuple[HeldSession, ...]:
    """Where somebody is signed in, the one used last first."""
    query = select(DeskSession).where(DeskSession.user_id == user_id, ~DeskSession.waiting)
    rows = db.session.scalars(query.order_by(DeskSession.seen_at.desc(), DeskSession.id.desc()))
    return tuple(held for held in (_held(now, row) for row in rows) if held)


def _held(now: datetime, row: DeskSession) -> HeldSession | None:
    if is_over(now, began_at=row.began_at, seen_at=row.seen_at, waiting=row.waiting):
        return None
    return HeldSession(
        row.id,
        row.user_id,
        row.browser,
        row.waiting,
        row.second,
        row.began_at,
        row.seen_at,
        row.proved_at,
        row.challenge,
    )


@dataclass(frozen=True, slots=True)
class HeldPasskey:
    """A passkey as its owner knows it; `credential_id` as browsers do."""

    id: int
    credential_id: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What somebody has beside the password."""

    authenticator_since: datetime | None
    passkeys: tuple[HeldPasskey, ...]
    codes_left: int

    @property
    def any(self) -> bool:
        return self.authenticator_since is not None or bool(self.passkeys)

    def only(self, passkey_id: int) -> bool:
        """True where there is no other factor than this passkey."""
        return self.authenticator_since is None and [p.id for p in self.passkeys] == [passkey_id]

    @property
    def credentials(self) -> tuple[str, ...]:
        return tuple(each.credential_id for each in self.passkeys)


def factors_of(user_id: int) -> Factors:
    """The second factors of somebody, the oldest passkey first. Three queries."""
    since = select(Authenticator.confirmed_at).where(Authenticator.user_id == user_id)
    left = select(func.count()).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    passkeys = select(
        Passkey.id, Passkey.credential_id, Passkey.name, Passkey.added_at, Passkey.used_at
    ).where(Passkey.user_id == user_id)
    return Factors(
        db.session.scalar(since),
        tuple(HeldPasskey(*row) for row in db.session.execute(passkeys.order_by(Passkey.id))),
        db.session.scalar(left) or 0,
    )


def linked_since(user_id: int) -> datetime | None:
    """Since when a provider of sign-on opens somebody's account; None where none does."""
    query = select(func.min(ProviderIdentity.linked_at))
    return db.session.scalar(query.where(ProviderIdentity.user_id == user_id))
