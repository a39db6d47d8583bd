"""The study in a browser: by keyboard through the list, and words of a comment made its parts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.models import CommentPart, db
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.factories.study import POINTS, SEVERAL
from tests.fixtures.apps import Clock
from tests.fixtures.browser import Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import enter

LIST = "/ar/desk/consultations/gardens/responses"
CHOOSE = """words => {
  const text = document.querySelector("[data-field=text]");
  const found = [...text.querySelectorAll(".word")];
  const [first, last] = words.split(" ").map(
    word => found.find(each => each.textContent === word.replace(".", "")));
  const range = document.createRange();
  range.setStartBefore(first);
  range.setEndAfter(last);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_comments_are_answered_by_keyboard_and_one_is_split(
    served: Live, visitor: Visitor, clock: Clock
) -> None:
    cast = make_cast()
    place = made.open_one(cast, clock)
    made.send(place, clock, "أولى")
    made.send(place, clock, SEVERAL)
    made.send(place, clock, "ثالثة")
    page = visitor.page(width=320)
    enter(page, served, cast.drafter)
    answer_two(page)
    split(page)
    db.session.rollback()
    found = db.session.scalars(db.select(CommentPart).order_by(CommentPart.part)).all()
    texts = [SEVERAL[part.spans[0]["start"] : part.spans[0]["end"]] for part in found]
    assert texts == [point.removesuffix(".") for point in POINTS[:2]]


def answer_two(page: Page) -> None:
    page.goto(LIST)
    assert_fits(page)
    page.keyboard.press("j")
    expect(page.locator("#r-1")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#r-2")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("r")
    page.wait_for_url("**/responses/new?comments=1,2")


def split(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/comments/2")
    for point in POINTS[:2]:
        page.evaluate(CHOOSE, point)
        page.keyboard.press("m")
    assert page.locator("[data-marks] select").evaluate_all("all => all.map(one => one.value)") == [
        "1",
        "2",
    ]
    assert_fits(page)
    assert_accessible(page)
    page.locator("button.button[value=split]").click()
    expect(page.locator("#part-2")).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
