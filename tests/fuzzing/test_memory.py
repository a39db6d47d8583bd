"""Bodies and addresses made to fill the memory: what they take stays below a bound."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.consultations import Open
from tests.fuzzing.hostile import Part, multipart
from tests.fuzzing.weighing import MEGABYTE, height

COMPOSE, VERIFY = "/ar/consultations/gardens/compose", "/ar/verify"
SIGN_IN, FORM = "/ar/account/sign-in", "application/x-www-form-urlencoded"
# path, content type, body, status
Bomb = tuple[str, str, bytes, int]


def bombs() -> dict[str, Callable[[], Bomb]]:
    big, deep = b"x" * (60 * MEGABYTE), b"[" * (MEGABYTE - 9)
    digits = b"9" * (MEGABYTE - 9)
    return {
        "fields": lambda: (SIGN_IN, FORM, b"a&" * (2 * MEGABYTE - 9), 413),
        "fields where files go": lambda: (COMPOSE, FORM, b"a&" * (30 * MEGABYTE), 413),
        "one long field": lambda: (COMPOSE, FORM, b"a=" + big, 413),
        "one long part": lambda: (COMPOSE, *multipart([Part("comments-0-text", big)]), 413),
        "parts": lambda: (COMPOSE, *multipart([Part("a", b"")] * 100_000), 413),
        "head of a part": lambda: (COMPOSE, *multipart([Part("a" * 10 * MEGABYTE, b"")]), 413),
        "file": lambda: (COMPOSE, *multipart([Part("comments-0-files", big, "a.pdf")]), 422),
        "more than is read": lambda: (COMPOSE, FORM, big + big[: 5 * MEGABYTE], 413),
        "deep receipt": lambda: (VERIFY, *multipart([Part("receipt", deep, "a.json")]), 200),
        "digits": lambda: (VERIFY, *multipart([Part("receipt", digits, "a.json")]), 200),
        "comments": lambda: (
            COMPOSE,
            FORM,
            b"&".join(b"comments-%d-text=%%00" % n for n in range(9_999)),
            422,
        ),
    }


MOST = 40  # megabytes; the largest body that is read at all has 64


@pytest.mark.parametrize("kind", bombs())
def test_no_body_fills_the_memory(web: Flask, place: Open, client: FlaskClient, kind: str) -> None:
    path, content_type, body, status = bombs()[kind]()
    client.get(path)
    told: list[int] = []

    def send() -> None:
        with web.app_context():
            answer = client.post(path, data=body, content_type=content_type)
        told.append(answer.status_code)

    taken = height(send)
    sys.stdout.write(f"{kind}: {taken:.1f} MB\n")
    assert told == [status]
    assert taken < MOST
