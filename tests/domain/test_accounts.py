"""Roles, lockout and passwords."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.domain.accounts import (
    CITIZEN,
    FAILURES_BEFORE_LOCK,
    LOCK_FOR,
    Actor,
    Grant,
    Role,
    after_failure,
    check_password,
)
from portal.domain.errors import DomainError

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2


@pytest.mark.parametrize(
    ("grants", "body", "holds"),
    [
        ((), HERE, False),
        ((Grant(Role.MODERATOR, HERE),), HERE, True),
        ((Grant(Role.MODERATOR, HERE),), ELSEWHERE, False),
        ((Grant(Role.MODERATOR, None),), ELSEWHERE, True),  # for all bodies
        ((Grant(Role.DRAFTER, HERE),), HERE, False),  # another role
        ((Grant(Role.MODERATOR, HERE),), None, True),  # for any body at all
    ],
)
def test_a_role_counts_for_its_body(
    grants: tuple[Grant, ...], body: int | None, holds: bool
) -> None:
    assert Actor(7, grants).holds(frozenset({Role.MODERATOR}), body) is holds


def test_everybody_is_a_citizen() -> None:
    assert CITIZEN.holds(frozenset({Role.CITIZEN}), HERE)
    assert Actor(7).holds(frozenset({Role.CITIZEN}), HERE)


def test_an_account_locks_after_the_last_failure_and_not_before() -> None:
    failures, locked = 0, None
    for _attempt in range(FAILURES_BEFORE_LOCK - 1):
        failures, locked = after_failure(failures, NOW)
        assert locked is None
    assert after_failure(failures, NOW) == (0, NOW + LOCK_FOR)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("a" * 201, "password_long"),
        ("aaaaaaaaaaaa", "password_guessable"),
        ("muna.haddad-2026", "password_guessable"),
    ],
)
def test_a_weak_password_is_refused(password: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_password(password, email="muna.haddad@example.org")


def test_a_long_unusual_password_is_taken() -> None:
    check_password("زيتون وزعتر على جبل", email="muna.haddad@example.org")
