"""Whose account a provider opens, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.domain.accounts import Actor, Grant, Role
from portal.domain.errors import DomainError
from portal.domain.sign_on import Vouched
from portal.models import ProviderIdentity, User, db
from portal.queries.accounts import list_staff
from portal.queries.sessions import linked_since
from portal.services import accounts, sign_on
from tests.factories.cast import PASSWORD
from tests.fixtures.apps import Clock

ISSUER, OTHER_ISSUER = "https://id.example", "https://other.example"
EMAIL = "approver@example.org"


@pytest.fixture
def user(app: Flask, clock: Clock) -> User:
    return make(clock, EMAIL)


def make(clock: Clock, email: str, *, demo: bool = False) -> User:
    return accounts.create_user(
        clock(),
        email=email,
        name="معتمد (مثال)",
        password=PASSWORD,
        roles=((Role.APPROVER, None),),
        demo=demo,
    )


def enter(clock: Clock, subject: str, email: str, *, production: bool = False) -> User:
    vouched = Vouched(subject, email, strong=False)
    return sign_on.enter(clock(), ISSUER, vouched, production=production)


def test_an_address_is_asked_for_once_however_it_is_spelt(user: User, clock: Clock) -> None:
    assert enter(clock, "7", " Approver@Example.ORG ") is user
    assert linked_since(user.id) == clock()
    clock.pass_(days=1)
    other = make(clock, "other@example.org")
    assert enter(clock, "7", other.email) is user, "the subject counts, not the address"
    assert enter(clock, "7", "") is user
    assert [(p.email, p.linked) for p in list_staff()] == [(EMAIL, True), (other.email, False)]


def test_a_subject_is_one_providers(user: User, clock: Clock) -> None:
    enter(clock, "7", EMAIL)
    vouched = Vouched("7", "", strong=False)
    with pytest.raises(DomainError, match="sign_on_unverified"):
        sign_on.enter(clock(), OTHER_ISSUER, vouched, production=False)


def test_no_subject_has_two_accounts(user: User, clock: Clock) -> None:
    enter(clock, "7", EMAIL)
    other = make(clock, "other@example.org")
    link = {"issuer": ISSUER, "subject": "7", "linked_at": clock()}
    db.session.add(ProviderIdentity(user_id=other.id, **link))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_demo_people_come_in_nowhere_in_production(user: User, clock: Clock) -> None:
    demo = make(clock, "demo@example.org", demo=True)
    with pytest.raises(DomainError, match="sign_on_closed"):
        enter(clock, "8", demo.email, production=True)
    assert linked_since(demo.id) is None
    assert enter(clock, "8", demo.email) is demo
    with pytest.raises(DomainError, match="sign_on_closed"):
        enter(clock, "8", demo.email, production=True)


def test_a_link_is_removed_by_who_may(user: User, clock: Clock) -> None:
    enter(clock, "7", EMAIL)
    boss = make(clock, "boss@example.org").id
    with pytest.raises(DomainError, match="not_allowed"):
        sign_on.unlink(Actor(boss, (Grant(Role.ADMINISTRATOR, 7),)), clock(), user)
    sign_on.unlink(Actor(boss, (Grant(Role.ADMINISTRATOR, None),)), clock(), user)
    assert linked_since(user.id) is None
    assert enter(clock, "another", EMAIL) is user
    sign_on.unlink(Actor(user.id), clock(), user)
    with pytest.raises(DomainError, match="not_found"):
        sign_on.unlink(Actor(user.id), clock(), user)
