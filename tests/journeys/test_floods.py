"""In a flood a browser works a little and sends; without scripts its reader waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import Page, expect

from portal.domain.floods import MEMORY
from portal.models import Comment, SendingPace, db
from tests.factories.cast import make_cast
from tests.factories.consultations import open_one
from tests.fixtures.apps import Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live

COMPOSE = "/ar/consultations/gardens/compose?target=d1:art_2"


def typed(page: Page, words: str) -> None:
    page.goto(COMPOSE)
    page.locator("#comments-0-text").fill(words)
    page.get_by_role("button", name="راجع قبل الإرسال").click()


def send(page: Page) -> None:
    page.get_by_role("button", name="أرسل", exact=True).click()


def busy(clock: Clock, ahead: timedelta) -> None:
    db.session.rollback()
    (pace,) = db.session.query(SendingPace)
    pace.busy_until = clock() + ahead
    db.session.commit()


def test_a_comment_passes_a_flood(visitor: Visitor, served: Live, clock: Clock) -> None:
    place = open_one(make_cast(), clock)
    settings = served.app.extensions["settings"]
    served.app.extensions["settings"] = replace(settings, consultation_rate=(1, 1))
    whose = f"consultation {place.consultation.id}"
    db.session.add(SendingPace(whose=whose, busy_until=clock()))
    db.session.commit()

    page = visitor.page(width=PHONE)
    typed(page, "ملاحظة في زحام")
    busy(clock, timedelta(seconds=70))
    send(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("لم تُرسل")
    expect(page.get_by_role("status")).to_contain_text("الثواني الباقية")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    busy(clock, MEMORY)
    page.get_by_role("button", name="تعديل").click()
    page.get_by_role("button", name="راجع قبل الإرسال").click()
    send(page)  # while the browser computes; it goes when the work is done
    page.wait_for_url("**/receipt", timeout=40_000)

    plain = visitor.page(script=False)
    typed(plain, "دون برامج")
    send(plain)
    expect(plain.get_by_role("heading", level=1)).to_contain_text("لم تُرسل")
    clock.pass_(minutes=5)
    send(plain)
    plain.wait_for_url("**/receipt")
    db.session.rollback()
    assert [each.text for each in db.session.query(Comment)] == ["ملاحظة في زحام", "دون برامج"]
