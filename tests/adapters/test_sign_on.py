"""What a provider of sign-on answers counts only where all of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.adapters.sign_on import ProviderAwayError, ProviderRefusedError, begin, finish
from portal.domain.sign_on import Asked, Vouched
from tests.fixtures.provider import EMAIL, OTHER_KEY, SHARED_KEY, SUBJECT, Stub, provided

RETURNS = "https://consult.example.jo/ar/account/sign-on/return"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with provided() as running:
        yield running


def there(stub: Stub, **more: str) -> tuple[str, Asked]:
    now = datetime.now(UTC)
    return begin(stub.provider(**more), now, returns=RETURNS, back="", lang="ar")


def back(stub: Stub, address: str, asked: Asked, acr: str = "") -> Vouched:
    code = stub.grant(address)
    return finish(stub.provider(acr=acr), datetime.now(UTC), asked, code, returns=RETURNS)


def sign_on(stub: Stub, acr: str = "") -> Vouched:
    address, asked = there(stub, acr=acr)
    return back(stub, address, asked, acr)


def test_it_is_asked_with_a_state_a_nonce_and_a_challenge(stub: Stub) -> None:
    address, asked = there(stub)
    sent = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{stub.issuer}/ask?")
    assert (sent["response_type"], sent["scope"]) == ("code", "openid email")
    assert (sent["state"], sent["nonce"]) == (asked.state, asked.nonce)
    assert (sent["code_challenge_method"], sent["redirect_uri"]) == ("S256", RETURNS)
    assert asked.verifier not in address
    assert len({asked.state, asked.nonce, asked.verifier, *there(stub)[1][:3]}) == 6


def test_whom_it_vouches_for(stub: Stub) -> None:
    assert sign_on(stub) == Vouched(SUBJECT, EMAIL, strong=False)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "another client"},
        {"aud": ["another client"]},
        {"aud": None},
        {"aud": ["radd", "another"], "azp": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000, "exp": 4_000_000_300},
    ],
)
def test_a_token_that_does_not_hold_signs_nobody_on(stub: Stub, claims: dict[str, Any]) -> None:
    stub.claims = claims
    with pytest.raises(ProviderRefusedError):
        sign_on(stub)


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"alg": "none"}, None),
        ({"alg": "RS256", "kid": "one"}, OTHER_KEY),
        ({"alg": "HS256"}, SHARED_KEY),
    ],
)
def test_nor_does_one_that_it_has_not_signed(stub: Stub, header: dict[str, str], key: Any) -> None:
    stub.header, stub.key = header, key
    with pytest.raises(ProviderRefusedError):
        sign_on(stub)


def test_a_code_is_good_for_who_asked_and_once(stub: Stub) -> None:
    address, asked = there(stub)
    stolen = there(stub)[1]
    with pytest.raises(ProviderRefusedError):
        back(stub, address, stolen)  # the code challenge is another one's
    code = stub.grant(address)
    finish(stub.provider(), datetime.now(UTC), asked, code, returns=RETURNS)
    with pytest.raises(ProviderRefusedError):
        finish(stub.provider(), datetime.now(UTC), asked, code, returns=RETURNS)


@pytest.mark.parametrize("verified", [None, False, "true", 1])
def test_an_address_counts_only_where_it_is_verified(stub: Stub, verified: object) -> None:
    stub.claims = {"email_verified": verified}
    assert sign_on(stub).email == ""


def test_an_address_that_is_not_in_the_token_is_asked_for(stub: Stub) -> None:
    stub.claims = {"email": None, "email_verified": None}
    assert sign_on(stub).email == ""
    with provided() as other:
        other.claims, other.metadata = stub.claims, {"userinfo_endpoint": f"{other.issuer}/who"}
        other.user_info = {"sub": SUBJECT, "email": EMAIL, "email_verified": True}
        assert sign_on(other).email == EMAIL
        other.user_info["sub"] = "somebody else"
        with pytest.raises(ProviderRefusedError):
            sign_on(other)


@pytest.mark.parametrize(
    ("claims", "acr", "strong"),
    [
        ({"amr": ["pwd", "mfa"]}, "", True),
        ({"amr": ["pwd"]}, "", False),
        ({"amr": "mfa"}, "", None),
        ({"acr": "gold"}, "gold", True),
        ({"acr": "silver"}, "gold", False),
        ({"acr": ""}, "", False),
        ({}, "gold", False),
    ],
)
def test_more_than_a_password_only_where_it_says_so(
    stub: Stub, claims: dict[str, Any], acr: str, strong: bool | None
) -> None:
    stub.claims = claims
    if strong is None:
        with pytest.raises(ProviderRefusedError):
            sign_on(stub, acr=acr)
        return
    assert sign_on(stub, acr=acr).strong is strong
    assert ("acr_values=gold" in there(stub, acr=acr)[0]) is bool(acr)


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({"issuer": "https://other.example"}, "calls itself https://other.example"),
        ({"token_endpoint": None}, "token_endpoint"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint"),
        ({"jwks_uri": "file:///etc/passwd"}, "jwks_uri"),
    ],
)
def test_what_it_says_of_itself_must_be_its_own(
    stub: Stub, metadata: dict[str, Any], why: str
) -> None:
    stub.metadata = metadata
    with pytest.raises(ProviderAwayError, match=why):
        there(stub)


def test_it_may_be_away(stub: Stub) -> None:
    address, asked = there(stub)
    stub.status = 503
    with pytest.raises(ProviderAwayError):
        back(stub, address, asked)
    with pytest.raises(ProviderAwayError):
        begin(
            stub.provider(issuer="http://127.0.0.1:9"),
            datetime.now(UTC),
            returns=RETURNS,
            back="",
            lang="ar",
        )


class _BreakingOff(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "500")
        self.end_headers()
        self.wfile.write(b'{"issuer": ')

    def log_message(self, *_words: object) -> None:
        """Nothing on the screen."""


def test_an_answer_that_breaks_off_is_none(stub: Stub) -> None:
    with HTTPServer(("127.0.0.1", 0), _BreakingOff) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        issuer = f"http://127.0.0.1:{running.server_port}"
        with pytest.raises(ProviderAwayError):
            begin(
                stub.provider(issuer=issuer),
                datetime.now(UTC),
                returns=RETURNS,
                back="",
                lang="ar",
            )
        running.shutdown()
