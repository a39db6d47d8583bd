"""What is half-written is kept, also on a slow line and on none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.words import WORDS
from tests.fixtures.apps import START, Clock
from tests.fixtures.browser import PHONE, Visitor
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, sign_in
from tests.journeys.test_chain import MEMORANDUM, SLUG, publish_draft

COMPOSE = f"/ar/consultations/{SLUG}/compose"


@pytest.fixture
def page(visitor: Visitor, served: Live, clock: Clock) -> Page:
    """A phone on which one comment, on article 2, is half-written, with a file."""
    make_staff(served.app)
    publish_draft(sign_in(visitor.page(), "drafter"), WORDS, 3)
    clock.moment = START + timedelta(days=2)
    opened = visitor.page(width=PHONE)
    opened.goto(f"{COMPOSE}?target=d1:art_2")
    opened.locator("#comments-0-text").press_sequentially("half a thought")
    opened.set_input_files("#comments-0-files", MEMORANDUM)
    opened.locator("button[value=preview]").last.click()
    expect(opened.locator(".files li")).to_contain_text("مذكرة.pdf")
    return opened


def both_are_there(page: Page) -> None:
    page.goto(COMPOSE)
    expect(page.locator("#comments-1-text")).to_have_value("and another")
    expect(page.locator("#comments-0-text")).to_have_value("half a thought")
    expect(page.locator("#comments-0-target")).to_have_value("d1:art_2")
    expect(page.locator("#comments-1-target")).to_have_value("d1:art_3")
    expect(page.locator("#c0-files .files li")).to_contain_text("مذكرة.pdf")


def test_what_is_typed_while_the_rest_is_on_its_way_goes_on(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/compose", lambda route: waiting.append(route))
    page.goto(f"{COMPOSE}?target=d1:art_3")
    page.locator("#comments-0-text").press_sequentially("and")
    while not waiting:
        page.wait_for_timeout(20)
    waiting.pop().continue_()
    expect(page.locator("#comments-1-text")).to_have_value("and")
    expect(page.locator("#comments-1-text")).to_be_focused()
    page.keyboard.type(" another")
    page.unroute("**/compose")
    both_are_there(page)


def test_without_a_connection_nothing_takes_the_place_of_anything(page: Page) -> None:
    page.route("**/compose", lambda route: route.abort("aborted"))
    page.goto(f"{COMPOSE}?target=d1:art_3")
    page.locator("#comments-0-text").press_sequentially("and another")
    page.unroute("**/compose")
    both_are_there(page)
