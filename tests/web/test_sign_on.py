"""Single sign-on as a browser goes through it: let in, refused in words, never led elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread
from werkzeug.test import TestResponse

from portal.domain.accounts import Role
from portal.domain.second_factor import Second
from portal.domain.sign_on import Provider
from portal.models import DeskSession, OutboxMail, ProviderIdentity, User, db
from portal.services import accounts
from tests.factories.cast import PASSWORD
from tests.fixtures.apps import Clock
from tests.fixtures.provider import Stub, provided
from tests.web.test_signin import ACCOUNT, DESK, EMAIL, Browser, require

SIGN_ON = f"{ACCOUNT}/sign-on"


@dataclass
class Staff(Browser):
    """A browser of somebody who signs on with a provider, to whose pages `agree` answers."""

    stub: Stub | None = None

    def leave(self, query: str = "", **headers: str) -> TestResponse:
        db.session.rollback()
        with self.app.app_context():
            return self.client.get(SIGN_ON + query, headers=headers)

    def back(self, address: str, **more: str) -> TestResponse:
        """Come back as somebody who agreed, or with `more` in the address."""
        assert self.stub is not None
        sent = dict(part.split("=", 1) for part in urlsplit(address).query.split("&"))
        said = {"state": sent["state"], "code": self.stub.grant(address), **more}
        query = "&".join(f"{name}={value}" for name, value in said.items() if value)
        return self.ask(f"{SIGN_ON}/return?{query}")

    def sign_on(self, query: str = "") -> TestResponse:
        return self.back(self.leave(query).location)


@pytest.fixture
def user(web: Flask, clock: Clock) -> User:
    """Somebody with an account. The portal's clock is right, as the provider's is."""
    clock.moment = datetime.now(UTC)
    made = accounts.create_user(
        clock(), email=EMAIL, name="معتمد (مثال)", password=PASSWORD, roles=((Role.APPROVER, None),)
    )
    db.session.commit()
    return made


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provided() as running:
        yield running


def set_provider(web: Flask, provider: Provider) -> None:
    web.extensions["settings"] = replace(web.extensions["settings"], sign_on=provider)


@pytest.fixture
def staff(web: Flask, user: User, stub: Stub) -> Staff:
    set_provider(web, stub.provider(name="سند"))
    return Staff(web, stub=stub)


def test_a_real_provider_lets_in_whom_it_knows(web: Flask, user: User) -> None:
    person = Person(sub="7", claims={"email": EMAIL, "email_verified": True})
    with run_server_in_thread(require_nonce=True, user_claims=(person,)) as server:
        issuer = f"http://localhost:{server.server_port}"
        set_provider(web, Provider(issuer, "radd", "secret", "", ""))
        staff = Staff(web)
        page = staff.leave("?next=/ar/desk/consultations").location
        agreed = requests.post(page, data={"sub": "7"}, allow_redirects=False, timeout=10)
        there = urlsplit(agreed.headers["Location"])
        done = staff.ask(f"{there.path}?{there.query}")
    assert done.location == "/ar/desk/consultations"
    assert staff.ask(DESK).status_code == 200


def test_the_first_time_by_address_and_then_by_subject(staff: Staff, clock: Clock) -> None:
    assert "الدخول عبر سند" in staff.ask(f"{ACCOUNT}/sign-in").text
    assert staff.sign_on().location == DESK
    assert staff.ask(DESK).status_code == 200
    link = db.session.scalars(db.select(ProviderIdentity)).one()
    assert (link.issuer, link.subject) == (staff.stub and staff.stub.issuer, "staff-7")
    mails = db.session.scalars(db.select(OutboxMail))
    assert [mail.params["what"] for mail in mails] == ["sign_on_linked"]
    db.session.execute(db.update(User).values(email="new@example.org"))
    db.session.commit()
    again = Staff(staff.app, stub=staff.stub)
    assert again.sign_on().location == DESK
    assert db.session.scalars(db.select(User)).one().email == "new@example.org"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "nobody@example.org"}, "nobody@example.org"),
        ({"email_verified": False}, "لا يضمن"),
    ],
)
def test_nobody_gets_an_account_by_it(staff: Staff, claims: dict[str, Any], words: str) -> None:
    assert staff.stub is not None
    staff.stub.claims = claims
    refused = staff.sign_on()
    assert refused.status_code == 403
    assert words in refused.text
    assert db.session.scalars(db.select(User.email)).all() == [EMAIL]
    assert staff.ask(DESK).status_code == 302


def test_no_token_reaches_the_browser_or_the_database(staff: Staff) -> None:
    address = staff.leave().location
    staff.back(address)
    with staff.client.session_transaction() as held:
        assert {"sid", "_user_id"} <= set(held)
        assert not {"sign_on", "next"} & set(held)
        assert "opens-who" not in repr(held)
        assert "eyJ" not in repr(held), "as each signed token begins"
    row = db.session.scalars(db.select(DeskSession)).one()
    assert "opens-who" not in repr(vars(row))


def test_a_session_ends_by_itself_and_the_provider_is_asked_again(
    staff: Staff, clock: Clock
) -> None:
    staff.sign_on()
    clock.pass_(hours=12)
    assert staff.ask(DESK).status_code == 302
    clock.pass_(hours=-12)
    assert staff.sign_on().location == DESK


def test_an_address_that_somebody_else_has_now_opens_nothing(staff: Staff) -> None:
    staff.sign_on()
    assert staff.stub is not None
    staff.stub.claims = {"sub": "another"}
    other = Staff(staff.app, stub=staff.stub)
    assert other.sign_on().status_code == 403
    assert other.ask(DESK).status_code == 302


def test_a_closed_account_stays_closed(staff: Staff) -> None:
    for known in (False, True):
        db.session.execute(db.update(User).values(active=False))
        db.session.commit()
        refused = Staff(staff.app, stub=staff.stub).sign_on()
        assert refused.status_code == 403
        assert "مغلق" in refused.text
        if not known:
            assert db.session.scalars(db.select(ProviderIdentity)).all() == []
            db.session.execute(db.update(User).values(active=True))
            db.session.commit()
            staff.sign_on()


def test_the_second_factor_is_still_asked_for(staff: Staff, clock: Clock) -> None:
    require(staff.app)
    staff.sign_on()
    assert staff.ask(DESK).location == f"{ACCOUNT}/security", "it is needed, and there is none"
    prove = f"{ACCOUNT}/prove"
    assert staff.change("passkeys").location == prove, "nobody gave the password"
    staff.send(prove, prove, current=PASSWORD)
    _secret, codes = staff.enrol(clock)
    clock.moment = datetime.now(UTC)
    other = Staff(staff.app, stub=staff.stub)
    assert other.sign_on().location == f"{ACCOUNT}/second"
    assert other.ask(DESK).status_code == 302
    step = f"{ACCOUNT}/second"
    assert other.send(step, step, code=codes[0]).location == DESK
    assert other.change("passkeys").location == prove, "nor did anybody here"


def test_but_where_the_provider_asked_for_one(staff: Staff) -> None:
    require(staff.app)
    assert staff.stub is not None
    staff.stub.claims = {"amr": ["pwd", "mfa"]}
    staff.sign_on()
    assert staff.ask(DESK).status_code == 200
    held = db.session.scalars(db.select(DeskSession.second)).all()
    assert held == [Second.PROVIDER]


def test_a_return_counts_in_the_browser_that_left_once_and_soon(staff: Staff, clock: Clock) -> None:
    address = staff.leave().location
    stranger = Staff(staff.app, stub=staff.stub)
    assert stranger.back(address).status_code == 400
    stranger.leave()
    assert stranger.back(address).status_code == 400
    assert stranger.ask(DESK).status_code == 302
    assert staff.back(address, state="another").status_code == 400
    assert staff.back(address).status_code == 400, "a wrong answer has used it"
    address = staff.leave().location
    clock.pass_(minutes=10)
    assert staff.back(address).status_code == 400
    clock.pass_(minutes=-10)
    address = staff.leave().location
    assert staff.back(address).location == DESK
    assert staff.back(address).status_code == 400


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ({"error": "access_denied", "code": ""}, 403, "لم يتم"),
        ({"error": "server_error<script>", "code": ""}, 502, "server_errorscript"),
        ({"code": ""}, 502, "غير صحيح"),
        ({"code": "made-up"}, 502, "غير صحيح"),
        ({"iss": "https://other.example"}, 502, "غير صحيح"),
    ],
)
def test_what_goes_wrong_is_said(
    staff: Staff, answer: dict[str, str], status: int, words: str
) -> None:
    refused = staff.back(staff.leave("?next=/ar/desk/bodies").location, **answer)
    assert refused.status_code == status
    assert 'role="alert"' in refused.text
    assert words in refused.text
    assert "<script>" not in refused.text
    assert "next=/ar/desk/bodies" in refused.text
    assert staff.ask(DESK).status_code == 302


def test_a_provider_that_is_away_is_said_too(staff: Staff) -> None:
    assert staff.stub is not None
    address = staff.leave().location
    staff.stub.status = 500
    assert staff.back(address).status_code == 503
    set_provider(staff.app, staff.stub.provider(issuer="http://127.0.0.1:9"))
    refused = staff.leave()
    assert refused.status_code == 503
    assert f'action="{ACCOUNT}/sign-in"' in refused.text, "the password is still a way in"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(staff: Staff, target: str) -> None:
    assert staff.sign_on(f"?next={target}").location == DESK


def test_another_site_signs_nobody_in(staff: Staff) -> None:
    for site in ("cross-site", "same-site"):
        there = staff.leave("?next=/ar/desk/", **{"Sec-Fetch-Site": site})
        assert there.location == f"{ACCOUNT}/sign-in?next=/ar/desk/"
    assert staff.leave(**{"Sec-Fetch-Site": "same-origin"}).location.startswith("http://127")


def test_in_english_it_comes_back_in_english(staff: Staff) -> None:
    english = "/en/account/sign-on"
    address = staff.ask(english).location
    assert "ui_locales=en" in address
    assert "%2Far%2Faccount%2Fsign-on%2Freturn" in address, "one address for both languages"
    there = staff.back(address)
    assert there.location.startswith(f"{english}/return?")
    assert staff.ask(there.location).location == "/en/desk/"


def test_the_link_is_seen_and_removed(staff: Staff) -> None:
    staff.sign_on()
    assert "sign-on/unlink" in staff.security()
    prove = f"{ACCOUNT}/prove"
    assert staff.change("sign-on/unlink").location == prove
    staff.send(prove, prove, current=PASSWORD)
    staff.change("sign-on/unlink")
    assert "sign-on/unlink" not in staff.security()
    assert staff.change("sign-on/unlink").status_code == 404
    assert db.session.scalars(db.select(ProviderIdentity)).all() == []


def test_without_the_setting_there_is_none(web: Flask, user: User) -> None:
    staff = Staff(web)
    assert "sign-on" not in staff.ask(f"{ACCOUNT}/sign-in").text
    assert staff.leave().status_code == 404
    assert staff.ask(f"{SIGN_ON}/return?code=1&state=2").status_code == 404
