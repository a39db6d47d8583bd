"""What answers programs, as OpenAPI made of the routes themselves, tried by schemathesis."""

from __future__ import annotations

import re
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import given
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok

from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.factories.record import answered
from tests.fixtures.apps import Clock
from tests.fuzzing.conftest import tries

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What is checked is read before it is packed.
PLAIN = {"Accept-Encoding": "identity"}
TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
# Endpoint -> what it reads from the query, and what its JSON has at the top.
PROGRAMS: dict[str, tuple[dict[str, dict[str, str]], list[str]]] = {
    "record.keys": ({}, ["keys"]),
    "record.list_checkpoints": ({"below": NUMBER}, ["checkpoints"]),
    "record.inclusion": ({"index": NUMBER, "size": NUMBER}, ["index", "size", "leaf", "proof"]),
    "record.consistency": ({"first": NUMBER, "size": NUMBER}, ["first", "size", "proof"]),
    "public.verify_rows": ({"consultation": TEXT, "number": NUMBER}, ["rows"]),
    "public.annotation": ({}, ["@context", "id", "type", "body", "target"]),
    "public.receipt_json": ({}, ["reference", "entries"]),
    "schemas.response_matrix": ({}, ["$schema"]),
}
TYPES = {
    "public.annotation": "application/ld+json",
    "schemas.response_matrix": "application/schema+json",
}
PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


def described(app: Flask) -> dict[str, Any]:
    """The routes for programs as OpenAPI: paths and parameters are those of the routes."""
    paths = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in PROGRAMS:
            continue
        query, has = PROGRAMS[rule.endpoint]
        path = PARAMETER.sub(lambda found: f"{{{found[2]}}}", rule.rule)
        inside = [
            {"name": name, "in": "path", "required": True, "schema": of_path(kind, name)}
            for kind, name in PARAMETER.findall(rule.rule)
        ]
        asked = [{"name": name, "in": "query", "schema": of} for name, of in query.items()]
        content = {"schema": {"type": "object", "required": has}}
        kind = TYPES.get(rule.endpoint, "application/json")
        paths[path] = {
            "get": {
                "parameters": [*inside, *asked],
                "responses": {
                    "200": {"description": "", "content": {kind: content}},
                    **{
                        code: {"description": "", "content": {"text/html": {}}}
                        for code in ("404", "422")
                    },
                },
            }
        }
    info = {"title": "Radd", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths}


def of_path(kind: str, name: str) -> dict[str, Any]:
    if name == "lang":
        return {"enum": ["ar", "en"]}
    if kind == "int":
        return {"type": "integer", "minimum": 0}
    # Something is there, or nothing; a slash would be another address.
    return {"anyOf": [{"enum": ["gardens"]}, {"type": "string", "pattern": "^[^/.%]+$"}]}


def test_every_route_for_programs_answers_as_described(
    web: Flask, cast: Cast, place: Open, clock: Clock
) -> None:
    answered(web, cast, place, clock)
    schema = schemathesis.openapi.from_dict(described(web))
    schema.app = web
    operations = list(schema.get_all_operations())
    assert len(operations) == len(PROGRAMS)
    for operation in operations:
        assert isinstance(operation, Ok)

        @tries(3)
        @given(operation.ok().as_strategy())
        def ask(case: Case[Any]) -> None:
            with web.app_context():
                case.call_and_validate(checks=CHECKS, headers=PLAIN)

        ask()


def test_every_route_for_programs_is_described(web: Flask) -> None:
    rules = [r for r in web.url_map.iter_rules() if r.rule.endswith(".json") or "proofs" in r.rule]
    assert {rule.endpoint for rule in rules} == set(PROGRAMS)
