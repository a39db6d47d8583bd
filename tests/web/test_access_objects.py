"""No object is reached through another's address: for every route that names one.

Derived from the map of addresses: a new route whose objects are none of these fails here first.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.domain.accounts import Role
from portal.domain.consultations import Phase
from portal.models import Consultation, Document, DraftVersion, RoleGrant, User, db
from portal.policies.table import TABLE, Act
from portal.web.gate import act_of
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.objects import make_objects
from tests.factories.phases import make_phases, slug_of
from tests.fixtures.apps import START, Clock
from tests.fixtures.desk import Desk

GLOBAL = {
    "group_id",
    "decision_id",
    "theme_id",
    "response_id",
    "version_id",
    "import_id",
    "run_id",
    "template_id",
    "filter_id",
}
# Counted within a consultation; the other one has none of that number.
COUNTED = {"number", "version", "edition", "position", "ref", "page", "eid", "extension"}
NONE_SO: dict[str, object] = {
    "number": 7,
    "version": 7,
    "edition": 7,
    "position": 7,
    "page": 7,
    "ref": "7",
    "eid": "art_77",
    "extension": "csv",
}
OF_PEOPLE = {"user_id", "grant_id", "session_id", "passkey_id", "filter_id"}
# Files and the record: what they name is public, or nothing.
OF_NOBODY = {"digest", "name", "token", "number", "path", "extension"}


@pytest.fixture
def everything(web: Flask, cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A consultation with comments, beside one of the same body in each phase: those have a
    document with a version, and nothing else."""
    monkeypatch.setitem(web.config, "WTF_CSRF_ENABLED", False)
    place = made.open_one(cast, clock)
    made.send(place, clock, "الملاحظة الأولى (مثال)", "الملاحظة الثانية (مثال)")
    make_phases(cast.body)
    for each in db.session.scalars(db.select(Consultation)):
        if each.slug.startswith("phase-"):
            document = Document(
                consultation_id=each.id, number=1, kind=place.document.kind, title_ar="وثيقة (مثال)"
            )
            db.session.add(document)
            db.session.flush()
            db.session.add(
                DraftVersion(document_id=document.id, number=1, source="x", created_at=START)
            )
    user = db.session.get_one(User, cast.administrator.user_id)
    held = (Role.CITIZEN, Role.ADMINISTRATOR)
    user.roles += [RoleGrant(role=role) for role in Role if role not in held]
    db.session.commit()
    return place


def routes(web: Flask) -> Iterator[tuple[Rule, Act, list[str]]]:
    """Every route that names something beside a consultation, its act and its methods."""
    with web.test_request_context():
        for rule in web.url_map.iter_rules():
            act = act_of(rule.endpoint)
            assert act is not None
            if rule.arguments - {"lang", "slug"}:
                yield rule, act, sorted((rule.methods or set()) & {"GET", "POST"})


def test_every_object_is_of_a_kind_that_is_tried(web: Flask) -> None:
    for rule, _act, _methods in routes(web):
        objects = rule.arguments - {"lang", "slug"}
        if "slug" in rule.arguments:
            assert objects <= GLOBAL | COUNTED, rule.rule
        elif "code" in objects:
            assert objects <= {"code", *COUNTED}, rule.rule
        else:
            assert objects <= OF_PEOPLE or objects <= OF_NOBODY, rule.rule


def asked(web: Flask, desk: Desk, rule: Rule, values: dict[str, object], method: str) -> int:
    known = {name: value for name, value in values.items() if name in rule.arguments}
    path = web.url_map.bind("localhost").build(rule.endpoint, {"lang": "en", **known})
    return desk._ask(method, path).status_code


