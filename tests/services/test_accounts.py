"""Accounts: signing in and its lock, invitations, roles, the last administrator."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.accounts import FAILURES_BEFORE_LOCK, Actor, Grant, Role
from portal.domain.errors import DomainError
from portal.models import OutboxMail, PublicBody, User, db
from portal.queries.accounts import find_signed_in
from portal.services import accounts
from tests.fixtures.apps import Clock

PASSWORD = "olive-thyme-and-stone"
EMAIL = "admin@example.org"


@pytest.fixture
def admin(app: Flask, clock: Clock) -> User:
    return accounts.create_user(
        clock(),
        email=EMAIL,
        name="مدير (مثال)",
        password=PASSWORD,
        roles=((Role.ADMINISTRATOR, None),),
    )


def sign_in(clock: Clock, password: str = PASSWORD, *, production: bool = False) -> User:
    return accounts.sign_in(
        clock(), email=" Admin@Example.ORG ", password=password, production=production
    )


def actor(user: User) -> Actor:
    return Actor(user.id, tuple(Grant(held.role, held.body_id) for held in user.roles))


def test_the_right_password_lets_in_however_the_address_is_spelt(admin: User, clock: Clock) -> None:
    assert sign_in(clock).id == admin.id
    assert PASSWORD not in admin.password_hash


def test_unknown_address_and_wrong_password_get_the_same_answer(admin: User, clock: Clock) -> None:
    with pytest.raises(DomainError, match="sign_in_failed"):
        sign_in(clock, "wrong password here")
    with pytest.raises(DomainError, match="sign_in_failed"):
        accounts.sign_in(clock(), email="x@example.org", password=PASSWORD, production=False)


def test_an_account_locks_and_opens_again_by_the_clock(admin: User, clock: Clock) -> None:
    for _attempt in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(DomainError, match="sign_in_failed"):
            sign_in(clock, "wrong password here")
    with pytest.raises(DomainError, match="sign_in_locked"):
        sign_in(clock)
    clock.pass_(minutes=16)
    assert sign_in(clock).failures == 0


def test_demo_people_are_refused_in_production(admin: User, clock: Clock) -> None:
    admin.demo = True
    assert sign_in(clock)
    with pytest.raises(DomainError, match="sign_in_failed"):
        sign_in(clock, production=True)


def test_a_new_password_ends_older_sessions(admin: User, clock: Clock) -> None:
    before = admin.session_stamp
    with pytest.raises(DomainError, match="password_wrong"):
        accounts.change_password(clock(), admin, current="no", new="another long sentence")
    accounts.change_password(clock(), admin, current=PASSWORD, new="another long sentence")
    assert admin.session_stamp != before
    mail = db.session.scalars(db.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
    assert mail is not None
    said = (mail.recipient, mail.template, mail.params["what"])
    assert said == (admin.email, "access_changed", "password_changed")
    assert sign_in(clock, "another long sentence")


def test_an_invitation_goes_by_mail_and_works_once(admin: User, clock: Clock) -> None:
    token = accounts.invite(
        actor(admin),
        clock(),
        email="New@example.org",
        name="جديد",
        role=Role.MODERATOR,
        body_id=None,
    )
    mail = db.session.scalars(db.select(OutboxMail)).one()
    assert (mail.recipient, mail.params["token"]) == ("new@example.org", token)
    user = accounts.accept_invitation(clock(), token, password=PASSWORD)
    found = find_signed_in(user.id)
    assert found is not None
    assert found.grants == (Grant(Role.MODERATOR, None),)
    with pytest.raises(DomainError, match="invitation_over"):
        accounts.accept_invitation(clock(), token, password=PASSWORD)


def test_an_invitation_lapses(admin: User, clock: Clock) -> None:
    token = accounts.invite(
        actor(admin), clock(), email="n@example.org", name="جديد", role=Role.DRAFTER, body_id=None
    )
    clock.pass_(days=7)
    with pytest.raises(DomainError, match="invitation_over"):
        accounts.find_invitation(clock(), token)


def test_the_last_administrator_stays(admin: User, clock: Clock) -> None:
    grant = admin.roles[0].id
    with pytest.raises(DomainError, match="last_administrator"):
        accounts.revoke(actor(admin), clock(), admin, grant)
    with pytest.raises(DomainError, match="last_administrator"):
        accounts.set_active(actor(admin), clock(), admin, active=False)


def test_an_administrator_of_one_body_reaches_no_other(admin: User, clock: Clock) -> None:
    here, elsewhere = (PublicBody(slug=s, name_ar="جهة (مثال)") for s in ("here", "elsewhere"))
    db.session.add_all([here, elsewhere])
    db.session.flush()
    local = Actor(admin.id, (Grant(Role.ADMINISTRATOR, here.id),))
    accounts.grant(local, clock(), admin, Role.MODERATOR, here.id)
    for body_id in (elsewhere.id, None):
        with pytest.raises(DomainError, match="not_allowed"):
            accounts.grant(local, clock(), admin, Role.MODERATOR, body_id)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"email": "no address"}, "email_bad"),
        ({"email": EMAIL}, "email_taken"),
        ({"name": "  "}, "name_missing"),
        ({"password": "short"}, "password_short"),
        ({"name": "x\u202e"}, "bidi_characters"),
    ],
)
def test_a_bad_account_is_refused(
    admin: User, clock: Clock, fields: dict[str, str], code: str
) -> None:
    whole = {"email": "b@example.org", "name": "اسم", "password": PASSWORD, **fields}
    with pytest.raises(DomainError, match=code):
        accounts.create_user(clock(), roles=(), **whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("gardens office 2026", "password_guessable"),  # the name of a body
        ("1qaz2wsx3edc4rfv", "password_known"),
    ],
)
def test_a_password_that_others_would_try_is_refused_wherever_one_is_chosen(
    admin: User, clock: Clock, new: str, code: str
) -> None:
    db.session.add(PublicBody(slug="gardens-office", name_ar="مكتب الحدائق (مثال)"))
    db.session.flush()
    with pytest.raises(DomainError, match=code):
        accounts.change_password(clock(), admin, current=PASSWORD, new=new)
    token = accounts.invite(
        actor(admin), clock(), email="n@example.org", name="جديد", role=Role.DRAFTER, body_id=None
    )
    with pytest.raises(DomainError, match=code):
        accounts.accept_invitation(clock(), token, password=new)


@pytest.mark.parametrize(
    "new",
    [
        "olives, thyme and a stone wall, then more words until nobody can count them any more",
        "  Olives و Stone 🌿 wall ",
    ],
)
def test_a_password_is_kept_as_it_was_typed_however_long(
    admin: User, clock: Clock, new: str
) -> None:
    accounts.change_password(clock(), admin, current=PASSWORD, new=new)
    assert sign_in(clock, new)
    for other in (new[:64].rstrip(), new.swapcase(), new[:-1]):
        with pytest.raises(DomainError, match="sign_in_failed"):
            sign_in(clock, other)


def test_a_password_does_not_run_out(admin: User, clock: Clock) -> None:
    clock.pass_(days=2000)
    assert sign_in(clock).id == admin.id
