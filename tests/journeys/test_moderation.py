"""A moderator's morning in a real browser: by keyboard alone, marks, undo, an appeal, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal.domain.accounts import Actor
from portal.domain.comments import Publication
from portal.jobs.console import staff
from portal.models import Comment, PublicBody, Submission, db
from tests.factories import consultations as made
from tests.factories.cast import Cast, email_of
from tests.fixtures.apps import Clock
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, settle, sign_in

TEXTS = (
    "أرى أن تفتح الحديقة قبل السابعة.",
    "اتصلوا بسامي على 0790000000 فسامي يعرف الموضع.",
    "هذا إعلان عن متجري.",
    "كلام شديد على الموظفين.",
)


@pytest.fixture
def place(served: Live, clock: Clock) -> made.Open:
    """An open consultation with four comments, and the staff of its body."""
    make_staff(served.app)
    body = db.session.scalars(db.select(PublicBody)).one()
    nobody = Actor(None)
    cast = Cast(body, body, *(nobody,) * 2, staff(email_of("drafter")), *(nobody,) * 4)
    opened = made.open_one(cast, clock)
    for text in TEXTS:
        made.send(opened, clock, text, email="author@example.org")
    return opened


def statuses(place: made.Open) -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [comment.publication.value for comment in made.comments(place)]


def key(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def key_to(page: Page, name: str, url: str) -> None:
    """Press a key that leads to a page, and be there."""
    page.keyboard.press(name)
    page.wait_for_url(url)


def choose_ground(page: Page, ground: str) -> None:
    """In a list that has the focus: down to the ground, as a person without a mouse does."""
    for _turn in range(12):
        if page.evaluate("document.activeElement.value") == ground:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(ground)


def test_a_queue_is_cleared_by_keyboard_alone(
    visitor: Visitor, served: Live, place: made.Open, clock: Clock
) -> None:
    page = sign_in(visitor.page(), "moderator")
    page.goto("/ar/desk/moderation")
    assert_accessible(page)
    key_to(page, "j", "**/moderation/1")
    key(page, "?")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    key(page, "1")
    expect(page.locator("[data-follows] .letter").first).to_contain_text("نُشرت ملاحظتكم 1")
    assert_accessible(page)
    key_to(page, "Enter", "**/moderation/2")
    expect(page.locator("[data-undo]")).to_contain_text("الملاحظة 1")
    redact_by_keyboard(page)
    key_to(page, "Enter", "**/moderation/3")
    key(page, "4")
    choose_ground(page, "advertising")
    key_to(page, "Enter", "**/moderation/4")
    key(page, "3")
    choose_ground(page, "insult")
    key_to(page, "Enter", "**/desk/moderation")
    key_to(page, "u", "**/moderation/4")  # one is taken back: it waits again
    expect(page.locator(".flash").first).to_contain_text("لم يُبلَّغ أحد")
    settle(served.app, clock)
    assert statuses(place) == ["published", "redacted", "spam", "pending"]
    reader = visitor.page(width=PHONE)
    reader.goto("/ar/consultations/gardens/comments/2")
    expect(reader.locator("main")).to_contain_text("[حُجب: بيانات شخصية]")
    for hidden in ("سامي", "0790000000"):
        assert hidden not in reader.content()
    assert_accessible(reader)


def redact_by_keyboard(page: Page) -> None:
    """Walk to the name and the number, mark them, and their copy too."""
    key(page, "m", "ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft")
    key(page, "Enter")
    mark = page.locator("[data-marks] li")
    expect(mark.locator("q")).to_have_text("بسامي على 0790000000")
    choose_ground(page, "personal_data")
    expect(page.locator("[data-follows] .mask").first).to_be_visible()
    page.keyboard.press("Escape")
    key(page, "m", *["ArrowLeft"] * 4, "Enter")
    expect(mark).to_have_count(2)
    expect(mark.nth(1).locator("select")).to_have_value("personal_data")
    expect(page.locator("[data-follows] .mask")).to_have_count(2)
    assert_accessible(page)


def test_words_are_masked_by_selecting_them(
    visitor: Visitor, served: Live, place: made.Open, clock: Clock
) -> None:
    page = sign_in(visitor.page(), "moderator")
    page.goto("/ar/desk/consultations/gardens/moderation/2")
    page.locator(".word", has_text="0790000000").dblclick()
    page.check("input[name=outcome][value=redact]")
    page.click("[data-mark-selected]")
    expect(page.locator("[data-marks] q")).to_have_text("0790000000")
    page.select_option("[data-marks] select", "personal_data")
    expect(page.locator("[data-follows]")).to_contain_text("[حُجب: بيانات شخصية]")
    page.click("[data-unmark]")
    expect(page.locator("[data-marks] li")).to_have_count(0)
    assert_fits(page)


def test_an_appeal_is_ruled_by_another_moderator(
    visitor: Visitor, served: Live, place: made.Open, clock: Clock
) -> None:
    page = sign_in(visitor.page(), "moderator")
    page.goto("/ar/desk/consultations/gardens/moderation/4")
    key(page, "3")
    choose_ground(page, "insult")
    key_to(page, "Enter", "**/moderation/1")
    settle(served.app, clock)
    query = db.select(Submission.code).join(Comment).where(Comment.number == 4)
    code = db.session.scalars(query).one()
    author = visitor.page(width=PHONE)
    author.goto(f"/ar/submissions/{code}")
    assert_fits(author)
    assert_accessible(author)
    author.click('a[href$="/comments/4/appeal"]')
    assert_accessible(author)
    author.fill("#text", "هذا نقد وليس إهانة.")
    author.click("main form button")
    expect(author.locator("main")).to_contain_text("سيبتّ فيه مشرف آخر")
    page.goto("/ar/desk/appeals")
    expect(page.locator("main")).to_contain_text("من قرارك أنت")
    page.click("main ol a")
    expect(page.locator("form[data-decide]")).to_have_count(0)
    other = sign_in(visitor.page(), "other_moderator")
    other.click('a[href$="/desk/appeals"] >> nth=-1')
    assert_accessible(other)
    other.click("main ol a")
    other.check("input[name=ruling][value=upheld]")
    other.fill("#reasons", "هو نقد مباح.")
    expect(other.locator("[data-follows]")).to_contain_text("قُبل تظلّمكم")
    assert_accessible(other)
    assert_fits(other)
    other.click(".buttons button[value=decide]")
    other.wait_for_url("**/desk/appeals")
    author.reload()
    expect(author.locator("main")).to_contain_text("هو نقد مباح.")
    assert statuses(place)[3] == Publication.PUBLISHED.value
    author.goto("/ar/consultations/gardens/moderation")
    assert_accessible(author)
    assert_fits(author)


def test_two_moderators_do_not_do_the_same_work(
    visitor: Visitor, served: Live, place: made.Open, clock: Clock
) -> None:
    one, two = (sign_in(visitor.page(), part) for part in ("moderator", "other_moderator"))
    one.goto("/ar/desk/moderation/next")
    two.goto("/ar/desk/moderation/next")
    assert (one.url[-2:], two.url[-2:]) == ("/1", "/2")
    two.goto(one.url)
    expect(two.locator(".notice.attend")).to_contain_text("moderator (example)")
    assert_accessible(two)
    two.click(".notice.attend button")
    two.wait_for_url("**/moderation/1")
    expect(two.locator(".notice.attend")).to_have_count(0)
