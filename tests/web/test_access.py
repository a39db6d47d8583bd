"""Every route x every person x every phase, held against the one table of permissions."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.domain.accounts import CITIZEN, Actor
from portal.domain.consultations import PUBLIC_PHASES, Phase
from portal.domain.errors import DomainError
from portal.models import User, db
from portal.policies.table import TABLE, Act
from portal.web.gate import act_of, is_public
from tests.factories.cast import Cast, make_cast
from tests.factories.phases import make_phases, slug_of
from tests.fixtures.desk import Desk

# A value for every parameter of a route; a new parameter must be given one here.
VALUES: dict[str, object] = {
    "lang": "ar",
    "digest": "0",
    "name": "x",
    "number": 1,
    "version": 1,
    "edition": 1,
    "extension": "csv",
    "ref": "1",
    "comment_id": 1,
    "code": "X" * 16,
    "token": "x",
    "eid": "art_1",
    "response_id": 1,
    "user_id": 1,
    "session_id": 1,
    "passkey_id": 1,
    "grant_id": 1,
    "import_id": 1,
    "page": 1,
    "position": 1,
    "group_id": 1,
    "decision_id": 1,
    "filter_id": 1,
    "run_id": 1,
    "theme_id": 1,
    "template_id": 1,
    "version_id": 1,
}
ALLOWED, SIGN_IN, REFUSED, HIDDEN, NOT_NOW = 200, 302, 403, 404, 409


@pytest.fixture
def cast(web: Flask, monkeypatch: pytest.MonkeyPatch) -> Cast:
    made = make_cast()
    make_phases(made.body)
    db.session.commit()
    # Taken back afterwards: the app serves the tests that follow, and those ask for the token.
    monkeypatch.setitem(web.config, "WTF_CSRF_ENABLED", False)
    return made


@pytest.fixture
def rules(web: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Rule]:
    """All routes, views and refusals answering at once: what is tested is who reaches them."""

    def refused(error: DomainError) -> tuple[str, int]:
        return error.code, error.status

    monkeypatch.setitem(web.error_handler_spec[None][None], DomainError, refused)
    for endpoint, view in list(web.view_functions.items()):

        def reached(**_values: object) -> str:
            return "reached"

        for mark in ("act", "phase_in_view"):
            if hasattr(view, mark):
                setattr(reached, mark, getattr(view, mark))
        web.view_functions[endpoint] = reached
    return list(web.url_map.iter_rules())


def test_every_route_names_an_act_of_the_table(web: Flask) -> None:
    unnamed = [r.endpoint for r in web.url_map.iter_rules() if act_of(r.endpoint) not in TABLE]
    assert unnamed == []


def test_every_act_of_the_table_is_done_somewhere(web: Flask) -> None:
    named = {act_of(rule.endpoint) for rule in web.url_map.iter_rules()}
    assert set(Act) - named == set()


def test_every_parameter_has_a_value_here(web: Flask) -> None:
    known = {*VALUES, "slug"}
    unknown = {name for r in web.url_map.iter_rules() for name in r.arguments} - known
    assert unknown == set(), "give the new parameter of a route a value in VALUES"


def expected(person: Actor, act: Act, body_id: int, phase: Phase | None, *, checks: bool) -> int:
    """What the table says of a request; `checks`: the gate answers for the phase too."""
    rule = TABLE[act]
    if is_public(act):
        if phase is not None and phase not in PUBLIC_PHASES:
            return HIDDEN
    elif person is CITIZEN:
        return SIGN_IN
    elif not person.holds(rule.roles, body_id if phase is not None else None):
        return REFUSED
    if phase is not None and checks and phase not in rule.phases:
        return NOT_NOW
    return ALLOWED


def people(web: Flask, cast: Cast) -> dict[str, tuple[Actor, FlaskClient]]:
    found = {name: (each, Desk(web, each).client) for name, each in cast.staff().items()}
    return {"anonymous": (CITIZEN, web.test_client()), **found}


def ask(web: Flask, client: FlaskClient, path: str, method: str = "GET") -> int:
    """The status of an answer; asked in a context of its own, as in a server."""
    with web.app_context():
        return client.open(path, method=method).status_code


def test_the_table_is_what_happens(web: Flask, cast: Cast, rules: list[Rule]) -> None:
    urls = web.url_map.bind("localhost")
    wrong = []
    everybody = people(web, cast)
    for rule in rules:
        with web.test_request_context():
            act = act_of(rule.endpoint)
            assert act is not None, rule.endpoint
        checks = not getattr(web.view_functions[rule.endpoint], "phase_in_view", False)
        about = "slug" in rule.arguments
        method = next(m for m in sorted(rule.methods or ()) if m in ("GET", "POST"))
        for phase in Phase if about else (None,):
            values = {name: VALUES[name] for name in rule.arguments if name in VALUES}
            if phase is not None:
                values["slug"] = slug_of(phase)
            path = urls.build(rule.endpoint, values)
            for name, (person, client) in everybody.items():
                status = ask(web, client, path, method)
                wanted = expected(person, act, cast.body.id, phase, checks=checks)
                if status != wanted:
                    wrong.append(f"{name}, {phase}: {method} {path}: {status}, not {wanted}")
    assert wrong == []


def test_the_outsider_reaches_nothing_of_another_body(
    web: Flask, cast: Cast, rules: list[Rule]
) -> None:
    outsider = Desk(web, cast.outsider).client
    urls = web.url_map.bind("localhost")
    for rule in rules:
        if rule.endpoint.startswith("desk.") and "slug" in rule.arguments:
            values = {**{n: VALUES[n] for n in rule.arguments if n in VALUES}, "slug": "phase-open"}
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            path = urls.build(rule.endpoint, values)
            assert ask(web, outsider, path, method) == REFUSED, rule.endpoint


def test_a_session_ends_when_the_account_is_closed(web: Flask, cast: Cast) -> None:
    client = Desk(web, cast.moderator).client
    assert ask(web, client, "/ar/desk/") == ALLOWED
    user = db.session.get_one(User, cast.moderator.user_id)
    user.active = False
    db.session.commit()
    assert ask(web, client, "/ar/desk/") == SIGN_IN
