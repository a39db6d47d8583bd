"""Passkeys: made and used for this portal alone, each challenge answered once, copies found out."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.adapters.passkeys import read_creation, read_signature
from portal.domain.accounts import FAILURES_BEFORE_LOCK, Role
from portal.domain.errors import DomainError
from portal.domain.passkeys import MOST, relying_party
from portal.domain.second_factor import Second
from portal.models import DeskSession, OutboxMail, Passkey, User, db
from portal.queries.sessions import factors_of, find_session, list_sessions
from portal.services import accounts, passkeys, second_factor, sessions
from tests.factories.cast import PASSWORD
from tests.factories.passkeys import PRESENT, SecurityKey
from tests.fixtures.apps import Clock

PARTY = relying_party("http://localhost:8000")


@pytest.fixture
def user(app: Flask, clock: Clock) -> User:
    return make_user(clock, "approver@example.org")


def make_user(clock: Clock, email: str) -> User:
    return accounts.create_user(
        clock(), email=email, name="معتمد (مثال)", password=PASSWORD, roles=((Role.APPROVER, None),)
    )


def begin(user: User, clock: Clock, *, waiting: bool = False) -> int:
    held = find_session(clock(), sessions.begin(clock(), user, user_agent="", waiting=waiting))
    assert held is not None
    return held.id


def challenge_of(session_id: int) -> str:
    return db.session.get_one(DeskSession, session_id).challenge


def enrol(user: User, clock: Clock, key: SecurityKey, name: str = "هاتف") -> int:
    here = begin(user, clock)
    passkeys.offer(here)
    add(user, clock, here, key.create(challenge_of(here)), name)
    return here


def add(user: User, clock: Clock, here: int, answer: str, name: str = "هاتف") -> None:
    passkeys.add(clock(), user.id, answer, name=name, session_id=here, party=PARTY)


def give(user: User, clock: Clock, waiting: int, answer: str) -> Second:
    return passkeys.give(clock(), user.id, answer, session_id=waiting, party=PARTY)


def test_several_passkeys_each_let_in(user: User, clock: Clock) -> None:
    keys = {"هاتف": SecurityKey(), "مفتاح": SecurityKey(count=None)}
    for name, key in keys.items():
        enrol(user, clock, key, name)
    clock.pass_(days=1)
    for key in (*keys.values(), *keys.values()):
        waiting = begin(user, clock, waiting=True)
        assert give(user, clock, waiting, key.get(challenge_of(waiting))) is Second.PASSKEY
    held = factors_of(user.id).passkeys
    assert [(each.name, each.used_at) for each in held] == [(name, clock()) for name in keys]
    counts = db.session.scalars(db.select(Passkey.sign_count).order_by(Passkey.id))
    assert list(counts) == [2, 0]


def test_adding_one_ends_the_other_sessions_and_tells(user: User, clock: Clock) -> None:
    elsewhere = sessions.begin(clock(), user, user_agent="")
    enrol(user, clock, SecurityKey())
    assert find_session(clock(), elsewhere) is None
    assert [held.second for held in list_sessions(clock(), user.id)] == [Second.PASSKEY]
    mails = db.session.scalars(db.select(OutboxMail))
    assert [mail.params["what"] for mail in mails] == ["passkey_added"]


def test_a_challenge_is_answered_once(user: User, clock: Clock) -> None:
    key = SecurityKey()
    here = enrol(user, clock, key)
    with pytest.raises(DomainError, match="passkey_not_begun"):
        add(user, clock, here, SecurityKey().create(challenge_of(here)))
    waiting = begin(user, clock, waiting=True)
    asked = challenge_of(waiting)
    answer = key.get(asked)
    give(user, clock, waiting, answer)
    assert challenge_of(waiting) not in ("", asked)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(user, clock, waiting, answer)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(user, clock, waiting, key.get(asked))


def test_of_another_session_no_challenge_is_answered(user: User, clock: Clock) -> None:
    key = SecurityKey()
    enrol(user, clock, key)
    first, second = begin(user, clock, waiting=True), begin(user, clock, waiting=True)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(user, clock, second, key.get(challenge_of(first)))


@pytest.mark.parametrize(
    "odd",
    [
        {"origin": "http://localhost:8001"},
        {"origin": "https://evil.example"},
        {"party": "evil.example"},
        {"flags": 0},
    ],
)
def test_made_or_used_elsewhere_it_opens_nothing(
    user: User, clock: Clock, odd: dict[str, str | int]
) -> None:
    key = SecurityKey()
    enrol(user, clock, key)
    here, waiting = begin(user, clock), begin(user, clock, waiting=True)
    passkeys.offer(here)
    for name, value in odd.items():
        setattr(key, name, value)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(user, clock, waiting, key.get(challenge_of(waiting)))
    key.credential_id = b"another"
    with pytest.raises(DomainError, match="passkey_refused"):
        add(user, clock, here, key.create(challenge_of(here)))
    key = SecurityKey(origin=PARTY.origin, party=PARTY.id, flags=PRESENT)
    add(user, clock, here, key.create(challenge_of(here)))


def test_a_copied_key_is_found_by_its_count(user: User, clock: Clock) -> None:
    key = SecurityKey()
    enrol(user, clock, key)
    copy = SecurityKey(credential_id=key.credential_id, private=key.private)
    for good, used in ((True, key), (True, key), (False, copy), (True, key)):
        waiting = begin(user, clock, waiting=True)
        answer = used.get(challenge_of(waiting))
        if good:
            give(user, clock, waiting, answer)
            continue
        with pytest.raises(DomainError, match="passkey_refused"):
            give(user, clock, waiting, answer)


def test_somebody_elses_passkey_is_none_of_mine(user: User, clock: Clock) -> None:
    key, other = SecurityKey(), make_user(clock, "other@example.org")
    mine = enrol(user, clock, key)
    waiting = begin(other, clock, waiting=True)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(other, clock, waiting, key.get(challenge_of(waiting)))
    here = begin(other, clock)
    passkeys.offer(here)
    with pytest.raises(DomainError, match="passkey_refused"):
        add(other, clock, here, key.create(challenge_of(here)))
    with pytest.raises(DomainError, match="not_found"):
        passkeys.remove(clock(), other, factors_of(user.id).passkeys[0].id, required=False)
    assert find_session(clock(), "") is None
    assert db.session.get(DeskSession, mine) is not None


def test_wrong_answers_lock_as_wrong_codes_do(user: User, clock: Clock) -> None:
    key = SecurityKey()
    enrol(user, clock, key)
    waiting = begin(user, clock, waiting=True)
    for _attempt in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(DomainError, match="passkey_refused"):
            give(user, clock, waiting, "{}")
    with pytest.raises(DomainError, match="sign_in_locked"):
        give(user, clock, waiting, key.get(challenge_of(waiting)))
    clock.pass_(minutes=16)
    waiting = begin(user, clock, waiting=True)
    give(user, clock, waiting, key.get(challenge_of(waiting)))
    assert user.failures == 0


def test_the_last_factor_stays_where_one_is_required(user: User, clock: Clock) -> None:
    enrol(user, clock, SecurityKey())
    enrol(user, clock, SecurityKey())
    second_factor.make_codes(clock(), user)
    first, last = factors_of(user.id).passkeys
    passkeys.remove(clock(), user, first.id, required=True)
    assert factors_of(user.id).codes_left == 10
    with pytest.raises(DomainError, match="second_factor_needed"):
        passkeys.remove(clock(), user, last.id, required=True)
    passkeys.remove(clock(), user, last.id, required=False)
    assert not factors_of(user.id).any
    assert factors_of(user.id).codes_left == 0, "codes stand in for a factor, and there is none"


def test_a_reset_takes_passkeys_too(user: User, clock: Clock) -> None:
    enrol(user, clock, SecurityKey())
    second_factor.clear(clock(), None, user)
    assert not factors_of(user.id).any


def test_there_is_an_end_to_them(user: User, clock: Clock) -> None:
    for _each in range(MOST):
        enrol(user, clock, SecurityKey())
    with pytest.raises(DomainError, match="passkeys_many"):
        enrol(user, clock, SecurityKey())


CHALLENGE = "c" * 43
KEY = SecurityKey()
MADE, SIGNED = KEY.create(CHALLENGE), KEY.get(CHALLENGE)
NEW = read_creation(MADE, PARTY, CHALLENGE)
PART = st.sampled_from(["clientDataJSON", "attestationObject", "authenticatorData", "signature"])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(PART, st.integers(0, 400), st.characters(min_codepoint=33, max_codepoint=126))
def test_whatever_a_browser_answers_is_read_or_refused(part: str, at: int, letter: str) -> None:
    assert NEW is not None
    for answer in (MADE, SIGNED):
        said = json.loads(answer)
        held = said["response"].get(part, "")
        said["response"][part] = held[:at] + letter + held[at + 1 :]
        read_creation(json.dumps(said), PARTY, CHALLENGE)
        changed = read_signature(
            json.dumps(said), PARTY, CHALLENGE, public_key=NEW.public_key, sign_count=0
        )
        same = answer == SIGNED and (part == "attestationObject" or said == json.loads(SIGNED))
        # The last letter of base64 has bits that are of no byte.
        assert changed is None or same or at >= len(held) - 1


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 7}', "[" * 5000, '"' * 9])
def test_nonsense_is_refused(answer: str, user: User, clock: Clock) -> None:
    enrol(user, clock, SecurityKey())
    here, waiting = begin(user, clock), begin(user, clock, waiting=True)
    passkeys.offer(here)
    with pytest.raises(DomainError, match="passkey_refused"):
        add(user, clock, here, answer)
    with pytest.raises(DomainError, match="passkey_refused"):
        give(user, clock, waiting, answer)
