"""Every screen that a link leads to: readable by everyone, on a phone, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from portal.jobs.demo import load_demo
from portal.jobs.demo.people import PASSWORD, SIGN_INS
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live

SMALLEST = 320
EACH = 2  # so many of a kind: the second has what the first may lack
LINKS = "[...document.links].map(link => link.href)"


@pytest.fixture
def demo(served: Live) -> Live:
    load_demo(served.app.extensions["clock"]())
    return served


def walk(page: Page, app: Flask, start: str, kinds: Counter[str]) -> Iterator[str]:
    """Go from link to link below `start`; gives each page's endpoint, which `kinds` counts."""
    addresses = app.url_map.bind("")
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop(0)
        endpoint, _values = addresses.match(path)
        if kinds[endpoint] >= EACH:
            continue
        kinds[endpoint] += 1
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        yield endpoint
        for link in page.evaluate(LINKS):
            there = urlsplit(link).path
            if there.startswith(start) and "." not in there and there not in seen:
                seen.add(there)
                waiting.append(there)


def shown(rule: Rule) -> bool:
    """Whether the address is one of a screen of the desk, not of a file or a form's way in."""
    methods = rule.methods or set()
    return rule.endpoint.startswith("desk.") and "GET" in methods and "." not in rule.rule


def look(page: Page) -> None:
    """The page at the sizes and colours in which people meet it."""
    for width in (SMALLEST, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.emulate_media(color_scheme="light")


def sign_in(page: Page, lang: str, email: str) -> None:
    page.goto(f"/{lang}/account/sign-in")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**/{lang}/desk/**")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_public_screen(demo: Live, visitor: Visitor, lang: str) -> None:
    page, seen = visitor.page(), Counter[str]()
    for _endpoint in walk(page, demo.app, f"/{lang}/", seen):
        look(page)
    assert {
        "public.home",
        "public.consultation",
        "public.document",
        "public.compose",
    } <= seen.keys()
    assert {"public.matrix", "public.matrix_row", "public.comment"} <= seen.keys()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_screen_of_the_desk(demo: Live, visitor: Visitor, lang: str) -> None:
    seen = Counter[str]()
    for email, _role in SIGN_INS:
        page = visitor.page()
        sign_in(page, lang, email)
        for _endpoint in walk(page, demo.app, f"/{lang}/desk/", seen):
            look(page)
    screens = {rule.endpoint for rule in demo.app.url_map.iter_rules() if shown(rule)}
    assert screens - seen.keys() == set()
