"""In a flood a browser works a little and sends; without scripts a page waits with its reader."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import expect

from portal.domain.floods import MEMORY
from portal.models import Comment, SendingPace, db
from tests.factories.cast import make_cast
from tests.factories.consultations import open_one
from tests.fixtures.apps import Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live

COMPOSE = "/ar/consultations/gardens/compose?target=d1:art_2"


def test_a_comment_passes_a_flood(visitor: Visitor, served: Live, clock: Clock) -> None:
    place = open_one(make_cast(), clock)
    settings = served.app.extensions["settings"]
    served.app.extensions["settings"] = replace(settings, consultation_rate=(1, 1))
    whose = f"consultation {place.consultation.id}"
    db.session.add(SendingPace(whose=whose, busy_until=clock() + MEMORY))
    db.session.commit()

    page = visitor.page(width=PHONE)
    page.goto(COMPOSE)
    page.locator("#comments-0-text").fill("ملاحظة في زحام")
    page.get_by_role("button", name="راجع قبل الإرسال").click()
    page.get_by_role("button", name="أرسل", exact=True).click()
    page.wait_for_url("**/receipt", timeout=30_000)
    page.goto(COMPOSE)
    expect(page.locator("#comments-0-text")).to_have_value("")

    plain = visitor.page(width=320, script=False)
    plain.goto(COMPOSE)
    plain.locator("#comments-0-text").fill("دون برامج")
    plain.get_by_role("button", name="راجع قبل الإرسال").click()
    plain.get_by_role("button", name="أرسل", exact=True).click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("لم تُرسل")
    assert_accessible(plain)
    assert_fits(plain)
    clock.pass_(minutes=5)
    plain.get_by_role("button", name="أرسل", exact=True).click()
    plain.wait_for_url("**/receipt")
    db.session.rollback()
    assert db.session.query(Comment).count() == 2
