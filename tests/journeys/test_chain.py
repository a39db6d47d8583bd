"""The whole chain in a real browser: from pasted draft to published matrix, in Arabic."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from portal.domain.draft_parsing import parse
from portal.formats.dates import in_amman
from tests.factories.attachments import a_pdf
from tests.fixtures.apps import START, Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.correcting import correct_in_a_spreadsheet, publish_the_corrigendum
from tests.journeys.people import make_staff, sign_in
from tests.shared import DRAFT_LAW, WORKSHOP_REPORT, needs_shared

BYLAW = Path(__file__).parents[2] / "portal" / "jobs" / "demo" / "bylaw.md"
SLUG = "journey-draft"
MEMORANDUM = FilePayload(name="مذكرة.pdf", mimeType="application/pdf", buffer=a_pdf())


def press(page: Page, selector: str) -> None:
    """Press what leads to a page, and be on that page: nothing goes on while it is on its way."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def submit(page: Page, value: str) -> None:
    """Press the last button with that action."""
    press(page, f'main form button[value="{value}"] >> nth=-1')


def looked_at(page: Page, *, axe: bool = True) -> None:
    """axe is itself a script, so a page without scripts is looked at with theirs left empty."""
    assert_fits(page)
    if axe:
        assert_accessible(page)


def without_scripts(visitor: Visitor, *, axe: bool) -> Page:
    """A phone on which no script of the portal runs: switched off, or, for axe, left empty."""
    page = visitor.page(width=PHONE, script=axe)
    if axe:
        page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