def test_nothing_is_reached_through_another_consultation(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    ids = make_objects(cast, clock, everything)
    clock.moment = START  # as the phases are told
    desk, found = Desk(web, cast.administrator), []
    for rule, act, methods in routes(web):
        if "slug" not in rule.arguments:
            continue
        phase = sorted(TABLE[act].phases)[0]
        values = {"slug": slug_of(Phase(phase)), **NONE_SO, **ids}
        if rule.arguments & GLOBAL:
            values |= {"number": 1, "version": 1, "eid": "art_1"}
        if "answers/imports" in rule.rule:
            values["import_id"] = ids["answers"]
        if "comments/imports" in rule.rule:
            values["import_id"] = ids["comments"]
        for method in methods:
            status = asked(web, desk, rule, values, method)
            if status != 404:
                found.append(f"{method} {rule.rule}: {status}")
    assert found == []


def test_what_was_tried_is_there_in_its_own_consultation(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    """Else the test above would pass with ids of nothing."""
    ids = make_objects(cast, clock, everything)
    desk, here = Desk(web, cast.administrator), f"/consultations/{everything.consultation.slug}"
    for path in (
        f"/responses/{ids['response_id']}",
        f"/groups/{ids['group_id']}",
        f"/answers/imports/{ids['answers']}",
        f"/comments/imports/{ids['comments']}",
        f"/documents/1/imports/{ids['import_id']}",
        f"/matrix/runs/{ids['run_id']}",
        "/moderation/1",
        "/comments/1",
    ):
        desk.get(here + path)
    # A file of answers is none of comments, and the other way round.
    desk.get(f"{here}/answers/imports/{ids['comments']}", status=404)
    desk.get(f"{here}/comments/imports/{ids['answers']}", status=404)


def test_a_receipt_opens_what_was_sent_with_it_and_nothing_else(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    mine = made.send(everything, clock, "الملاحظة الثالثة (مثال)").code
    visitor, urls, found = web.test_client(), web.url_map.bind("localhost"), []
    others: dict[str, object] = {"lang": "ar", "number": 1, "ref": "1", "position": 1}
    for rule, _act, methods in routes(web):
        if "code" not in rule.arguments:
            continue
        tried = ["X" * 16, mine[:-1] + ("A" if mine[-1] != "A" else "B")]
        tried += [mine] if rule.arguments & {"number", "ref"} else []
        for code in tried:
            values = {**NONE_SO, **others, "code": code, "extension": "pdf"}
            path = urls.build(rule.endpoint, {n: values[n] for n in rule.arguments})
            for method in methods:
                with web.app_context():
                    answer = visitor.open(path, method=method, data={"satisfied": "yes"})
                if answer.status_code != 404 or "الأولى" in answer.text:
                    found.append(f"{method} {rule.rule}: {answer.status_code}")
    assert found == []


def test_what_is_somebody_elses_is_left_alone(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    ids = make_objects(cast, clock, everything)
    own = ("session_id", "filter_id", "passkey_id")
    desk = Desk(web, cast.administrator)
    for rule, _act, methods in routes(web):
        if rule.arguments & set(own) and "slug" not in rule.arguments:
            for method in methods:
                status = asked(web, desk, rule, dict(ids), method)
                kept = {name: count(name, ids) for name in own}
                assert set(kept.values()) == {1}, f"{method} {rule.rule}: {status}"


def count(name: str, ids: dict[str, int]) -> int:
    table = {"session_id": "desk_session", "filter_id": "saved_filter", "passkey_id": "passkey"}
    query = db.text(f"SELECT count(*) FROM {table[name]} WHERE id = :id")  # noqa: S608
    return int(db.session.scalar(query, {"id": ids[name]}) or 0)


def test_the_administrator_of_one_body_changes_nobody_of_another(
    web: Flask, cast: Cast, clock: Clock, everything: Open
) -> None:
    ids = make_objects(cast, clock, everything)
    reach = RoleGrant(
        user_id=cast.outsider.user_id, role=Role.ADMINISTRATOR, body_id=cast.elsewhere.id
    )
    db.session.add(reach)
    db.session.commit()
    desk, before = Desk(web, cast.outsider), str(people())
    theirs = {**ids, "user_id": cast.drafter.user_id or 0}
    for rule, _act, methods in routes(web):
        if "user_id" in rule.arguments:
            for method in methods:
                status = asked(web, desk, rule, dict(theirs), method)
                assert status in (403, 404, 422), f"{method} {rule.rule}: {status}"
    assert str(people()) == before


def people() -> list[object]:
    users = db.session.scalars(db.select(User).order_by(User.id))
    return [(u.active, u.session_stamp, [(g.role, g.body_id) for g in u.roles]) for u in users]
