"""Words are chosen, commented on, and found again in the next version, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.domain.draft_parsing import parse
from portal.jobs.console import staff
from portal.models import Document, db
from portal.queries.consultations import find_consultation
from portal.services import drafts
from tests.factories.words import NEXT, WORDS
from tests.fixtures.apps import START, Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, settle, sign_in
from tests.journeys.test_chain import (
    SLUG,
    answer,
    approve_all,
    decide,
    press,
    publish_draft,
    submit,
)
from tests.shared import DRAFT_LAW, needs_shared

PAGE = f"/ar/consultations/{SLUG}/documents/1"
CHOSEN = "مُدَّةَ أسبوعين، وتُجدَّدُ المُدَّةُ"
SELECT = """([eid, words]) => {
  const holds = [...document.querySelectorAll(`[id="${eid}"] [data-at]`)]
  const node = holds.map(each => each.firstChild).find(each => each.textContent.includes(words))
  const at = node.textContent.indexOf(words)
  document.getSelection().setBaseAndExtent(node, at, node, at + words.length)
}"""


@pytest.fixture
def drafter(visitor: Visitor, served: Live) -> Page:
    make_staff(served.app)
    return sign_in(visitor.page(), "drafter")


def open_draft(drafter: Page, clock: Clock, source: str) -> None:
    publish_draft(drafter, source, parse(source).articles)
    clock.moment = START + timedelta(days=2)


def publish_next(served: Live, clock: Clock, source: str) -> None:
    """The next version, by the services that the desk calls."""
    clock.moment = START + timedelta(days=20)
    consultation = find_consultation(SLUG)
    assert consultation is not None
    document = db.session.scalars(db.select(Document)).one()
    actor = staff("drafter@example.org")
    version, _ = drafts.import_text(actor, clock(), document, source)
    drafts.publish_version(actor, clock(), consultation, version)
    db.session.commit()


def pressed(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def send(page: Page) -> None:
    submit(page, "preview")
    assert_fits(page)
    assert_accessible(page)
    submit(page, "send")
    page.wait_for_url("**/receipt")


def test_words_with_their_marks_are_chosen_by_keyboard_alone(
    visitor: Visitor, served: Live, clock: Clock, drafter: Page
) -> None:
    open_draft(drafter, clock, WORDS)
    page = visitor.page()
    page.goto(PAGE)
    page.locator("#art_2 [data-choose]").focus()
    pressed(page, "Enter")
    law = page.locator("#art_2 [data-choosing-here]")
    expect(law).to_be_focused()
    assert_accessible(page)
    # In Arabic the left arrow goes on; with Shift it takes more, and the right one gives back.
    pressed(page, *["ArrowLeft"] * 3, *["Shift+ArrowLeft"] * 4, "Shift+ArrowRight")
    expect(page.locator("[data-choosing]")).to_have_text(CHOSEN)  # said aloud
    assert page.evaluate("document.getSelection().toString()") == CHOSEN
    pressed(page, "Escape")
    expect(page.locator("#art_2 [data-choose]")).to_be_focused()
    pressed(page, "Enter")
    expect(law).to_be_focused()
    pressed(page, "End", "Home", *["ArrowLeft"] * 3, *["Shift+ArrowLeft"] * 3, "Enter")
    page.wait_for_url("**/compose?**")
    assert parse_qs(urlsplit(page.url).query).keys() == {"document", "version", "from", "to"}
    expect(page.locator(".chosen mark")).to_have_text(CHOSEN)
    expect(page.locator("#comments-0-target")).to_have_value("d1:art_2__para_a")
    page.locator("#comments-0-text").press_sequentially("المدة قصيرة. (مثال)")
    page.locator("#c0-proposal summary").focus()
    pressed(page, "Enter", "Tab", "Enter")
    page.wait_for_load_state()
    expect(page.locator("#comments-0-proposed")).to_have_value(CHOSEN)
    page.fill("#comments-0-proposed", CHOSEN.replace("أسبوعين", "شهر"))
    expect(page.locator(".live del")).to_contain_text("أسبوعين")
    assert_accessible(page)
    submit(page, "preview")
    # The whole article as it would read, the change marked in it.
    expect(page.locator(".would ins")).to_contain_text("شهر")
    expect(page.locator(".would")).to_contain_text("المخطوطات")
    assert_accessible(page)
    submit(page, "send")
    page.wait_for_url("**/receipt")
    mine = page.url.removesuffix("/receipt")
    decide(sign_in(visitor.page(), "moderator"), 1, "publish")
    settle(served.app, clock)
    reader = visitor.page()
    reader.goto(PAGE)
    marked = reader.locator("#art_2__para_a mark")
    expect(marked).to_have_text(CHOSEN)
    before = marked.bounding_box()
    expect(reader.locator("#n1 .quoted")).to_have_text(CHOSEN)
    reader.locator("#n1 .quoted a").click()
    reader.wait_for_url("**#w1")
    assert_accessible(reader)
    publish_next(served, clock, NEXT)
    reader = visitor.page()  # a page is kept by the browser for half a minute
    reader.goto(PAGE)
    expect(reader.locator("#art_2__para_a mark")).to_have_text(CHOSEN)
    after = reader.locator("#art_2__para_a mark").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] != before["x"] or after["y"] != before["y"], "it has moved with its words"
    expect(reader.locator("#n1")).to_contain_text("على النسخة 1")
    assert_accessible(reader)
    page.goto(mine)
    expect(page.locator(".notice").first).to_contain_text("النسخة 2")
    assert_accessible(page)
    give_the_answer(visitor, drafter)
    links_lead_both_ways(visitor.page())


def give_the_answer(visitor: Visitor, drafter: Page) -> None:
    """The comment is accepted in version 2, the other change explained, the matrix published."""
    answer(drafter, "1", "accepted_in_part", "عُدّل الحكم جزئياً. (مثال)", cite="art_2__para_a")
    drafter.goto(f"/ar/desk/consultations/{SLUG}/changes")
    other = drafter.locator(".change", has_text="قروش")
    other.locator("summary").click()
    other.locator("textarea").fill("توحيداً مع التعليمات. (مثال)")
    with drafter.expect_navigation():
        other.locator("form button").click()
    approver = sign_in(visitor.page(), "approver")
    approve_all(approver, 1)
    approver.goto(f"/ar/desk/consultations/{SLUG}/matrix")
    press(approver, 'form[action$="/matrix/publish"] button')
    approver.wait_for_url(f"**/consultations/{SLUG}/matrix/1")


def links_lead_both_ways(reader: Page) -> None:
    """From the text to what changed in it, from the change to its comment, and back again."""
    reader.goto(PAGE)
    press(reader, f'a[href="{PAGE}/versions/2/changes"]')
    change = reader.locator("#art_2__para_a")
    expect(change.locator("ins").first).to_contain_text("يبرز بطاقته")
    expect(reader.locator(".block", has_text="قروش")).to_contain_text("توحيداً مع التعليمات")
    assert_accessible(reader)
    for width in (320, PHONE):
        reader.set_viewport_size({"width": width, "height": 800})
        assert_fits(reader)
    with reader.expect_navigation():
        change.locator(".cause a").click()
    reader.wait_for_url("**/matrix/1/rows/1")
    expect(reader.locator("main")).to_contain_text(CHOSEN)
    reader.goto(f"/ar/consultations/{SLUG}/comments/1")
    press(reader, 'a[href$="/versions/2/changes#art_2__para_a"]')
    expect(change).to_be_in_viewport()


def test_words_are_chosen_with_a_finger_and_wait_in_the_tray(
    visitor: Visitor, served: Live, clock: Clock, drafter: Page
) -> None:
    open_draft(drafter, clock, WORDS)
    page = visitor.page(width=PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE)
    page.evaluate("document.fonts.ready")
    assert len(asked) <= 6, asked
    # Chosen where a reader sees them, with room below for the button.
    page.evaluate("document.getElementById('art_2__para_a').scrollIntoView({block: 'center'})")
    page.evaluate(SELECT, ["art_2__para_a", "مُدَّةَ أسبوعين"])
    offer = page.locator(".offer")
    expect(offer).to_be_visible()
    boxes = page.evaluate(
        "[document.getSelection().getRangeAt(0), document.querySelector('.offer')]"
        ".map(each => each.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    )
    assert boxes[0][1] <= boxes[1][0] or boxes[1][1] <= boxes[0][0], "the words stay in sight"
    assert_fits(page)
    assert_accessible(page)
    pressed(page, "Escape")
    expect(offer).to_have_count(0)
    for eid, words, text in (
        ("art_3", "عشرة قروش", "الغرامة كبيرة. (مثال)"),
        ("art_3", "عن كل يوم", "عن كل أسبوع أفضل. (مثال)"),
    ):
        page.goto(PAGE)
        page.evaluate(SELECT, [eid, words])
        offer.tap()
        page.wait_for_url("**/compose?**")
        last = page.locator('textarea[name$="-text"]').last
        expect(page.locator(".chosen mark").last).to_have_text(words)
        last.fill(text)
    expect(page.locator(".chosen mark")).to_have_text(["عشرة قروش", "عن كل يوم"])
    page.goto(PAGE)
    expect(page.locator("[data-tray]")).to_be_visible()
    page.goto(f"/ar/consultations/{SLUG}/compose")
    expect(page.locator("#comments-1-text")).to_have_value("عن كل أسبوع أفضل. (مثال)")
    send(page)


def test_an_orphan_is_placed_by_hand(
    visitor: Visitor, served: Live, clock: Clock, drafter: Page
) -> None:
    open_draft(drafter, clock, WORDS)
    citizen = visitor.page(width=PHONE, script=False)
    citizen.goto(PAGE)
    citizen.locator("#art_3 [data-choose]").click()
    citizen.fill("#comments-0-quoted", "عشرة قروش")  # the field stands open
    citizen.fill("#comments-0-text", "كثيرة. (مثال)")
    assert_fits(citizen)
    submit(citizen, "preview")
    submit(citizen, "send")
    citizen.wait_for_url("**/receipt")
    publish_next(served, clock, NEXT)
    drafter.goto(f"/ar/desk/consultations/{SLUG}/responses")
    drafter.locator('a[href$="/orphans"]').click()
    expect(drafter.locator(".notice.attend")).to_contain_text("المادة 3")
    for width in (320, PHONE):
        drafter.set_viewport_size({"width": width, "height": 800})
        assert_fits(drafter)
    assert_accessible(drafter)
    drafter.locator(".buttons > form button").click()
    expect(drafter.locator(".flash")).to_contain_text("المادة 3")
    expect(drafter.locator("blockquote mark")).to_have_text("عشرة قروش")
    drafter.goto(f"/ar/desk/consultations/{SLUG}/comments/1")
    expect(drafter.locator("aside h2")).to_have_count(2)
    assert_accessible(drafter)


@needs_shared
def test_words_of_the_real_law_are_chosen_and_marked(
    visitor: Visitor, served: Live, clock: Clock, drafter: Page
) -> None:
    source = DRAFT_LAW.read_text(encoding="utf-8")
    open_draft(drafter, clock, source)
    page = visitor.page()
    page.goto(PAGE)
    page.locator("#art_4 [data-choose]").click()
    expect(page.locator("[data-choosing-here]")).to_be_focused()
    pressed(page, *["ArrowLeft"] * 2, *["Shift+ArrowLeft"] * 3)
    words = page.evaluate("document.getSelection().toString()")
    assert len(re.findall(r"\S+", words)) >= 4
    pressed(page, "Enter")
    page.wait_for_url("**/compose?**")
    expect(page.locator(".chosen mark")).to_have_text(words)
    page.fill("#comments-0-text", "يحتاج إلى توضيح. (مثال)")
    send(page)
    decide(sign_in(visitor.page(), "moderator"), 1, "publish")
    settle(served.app, clock)
    before = source.replace("ستة أشهر", "سنة", 1)
    publish_next(served, clock, before)
    page = visitor.page()
    page.goto(PAGE)
    assert "".join(page.locator("mark").all_inner_texts()).split() == words.split()
    assert_fits(page)
    assert_accessible(page)
