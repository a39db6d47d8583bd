"""The comparison of versions as the public reads it, and the drafter's page of matches."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.drafts import Relation
from portal.domain.matrices import Place
from portal.domain.moderation import Outcome
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.models import DraftVersion, ProvisionMatch, db
from portal.services import drafts, matrices, moderation, reflection, responses, reviews
from portal.services.moderation import Decision
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import DRAFT, Open
from tests.fixtures.apps import Clock
from tests.fixtures.desk import Desk
from tests.fixtures.statements import counted
from tests.services.test_matching import DOUBTFUL, MORE, PLAIN, WITHOUT_2

BASE = "/consultations/gardens/documents/1"
ADDRESS = "/consultations/gardens/documents/1/versions"


def prepare(cast: Cast, clock: Clock, place: Open, source: str) -> DraftVersion:
    clock.moment = max(clock.moment, place.consultation.closes_at + timedelta(days=1))
    version, _parsed = drafts.import_text(cast.drafter, clock(), place.document, source)
    db.session.commit()
    return version


def publish(cast: Cast, clock: Clock, place: Open, source: str) -> DraftVersion:
    version = prepare(cast, clock, place, source)
    drafts.publish_version(cast.drafter, clock(), place.consultation, version)
    db.session.commit()
    return version


def section(page: str, anchor: str) -> str:
    """What stands in the block with that id."""
    found = re.search(rf'<section [^>]*id="{anchor}".*?</section>', page, re.S)
    assert found is not None, f"no {anchor}"
    return found[0]


def test_the_page_tells_what_changed_and_folds_what_did_not(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, MORE.replace("المخصصة لها", "كلها"))
    page = client.get(f"/ar{BASE}/compare").text
    assert "المادة 1: دون تغيير" in page
    assert "المادة 3، وكان رقمها 2: تغيّر الرقم وحده" in page
    assert "تروى الحدائق" in section(page, "art_2")
    changed = section(page, "art_4")
    assert re.search(r"<del>.*?المخصصة لها</del>", changed)
    assert re.search(r"<ins>.*?كلها</ins>", changed)
    assert "كانت المادة 3" in changed
    column = client.get(f"/ar{BASE}/compare?view=column").text
    assert re.search(r"<del>.*?المخصصة لها</del><ins>", section(column, "art_4"))


def test_the_page_is_there_in_english(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, MORE)
    page = client.get(f"/en{BASE}/compare").text
    assert "Articles 3 and 4, formerly 2 and 3: only the numbers changed" in page


def test_any_two_versions_can_be_chosen_in_either_order(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, MORE)
    publish(cast, clock, place, WITHOUT_2)
    here = f"/ar{BASE}/compare"
    far = client.get(f"{here}?from=1&to=3").text
    assert 'id="gone__art_2"' in far
    assert "الري" not in far
    assert client.get(f"{here}?from=3&to=1").text.count('id="gone__art_2"') == 1
    assert "اختر نسختين مختلفتين" in client.get(f"{here}?from=2&to=2").text
    assert client.get(f"{here}?from=1&to=9").status_code == 404
    assert client.get(f"{here}?from=x&to={'9' * 30}").status_code == 200


def test_what_moved_is_linked_both_ways(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    line = "ب- تغلق الحديقة يوماً واحداً في الأسبوع للصيانة.\n"
    moved = DRAFT.replace(line, "") + line.replace("ب-", "أ-")
    publish(cast, clock, place, moved)
    page = client.get(f"/ar{BASE}/versions/2/changes").text
    assert 'href="#art_3__para_a"' in section(page, "art_2")
    there = section(page, "art_3")
    assert 'href="#left__art_2__para_b"' in there
    assert 'id="left__art_2__para_b"' in page


def test_the_address_of_one_version_stays(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    assert client.get(f"/ar{BASE}/versions/1/changes").status_code == 404
    assert client.get(f"/ar{BASE}/compare").status_code == 404
    publish(cast, clock, place, MORE)
    prepare(cast, clock, place, WITHOUT_2)
    assert client.get(f"/ar{BASE}/versions/2/changes").status_code == 200
    assert client.get(f"/ar{BASE}/versions/3/changes").status_code == 404
    assert client.get(f"/ar{BASE}/compare?from=1&to=3").status_code == 404, "nothing leaks"


def test_a_change_leads_to_its_comments_and_a_comment_to_its_change(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    made.send(place, clock, "السابعة متأخرة", "الثانية", eid="art_2__para_a")
    for comment in made.comments(place):
        decision = Decision(Outcome.PUBLISH, comment.revision)
        moderation.decide(cast.moderator, clock(), comment, decision)
    source = MORE.replace("من السابعة صباحاً", "من السادسة صباحاً")
    version = publish(cast, clock, place, source)
    changed = Place(version.id, "art_3__para_a")
    for draft in (
        Draft((RowRef(1),), Disposition.ACCEPTED, cites=(changed,), ready=True),
        Draft((RowRef(2),), Disposition.CLARIFIED, reason_ar="بيان", ready=True),
    ):
        written = responses.record(cast.drafter, clock(), place.consultation.id, draft)
        reviews.approve(cast.approver, clock(), written, seen_revision=written.revision)
    new = Place(version.id, "art_2")
    reflection.explain_change(cast.drafter, clock(), place.consultation.id, new, "شح المياه")
    matrices.publish(cast.approver, clock(), place.consultation.id)
    db.session.commit()
    page = client.get(f"/ar{BASE}/compare").text
    assert "/matrix/1/rows/1" in section(page, "art_3")
    assert "/matrix/1/rows/2" not in page
    assert "شح المياه" in section(page, "art_2")
    there = "/documents/1/versions/2/changes#art_3__para_a"
    for path in ("comments/1", "matrix/1/rows/1", "matrix"):
        assert there in client.get(f"/ar/consultations/gardens/{path}").text
    # Two versions farther apart still say which comment it was.
    publish(cast, clock, place, source.replace("يوماً واحداً", "يومين"))
    far = section(client.get(f"/ar{BASE}/compare?from=1&to=3").text, "art_3")
    assert "/matrix/1/rows/1" in far


def test_the_file_has_its_name_and_its_changes(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, MORE)
    answer = client.get(f"/ar{BASE}/compare.docx?from=1&to=2")
    assert answer.status_code == 200
    name = "gardens-1-version-1-to-2-2026-11-18.docx"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        body = packed.read("word/document.xml").decode()
    assert 'w:author="ديوان التشريع (مثال)"' in body
    assert client.get(f"/ar{BASE}/compare.docx?from=2&to=2").status_code == 404


def test_queries_of_a_comparison_do_not_grow(
    client: FlaskClient, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, MORE)
    with counted() as few:
        client.get(f"/ar{BASE}/compare")
    more = "".join(f"المادة {n}: عنوان {n}\nنص المادة ذات الرقم {n}.\n\n" for n in range(5, 60))
    publish(cast, clock, place, f"{MORE}\n{more}")
    with counted() as many:
        client.get(f"/ar{BASE}/compare")
    assert len(many) == len(few)


def test_doubtful_matches_wait_for_the_drafter_and_their_number_falls_to_none(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    publish(cast, clock, place, PLAIN)
    prepare(cast, clock, place, DOUBTFUL)
    desk, here = Desk(web, cast.drafter), f"{ADDRESS}/3"
    refused = desk.refused(f"{here}/publish", page=here, status=409)
    assert "يلزم أولاً تأكيد ما يقابلها" in refused
    assert f"{here}/matches" in refused
    page = desk.get(f"{here}/matches")
    assert "مقابلة واحدة تنتظر تأكيدك." in page
    pair = {"old_eid": "art_3", "new_eid": "art_3"}
    desk.done(f"{here}/matches", page=f"{here}/matches", action="accept", **pair)
    page = desk.get(f"{here}/matches")
    assert "لا شيء ينتظر تأكيدك." in page
    desk.done(f"{here}/publish", page=here)
    confirmed = db.session.query(ProvisionMatch).filter(ProvisionMatch.confirmed_at.is_not(None))
    assert confirmed.one().relation is Relation.CHANGED


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"action": "new", "old_eid": "art_3", "new_eid": "art_3"}, ("", "art_3")),
        ({"action": "gone", "old_eid": "art_3", "new_eid": "art_3"}, ("art_3", "")),
        ({"action": "choose", "new_eid": "art_3", "chosen": "art_1"}, ("art_1", "art_3")),
        ({"action": "choose", "old_eid": "art_3", "chosen": "art_1"}, ("art_3", "art_1")),
        ({"action": "all"}, ("art_3", "art_3")),
    ],
)
def test_the_drafter_says_what_a_provision_is(
    web: Flask, cast: Cast, place: Open, clock: Clock, typed: dict[str, str], expected: object
) -> None:
    publish(cast, clock, place, PLAIN)
    prepare(cast, clock, place, DOUBTFUL)
    desk, path = Desk(web, cast.drafter), f"{ADDRESS}/3/matches"
    assert 'id="one"' in desk.get(f"{path}?old=art_3&new=art_3")
    desk.done(path, page=path, **typed)
    said = db.session.query(ProvisionMatch).filter(ProvisionMatch.confirmed_at.is_not(None))
    assert [(row.old_eid, row.new_eid) for row in said] == [expected]
    old, new = said.one().old_eid, said.one().new_eid
    desk.done(path, page=path, action="back", old_eid=old, new_eid=new)
    assert said.count() == 0


def test_what_is_not_in_the_list_is_refused(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    prepare(cast, clock, place, MORE)
    desk, path = Desk(web, cast.drafter), f"{ADDRESS}/2/matches"
    page = desk.refused(path, page=path, action="choose", new_eid="art_1", chosen="")
    assert "اختر حكماً من القائمة." in page
    assert "اختر حكماً من القائمة." in desk.refused(path, page=path, action="x")
    desk.refused(path, page=path, action="new", new_eid="art_77")
    committee = Desk(web, cast.committee)
    assert "action" not in committee.get(path).partition("<main")[2]


def test_the_desk_sees_a_working_version_compared(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    prepare(cast, clock, place, MORE)
    desk = Desk(web, cast.drafter)
    assert "تروى الحدائق" in desk.get(f"{ADDRESS}/2/compare?view=column")
    desk.get(f"{ADDRESS}/1/compare", status=404)
    desk.get(f"{ADDRESS}/1/matches", status=409)
    assert f"{ADDRESS}/2/matches" in desk.get(f"{ADDRESS}/2")
