"""Writing a response in a browser: kept as it is typed, never overwritten, told what is missing."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.domain.accounts import Actor
from portal.models import db
from portal.services.reason_templates import Written, keep_template
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.fixtures.apps import Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.desk import Desk
from tests.fixtures.live import Live

HERE = "desk/consultations/gardens"
OFFLINE = "ERR_INTERNET_DISCONNECTED"
# A browser that dies sends nothing more; one that is closed may reach the server yet, while it
# leaves or when it hears that the connection is back.
DIES = "() => { window.fetch = () => new Promise(() => {}) }"


def enter(page: Page, served: Live, actor: Actor) -> Page:
    """Sign somebody in, as `tests.fixtures.desk` does."""
    name = served.app.config["SESSION_COOKIE_NAME"]
    cookie = Desk(served.app, actor).client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": served.url}])
    return page


def saved(page: Page) -> None:
    """The browser leaves for the page that a button leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name="Keep as a draft").click()


def test_nothing_that_was_typed_is_lost_and_nothing_is_overwritten(
    served: Live, visitor: Visitor, clock: Clock
) -> None:
    cast = make_cast()
    place = made.open_one(cast, clock)
    made.send(place, clock, "المدة قصيرة")
    written = Written("Noted", "أُخذ بها علماً في {الحكم}.", "Noted at {provision}.")
    keep_template(cast.drafter, clock(), cast.body.id, written)
    db.session.commit()
    page = enter(visitor.page(width=PHONE), served, cast.drafter)
    page.goto(f"/en/{HERE}/responses/new?comments=1")
    expect(page.locator("[data-need=until]")).to_be_hidden()
    page.select_option("#disposition", "deferred")
    expect(page.locator("[data-need=until]")).to_be_visible()
    expect(page.locator("[data-need=covered_by]")).to_be_hidden()
    page.fill("#reason_en", "First. ")
    page.select_option("#template", label="Noted")
    page.get_by_role("button", name="Insert").click()
    assert page.input_value("#reason_en") == "First. Noted at Article 2(a)."
    expect(page.locator("[data-saved]")).to_contain_text("Kept at")
    expect(page.locator("[data-told]")).to_contain_text("Say until when")
    assert_accessible(page)
    assert_fits(page)
    # The connection goes; the page is left; the words are in this browser, and come back.
    context = page.context
    context.set_offline(True)
    page.fill("#until", "next year")
    expect(page.locator("[data-saved]")).to_contain_text("No connection")
    page.evaluate(DIES)
    page.close()
    context.set_offline(False)
    visitor.watch.problems[:] = [each for each in visitor.watch.problems if OFFLINE not in each]
    page = context.new_page()
    page.goto(f"/en/{HERE}/responses/new?comments=1")
    assert page.input_value("#reason_en") == "First. Noted at Article 2(a)."  # from the server
    assert page.input_value("#until") == ""
    page.get_by_role("button", name="Put them back").click()
    assert page.input_value("#until") == "next year"
    saved(page)
    # A second window of the team changes it meanwhile.
    other = enter(visitor.page(), served, cast.drafter)
    other.goto(f"/en/{HERE}/responses/1")
    other.fill("#reason_en", "Second thoughts.")
    saved(other)
    page.fill("#reason_en", "My own thoughts.")
    saved(page)
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Second thoughts.")
    expect(conflict).to_contain_text("My own thoughts.")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Take theirs").check()
    saved(page)
    assert page.input_value("#reason_en") == "Second thoughts."
    approver = enter(visitor.page(width=PHONE), served, cast.approver)
    for path in ("responses/1", "reviews"):
        approver.goto(f"/ar/{HERE}/{path}")
        assert_accessible(approver)
        assert_fits(approver)
    page.reload()
    expect(page.locator("[data-others]")).to_contain_text("approver (example)")
