"""Moderation as authors and the public meet it: appeals, changes, openness; looks are kept."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.domain.accounts import Role
from portal.domain.appeals import AppealOutcome
from portal.domain.comments import Publication
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.models import Appeal, OriginalLook, User, db
from portal.services import accounts, moderation
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk

HERE = "/consultations/gardens"
ONE = f"{HERE}/moderation/1"


def test_every_look_at_an_original_is_kept(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "أولى", "ثانية")
    made.send(place, clock, "سر", confidential=True)
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    moderation.decide(cast.other_moderator, clock(), made.comments(place)[0], withheld)
    db.session.commit()

    def looks() -> list[tuple[int | None, int]]:
        query = db.select(OriginalLook.user_id, OriginalLook.comment_id).order_by(OriginalLook.id)
        return [(row[0], row[1]) for row in db.session.execute(query)]

    desk, drafter = Desk(web, cast.moderator), Desk(web, cast.drafter)
    desk.get(f"{HERE}/moderation/2")  # what waits is nobody's secret from who decides on it
    assert looks() == []
    desk.get(ONE)
    drafter.get(f"{HERE}/comments/1")
    drafter.get(f"{HERE}/responses")
    by, also = cast.moderator.user_id, cast.drafter.user_id
    assert looks() == [(by, 1), (also, 1), (also, 1), (also, 3)]
    page = Desk(web, cast.administrator).get("/activity/originals")
    assert page.count("gardens") == 4
    desk.get("/activity/originals", status=403)
    for statement in (db.update(OriginalLook).values(comment_id=2), db.delete(OriginalLook)):
        with pytest.raises(Exception, match="immutable"):
            db.session.execute(statement)
        db.session.rollback()


def test_an_appeal_from_the_receipt_to_the_ruling(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "كلام شديد")
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), made.comments(place)[0], withheld)
    db.session.commit()
    citizen = web.test_client()
    base = f"/ar/submissions/{sent.code}"
    assert f"{base}/comments/1/appeal" in citizen.get(base).text
    empty = citizen.post(f"{base}/comments/1/appeal", data={"text": " "})
    assert (empty.status_code, "text-error" in empty.text) == (422, True)
    made_it = citizen.post(f"{base}/comments/1/appeal", data={"text": "ليس إهانة"})
    assert made_it.status_code == 303
    again = citizen.post(f"{base}/comments/1/appeal", data={"text": "مرة أخرى"})
    assert (again.status_code, "لكل قرار تظلّم واحد" in again.text) == (409, True)
    desk, other = Desk(web, cast.moderator), Desk(web, cast.other_moderator)
    path = f"{HERE}/appeals/1"
    own = desk.get(path)
    assert "فيبتّ في التظلّم مشرف آخر" in own
    typed: dict[str, Any] = {"seen": "1", "ruling": "upheld", "outcome": "publish"}
    assert desk.post(path, page="/moderation", reasons="سبب", **typed).status_code in (403,)
    assert "reasons-error" in other.refused(path, page=path, **typed)
    shown = other.post(path, page=path, action="preview", reasons="نقد مباح", **typed).text
    assert "قُبل تظلّمكم" in shown
    other.done(path, page=path, reasons="نقد مباح", **typed)
    assert db.session.scalars(db.select(Appeal.outcome)).one() is AppealOutcome.UPHELD
    page = citizen.get(base).text
    assert "نقد مباح" in page
    assert "كلام شديد" in citizen.get("/ar/consultations/gardens/comments").text


def test_where_nobody_else_can_rule_the_page_says_whom_to_ask(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "كلام شديد")
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), made.comments(place)[0], withheld)
    other = db.session.get_one(User, cast.other_moderator.user_id)
    other.active = False
    db.session.commit()
    appealed = web.test_client().post(
        f"/ar/submissions/{sent.code}/comments/1/appeal", data={"text": "ليس إهانة"}
    )
    assert appealed.status_code == 303
    desk = Desk(web, cast.moderator)
    assert "لا أحد غيرك يستطيع البتّ" in desk.get(f"{HERE}/appeals/1")
    # The administrator names somebody of another body, who then rules.
    named = db.session.get_one(User, cast.outsider.user_id)
    accounts.grant(cast.administrator, clock(), named, Role.MODERATOR, cast.body.id)
    db.session.commit()
    page = desk.get(f"{HERE}/appeals/1")
    assert "لا أحد غيرك يستطيع البتّ" not in page
    assert "فيبتّ في التظلّم مشرف آخر" in page
    ruling = {"seen": "1", "ruling": "rejected", "reasons": "ليس نقدًا"}
    path = f"{HERE}/appeals/1"
    Desk(web, cast.outsider).done(path, page=path, **ruling)
    assert db.session.scalars(db.select(Appeal.outcome)).one() is AppealOutcome.REJECTED


def test_too_late_the_page_says_until_when_it_was(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "كلام شديد")
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT)
    moderation.decide(cast.moderator, clock(), made.comments(place)[0], withheld)
    db.session.commit()
    clock.pass_(days=15)
    citizen = web.test_client()
    page = citizen.get(f"/ar/submissions/{sent.code}").text
    assert "انتهت مدة التظلّم" in page
    assert "/comments/1/appeal" not in page
    late = citizen.post(f"/ar/submissions/{sent.code}/comments/1/appeal", data={"text": "اعتراض"})
    assert (late.status_code, "انتهت مدة التظلّم" in late.text) == (409, True)


def test_an_author_changes_their_words_through_the_receipt(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    sent = made.send(place, clock, "أولى")
    moderation.decide(
        cast.moderator, clock(), made.comments(place)[0], Decision(Outcome.PUBLISH, 0)
    )
    db.session.commit()
    citizen = web.test_client()
    path = f"/ar/submissions/{sent.code}/comments/1/edit"
    assert "أولى" in citizen.get(path).text
    same = citizen.post(path, data={"seen": "1", "text": "أولى"})
    assert (same.status_code, "text-error" in same.text) == (422, True)
    stale = citizen.post(path, data={"seen": "0", "text": "ثانية"})
    assert (stale.status_code, "ثانية" in stale.text) == (409, True)
    assert citizen.post(path, data={"seen": "1", "text": "ثانية"}).status_code == 303
    assert made.statuses(place) == [Publication.PENDING]
    assert "أولى" in citizen.get(f"/ar/submissions/{sent.code}").text
    assert "أولى" not in citizen.get("/ar/consultations/gardens/comments/1").text
    assert "أولى" in Desk(web, cast.moderator).get(ONE)


def test_moderation_in_public_names_nobody(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "كلام شديد", name="سامي", name_public=True)
    clock.pass_(hours=3)
    withheld = Decision(Outcome.WITHHOLD, 0, Ground.INSULT, "ملحوظة خاصة")
    moderation.decide(cast.moderator, clock(), made.comments(place)[0], withheld)
    db.session.commit()
    for path in ("", "/log.csv", "/feed.atom"):
        seen = web.test_client().get(f"/ar/consultations/gardens/moderation{path}").text
        assert "قدح أو ذم أو إهانة" in seen
        for hidden in ("سامي", "كلام شديد", "moderator (example)", "ملحوظة خاصة"):
            assert hidden not in seen
    assert "3 ساعات" in web.test_client().get("/ar/consultations/gardens/moderation").text


def test_what_is_moderated_after_says_so(web: Flask, cast: Cast, clock: Clock) -> None:
    ready = made.prepare(cast)
    db.session.commit()
    desk = Desk(web, cast.drafter)
    path = f"{HERE}/edit"
    form: dict[str, Any] = {
        "title_ar": "عنوان",
        "opens_at": "2026-11-02T10:00",
        "closes_at": "2026-11-17T10:00",
        "moderated_after": "y",
    }
    desk.done(path, page=path, **form)
    assert 'name="moderated_after" type="checkbox" value="y" checked' in desk.get(path).replace(
        'checked id="moderated_after" name="moderated_after" type="checkbox" value="y"',
        'name="moderated_after" type="checkbox" value="y" checked',
    )
    assert ready.consultation.moderated_after is True


def test_where_comments_are_shown_on_arrival_every_page_says_so(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    place.consultation.moderated_after = True
    db.session.commit()
    citizen = web.test_client()
    base = "/ar/consultations/gardens"
    assert "تُعرض الملاحظات عند وصولها" in citizen.get(base).text
    form = {
        "action": "preview",
        "form_key": "k",
        "comments-0-target": "",
        "comments-0-text": "كلام",
    }
    assert "فور إرساله" in citizen.post(f"{base}/compose", data=form).text
    secret = citizen.post(f"{base}/compose", data={**form, "confidential": "y"}).text
    assert "فور إرساله" not in secret
    sent = made.send(place, clock, "كلام")
    assert "معروضة على البوابة" in citizen.get(f"/ar/submissions/{sent.code}/receipt").text
    assert "كلام" in citizen.get(f"{base}/comments").text
    assert "كلام" in Desk(web, cast.moderator).get("/moderation")
