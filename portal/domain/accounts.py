"""Who works at the desk: roles, held per public body or for all; lockout; passwords."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from portal.domain.errors import DomainError
from portal.domain.passwords import is_guessable

PASSWORD_MIN = 12
PASSWORD_MAX = 200
FAILURES_BEFORE_LOCK = 5
LOCK_FOR = timedelta(minutes=15)
INVITATION_FOR = timedelta(days=7)


class Role(StrEnum):
    """The roles of DOMAIN.md. A citizen needs no account, so nobody is granted that one."""

    CITIZEN = "citizen"
    MODERATOR = "moderator"
    DRAFTER = "drafter"
    APPROVER = "approver"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


STAFF_ROLES = tuple(role for role in Role if role is not Role.CITIZEN)


class Grant(NamedTuple):
    """A role, for one public body (its id) or for all (None)."""

    role: Role
    body_id: int | None


class Actor(NamedTuple):
    """Who acts: a member of staff with their grants, or a citizen with none."""

    user_id: int | None
    grants: tuple[Grant, ...] = ()

    def holds(self, roles: frozenset[Role], body_id: int | None) -> bool:
        """True where one of `roles` is held for `body_id` (None: for any body at all)."""
        if Role.CITIZEN in roles:
            return True
        return any(
            grant.role in roles and (body_id is None or grant.body_id in (None, body_id))
            for grant in self.grants
        )


CITIZEN = Actor(None)


def check_password(
    password: str, *, email: str = "", name: str = "", places: Iterable[str] = ()
) -> None:
    """Raise `password_short`, `password_long` or `password_guessable` (NIST SP 800-63B 5.1.1.2).

    `places` are names of public bodies.
    """
    if len(password) < PASSWORD_MIN:
        raise DomainError("password_short", field="password", minimum=PASSWORD_MIN)
    if len(password) > PASSWORD_MAX:
        raise DomainError("password_long", field="password", maximum=PASSWORD_MAX)
    plain = password.casefold()
    guessable = {email.casefold(), email.partition("@")[0].casefold(), name.casefold()} - {""}
    own = any(word in plain for word in guessable if len(word) > 3)
    if own or is_guessable(password, places):
        raise DomainError("password_guessable", field="password")


def after_failure(failures: int, now: datetime) -> tuple[int, datetime | None]:
    """Count of failed sign-ins after one more, and until when the account is locked, if it is."""
    failures += 1
    return (0, now + LOCK_FOR) if failures >= FAILURES_BEFORE_LOCK else (failures, None)


def administered(actor: Actor) -> frozenset[int] | None:
    """The public bodies that an administrator is one of; None: all of them."""
    bodies = {grant.body_id for grant in actor.grants if grant.role is Role.ADMINISTRATOR}
    return None if None in bodies else frozenset(body for body in bodies if body is not None)


def check_reach(actor: Actor, body_id: int | None) -> None:
    """Raise `not_allowed` where a body's administrator reaches beyond it (None: all bodies)."""
    reach = administered(actor)
    if reach is not None and body_id not in reach:
        raise DomainError("not_allowed", status=403)


def check_reach_over(actor: Actor, bodies: Collection[int | None]) -> None:
    """The same for somebody who works for these: for all of them, or it is not theirs to do.

    Who works for none any more is everybody's, and nobody's in particular.
    """
    for body_id in bodies or (None,):
        check_reach(actor, body_id)
