"""Every screen that a link leads to: readable by everyone, on a phone, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal.jobs.demo import load_demo
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live

SMALLEST = 320
EACH = 2  # so many of a kind: the second has what the first may lack
LINKS = "[...document.links].map(link => link.href)"


@pytest.fixture
def demo(served: Live) -> Live:
    load_demo(served.app.extensions["clock"]())
    return served


def walk(page: Page, app: Flask, start: str) -> Iterator[str]:
    """Go from link to link below `start`, each kind of page a few times; gives the endpoint."""
    addresses = app.url_map.bind("")
    waiting, seen, kinds = [start], {start}, Counter[str]()
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


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_public_screen(demo: Live, visitor: Visitor, lang: str) -> None:
    page = visitor.page()
    seen = set()
    for endpoint in walk(page, demo.app, f"/{lang}/"):
        look(page)
        seen.add(endpoint)
    assert {"public.home", "public.consultation", "public.document", "public.compose"} <= seen
    assert {"public.matrix", "public.matrix_row", "public.comment", "account.sign_in"} <= seen
