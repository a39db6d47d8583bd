"""A drafter brings a file, mends its structure by keyboard and by touch, and publishes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.domain.structure import Row
from portal.jobs import imports as job
from portal.models import DraftImport, DraftVersion, db
from portal.models.structure import load_rows
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import make_staff, sign_in

DRAFT = """# مشروع نظام البساتين (مثال)

المادة 1: التسمية
يسمى هذا النظام نظام البساتين.

المادة 2: الري
أ- يروى البستان مرتين في الأسبوع. ب- تقاس المياه شهرياً.
ج- يعلن الجدول.

المادة 3: السماد
يستعمل السماد العضوي.
"""
HERE = "/ar/desk/consultations/orchards/documents/1"


@pytest.fixture
def prepared(served: Live) -> Live:
    """Staff who can sign in."""
    make_staff(served.app)
    return served


def rows(number: int = 1) -> list[Row]:
    db.session.rollback()
    version = db.session.scalars(db.select(DraftVersion).where(DraftVersion.number == number)).one()
    return list(load_rows(version.id))


def numbers() -> str:
    return " ".join(row.number for row in rows() if row.number)


def bring(page: Page, served: Live, file: Path) -> None:
    """Upload a file and wait, as its page does, until a worker has read it."""
    page.goto(f"{HERE}/versions/new")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="تعرّف البنية").click()
    expect(page.locator("progress")).to_be_visible()
    assert_accessible(page)
    asked = db.session.scalars(db.select(DraftImport.id)).one()
    db.session.rollback()
    job.run(served.app, asked)
    page.wait_for_url("**/versions/1")


def chosen(page: Page) -> str:
    return str(page.evaluate("document.activeElement.value"))


def press(page: Page, key: str) -> None:
    """A key that does an act; its page comes back with the same provision chosen."""
    page.keyboard.press(key)
    expect(page.locator(".flash")).to_be_visible()
    page.locator(".flash").evaluate("said => said.remove()")


def test_from_a_file_to_a_published_version_by_keyboard(
    prepared: Live, visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "orchards.md"
    file.write_text(DRAFT, encoding="utf-8")
    page = sign_in(visitor.page(), "drafter")
    make_consultation(page)
    bring(page, prepared, file)
    expect(page.locator("#warnings")).to_contain_text("ب")
    page.locator("#warnings a").click()
    assert chosen(page) == "art_2__para_c"
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "art_2__para_a"
    page.keyboard.press("s")
    page.wait_for_url("**/provisions/art_2__para_a**")
    assert_accessible(page)
    page.get_by_role("button", name="التقسيم هنا").click()
    expect(page.locator("#warnings")).to_have_count(0)
    assert chosen(page) == "art_2__para_b"
    assert numbers() == "1 2 أ ب ج 3"
    press(page, "Alt+ArrowDown")
    press(page, "Alt+ArrowLeft")  # in, where the writing goes on
    assert numbers() == "1 2 أ ج ب 3"
    assert [row.depth for row in rows() if row.number == "ب"] == [2]
    press(page, "Control+z")
    press(page, "Control+z")
    press(page, "Control+y")
    press(page, "Control+z")
    press(page, "Backspace")
    assert numbers() == "1 2 أ ج 3"
    press(page, "Control+z")
    assert numbers() == "1 2 أ ب ج 3"
    page.locator("input[value='art_2__para_b']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/provisions/art_2__para_b")
    page.locator("#text").fill("تقاس المياه كل شهر.")
    page.get_by_role("button", name="احفظ").click()
    assert_accessible(page)
    page.get_by_role("button", name="انشر هذه النسخة").click()
    page.wait_for_url("**/consultations/orchards")
    assert [row.text for row in rows()][4] == "تقاس المياه كل شهر."
    page.get_by_role("button", name="النسخة التالية من هذا النص").click()
    page.wait_for_url("**/versions/2")
    assert rows(2) == rows(1)


def test_a_structure_is_mended_by_touch_on_a_phone(prepared: Live, visitor: Visitor) -> None:
    page = sign_in(visitor.page(width=PHONE, script=False), "drafter")
    make_consultation(page)
    page.locator("#source").fill(DRAFT)
    page.get_by_role("button", name="تعرّف البنية").tap()
    page.locator("#art_3 .said").tap()
    tap(page, "up")
    assert numbers() == "1 3 2 أ ج"
    expect(page.locator("input[value=art_3]")).to_be_checked()
    expect(page.locator("input[value=art_3]")).to_be_focused()
    page.locator(".drawers summary").first.tap()
    page.locator("input[name=number]").fill("2")
    tap(page, "number_on")
    assert numbers() == "1 2 3 أ ج"
    tap(page, "undo")
    tap(page, "undo")
    assert numbers() == "1 2 أ ج 3"
    assert_fits(page)
    heights = "all => all.map(button => button.getBoundingClientRect().height)"
    assert min(page.locator(".tool:visible").evaluate_all(heights)) >= 43


def tap(page: Page, act: str) -> None:
    """A button of the toolbar, and the page that follows."""
    with page.expect_navigation():
        page.locator(f".tool[value={act}]").tap()
    expect(page.locator(".flash")).to_be_visible()


def make_consultation(page: Page) -> None:
    """A consultation in preparation and its document, typed in."""
    page.goto("/ar/desk/new-consultation")
    page.fill("#slug", "orchards")
    page.fill("#title_ar", "نظام البساتين (مثال)")
    page.fill("#opens_at", "2026-11-10T09:00")
    page.fill("#closes_at", "2026-11-30T09:00")
    page.locator("main form .button").first.click()
    page.wait_for_url("**/consultations/orchards")
    page.fill("#document-title_ar", "نظام البساتين (مثال)")
    page.locator("#documents ~ details[open] .button").click()
    page.wait_for_url("**/versions/new")
