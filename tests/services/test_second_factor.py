"""The second factor: codes taken once, counted with the password's attempts, sealed, reset."""

from __future__ import annotations

import pyotp
import pytest
from flask import Flask

from portal.adapters import sealing
from portal.domain.accounts import FAILURES_BEFORE_LOCK, Actor, Grant, Role
from portal.domain.errors import DomainError
from portal.domain.second_factor import Second
from portal.models import Authenticator, OutboxMail, RecordEntry, RecoveryCode, User, db
from portal.queries.sessions import factors_of, find_session, list_sessions
from portal.services import accounts, second_factor, sessions
from tests.factories.cast import PASSWORD
from tests.fixtures.apps import Clock

KEY = "k" * 40
EMAIL = "approver@example.org"
CODE_LENGTH_SHOWN = 29


@pytest.fixture
def user(app: Flask, clock: Clock) -> User:
    roles = ((Role.APPROVER, None),)
    return accounts.create_user(
        clock(), email=EMAIL, name="معتمد (مثال)", password=PASSWORD, roles=roles
    )


@pytest.fixture
def secret(user: User, clock: Clock) -> str:
    """The secret of the user's app, once it is confirmed and its code's time has gone by."""
    return enrol(user, clock)[0]


def enrol(user: User, clock: Clock) -> tuple[str, tuple[str, ...]]:
    here = find_session(clock(), sessions.begin(clock(), user, user_agent=""))
    assert here is not None
    second_factor.offer_authenticator(user, secret_key=KEY)
    secret = second_factor.offered_secret(user, secret_key=KEY)
    codes = second_factor.confirm_authenticator(
        clock(), user, code_of(secret, clock), session_id=here.id, secret_key=KEY
    )
    clock.pass_(seconds=60)
    return secret, codes


def code_of(secret: str, clock: Clock, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock(), counter_offset=steps)


def give(user: User, clock: Clock, typed: str) -> Second:
    return second_factor.give_code(clock(), user.id, typed, secret_key=KEY)


@pytest.mark.parametrize(
    ("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_is_taken_one_step_about_now(
    user: User, secret: str, clock: Clock, steps: int, good: bool
) -> None:
    clock.pass_(minutes=5)
    code = code_of(secret, clock, steps)
    if good:
        assert give(user, clock, f" {code[:3]} {code[3:]} ") is Second.AUTHENTICATOR
        return
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, code)


def test_a_code_is_taken_once_and_none_before_it(user: User, secret: str, clock: Clock) -> None:
    code, before = code_of(secret, clock), code_of(secret, clock, -1)
    give(user, clock, code)
    for used in (code, before):
        with pytest.raises(DomainError, match="code_wrong"):
            give(user, clock, used)


def test_the_code_that_confirmed_the_app_signs_nobody_in(user: User, clock: Clock) -> None:
    secret, _codes = enrol(user, clock)
    clock.pass_(seconds=-60)
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, code_of(secret, clock))


def test_a_recovery_code_lets_in_once(user: User, clock: Clock) -> None:
    _secret, codes = enrol(user, clock)
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {CODE_LENGTH_SHOWN}
    assert give(user, clock, codes[3].upper().replace("-", " ")) is Second.RECOVERY_CODE
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, codes[3])
    assert factors_of(user.id).codes_left == 9
    kept = db.session.scalars(db.select(RecoveryCode.code_hash)).all()
    assert not {code.replace("-", "") for code in codes} & set(kept)
    assert "code_used" in [
        mail.params["what"] for mail in db.session.scalars(db.select(OutboxMail))
    ]


def test_new_recovery_codes_void_those_before(user: User, clock: Clock) -> None:
    _secret, codes = enrol(user, clock)
    newer = second_factor.make_codes(clock(), user)
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, codes[0])
    assert give(user, clock, newer[0]) is Second.RECOVERY_CODE


def test_wrong_codes_lock_and_the_password_between_them_does_not_help(
    user: User, secret: str, clock: Clock
) -> None:
    for _attempt in range(FAILURES_BEFORE_LOCK):
        accounts.sign_in(clock(), email=EMAIL, password=PASSWORD, production=False)
        with pytest.raises(DomainError, match="code_wrong"):
            give(user, clock, "000000")
    with pytest.raises(DomainError, match="sign_in_locked"):
        give(user, clock, code_of(secret, clock))
    with pytest.raises(DomainError, match="sign_in_locked"):
        accounts.sign_in(clock(), email=EMAIL, password=PASSWORD, production=False)
    clock.pass_(minutes=16)
    assert give(user, clock, code_of(secret, clock)) is Second.AUTHENTICATOR


def test_the_database_alone_does_not_tell_the_secret(user: User, secret: str) -> None:
    sealed = db.session.get_one(Authenticator, user.id).sealed
    assert sealed is not None
    assert secret not in sealed
    about = f"authenticator of account {user.id}"
    assert sealing.unseal(KEY, sealed, about=about) == secret
    assert sealing.unseal("x" * 40, sealed, about=about) is None
    assert sealing.unseal(KEY, sealed, about="authenticator of account 99") is None


def test_another_telephone_is_set_up_while_the_first_goes_on(
    user: User, secret: str, clock: Clock
) -> None:
    second_factor.offer_authenticator(user, secret_key=KEY)
    assert give(user, clock, code_of(secret, clock)) is Second.AUTHENTICATOR
    clock.pass_(minutes=2)
    newer, _codes = enrol(user, clock)
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, code_of(secret, clock))
    assert give(user, clock, code_of(newer, clock)) is Second.AUTHENTICATOR


def test_setting_it_up_ends_the_sessions_begun_without(user: User, clock: Clock) -> None:
    elsewhere = sessions.begin(clock(), user, user_agent="")
    enrol(user, clock)
    assert find_session(clock(), elsewhere) is None
    assert [held.second for held in list_sessions(clock(), user.id)] == [Second.AUTHENTICATOR]


def test_it_stays_where_it_is_required(user: User, secret: str, clock: Clock) -> None:
    with pytest.raises(DomainError, match="second_factor_needed"):
        second_factor.remove_authenticator(clock(), user, required=True)
    second_factor.remove_authenticator(clock(), user, required=False)
    assert not factors_of(user.id).any
    with pytest.raises(DomainError, match="code_wrong"):
        give(user, clock, code_of(secret, clock))


def test_an_administrator_resets_it_and_the_person_is_told(
    user: User, secret: str, clock: Clock
) -> None:
    boss = accounts.create_user(
        clock(),
        email="admin@example.org",
        name="مدير (مثال)",
        password=PASSWORD,
        roles=((Role.ADMINISTRATOR, None),),
    )
    whole = Actor(boss.id, (Grant(Role.ADMINISTRATOR, None),))
    token, stamp = sessions.begin(clock(), user, user_agent=""), user.session_stamp
    with pytest.raises(DomainError, match="not_allowed"):
        second_factor.reset(Actor(boss.id, (Grant(Role.ADMINISTRATOR, 7),)), clock(), user)
    with pytest.raises(DomainError, match="own_second_factor"):
        second_factor.reset(Actor(user.id, whole.grants), clock(), user)
    second_factor.reset(whole, clock(), user)
    assert not factors_of(user.id).any
    assert find_session(clock(), token) is None
    assert user.session_stamp != stamp
    mail = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    assert (mail.recipient, mail.params["what"]) == (EMAIL, "reset")
    entry = db.session.scalars(db.select(RecordEntry).order_by(RecordEntry.id.desc())).first()
    assert entry is not None
    assert (entry.subject, entry.actor_id) == (f"account {user.id}: second factor reset", boss.id)
