"""From any page to the words looked for, by keyboard, on a phone, in both languages."""

from __future__ import annotations

import pytest

from portal.jobs.demo import load_demo
from tests.fixtures.browser import PHONE, Visitor
from tests.fixtures.live import Live
from tests.journeys.test_screens import look


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_words_are_looked_for_and_found_in_their_place(
    served: Live, visitor: Visitor, lang: str
) -> None:
    load_demo(served.app.extensions["clock"]())
    page = visitor.page()
    page.goto(f"/{lang}/")
    page.locator("#seek").fill("المسودة")
    page.locator("#seek").press("Enter")
    assert page.locator("mark").first.inner_text() == "المسودة"
    look(page)
    page.locator(".found a").first.click()
    assert page.locator(":target").count() == 1
    page.locator("#q").fill("الملاحظات")
    page.locator("#q").press("Enter")
    assert page.locator("mark").count() > 2
    look(page)
    page.locator("#q").fill("زرافة")
    page.locator("#q").press("Enter")
    look(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.locator(".to-search").click()
    page.locator("#q").fill("؟")
    page.locator("#q").press("Enter")
    assert page.locator("#q-error").is_visible()
    look(page)
