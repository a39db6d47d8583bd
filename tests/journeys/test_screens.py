"""Every screen that a link leads to: readable by everyone, on a phone, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from portal.adapters import originals
from portal.domain.accounts import Actor
from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.particulars import Particulars
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.sheets import SheetKind
from portal.jobs import imports as job
from portal.jobs.console import staff
from portal.jobs.demo import load_demo
from portal.jobs.demo.people import PASSWORD, SIGN_INS
from portal.models import Consultation, PublicBody, db
from portal.services import consultations, drafts, imports, responses
from portal.services.responses import Draft
from tests.factories.consultations import DRAFT
from tests.factories.sheets import filled_in, given_out, iso_file, take_in
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import sign_in_with

SMALLEST = 320
EACH = 2  # so many of a kind: the second has what the first may lack
LOOKED = {"ar": EACH, "en": 1}  # both languages have the same templates
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')


@pytest.fixture
def demo(served: Live) -> Live:
    fill(served.app)
    return served


def fill(app: Flask) -> None:
    """The demo, and a consultation that is still being prepared: its second version."""
    now = app.extensions["clock"]()
    load_demo(now)
    drafter = staff("drafter@demo.example")
    body_id = db.session.scalars(
        db.select(PublicBody.id).where(PublicBody.slug == "example-bureau")
    ).one()
    title = Bilingual("تعليمات الحدائق (مثال)", "Garden instructions (example)")
    days = {"opens_at": now + timedelta(days=5), "closes_at": now + timedelta(days=20)}
    made = consultations.create(
        drafter, now, body_id=body_id, slug="gardens", particulars=Particulars(title=title, **days)
    )
    document = consultations.add_document(drafter, now, made, DocumentKind.INSTRUCTIONS, title)
    first, _parsed = drafts.import_text(drafter, now, document, DRAFT)
    drafts.publish_version(drafter, now, made, first)
    doubtful = DRAFT.replace("يسمح بركوب", "تمنع الدراجات الآلية، ويؤذن بقيادة")
    drafts.import_text(drafter, now, document, doubtful)
    sha256 = originals.keep(app.extensions["settings"].data, b"Article 1: Title\nText.")
    asked = imports.request_import(
        drafter, now, document, file_name="en.txt", file_sha256=sha256, translation=True
    )
    db.session.commit()
    job.run(app, asked.id)
    lay_sheets(app, drafter)


def lay_sheets(app: Flask, drafter: Actor) -> None:
    """Answers and comments from files that wait to be confirmed, one answer in conflict."""
    open_ = db.session.scalars(
        db.select(Consultation).where(Consultation.slug == "electronic-participation")
    ).one()
    cells = {"J2": "مؤجلة", "K2": "سبب (مثال)", "J3": "noted", "K3": "سبب (مثال)", "J4": "?"}
    data = filled_in(given_out(app, open_), cells)
    draft = Draft((RowRef(1),), Disposition.CLARIFIED, reason_ar="بيان (مثال)")
    responses.record(drafter, app.extensions["clock"](), open_.id, draft)
    db.session.commit()
    take_in(app, drafter, open_, data)
    iso = iso_file(("JO", "", "6", "a", "te", "Too short. (example)", "Thirty days", ""))
    said = {"organisation": "هيئة (مثال)", "sender_class": "government", "document": 1}
    take_in(app, drafter, open_, iso, SheetKind.COMMENTS, received="2026-11-01", **said)


# Where a button leads and no link; and what stands behind the third of a kind.
BY_BUTTON = {
    "drafter": "consultations/gardens/documents/1/versions/2/provisions/art_2__para_a",
    "approver": "consultations/service-appointments/changes",
}


def walk(
    page: Page, app: Flask, start: str, most: int, also: str = ""
) -> Iterator[tuple[str, str]]:
    """Go from link to link below `start`, each kind `most` times; gives endpoint and path.

    Asked for as the browser would, with its cookies, and not drawn: whoever looks goes there.
    """
    addresses = app.url_map.bind("")
    waiting, seen, kinds = [(start, "")], {start}, Counter[str]()
    if also:
        waiting.append((start + also, "a button"))
    while waiting:
        path, linked_from = waiting.pop(0)
        endpoint, _values = addresses.match(urlsplit(path).path)
        if kinds[endpoint] >= most:
            continue
        kinds[endpoint] += 1
        answer = page.request.get(path)
        assert answer.status == 200, f"a link to {path} stands on {linked_from}"
        yield endpoint, path
        for link in LINK.findall(answer.text()):
            there = urlsplit(urljoin(path, unescape(link)))
            address = f"{there.path}?{there.query}".rstrip("?")
            if there.path.startswith(start) and "." not in there.path and address not in seen:
                seen.add(address)
                waiting.append((address, path))


def shown(rule: Rule) -> bool:
    """Whether the address is one of a screen of the desk, not of a file or a form's way in."""
    methods = rule.methods or set()
    return rule.endpoint.startswith("desk.") and "GET" in methods and "." not in rule.rule


def look(page: Page, lang: str = "ar") -> None:
    """The page at the sizes and colours in which people meet it; both languages have the same."""
    for width in (SMALLEST, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    if lang == "en":
        return
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, colours_alone=True)
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_public_screen(demo: Live, visitor: Visitor, lang: str) -> None:
    page, seen = visitor.page(), Counter[str]()
    for endpoint, path in walk(page, demo.app, f"/{lang}/", EACH):
        if seen[endpoint] < LOOKED[lang]:
            page.goto(path)
            look(page, lang)
        seen[endpoint] += 1
    expected = {
        "home",
        "consultation",
        "document",
        "compose",
        "comment",
        "matrix",
        "matrix_row",
        "changes",
        "compare",
        "summary",
        "verify",
        "record",
        "edition_record",
    }
    assert {f"public.{endpoint}" for endpoint in expected} <= seen.keys()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_screen_of_the_desk(demo: Live, visitor: Visitor, lang: str) -> None:
    looked = Counter[str]()
    for email, role in SIGN_INS:
        page = sign_in_with(visitor.page(), email, PASSWORD, lang)
        by_button = BY_BUTTON.get(role, "")
        for endpoint, path in walk(page, demo.app, f"/{lang}/desk/", EACH, by_button):
            if looked[endpoint] < LOOKED[lang]:
                page.goto(path)
                look(page, lang)
                looked[endpoint] += 1
    screens = {rule.endpoint for rule in demo.app.url_map.iter_rules() if shown(rule)}
    unseen = sorted(screens - looked.keys())
    assert unseen == [], " ".join(unseen)
