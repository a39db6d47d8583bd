"""Spreadsheets and the summary on screen: sent, looked through, confirmed, refused in words."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from flask import Flask

from portal.domain.record import Entry
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Channel
from portal.jobs import sheets as job
from portal.models import Comment, RecordEntry, Response, SheetImport, Submission, db
from portal.services import matrices, responses, reviews
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.answering import answer, four_comments
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.sheets import filled_in, iso_file
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens"
ANSWERS, COMMENTS = f"{HERE}/answers/imports", f"{HERE}/comments/imports"
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')
TAKE = re.compile(r'name="take" value="(\d+)"')


@pytest.fixture
def place(cast: Cast, clock: Clock) -> Open:
    return four_comments(cast, clock)


@pytest.fixture
def drafter(web: Flask, cast: Cast, place: Open) -> Desk:
    return Desk(web, cast.drafter, "en")


def file_of(desk: Desk, query: str = "") -> bytes:
    db.session.rollback()
    with desk.app.app_context():
        return desk.client.get(f"/en/desk{HERE}/answers.xlsx{query}").data


def send(desk: Desk, there: str, data: bytes, **more: str) -> str:
    """Send a file that is taken, and let the worker read it; gives the page of its import."""
    answered = desk.done(there, page=there, file=(io.BytesIO(data), "file.xlsx"), **more)
    run_last(desk.app)
    return answered.partition("/desk")[2]


def run_last(app: Flask) -> None:
    last = db.session.scalars(db.select(SheetImport.id).order_by(SheetImport.id.desc())).first()
    assert last is not None
    db.session.rollback()
    job.run(app, last)
    db.session.expire_all()


def test_a_file_goes_out_and_comes_back(
    drafter: Desk, cast: Cast, place: Open, clock: Clock
) -> None:
    assert answer(cast, clock, place, 4)
    data = file_of(drafter, "?show=unanswered")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["1", "2", "3"]
    cells = {"J2": "Noted", "K2": "علمنا", "J3": "Deferred", "J4": "perhaps"}
    page = send(drafter, ANSWERS, filled_in(data, cells))
    shown = drafter.get(page)
    assert "J4: “perhaps” is not one of the decisions" in shown
    assert "K3: Write the reason." in shown
    assert db.session.query(Response).count() == 1
    seen = SEEN.search(shown)
    assert seen is not None
    drafter.done(f"{page}/confirm", page=page, seen=seen[1], state="ready")
    run_last(drafter.app)
    done = drafter.get(page)
    assert "One answer is a draft" in done
    assert db.session.query(Response).count() == 3
    drafter.refused(f"{page}/confirm", page=ANSWERS, status=409, seen=seen[1])


def test_a_conflict_is_shown_and_a_late_look_is_told(
    drafter: Desk, cast: Cast, place: Open, clock: Clock
) -> None:
    data = filled_in(file_of(drafter), {"J2": "Noted", "K2": "من الملف"})
    page = send(drafter, ANSWERS, data)
    seen = SEEN.search(drafter.get(page))
    assert seen is not None
    answer(cast, clock, place, 1)
    late = drafter.refused(f"{page}/confirm", page=page, status=409, seen=seen[1])
    assert "Something changed since you looked" in late
    assert "Changed meanwhile" in late
    taken, again = TAKE.search(late), SEEN.search(late)
    assert taken is not None
    assert again is not None
    drafter.done(f"{page}/confirm", page=page, seen=again[1], take=taken[1])
    run_last(drafter.app)
    (response,) = db.session.scalars(db.select(Response))
    assert (response.disposition, response.reason_ar) == (Disposition.NOTED, "من الملف")


def test_a_discarded_import_writes_nothing(drafter: Desk, place: Open) -> None:
    page = send(drafter, ANSWERS, filled_in(file_of(drafter), {"J2": "Noted", "K2": "س"}))
    drafter.done(f"{page}/discard", page=page)
    assert "discarded" in drafter.get(page)
    assert db.session.query(Response).count() == 0


def test_what_is_no_file_of_answers_is_refused_in_words(drafter: Desk, place: Open) -> None:
    assert "Choose the file." in drafter.refused(ANSWERS, page=ANSWERS)
    page = send(drafter, ANSWERS, iso_file(("JO", "", "2", "", "te", "x", "", "")))
    assert "was not given out here" in drafter.get(page)


def test_comments_of_an_outside_body_are_taken_in(drafter: Desk, place: Open) -> None:
    rows = [
        ("JO", "", "2", "a", "te", "قصيرة جداً", "ثلاثون يوماً", ""),
        ("SA", "", "Annex 9", "", "ge", "حسنة", "", ""),
        ("JO", "", "3", "", "??", "كلام", "", ""),
    ]
    said = {"organisation": "هيئة المواصفات (مثال)", "sender_class": "government"}
    missing = drafter.refused(
        COMMENTS, page=COMMENTS, file=(io.BytesIO(iso_file(*rows)), "x.xlsx"), received="2099-01-01"
    )
    assert "Write the name of the body" in missing
    assert "Write a day that is not to come" in missing
    page = send(drafter, COMMENTS, iso_file(*rows), document="1", received="2026-11-05", **said)
    shown = drafter.get(page)
    assert "E5: “??” is not a type of comment" in shown
    assert "Article 2(a)" in shown
    before = db.session.query(Comment).count()
    drafter.done(f"{page}/confirm", page=page)
    run_last(drafter.app)
    taken = made.comments(place)[before:]
    assert [(each.eid, each.place, each.proposed) for each in taken] == [
        ("art_2__para_a", "", "ثلاثون يوماً"),
        (None, "Annex 9", ""),
    ]
    sent = db.session.scalars(
        db.select(Submission).where(Submission.channel == Channel.IMPORT).order_by(Submission.id)
    )
    assert [each.organisation for each in sent] == [
        "هيئة المواصفات (مثال) (JO)",
        "هيئة المواصفات (مثال) (SA)",
    ]
    # The same file a second time: what is there already is not there twice.
    again = send(drafter, COMMENTS, iso_file(*rows), document="1", received="2026-11-05", **said)
    drafter.done(f"{again}/confirm", page=again)
    run_last(drafter.app)
    assert len(made.comments(place)) == before + 2


def test_the_summary_is_drafted_edited_and_published_by_a_second_person(
    web: Flask, cast: Cast, place: Open, clock: Clock, drafter: Desk
) -> None:
    assert "Once its first edition is out" in drafter.get(f"{HERE}/summary")
    refs = tuple(map(RowRef, range(1, 5)))
    draft = Draft(refs, Disposition.CLARIFIED, reason_ar="بيان", ready=True)
    written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
    reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    page = drafter.get(f"{HERE}/summary")
    assert "Comments received: 4. Distinct texts: 4." in page
    assert drafter.client.get("/en/consultations/gardens/summary").status_code == 404
    texts = {
        f"{name}_{lang}": f"{name} {lang} (example)"
        for name in ("asked", "said", "did")
        for lang in ("ar", "en")
    }
    drafter.done(f"{HERE}/summary", page=f"{HERE}/summary", seen="0", **texts)
    stale = drafter.refused(
        f"{HERE}/summary", page=f"{HERE}/summary", status=409, seen="0", **texts
    )
    assert "Somebody kept another version meanwhile" in stale
    approver = Desk(web, cast.approver, "en")
    approver.done(f"{HERE}/summary/publish", page=f"{HERE}/summary", seen="1")
    public = drafter.public("/consultations/gardens/summary")
    assert "said en (example)" in public
    assert "Commenting is not a vote" in public
    assert public.count('<svg class="bars"') == public.count("<table") == 4
    assert '<meta property="og:description" content="Comments received: 4.' in public
    assert "/en/consultations/gardens/summary" in drafter.public("/consultations/gardens")
    kinds = list(db.session.scalars(db.select(RecordEntry.kind)))
    assert kinds.count(Entry.SUMMARY_PUBLISHED) == 1
    annex = approver.client.get("/ar/desk/consultations/gardens/stakeholder-input.docx")
    assert annex.data.startswith(b"PK")
