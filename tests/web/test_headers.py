"""What surrounds every answer: headers, cookie, the host asked for, where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from portal.adapters.passwords import hash_password
from portal.models import User, db
from tests.factories.cast import PASSWORD, Cast, email_of
from tests.fixtures import apps
from tests.fixtures.desk import TOKEN

HOST = "consult.example.jo"
SIGN_IN = "/ar/account/sign-in"
ASKED = {"base_url": f"https://{HOST}"}


@pytest.fixture
def production(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser before a portal with the settings of production; no page asked for needs data."""
    given = {
        "PORTAL_ENV": "production",
        "SECRET_KEY": "not-secret-but-long-and-varied-0123456789",
        "BASE_URL": f"https://{HOST}",
        "SMTP_URL": "smtp://127.0.0.1:9",
    }
    with apps.running(tmp_path, **given) as app:
        yield app.test_client()


@pytest.mark.parametrize("path", [SIGN_IN, "/ar/not-there", "/healthz", "/ar/desk/"])
def test_every_answer_has_its_headers(production: FlaskClient, path: str) -> None:
    headers = production.get(path, **ASKED).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Access-Control-Allow-Origin" not in headers


def test_without_tls_no_browser_is_told_to_insist_on_it(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_the_cookie_is_of_this_host_alone(production: FlaskClient) -> None:
    cookie = production.get(SIGN_IN, **ASKED).headers["Set-Cookie"]
    assert cookie.startswith("__Host-radd=")
    assert "Domain" not in cookie
    for said in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert said in cookie


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "127.0.0.1", "[", "a@b"])
def test_another_host_is_not_answered(production: FlaskClient, host: str) -> None:
    answer = production.get(SIGN_IN, headers={"Host": host})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", [HOST, HOST.upper(), f"{HOST}:443"])
def test_its_own_host_is_answered_however_it_is_written(production: FlaskClient, host: str) -> None:
    assert production.get(SIGN_IN, headers={"Host": host}).status_code == 200


def test_a_probe_asks_by_any_address(production: FlaskClient) -> None:
    assert production.get("/healthz", headers={"Host": "10.0.0.7:8000"}).status_code == 200


def test_a_request_to_be_repeated_is_not(client: FlaskClient) -> None:
    assert client.open("/healthz", method="TRACE").status_code == 405


class Apart(FlaskClient):
    """Each request in a context of its own, as in a server: nothing of the last is remembered."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def visitor(web: Flask, cast: Cast) -> FlaskClient:
    """A browser of somebody who has an account and is not signed in."""
    user = db.session.get_one(User, cast.moderator.user_id)
    user.password_hash = hash_password(PASSWORD)
    db.session.commit()
    return Apart(web, web.response_class)


def signed_in(visitor: FlaskClient, password: str = PASSWORD, **query: str) -> TestResponse:
    """Send the form of signing in as a browser would."""
    token = TOKEN.search(visitor.get(SIGN_IN).text)
    assert token is not None
    typed = {"csrf_token": token[1], "email": email_of("moderator"), "password": password}
    return visitor.post(SIGN_IN, data=typed, query_string=query)


INSIDE = "/ar/desk/consultations?phase=open"
OUTSIDE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/ar/\r\nSet-Cookie: a=b",
)


def test_signing_in_leads_back_to_the_page_that_was_asked_for(visitor: FlaskClient) -> None:
    assert signed_in(visitor, next=INSIDE).headers["Location"] == INSIDE


@pytest.mark.parametrize("after", OUTSIDE)
def test_signing_in_leads_nowhere_else(visitor: FlaskClient, after: str) -> None:
    assert signed_in(visitor, next=after).headers["Location"] == "/ar/desk/"


def test_a_form_of_the_desk_from_another_site_is_refused(visitor: FlaskClient) -> None:
    signed_in(visitor)
    assert visitor.post("/ar/account/sign-out").status_code == 400
    assert visitor.get("/ar/desk/").status_code == 200


def test_signing_out_leaves_nothing_in_the_browser(visitor: FlaskClient) -> None:
    signed_in(visitor)
    page = visitor.get("/ar/desk/")
    assert page.headers["Cache-Control"] == "no-store"
    token = TOKEN.search(page.text)
    assert token is not None
    out = visitor.post("/ar/account/sign-out", data={"csrf_token": token[1]})
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert visitor.get("/ar/desk/").status_code == 302


def test_the_log_tells_who_came_in_and_who_was_refused(visitor: FlaskClient) -> None:
    with capture_logs() as log:
        signed_in(visitor, "not the password")
        signed_in(visitor)
        visitor.get("/ar/desk/people")
        visitor.post("/ar/account/sign-out")
    told = [(line["event"], line["log_level"]) for line in log if line["event"] != "request"]
    assert told == [
        ("sign_in_refused", "warning"),
        ("signed_in", "info"),
        ("not_allowed", "warning"),
        ("forged_form", "warning"),
    ]
    assert "example.org" not in str(log)
    assert PASSWORD not in str(log)
