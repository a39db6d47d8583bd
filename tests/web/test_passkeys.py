"""Passkeys as a browser's script sends them: added, asked for at sign-in, removed."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask import Flask

from portal.domain.accounts import Role
from portal.models import User, db
from portal.services import accounts
from tests.factories.cast import PASSWORD
from tests.factories.passkeys import SecurityKey
from tests.fixtures.apps import Clock
from tests.web.test_signin import ACCOUNT, CODES, DESK, EMAIL, Browser, require

OPTIONS = re.compile(r'data-options="([^"]+)"')
NEW = f"{ACCOUNT}/passkeys/new"


@pytest.fixture
def browser(web: Flask, clock: Clock) -> Browser:
    """A browser of an approver who has signed in with the password."""
    roles = ((Role.APPROVER, None),)
    accounts.create_user(clock(), email=EMAIL, name="معتمد (مثال)", password=PASSWORD, roles=roles)
    db.session.commit()
    signed_in = Browser(web)
    signed_in.sign_in()
    return signed_in


def asked(page: str) -> dict[str, object]:
    """What the page has the browser ask a passkey."""
    found = OPTIONS.search(page)
    assert found is not None
    options: dict[str, object] = json.loads(html.unescape(found[1]))
    return options


def challenge(page: str) -> str:
    return str(asked(page)["challenge"])


def add(browser: Browser, key: SecurityKey, name: str = "هاتف") -> list[str]:
    """Add a passkey; gives the recovery codes that are shown, if any are."""
    assert browser.change("passkeys").location == NEW
    answer = key.create(challenge(browser.ask(NEW).text))
    return CODES.findall(browser.send(NEW, NEW, name=name, answer=answer).text)


def test_a_passkey_is_the_second_step(browser: Browser, clock: Clock) -> None:
    key = SecurityKey()
    codes = add(browser, key)
    assert len(codes) == 10
    other = Browser(browser.app)
    step = other.sign_in("/ar/desk/consultations").location
    assert step == f"{ACCOUNT}/second"
    page = other.ask(step).text
    assert asked(page)["rpId"] == "localhost"
    assert [each["id"] for each in asked(page)["allowCredentials"]] == [  # type: ignore[attr-defined]
        json.loads(key.get(""))["id"]
    ]
    wrong = other.send(f"{step}/passkey", step, answer="{}")
    assert wrong.status_code == 422
    assert challenge(wrong.text) != challenge(page), "each is answered once, also wrongly"
    answer = key.get(challenge(wrong.text))
    done = other.send(f"{step}/passkey", step, answer=answer)
    assert done.location == "/ar/desk/consultations"
    assert other.ask(DESK).status_code == 200
    late = Browser(browser.app)
    late.sign_in()
    clock.pass_(minutes=10)
    answer = key.get("x" * 43)
    assert late.send(f"{step}/passkey", f"{ACCOUNT}/sign-in", answer=answer).location == (
        f"{ACCOUNT}/sign-in"
    )


def test_a_recovery_code_stands_in_for_it(browser: Browser) -> None:
    codes = add(browser, SecurityKey())
    other = Browser(browser.app)
    step = other.sign_in().location
    assert other.send(step, step, code=codes[0]).location == DESK


def test_it_is_enough_where_a_second_factor_is_required(browser: Browser) -> None:
    require(browser.app)
    assert browser.ask(DESK).location == f"{ACCOUNT}/security"
    add(browser, SecurityKey())
    assert browser.ask(DESK).status_code == 200
    assert "passkeys/1/remove" not in browser.security()
    assert browser.change("passkeys/1/remove").status_code == 409
    assert add(browser, SecurityKey(), "مفتاح") == [], "codes are there already"
    assert browser.change("passkeys/1/remove").location == f"{ACCOUNT}/security"
    assert "هاتف" not in browser.security()


def test_adding_and_removing_ask_for_the_password_after_a_while(
    browser: Browser, clock: Clock
) -> None:
    add(browser, SecurityKey())
    browser.change("passkeys")
    answer = SecurityKey().create(challenge(browser.ask(NEW).text))
    clock.pass_(minutes=15)
    prove = f"{ACCOUNT}/prove"
    for path in ("passkeys", "passkeys/1/remove", "passkeys/new"):
        assert browser.change(path, name="x", answer=answer).location == prove
    assert browser.ask(NEW).location == prove


def test_what_was_typed_stays_and_the_refusal_stands_beside_it(browser: Browser) -> None:
    browser.change("passkeys")
    refused = browser.send(NEW, NEW, name="حاسوب المكتب", answer="{}")
    assert refused.status_code == 422
    assert "حاسوب المكتب" in refused.text
    nameless = SecurityKey().create(challenge(browser.ask(NEW).text))
    assert browser.send(NEW, NEW, name=" ", answer=nameless).status_code == 422
    assert browser.ask(NEW).status_code == 200
    db.session.execute(db.update(User).values(active=False))
    db.session.commit()
    assert browser.ask(NEW).status_code == 302


def test_nothing_is_asked_that_was_not_begun(browser: Browser) -> None:
    assert browser.ask(NEW).status_code == 404
