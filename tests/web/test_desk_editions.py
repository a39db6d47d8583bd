"""The check by kind, publication with progress, interim editions and corrigenda, on screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.jobs import editions as job
from portal.models import EditionRun, Submission, db
from portal.services import matrices
from portal.web.desk import matrices as view
from tests.factories.answers import answer, closed
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens/matrix"
PUBLIC = "/ar/consultations/gardens/matrix"


@pytest.fixture
def half(cast: Cast, place: Open, clock: Clock) -> Open:
    """Two of three comments are answered."""
    closed(cast, place, clock, "أولى", "ثانية", "ثالثة")
    answer(cast, clock, place, 1, 2)
    db.session.commit()
    return place


def seen(web: Flask, path: str, status: int = 200) -> str:
    """What anybody is answered at an address."""
    db.session.rollback()
    with web.app_context():
        answered = web.test_client().get(path)
    assert answered.status_code == status, answered.text
    return answered.text


def test_gaps_are_counted_by_kind_and_paged(
    web: Flask, cast: Cast, half: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "SHOWN", 1)
    db.session.execute(db.text("UPDATE response SET status = 'ready', approved_by = NULL"))
    db.session.commit()
    desk = Desk(web, cast.drafter)
    page = desk.get(HERE)
    assert "الكل <b>3</b>" in page
    assert "?kind=not_approved" in page
    only = desk.get(f"{HERE}?kind=not_approved&start=1")
    assert "الملاحظة 2: " in only
    assert "الملاحظة 1: " not in only
    assert "2 إلى 2 من 2" in only
    assert "الملاحظة 3" in desk.get(f"{HERE}?kind=unanswered")
    assert "الملاحظة 1: " in desk.get(f"{HERE}?kind=made-up"), "an unknown kind narrows nothing"


def test_an_interim_edition_is_marked_wherever_it_is_seen(
    web: Flask, cast: Cast, half: Open
) -> None:
    desk = Desk(web, cast.approver)
    seen(web, PUBLIC, 404)
    where = desk.done(f"{HERE}/publish-interim", page=HERE, reason="تُستكمل خلال أسبوعين")
    assert where.endswith("/matrix/1")
    page = seen(web, PUBLIC)
    assert "هذه الطبعة غير مكتملة" in page
    assert "تُستكمل خلال أسبوعين" in page
    assert "قيد الدراسة" in page
    for path in ("/ar/", "/ar/matrices", "/ar/feed.atom", f"{PUBLIC}/1/rows/3"):
        assert "مرحلية غير مكتملة" in seen(web, path), path
    assert "مصفوفة ردود مرحلية" in seen(web, "/ar/consultations/gardens")
    assert "ثالثة" in seen(web, f"{PUBLIC}?disposition=under_study")
    assert "أولى" not in seen(web, f"{PUBLIC}?disposition=under_study")
    assert (
        "-interim-" in web.test_client().get(f"{PUBLIC}/1/file.csv").headers["Content-Disposition"]
    )


def test_a_final_edition_is_followed_by_a_corrigendum_with_its_differences(
    web: Flask, cast: Cast, half: Open, clock: Clock
) -> None:
    rest = answer(cast, clock, half, 3)
    db.session.commit()
    desk = Desk(web, cast.approver)
    desk.done(f"{HERE}/publish", page=HERE)
    assert "publish-interim" not in desk.get(HERE)
    desk.refused(f"{HERE}/publish", page=HERE)  # without a reason
    clock.moment += timedelta(days=1)
    answer(cast, clock, half, 3, reason="بيان أوضح", response=rest)
    db.session.commit()
    desk.done(f"{HERE}/publish", page=HERE, reason="صُوّب رد")
    page = seen(web, PUBLIC)
    assert "صُوّب رد" in page
    assert "تصويب" in page
    differences = seen(web, f"{PUBLIC}/2/differences")
    assert "أوضح" in differences
    assert "الملاحظة 3" in differences
    assert "الملاحظة 1" not in differences
    assert "أوضح" in seen(web, f"{PUBLIC}/2/rows/3")
    assert "/matrix/2/file.differences.csv" in page
    assert "3,متغير,الرد,بيان,بيان أوضح" in seen(web, f"{PUBLIC}/2/file.differences.csv")
    assert '"kind": "changed"' in seen(web, f"{PUBLIC}/2/file.json")
    assert "file.differences.csv" not in seen(web, f"{PUBLIC}/1")
    assert "سابقة" in seen(web, f"{PUBLIC}/1")
    seen(web, f"{PUBLIC}/1/differences", 404)


def test_a_long_publication_shows_how_far_it_is_and_leads_on(
    web: Flask, cast: Cast, half: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "AT_ONCE", 2)
    told: list[int] = []
    monkeypatch.setitem(web.extensions, "nudge_edition", told.append)
    answer(cast, clock, half, 3)
    db.session.commit()
    desk = Desk(web, cast.approver)
    where = desk.done(f"{HERE}/publish", page=HERE).removeprefix("/ar/desk")
    (run_id,) = told
    assert where == f"{HERE}/runs/{run_id}?watch=1"
    assert "<progress" in desk.get(where)
    assert "جارٍ الآن" in desk.refused(f"{HERE}/publish", page=HERE, status=409)
    assert "انظر إلى أين بلغ النشر" in desk.get(HERE)
    seen(web, PUBLIC, 404)
    job.carry_out(web)
    answered = desk.client.get(f"/ar/desk{where}")
    assert answered.headers["Location"].endswith("/matrix/1")
    page = desk.get(f"{HERE}/runs/{run_id}")
    assert "نُشرت الطبعة بجميع صفوفها" in page
    desk.get(f"{HERE}/runs/99", 404)


def test_a_failed_publication_says_why(web: Flask, cast: Cast, half: Open, clock: Clock) -> None:
    answer(cast, clock, half, 3)
    run = matrices.request_edition(cast.approver, clock(), half.consultation.id)
    db.session.execute(db.text("DELETE FROM response_comment WHERE comment_id = 3"))
    db.session.commit()
    job.carry_out(web)
    db.session.rollback()
    assert db.session.get_one(EditionRun, run.id).error_code == "edition_incomplete"
    desk = Desk(web, cast.approver)
    for path in (HERE, f"{HERE}/runs/{run.id}"):
        assert "ظهرت نواقص بعد طلب النشر" in desk.get(path)


def test_the_author_says_it_on_the_receipt_and_a_moderator_reads_the_sentence(
    web: Flask, client: FlaskClient, cast: Cast, half: Open, clock: Clock
) -> None:
    answer(cast, clock, half, 3)
    db.session.commit()
    Desk(web, cast.approver).done(f"{HERE}/publish", page=HERE)
    code = db.session.scalars(db.select(Submission.code).order_by(Submission.id)).first()
    own = f"/ar/submissions/{code}"
    assert "هل يرضيك هذا الرد؟" in seen(web, own)
    path = f"{own}/rows/1/satisfaction"
    with web.app_context():
        refused = client.post(path, data={"sentence": "بقيت كما هي"})
    assert (refused.status_code, "بقيت كما هي" in refused.text) == (422, True)
    with web.app_context():
        taken = client.post(path, data={"satisfied": "no", "sentence": "لم يُجب"})
    assert taken.status_code == 303
    for address in (PUBLIC, f"{PUBLIC}/1/rows/1"):
        page = seen(web, address)
        assert "صاحبها غير راضٍ" in page
        assert "لم يُجب" not in page
    desk = Desk(web, cast.moderator)
    assert "لم يُجب" in desk.get("/moderation/sentences")
    look = "/consultations/gardens/rows/1/sentence"
    assert "اختر" in desk.refused(look, page="/moderation/sentences", action="withhold")
    desk.done(look, page="/moderation/sentences", action="publish")
    assert "لم يُجب" in seen(web, f"{PUBLIC}/1/rows/1")
    with web.app_context():
        assert client.post(path, data={"satisfied": "yes"}).status_code == 409
        assert (
            client.post(f"{own}/rows/2/satisfaction", data={"satisfied": "yes"}).status_code == 404
        )


def test_a_form_sent_again_publishes_once(web: Flask, cast: Cast, half: Open, clock: Clock) -> None:
    """Its answer was lost on the way, or the button was pressed twice."""
    answer(cast, clock, half, 3)
    db.session.commit()
    desk, publish = Desk(web, cast.approver), f"{HERE}/publish"
    desk.done(publish, page=HERE, newest="0")
    assert 'name="newest" value="1"' in desk.get(HERE)
    typed = {"newest": "1", "reason": "تصويب"}
    desk.done(publish, page=HERE, **typed)
    page = desk.refused(publish, page=HERE, status=409, **typed)
    assert "الطبعة 2" in page
    assert "تصويب" in page
    desk.refused(f"{HERE}/publish-interim", page=HERE, status=409, newest="1")
    assert [run.edition_number for run in db.session.query(EditionRun)] == [1, 2]
