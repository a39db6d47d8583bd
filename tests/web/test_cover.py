"""What covers the portal: signed cookies, fields of passwords, nothing served beside the pages."""

from __future__ import annotations

import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from structlog.testing import capture_logs
from wtforms import Form, PasswordField

from config import ROOT
from portal.models import DeskSession, db
from portal.web.forms import accounts as forms
from tests.fixtures.apps import Clock
from tests.fixtures.desk import TOKEN
from tests.web.test_signin import ACCOUNT, DESK, Browser, browser

__all__ = ["browser"]
COOKIE = "radd"


def cookie(of: Browser) -> str:
    kept = of.client.get_cookie(COOKIE)
    assert kept is not None
    return str(kept.value)


def signed(of: Browser, what: object, *, salt: str, digest: object = hashlib.sha256) -> str:
    key = of.app.extensions["settings"].secret_key
    made = URLSafeTimedSerializer(
        key, salt=salt, signer_kwargs={"digest_method": digest, "key_derivation": "hmac"}
    )
    return str(made.dumps(what))


def opens(of: Browser, value: str) -> bool:
    of.client.set_cookie(COOKIE, value)
    return of.ask(DESK).status_code == 200


def test_a_cookie_counts_with_our_own_signature_alone(browser: Browser) -> None:
    browser.sign_in()
    good = cookie(browser)
    said = URLSafeTimedSerializer("any", salt="cookie-session").loads_unsafe(good)[1]
    head, tail = good.rsplit(".", 1)
    assert opens(browser, signed(browser, said, salt="cookie-session"))
    for bad in (
        head,  # none at all
        f"{head}.{tail[:-4]}AAAA",
        f"{head[1:]}.{tail}",
        signed(browser, said, salt="cookie-session", digest=hashlib.sha1),
        signed(browser, said, salt="radd form"),  # of another use of the same key
    ):
        assert not opens(browser, bad)


def test_a_form_counts_with_a_token_of_its_own_session_alone(browser: Browser) -> None:
    browser.sign_in()
    other = Browser(browser.app)
    other.sign_in()
    found = TOKEN.search(other.ask(DESK).text)
    assert found is not None
    browser.ask(DESK)
    held = URLSafeTimedSerializer("any", salt="x").loads_unsafe(cookie(browser))[1]
    for bad in (
        "",
        found[1],
        signed(browser, held["form"], salt="cookie-session"),
        signed(browser, held["form"], salt="radd form", digest=hashlib.sha1),
        held["form"],
    ):
        out = browser.ask(f"{ACCOUNT}/sign-out", "POST", csrf_token=bad)
        assert out.status_code == 400
    good = signed(browser, held["form"], salt="radd form")
    assert browser.ask(f"{ACCOUNT}/sign-out", "POST", csrf_token=good).status_code == 302


def test_tokens_are_random_and_no_two_alike(browser: Browser) -> None:
    seen = set()
    for _time in range(3):
        browser.sign_in()
        browser.ask(DESK)
        held = URLSafeTimedSerializer("any", salt="x").loads_unsafe(cookie(browser))[1]
        seen |= {held["sid"], held["form"]}
    assert len(seen) == 6
    assert {len(each) for each in seen} == {43}  # 256 bits in base 64


def test_a_session_ends_after_a_week_however_much_it_is_used(
    browser: Browser, clock: Clock
) -> None:
    browser.sign_in()
    for _hours in range(16):
        clock.pass_(hours=10)
        assert browser.ask(DESK).status_code == 200
    clock.pass_(hours=8)
    assert browser.ask(DESK).status_code == 302
    assert db.session.scalar(db.select(db.func.count()).select_from(DeskSession)) == 1


def test_passwords_are_typed_unseen_and_managers_may_help() -> None:
    fields = [
        (form, name, field)
        for form in vars(forms).values()
        if isinstance(form, type) and issubclass(form, Form)
        for name, field in form()._fields.items()
        if "password" in name or name == "current"
    ]
    assert len(fields) >= 5
    for _form, _name, field in fields:
        assert isinstance(field, PasswordField)
        shown = field()
        assert 'type="password"' in shown
        assert re.search(r'autocomplete="(?:new|current)-password"', shown)
        assert "maxlength" not in shown
        assert "onpaste" not in shown
    for script in (ROOT / "portal" / "static" / "js").glob("*.js"):
        assert not re.search(r"[\"'](?:paste|copy|cut)[\"']", script.read_text()), script.name


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.svn/entries",
        "/.env",
        "/config.py",
        "/requirements.lock",
        "/assets/",
        "/assets/js/",
        "/assets/js/0/",
        "/assets/js/0/../../application.py",
        "/assets/js/0/..%2f..%2fapplication.py",
        "/assets/fonts/",
        "/static/",
        "/console",
        "/openapi.json",
        "/metrics",
    ],
)
def test_nothing_but_the_pages_is_served(web: Flask, client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert not web.debug
    assert not web.config["TRAP_HTTP_EXCEPTIONS"]


def test_who_asks_from_elsewhere_learns_whether_and_not_why(
    web: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "203.0.113.7"}
    passed_on = {"X-Forwarded-For": "203.0.113.7"}
    near = client.get("/readyz", environ_base=here).get_json()
    assert set(near) == {"status", "schema"}
    assert client.get("/readyz", environ_base=there).json == {"status": "ready"}
    assert client.get("/readyz", environ_base=here, headers=passed_on).json == {"status": "ready"}
    monkeypatch.setitem(web.extensions, "schema_head", lambda: "9999")
    with capture_logs() as log:
        asked = client.get("/readyz", environ_base=there)
    assert (asked.status_code, asked.json) == (503, {"status": "unavailable"})
    assert any(line["event"] == "not_ready" and line["wanted"] == "9999" for line in log)