def publish_draft(desk: Page, source: str, articles: int) -> None:
    """Create a consultation, paste the draft, look at what was found, publish, announce."""
    desk.goto("/ar/desk/new-consultation")
    desk.fill("#title_ar", "مسودة للرحلة (مثال)")
    desk.fill("#slug", SLUG)
    for field, day in (("opens_at", 1), ("closes_at", 16)):
        moment = in_amman(START + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M")
        desk.fill(f"#{field}", moment)
    desk.fill("#contact", "contact@example.org")
    press(desk, "main form button")
    desk.wait_for_url(f"**/desk/consultations/{SLUG}")
    desk.fill("#document-title_ar", "المسودة (مثال)")
    press(desk, 'form[action$="/documents"] button')
    desk.fill("#source", source)
    press(desk, "main form button")
    desk.wait_for_url("**/versions/1")
    expect(desk.locator(".rows .k-article")).to_have_count(articles)
    looked_at(desk)
    press(desk, 'form[action$="/publish"] button')
    desk.wait_for_url(f"**/desk/consultations/{SLUG}")
    press(desk, 'form[action$="/announce"] button')


def comment_twice(citizen: Page, lang: str, first: str, second: str, *, axe: bool) -> str:
    """From the draft's page: two comments in one submission; gives the receipt's address."""
    citizen.goto(f"/{lang}/consultations/{SLUG}/documents/1")
    looked_at(citizen, axe=axe)
    press(citizen, f"#{first} .acts a")
    citizen.fill("#comments-0-text", "المدة قصيرة. (مثال)")
    citizen.set_input_files("#comments-0-files", MEMORANDUM)
    looked_at(citizen, axe=axe)
    submit(citizen, "add")
    expect(citizen.locator("#c0-files .files li")).to_contain_text("مذكرة.pdf")
    assert citizen.input_value("#comments-0-text") == "المدة قصيرة. (مثال)"
    citizen.select_option("#comments-1-target", f"d1:{second}")
    citizen.fill("#comments-1-text", "أرجو توضيح هذا الحكم. (مثال)")
    citizen.fill("#email", "not an address")
    submit(citizen, "preview")
    expect(citizen.locator("#email-error")).to_be_visible()
    looked_at(citizen, axe=axe)
    citizen.fill("#email", "citizen@example.org")
    submit(citizen, "preview")
    looked_at(citizen, axe=axe)
    submit(citizen, "send")
    citizen.wait_for_url("**/receipt")
    looked_at(citizen, axe=axe)
    return citizen.url.removesuffix("/receipt")


def decide(page: Page, number: int, outcome: str, ground: str = "", file: str = "") -> None:
    page.goto(f"/ar/desk/consultations/{SLUG}/moderation/{number}")
    looked_at(page)
    page.check(f'input[name=outcome][value="{outcome}"]')
    if ground:
        page.select_option("#ground", ground)
    if file:
        page.select_option("select[name^=file-]", file)
        expect(page.locator("[data-follows] .files a")).to_have_count(1)
        assert_accessible(page)
    press(page, "form[data-decide] .buttons button[value=decide]")
    expect(page.locator(".flash")).to_contain_text(str(number))


def answer(page: Page, numbers: str, disposition: str, reason: str, cite: str = "") -> None:
    page.goto(f"/ar/desk/consultations/{SLUG}/responses/new?comments={numbers}")
    page.select_option("#disposition", disposition)
    page.fill("#reason_ar", reason)
    if cite:
        page.check(f'input[name=changes][value$=":{cite}"]')
    looked_at(page)
    submit(page, "ready")
    page.wait_for_url("**/responses?show=unanswered")


def approve_all(page: Page, responses: int) -> None:
    for _each in range(responses):
        page.goto(f"/ar/desk/consultations/{SLUG}/responses?show=ready")
        press(page, ".choice .head a")
        press(page, 'form[action$="/approve"] button')
        expect(page.locator(".flash")).to_be_visible()


def whole_chain(
    visitor: Visitor, served: Live, clock: Clock, source: str, changed: str, *, lang: str, axe: bool
) -> tuple[Page, Page]:
    """`changed` is the source of the second version, with another text for one article.

    Gives the pages of the drafter and of the approver, at the end.
    """
    make_staff(served.app)
    articles = parse(source).articles
    drafter = sign_in(visitor.page(), "drafter")
    publish_draft(drafter, source, articles)
    clock.moment = START + timedelta(days=2)
    link = comment_twice(without_scripts(visitor, axe=axe), lang, "art_1", "art_3", axe=axe)
    moderator = sign_in(visitor.page(), "moderator")
    decide(moderator, 1, "publish", file="show")
    decide(moderator, 2, "withhold", "off_topic")
    clock.moment = START + timedelta(days=20)
    drafter.goto(f"/ar/desk/consultations/{SLUG}/documents/1/versions/new")
    drafter.fill("#source", changed)
    press(drafter, "main form button")
    press(drafter, 'form[action$="/publish"] button')
    approver = sign_in(visitor.page(), "approver")
    approver.goto(f"/ar/desk/consultations/{SLUG}/matrix")
    press(approver, 'form[action$="/matrix/publish"] button')
    expect(approver.locator("main")).to_contain_text("الملاحظة 1")  # refused, and says which
    looked_at(approver)
    answer(drafter, "1", "accepted", "أُخذ بها. (مثال)", cite="art_1")
    answer(drafter, "2", "clarified", "الحكم واضح في سياقه. (مثال)")
    approve_all(approver, 2)
    approver.goto(f"/ar/desk/consultations/{SLUG}/matrix")
    looked_at(approver)
    press(approver, 'form[action$="/matrix/publish"] button')
    approver.wait_for_url(f"**/consultations/{SLUG}/matrix/1")
    read_matrix(visitor, link, axe=axe)
    return drafter, approver


def read_matrix(visitor: Visitor, link: str, *, axe: bool) -> None:
    """On a phone, in both languages: a row for every comment, the changed words, the files."""
    for lang in ("ar", "en"):
        reader = without_scripts(visitor, axe=axe)
        reader.goto(f"/{lang}/consultations/{SLUG}/matrix")
        looked_at(reader, axe=axe)
        expect(reader.locator("tbody tr")).to_have_count(2)
        expect(reader.locator("#r1 ins").first).to_be_visible()
        expect(reader.locator("#r2")).not_to_contain_text("أرجو توضيح")  # withheld
    with reader.expect_download() as download:
        reader.click('a[href*="file.csv?language=ar"]')
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["1", "2"]
    reader.goto(f"/{lang}/consultations/{SLUG}/comments/1")
    looked_at(reader, axe=axe)
    with reader.expect_download() as download:
        reader.click(".files a")
    assert download.value.suggested_filename == "مذكرة.pdf"
    assert download.value.path().read_bytes() == MEMORANDUM["buffer"]
    reader.goto(link)
    looked_at(reader, axe=axe)
    expect(reader.locator("ins").first).to_be_visible()


@pytest.mark.parametrize(("lang", "axe"), [("ar", False), ("en", True)])
def test_the_projects_own_draft_goes_through_the_whole_chain(
    visitor: Visitor, served: Live, clock: Clock, lang: str, axe: bool
) -> None:
    source = BYLAW.read_text(encoding="utf-8")
    changed = source.replace("تسعين يوماً", "ستين يوماً")
    whole_chain(visitor, served, clock, source, changed, lang=lang, axe=axe)


@needs_shared
def test_the_real_draft_law_goes_through_the_whole_chain(
    visitor: Visitor, served: Live, clock: Clock
) -> None:
    source = DRAFT_LAW.read_text(encoding="utf-8")
    assert parse(source).articles == 24
    changed = source.replace("ستة أشهر", "سنة", 1)
    drafter, approver = whole_chain(visitor, served, clock, source, changed, lang="ar", axe=True)
    correct_in_a_spreadsheet(drafter, served, SLUG, 2)
    approve_all(approver, 1)
    publish_the_corrigendum(approver, visitor, SLUG)


@needs_shared
def test_the_workshop_report_becomes_comments_on_its_documents(
    visitor: Visitor, served: Live, clock: Clock
) -> None:
    make_staff(served.app)
    desk = sign_in(visitor.page(), "drafter")
    publish_draft(desk, BYLAW.read_text(encoding="utf-8"), 20)
    clock.moment = START + timedelta(days=2)
    desk.goto(f"/ar/desk/consultations/{SLUG}/workshops/new")
    desk.fill("#source", WORKSHOP_REPORT.read_text(encoding="utf-8"))
    submit(desk, "read")
    looked_at(desk)
    submit(desk, "take-in")
    desk.wait_for_url(f"**/desk/consultations/{SLUG}")
    # The draft, and six commitments.
    expect(desk.locator("#documents + ul > li")).to_have_count(7)
    expect(desk.locator(".numbers")).to_contain_text("62")
    reader = visitor.page(width=PHONE)
    reader.goto(f"/ar/consultations/{SLUG}")
    looked_at(reader)
    expect(reader.locator("main")).to_contain_text("73")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_half_written_comment_survives_a_lost_page(
    visitor: Visitor, served: Live, clock: Clock, lang: str
) -> None:
    make_staff(served.app)
    publish_draft(sign_in(visitor.page(), "drafter"), BYLAW.read_text(encoding="utf-8"), 20)
    clock.moment = START + timedelta(days=2)
    page = visitor.page(width=PHONE)
    page.goto(f"/{lang}/consultations/{SLUG}/compose?target=d1:art_5")
    page.fill("#comments-0-text", "half a thought")
    page.goto(f"/{lang}/consultations/{SLUG}/documents/1")
    expect(page.locator("[data-tray]")).to_be_visible()
    assert_fits(page)
    page.goto(f"/{lang}/consultations/{SLUG}/compose?target=d1:art_6")
    expect(page.locator("#comments-1-target")).to_have_value("d1:art_6")
    assert page.input_value("#comments-0-text") == "half a thought"
    assert page.input_value("#comments-0-target") == "d1:art_5"
    assert_accessible(page)
    page.fill("#comments-1-text", "and a whole one")
    submit(page, "preview")
    submit(page, "send")
    page.wait_for_url("**/receipt")
    page.goto(f"/{lang}/consultations/{SLUG}/documents/1")
    expect(page.locator("[data-tray]")).to_be_hidden()
