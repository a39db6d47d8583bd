"""A published answer is corrected: in a spreadsheet, approved by another, as a new edition."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from portal.jobs import sheets as job
from portal.models import SheetImport, db
from tests.factories.sheets import filled_in
from tests.fixtures.browser import Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live

BETTER = "الحكم واضح، وتبيّنه المذكرة المرفقة. (مثال)"
WHY = "إيضاح أوفى للرد على الملاحظة الثانية. (مثال)"


def correct_in_a_spreadsheet(desk: Page, served: Live, slug: str, number: int) -> None:
    """The reason of the answer to one comment is changed in a file, and the file is taken in."""
    desk.goto(f"/ar/desk/consultations/{slug}/answers/imports")
    desk.fill("input[name=comments]", str(number))
    with desk.expect_download() as download:
        desk.click("form.filters button")
    file = filled_in(download.value.path().read_bytes(), {"K2": BETTER})
    sent = FilePayload(name="answers.xlsx", mimeType="application/octet-stream", buffer=file)
    desk.set_input_files("#file", sent)
    desk.click("form[enctype] button")
    _let_it_work(served)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("المذكرة المرفقة")
    assert_accessible(desk)
    desk.check("#state-ready")
    desk.click('form[action$="/confirm"] button')
    _let_it_work(served)
    desk.reload()


def _let_it_work(served: Live) -> None:
    """What the worker does meanwhile."""
    last = db.session.scalars(db.select(SheetImport.id).order_by(SheetImport.id.desc())).first()
    db.session.rollback()
    assert last is not None
    job.run(served.app, last)


def publish_the_corrigendum(approver: Page, visitor: Visitor, slug: str) -> None:
    """Edition 2 says why it is there and what it changes; edition 1 stays as it was."""
    approver.goto(f"/ar/desk/consultations/{slug}/matrix")
    assert_accessible(approver)
    approver.fill("#reason", WHY)
    approver.click('form[action$="/matrix/publish"] button')
    approver.wait_for_url(f"**/consultations/{slug}/matrix/2")
    reader = visitor.page()
    for lang in ("ar", "en"):
        reader.goto(f"/{lang}/consultations/{slug}/matrix/2/differences")
        expect(reader.locator("main")).to_contain_text(WHY)
        expect(reader.locator("main")).to_contain_text("المذكرة المرفقة")
        assert_accessible(reader)
        assert_fits(reader)
    reader.goto(f"/ar/consultations/{slug}/matrix/1")
    expect(reader.locator("#r2")).not_to_contain_text("المذكرة المرفقة")
