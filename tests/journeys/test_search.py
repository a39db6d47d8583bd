"""From any page to the words looked for, by keyboard, on a phone, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal.jobs.demo import load_demo
from tests.fixtures.browser import PHONE, Visitor
from tests.fixtures.live import Live
from tests.journeys.test_chain import press
from tests.journeys.test_screens import look


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_words_are_looked_for_and_found_in_their_place(
    served: Live, visitor: Visitor, lang: str
) -> None:
    load_demo(served.app.extensions["clock"]())
    page = visitor.page()
    page.goto(f"/{lang}/")
    enter(page, "#seek", "المسودة")
    expect(page.locator("mark").first).to_have_text("المسودة")
    look(page)
    press(page, ".found a")
    expect(page.locator(":target")).to_have_count(1)
    enter(page, "#q", "الملاحظات")
    expect(page.locator("mark").nth(2)).to_be_visible()
    look(page)
    enter(page, "#q", "زرافة")
    look(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    press(page, ".to-search")
    enter(page, "#q", "؟")
    expect(page.locator("#q-error")).to_be_visible()
    look(page)


def enter(page: Page, field: str, words: str) -> None:
    """Type what is looked for, press Enter, and be on the page of results."""
    page.locator(field).fill(words)
    with page.expect_navigation():
        page.locator(field).press("Enter")
