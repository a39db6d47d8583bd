"""Every act of staff is in the activity log, in words, and administrators find it there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError
from werkzeug.routing import Rule

from portal.domain.accounts import Role
from portal.domain.consultations import Phase
from portal.formats.activity import ACTS
from portal.models import Consultation, RoleGrant, StaffAct, User, db
from portal.policies.table import TABLE
from portal.web.activity import NO_ACTS
from portal.web.gate import act_of, is_public
from tests.factories.cast import Cast
from tests.factories.consultations import prepare
from tests.factories.phases import slug_of
from tests.fixtures.apps import START, Clock
from tests.fixtures.console import Console
from tests.fixtures.desk import Desk
from tests.web.test_access import VALUES, cast, rules

__all__ = ["cast", "rules"]  # the same cast and phases as the table of access


def staff_forms(web: Flask) -> Iterator[Rule]:
    with web.test_request_context():
        for rule in web.url_map.iter_rules():
            named = act_of(rule.endpoint)
            if "POST" in (rule.methods or ()) and named and not is_public(named):
                yield rule


def test_every_form_of_staff_has_its_words(web: Flask) -> None:
    forms = {rule.endpoint for rule in staff_forms(web)}
    assert set(ACTS) | NO_ACTS == forms, "say in formats/activity.py what the new form does"
    assert not set(ACTS) & NO_ACTS


def test_every_form_that_is_taken_is_noted(web: Flask, cast: Cast, rules: list[Rule]) -> None:
    del rules  # every view answers that it was reached
    user = db.session.get_one(User, cast.administrator.user_id)
    user.roles += [
        RoleGrant(role=role) for role in Role if role not in (Role.CITIZEN, Role.ADMINISTRATOR)
    ]
    db.session.commit()
    desk, urls, missing = Desk(web, cast.administrator), web.url_map.bind("localhost"), []
    for rule in staff_forms(web):
        with web.test_request_context():
            phases = sorted(TABLE[act_of(rule.endpoint)].phases)  # type: ignore[index]
        slug = slug_of(phases[0])
        values = {**{n: VALUES[n] for n in rule.arguments if n in VALUES}}
        path = urls.build(
            rule.endpoint, values | ({"slug": slug} if "slug" in rule.arguments else {})
        )
        before = newest()
        answer = desk._ask("POST", path)
        assert answer.status_code == 200, path
        noted = newest()
        if (noted != before) == (rule.endpoint in NO_ACTS):
            missing.append(rule.endpoint)
        elif noted != before:
            made = db.session.get_one(StaffAct, noted)
            assert (made.what, made.user_id) == (rule.endpoint, cast.administrator.user_id)
            assert (made.consultation_id is not None) == ("slug" in rule.arguments)
    assert missing == []


def newest() -> int:
    return db.session.scalar(db.select(db.func.max(StaffAct.id))) or 0


def test_what_was_refused_is_no_act(web: Flask, cast: Cast) -> None:
    desk = Desk(web, cast.administrator)
    desk.refused("/bodies", page="/bodies", slug="", name_ar="")
    assert newest() == 0
    desk.post(f"/consultations/{slug_of(Phase.DRAFT)}/announce", page="/bodies")
    assert newest() == 0


def test_nobody_changes_the_log(app: Flask) -> None:
    db.session.add(StaffAct(at=START, what="desk.grant", about=""))
    db.session.commit()
    for statement in ("UPDATE staff_act SET about = 'x'", "DELETE FROM staff_act"):
        with pytest.raises(DBAPIError, match="immutable"):
            db.session.execute(db.text(statement))
        db.session.rollback()


def test_administrators_find_who_did_what_and_when(web: Flask, cast: Cast, clock: Clock) -> None:
    desk = Desk(web, cast.administrator, language="en")
    desk.done("/bodies", page="/bodies", slug="third", name_ar="جهة ثالثة (مثال)")
    page = desk.get("/activity")
    assert "created a public body" in page
    assert "administrator (example)" in page
    mine, other = cast.administrator.user_id, cast.drafter.user_id
    for query, found in {
        f"by={mine}": True,
        f"by={other}": False,
        "what=desk.create_body": True,
        "what=desk.grant": False,
        "consultation=phase-open": False,
        "from=2026-11-01&to=2026-11-01": True,
        "from=2026-11-02": False,
        "from=never&to=9999-12-31&by=x": True,
    }.items():
        assert ("Nobody did anything" not in desk.get(f"/activity?{query}")) == found, query
        lines = desk.get(f"/activity/acts.csv?{query}").splitlines()
        assert len(lines) == 1 + found, query


def test_the_log_has_pages(web: Flask, cast: Cast) -> None:
    db.session.add_all(
        StaffAct(at=START + timedelta(seconds=each), what="desk.grant", about=f"user_id {each}")
        for each in range(101)
    )
    db.session.commit()
    desk = Desk(web, cast.administrator, language="en")
    first = desk.get("/activity?what=desk.grant")
    assert "user_id 100" in first
    assert "user_id 0<" not in first
    assert "before=2&amp;what" in first
    assert "user_id 0<" in desk.get("/activity?before=2&what=desk.grant")
    assert len(desk.get("/activity/acts.csv").splitlines()) == 102


def test_an_administrator_of_one_body_reads_of_no_other(web: Flask, cast: Cast) -> None:
    mine = Desk(web, cast.outsider, language="en")
    db.session.add(
        RoleGrant(user_id=cast.outsider.user_id, role=Role.ADMINISTRATOR, body_id=cast.elsewhere.id)
    )
    theirs = db.session.scalars(db.select(Consultation).limit(1)).one()
    for who, place in ((cast.drafter, theirs.id), (cast.drafter, None), (cast.outsider, None)):
        db.session.add(
            StaffAct(
                at=START, user_id=who.user_id, what="desk.grant", consultation_id=place, about=""
            )
        )
    db.session.commit()
    page = mine.get("/activity")
    assert page.count("<tr>") == 2
    assert theirs.slug not in page
    assert "drafter" not in page
    assert len(mine.get("/activity/acts.csv").splitlines()) == 2
    prepare(cast)
    db.session.commit()
    assert "gardens" not in mine.get("/activity/record")
    assert "gardens" in Desk(web, cast.administrator).get("/activity/record")


def test_commands_are_noted_once_with_what_they_are_about(app: Flask) -> None:
    Console(app)(
        "consultation",
        "create",
        "parks",
        "--title",
        "الحدائق (مثال)",
        "--body",
        "parks",
        "--body-name",
        "جهة (مثال)",
        "--closes",
        "2027-01-01T15:00",
    )
    noted = db.session.scalars(db.select(StaffAct)).all()
    assert [(each.what, each.user_id) for each in noted] == [("consultation create", None)]
    Console(app)("consultation", "list")
    assert newest() == noted[0].id
