"""Signing in as a browser without scripts does: both steps, one's sessions, what is required."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.accounts import Role
from portal.models import RecordEntry, User, db
from portal.services import accounts
from tests.factories.cast import PASSWORD
from tests.fixtures.apps import Clock
from tests.fixtures.desk import TOKEN

ACCOUNT = "/ar/account"
DESK = "/ar/desk/"
KEY = re.compile(r'class="key">([A-Z2-7 ]+)<')
CODES = re.compile(r"<code>([a-z0-9-]{29})</code>")


@dataclass
class Browser:
    """A browser with its cookies; forms take their token from the page they stand on."""

    app: Flask
    agent: str = "Firefox/140.0 Linux"
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def ask(self, path: str, method: str = "GET", **typed: str) -> TestResponse:
        db.session.rollback()
        headers = {"User-Agent": self.agent}
        with self.app.app_context():
            return self.client.open(path, method=method, data=typed or None, headers=headers)

    def send(self, path: str, page: str, **typed: str) -> TestResponse:
        found = TOKEN.search(self.ask(page).text)
        assert found is not None, page
        return self.ask(path, "POST", csrf_token=found[1], **typed)

    def sign_in(self, back: str = "") -> TestResponse:
        page = f"{ACCOUNT}/sign-in"
        there = f"{page}?next={back}" if back else page
        return self.send(there, page, email=EMAIL, password=PASSWORD)

    def security(self) -> str:
        return self.ask(f"{ACCOUNT}/security").text

    def change(self, path: str, **typed: str) -> TestResponse:
        return self.send(f"{ACCOUNT}/{path}", f"{ACCOUNT}/security", **typed)

    def enrol(self, clock: Clock) -> tuple[str, list[str]]:
        self.change("authenticator")
        page = f"{ACCOUNT}/authenticator"
        found = KEY.search(self.ask(page).text)
        assert found is not None
        secret = found[1].replace(" ", "")
        code = pyotp.TOTP(secret).at(clock())
        shown = self.send(f"{page}/confirm", page, code=code)
        clock.pass_(seconds=60)
        return secret, CODES.findall(shown.text)


EMAIL = "approver@example.org"


@pytest.fixture
def browser(web: Flask, clock: Clock) -> Browser:
    """A browser of an approver who has not signed in yet."""
    accounts.create_user(
        clock(), email=EMAIL, name="معتمد (مثال)", password=PASSWORD, roles=((Role.APPROVER, None),)
    )
    db.session.commit()
    return Browser(web)


def require(web: Flask) -> None:
    web.extensions["settings"] = replace(web.extensions["settings"], second_factor_required=True)


def test_both_steps_lead_where_one_was_going(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    secret, codes = browser.enrol(clock)
    assert len(codes) == 10
    other = Browser(browser.app)
    step = other.sign_in("/ar/desk/consultations")
    assert step.location == f"{ACCOUNT}/second"
    assert other.ask(DESK).status_code == 302, "the password alone opens nothing"
    assert other.ask(f"{ACCOUNT}/security").status_code == 302
    wrong = other.send(step.location, step.location, code="000000")
    assert wrong.status_code == 422
    code = pyotp.TOTP(secret).at(clock())
    done = other.send(step.location, step.location, code=code)
    assert done.location == "/ar/desk/consultations"
    assert other.ask(DESK).status_code == 200


def test_the_second_step_does_not_wait_for_ever(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    secret, _codes = browser.enrol(clock)
    other = Browser(browser.app)
    path = other.sign_in().location
    clock.pass_(minutes=10)
    assert other.ask(path).location == f"{ACCOUNT}/sign-in"
    code = pyotp.TOTP(secret).at(clock())
    assert other.send(path, f"{ACCOUNT}/sign-in", code=code).location == f"{ACCOUNT}/sign-in"


def test_a_recovery_code_stands_in_for_the_app(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    _secret, codes = browser.enrol(clock)
    other = Browser(browser.app)
    path = other.sign_in().location
    assert other.send(path, path, code=codes[0]).location == DESK
    again = Browser(browser.app)
    path = again.sign_in().location
    assert again.send(path, path, code=codes[0]).status_code == 422


def test_where_it_is_required_nothing_else_opens_without(browser: Browser, clock: Clock) -> None:
    require(browser.app)
    assert browser.sign_in().status_code == 302
    for path in (DESK, "/ar/desk/consultations"):
        assert browser.ask(path).location == f"{ACCOUNT}/security"
    assert 'role="alert"' in browser.security()
    browser.enrol(clock)
    assert browser.ask(DESK).status_code == 200
    assert browser.change("authenticator/remove").status_code == 409


def test_a_drafter_need_not(browser: Browser) -> None:
    require(browser.app)
    db.session.scalars(db.select(User)).one().roles[0].role = Role.DRAFTER
    db.session.commit()
    browser.sign_in()
    assert browser.ask(DESK).status_code == 200


def test_changes_ask_for_the_password_after_a_while(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    clock.pass_(minutes=15)
    prove = f"{ACCOUNT}/prove"
    for path in (
        "authenticator",
        "authenticator/confirm",
        "authenticator/remove",
        "recovery-codes",
    ):
        assert browser.change(path, code="1").location == prove
    assert browser.ask(f"{ACCOUNT}/authenticator").location == prove
    assert browser.send(prove, prove, current="wrong").status_code == 422
    assert db.session.scalars(db.select(User)).one().failures == 1
    assert browser.send(prove, prove, current=PASSWORD).location == f"{ACCOUNT}/security"
    assert browser.change("authenticator").location == f"{ACCOUNT}/authenticator"


def test_sessions_are_listed_and_ended(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    phone, third = Browser(browser.app, "Android Chrome/140"), Browser(browser.app, "unheard of")
    phone.sign_in()
    third.sign_in()
    page = browser.security()
    assert "Firefox · Linux" in page
    assert "Chrome · Android" in page
    ends = re.findall(r'action="/ar/account/(sessions/\d+/end)"', page)
    assert len(ends) == 2, "not one's own"
    browser.change(ends[0])
    assert [b.ask(DESK).status_code for b in (phone, third)].count(200) == 1
    browser.change("sessions/end-others")
    assert [b.ask(DESK).status_code for b in (phone, third, browser)] == [302, 302, 200]
    said = list(db.session.scalars(db.select(RecordEntry.subject).order_by(RecordEntry.id)))
    assert [s for s in said if "ended" in s] == [
        "account 1: session ended",
        "account 1: other sessions ended",
    ]


def test_who_signs_out_leaves_no_session_that_a_kept_cookie_opens(browser: Browser) -> None:
    browser.sign_in()
    kept = browser.client.get_cookie("radd")
    assert kept is not None
    browser.send(f"{ACCOUNT}/sign-out", DESK)
    browser.client.set_cookie("radd", kept.value)
    assert browser.ask(DESK).status_code == 302


def test_a_session_goes_on_while_it_is_used(browser: Browser, clock: Clock) -> None:
    browser.sign_in()
    for _use in range(3):
        clock.pass_(hours=11)
        assert browser.ask(DESK).status_code == 200
    clock.pass_(hours=12)
    assert browser.ask(DESK).status_code == 302


def test_a_new_password_ends_the_others_and_keeps_the_second_factor(
    browser: Browser, clock: Clock
) -> None:
    require(browser.app)
    browser.sign_in()
    other = Browser(browser.app)
    browser.enrol(clock)
    new = "another long sentence"
    page = f"{ACCOUNT}/password"
    assert browser.send(page, page, current=PASSWORD, password=new).location == DESK
    assert browser.ask(DESK).status_code == 200
    assert other.ask(DESK).status_code == 302


def test_who_signs_in_again_has_a_new_session_and_the_old_one_is_over(browser: Browser) -> None:
    browser.sign_in()
    name = str(browser.app.config["SESSION_COOKIE_NAME"])
    old = browser.client.get_cookie(name)
    assert old is not None
    browser.sign_in()
    new = browser.client.get_cookie(name)
    assert new is not None
    assert new.value != old.value
    thief = Browser(browser.app)
    thief.client.set_cookie(name, old.value)
    assert "/account/sign-in" in thief.ask(f"{ACCOUNT}/security").headers.get("Location", "")
