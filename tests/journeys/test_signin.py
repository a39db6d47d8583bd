"""An approver sets second factors up and signs in with each, in a real browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pyotp
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from portal.domain.accounts import Role
from portal.domain.sign_on import Provider
from portal.models import db
from portal.services.accounts import create_user
from tests.factories.cast import PASSWORD, email_of
from tests.fixtures.apps import Clock
from tests.fixtures.browser import Visitor
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, sign_in
from tests.journeys.test_screens import look

# A telephone that unlocks passkeys at once.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SECURITY = "/ar/account/security"


def with_passkeys(page: Page) -> Page:
    """The browser of somebody whose device keeps passkeys."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return page


def password(page: Page, part: str = "approver") -> None:
    page.goto("/ar/account/sign-in")
    page.fill("#email", email_of(part))
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")


def add_passkey(page: Page) -> None:
    page.goto(SECURITY)
    page.click("form[action$='/passkeys'] button")
    look(page)
    page.fill("#name", "هاتفي")
    page.press("#name", "Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(SECURITY)
    expect(page.locator("td", has_text="لم يُستعمل بعد")).to_have_count(1)


def use_passkey(page: Page) -> None:
    page.click("header form[action$='/sign-out'] button")
    password(page)
    look(page)
    page.click("form[data-passkey] button")
    page.wait_for_url("**/ar/desk/")


def add_app(page: Page, clock: Clock) -> pyotp.TOTP:
    page.goto(SECURITY)
    page.click("form[action$='/authenticator'] button")
    look(page)
    totp = pyotp.TOTP(page.inner_text(".key").replace(" ", ""))
    page.fill("#code", totp.at(clock()))
    page.press("#code", "Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    look(page)
    clock.pass_(minutes=1)
    return totp


def remove_passkey(page: Page, clock: Clock) -> None:
    clock.pass_(minutes=15)
    page.goto(SECURITY)
    look(page)
    page.click("form[action$='/remove'] button >> nth=0")
    look(page)
    page.fill("#current", PASSWORD)
    page.press("#current", "Enter")
    page.click("form[action*='/passkeys/'][action$='/remove'] button")
    expect(page.locator(".flash")).to_contain_text("مفتاح المرور")
    expect(page.locator("form[action*='/passkeys/'][action$='/remove']")).to_have_count(0)


def code_alone(page: Page, totp: pyotp.TOTP, clock: Clock) -> None:
    """Where no script runs, the page says so and takes a code."""
    password(page)
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.locator("form[data-passkey] button")).to_be_hidden()
    page.fill("#code", totp.at(clock()))
    page.press("#code", "Enter")
    page.wait_for_url("**/ar/desk/")


def reset(page: Page) -> None:
    """An administrator resets what the approver lost, and ends all sessions."""
    sign_in(page, "administrator").goto("/ar/desk/people")
    look(page)
    page.click("form[action$='/second-factor/reset'] button")
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator("form[action$='/second-factor/reset']")).to_have_count(0)


def test_second_factors_in_a_browser(served: Live, visitor: Visitor, clock: Clock) -> None:
    make_staff(served.app)
    roles = ((Role.ADMINISTRATOR, None),)
    create_user(
        clock(), email=email_of("administrator"), name="مدير", password=PASSWORD, roles=roles
    )
    db.session.commit()
    # Browsers make no passkey for a number.
    by_name = replace(visitor, url=served.url.replace("127.0.0.1", "localhost"))
    page = with_passkeys(sign_in(by_name.page(), "approver"))
    add_passkey(page)
    use_passkey(page)
    totp = add_app(page, clock)
    code_alone(visitor.page(script=False), totp, clock)
    by_number = visitor.page()
    password(by_number)
    expect(by_number.locator("[data-elsewhere]")).to_be_visible()
    remove_passkey(page, clock)
    reset(visitor.page())
    page.goto("/ar/desk/")
    page.wait_for_url("**/account/sign-in**")


def test_single_sign_on_in_a_browser(served: Live, visitor: Visitor, clock: Clock) -> None:
    make_staff(served.app)
    clock.moment = datetime.now(UTC)  # as the provider's is
    person = Person(sub="7", claims={"email": email_of("approver"), "email_verified": True})
    page = visitor.page()
    # The provider's own looks, which it would have from elsewhere.
    page.route(re.compile("^https:"), lambda route: route.fulfill(content_type="text/css"))
    with run_server_in_thread(require_nonce=True, user_claims=(person,)) as server:
        issuer = f"http://localhost:{server.server_port}"
        settings = served.app.extensions["settings"]
        provider = Provider(issuer, "radd", "secret", "سند", "")
        served.app.extensions["settings"] = replace(settings, sign_on=provider)
        page.goto("/ar/account/sign-in?next=/ar/desk/consultations")
        look(page)
        page.click("text=الدخول عبر سند")
        page.click("button[value='7']")
        page.wait_for_url("**/ar/desk/consultations")
