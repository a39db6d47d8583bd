"""A receipt is checked with nobody's help: offline, after the portal has stopped."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.jobs import recording
from tests.factories import record
from tests.factories.cast import make_cast
from tests.factories.consultations import open_one
from tests.fixtures import apps, live
from tests.fixtures.browser import Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live


def test_a_receipt_is_verified_offline_after_the_server_has_stopped(
    chromium: Browser, sqlite_template: Path, tmp_path: Path
) -> None:
    apps.sqlite_copy(sqlite_template, tmp_path)
    with live.served(tmp_path) as portal:
        clock = portal.app.extensions["clock"]
        cast = make_cast()
        place = open_one(cast, clock)
        codes = record.answered(portal.app, cast, place, clock)
        recording.record(portal.app.extensions["settings"], clock())
        visitor = Visitor(chromium, portal.url)
        page = visitor.page()
        page.goto(f"/en/submissions/{codes[1]}/receipt")
        with page.expect_download() as receipt:
            page.get_by_role("link", name="Download the receipt").click()
        receipt.value.save_as(tmp_path / "receipt.json")
        have_erased(page, codes[0])
        recording.record(portal.app.extensions["settings"], clock())
        page.goto("/en/consultations/gardens/matrix")
        page.get_by_role("link", name="Check this edition").click()
        with page.expect_download() as bundle:
            page.get_by_role("link", name="Download the record").click()
        bundle.value.save_as(tmp_path / "bundle.zip")
        visitor.leave()
        assert visitor.watch.problems == []
    with zipfile.ZipFile(tmp_path / "bundle.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "gardens-edition-1-record"
    context = chromium.new_context(offline=True, locale="en-GB")
    page = context.new_page()
    page.goto((folder / "verify.html").as_uri())
    assert verdict(page, folder, tmp_path / "receipt.json") == "All that could be checked holds."
    expect(page.locator("#findings .holds")).to_have_count(15)
    expect(page.locator("#findings")).to_contain_text("erased by law")
    assert_accessible(page)
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("#findings .holds")).to_have_count(15)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    leaves = (folder / "leaves.jsonl").read_bytes()
    (folder / "leaves.jsonl").write_bytes(leaves.replace(b'"kind":"edited"', b'"kind":"edityd"'))
    assert "Something does not hold" in verdict(page, folder, tmp_path / "receipt.json")
    context.close()


def have_erased(page: Page, code: str) -> None:
    """What was sent with another receipt, by its holder."""
    page.goto(f"/en/submissions/{code}")
    page.get_by_role("link", name="My data, and having it erased").click()
    assert_accessible(page)
    page.get_by_role("link", name="Have it erased").click()
    assert_accessible(page)
    width = page.viewport_size or {"width": 1280, "height": 800}
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    page.set_viewport_size(width)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("main")).to_contain_text("erased at your request")
    assert_accessible(page)


def verdict(page: Page, folder: Path, receipt: Path) -> str:
    """Choose the folder and the receipt; gives what the page says in the end."""
    page.reload()
    page.locator("#receipts").set_input_files(receipt)
    page.locator("#files").set_input_files(folder)
    expect(page.locator("#state")).to_contain_text("hold")
    return page.locator("#state").inner_text()


@pytest.fixture
def receipt(served: Live, tmp_path: Path) -> Path:
    """A receipt of an answered consultation."""
    clock, cast = served.app.extensions["clock"], make_cast()
    codes = record.answered(served.app, cast, open_one(cast, clock), clock)
    file = tmp_path / "receipt.json"
    file.write_bytes(record.receipt(codes[0]))
    return file


def test_a_receipt_is_checked_in_the_browser_and_by_the_portal(
    served: Live, visitor: Visitor, receipt: Path
) -> None:
    page, sent = visitor.page(), []
    page.on("request", lambda request: sent.append(request.method))
    page.goto("/ar/verify")
    assert_accessible(page)
    page.locator("#receipt").set_input_files(receipt)
    expect(page.locator("#result .holds")).to_have_count(6)
    assert "POST" not in sent  # it was not sent
    assert_accessible(page)
    changed = receipt.with_name("changed.json")
    changed.write_bytes(receipt.read_bytes().replace("السابعة".encode(), "السادسة".encode()))
    page.locator("#receipt").set_input_files(changed)
    expect(page.locator("#result .fails")).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
    plain = visitor.page(script=False)
    plain.goto("/en/verify")
    plain.locator("#receipt").set_input_files(receipt)
    plain.get_by_role("button", name="Check", exact=True).click()
    expect(plain.locator("#result .findings .holds")).to_have_count(6)
    assert plain.locator("#result .findings .fails").count() == 0
