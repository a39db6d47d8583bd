"""An approver sets an authenticator app up and signs in with it, in a real browser."""

from __future__ import annotations

import pyotp
from playwright.sync_api import expect

from tests.factories.cast import PASSWORD, email_of
from tests.fixtures.apps import Clock
from tests.fixtures.browser import Visitor
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, sign_in
from tests.journeys.test_screens import look


def test_the_second_step_in_a_browser(served: Live, visitor: Visitor, clock: Clock) -> None:
    make_staff(served.app)
    page = sign_in(visitor.page(), "approver")
    page.goto("/ar/account/security")
    look(page)
    page.click("form[action$='/authenticator'] button")
    look(page)
    totp = pyotp.TOTP(page.inner_text(".key").replace(" ", ""))
    page.fill("#code", totp.at(clock()))
    page.press("#code", "Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    look(page)
    clock.pass_(minutes=1)
    other = visitor.page(script=False)
    other.goto("/ar/account/sign-in")
    other.fill("#email", email_of("approver"))
    other.fill("#password", PASSWORD)
    other.press("#password", "Enter")
    other.fill("#code", totp.at(clock()))
    other.press("#code", "Enter")
    other.wait_for_url("**/ar/desk/")
