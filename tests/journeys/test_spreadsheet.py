"""A drafter answers in a spreadsheet: takes it, fills it in, sends it back, settles a conflict."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.jobs import sheets as job
from portal.jobs.console import staff
from portal.jobs.demo import load_demo
from portal.jobs.demo.people import PASSWORD
from portal.models import Consultation, Response, SheetImport, db
from portal.services.responses import Draft, record
from tests.factories.sheets import filled_in
from tests.fixtures.browser import PHONE, Visitor, assert_accessible, assert_fits
from tests.fixtures.live import Live
from tests.journeys.people import sign_in_with

SLUG = "electronic-participation"


def answer_at_the_desk(served: Live) -> None:
    """Somebody answers comment 2 while the file is being filled in."""
    of = db.session.scalars(db.select(Consultation).where(Consultation.slug == SLUG)).one()
    draft = Draft((RowRef(2),), Disposition.CLARIFIED, reason_ar="كُتب في المكتب (مثال)")
    record(staff("drafter@demo.example"), served.app.extensions["clock"](), of.id, draft)
    db.session.commit()


def let_it_work(served: Live) -> None:
    """What the worker does meanwhile."""
    last = db.session.scalars(db.select(SheetImport.id).order_by(SheetImport.id.desc())).first()
    db.session.rollback()
    assert last is not None
    job.run(served.app, last)


def test_answers_go_out_and_come_back(visitor: Visitor, served: Live) -> None:
    """In Arabic; the walk over all screens looks at these pages in English too."""
    lang = "ar"
    load_demo(served.app.extensions["clock"]())
    db.session.commit()
    page = sign_in_with(visitor.page(), "drafter@demo.example", PASSWORD, lang)
    page.goto(f"/{lang}/desk/consultations/{SLUG}/responses")
    page.click(f'a[href="/{lang}/desk/consultations/{SLUG}/answers/imports"]')
    with page.expect_download() as download:
        page.click("form.filters button")
    file = download.value.path().read_bytes()
    cells = {"J2": "غير مقبولة", "K2": "لا حاجة (مثال)", "J3": "Noted", "K3": "من الملف (مثال)"}
    file = filled_in(file, {**cells, "J4": "perhaps"})
    answer_at_the_desk(served)
    sent = FilePayload(name="answers.xlsx", mimeType="application/octet-stream", buffer=file)
    page.set_input_files("#file", sent)
    page.click("form[enctype] button")
    let_it_work(served)
    page.reload()
    expect(page.locator("#faults + ul")).to_contain_text("J4: ")
    expect(page.locator("#conflicts")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_fits(page)
    page.check('input[name="take"]')
    page.check("#state-ready")
    page.click('form[action$="/confirm"] button')
    let_it_work(served)
    page.reload()
    expect(page.locator(".numbers")).to_contain_text("2")
    assert_accessible(page)
    reasons = set(db.session.scalars(db.select(Response.reason_ar)))
    assert {"لا حاجة (مثال)", "من الملف (مثال)"} <= reasons
    assert "كُتب في المكتب (مثال)" not in reasons
