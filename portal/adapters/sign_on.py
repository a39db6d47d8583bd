"""A provider of sign-on over HTTP: OpenID Connect 1.0, authorisation code with PKCE.

Tokens are read once, here, and kept nowhere; no browser sees them.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.adapters.fetching import fetch
from portal.domain.sign_on import Asked, Provider, Vouched, is_strong

WAIT = (3, 5)  # seconds: to connect, to answer
LEEWAY = 60  # seconds by which two clocks may differ
# Signatures by a key that the provider alone has; never "none", never by a shared secret.
SIGNED_BY = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512")
METADATA = "/.well-known/openid-configuration"
KEPT, AWAY = 3600, 15  # seconds: what it says of itself; that it is away
SUBJECT_LIMIT = 255  # OpenID Connect Core, section 2


class ProviderAwayError(Exception):
    """It does not answer, or says that it cannot."""


class ProviderRefusedError(Exception):
    """What it answers does not hold, or it does not take what was sent."""


_told: dict[str, tuple[float, dict[str, Any] | str]] = {}
_asking = threading.Lock()


def begin(
    provider: Provider, now: datetime, *, returns: str, back: str, lang: str
) -> tuple[str, Asked]:
    """The provider's address to send a browser to, and what the browser must bring back.

    `returns` is the address at which it comes back. Raises the errors above.
    """
    there = _metadata(provider)["authorization_endpoint"]
    state, nonce, verifier = (secrets.token_urlsafe(32) for _each in range(3))
    more = {"acr_values": provider.acr} if provider.acr else {}
    with _session(provider, returns) as client, _trouble():
        address, _state = client.create_authorization_url(
            there, state=state, nonce=nonce, code_verifier=verifier, ui_locales=lang, **more
        )
    return address, Asked(state, nonce, verifier, back, lang, now.isoformat())


def finish(provider: Provider, now: datetime, asked: Asked, code: str, *, returns: str) -> Vouched:
    """Whom the provider vouches for, who came back with `code`. Raises the errors above."""
    there = _metadata(provider)
    with _session(provider, returns, there) as client, _trouble():
        token = client.fetch_token(
            there["token_endpoint"],
            code=code,
            code_verifier=asked.verifier,
            timeout=WAIT,
            allow_redirects=False,
        )
        claims = _claims(provider, now, token, asked.nonce, _get(there["jwks_uri"]))
        about = claims if "email" in claims else _user_info(there, token, claims)
        email = str(about.get("email") or "") if about.get("email_verified") is True else ""
        return Vouched(str(claims["sub"]), email, is_strong(claims, provider.acr))


def _session(
    provider: Provider, returns: str, there: Mapping[str, Any] | None = None
) -> OAuth2Session:
    ways = (there or {}).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    post = "client_secret_basic" not in ways and "client_secret_post" in ways
    return OAuth2Session(
        provider.client_id,
        provider.client_secret,
        token_endpoint_auth_method="client_secret_post" if post else "client_secret_basic",
        scope="openid email",
        redirect_uri=returns,
        code_challenge_method="S256",
    )


@contextmanager
def _trouble() -> Iterator[None]:
    """What libraries raise, as one of the two things that it means."""
    try:
        yield
    except OSError as error:  # requests' errors are
        raise ProviderAwayError(str(error)) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
        raise ProviderRefusedError(f"{type(error).__name__}: {error}") from error


def _claims(
    provider: Provider, now: datetime, token: Mapping[str, Any], nonce: str, keys: Any
) -> CodeIDToken:
    """What the ID token says, its signature, issuer, audience, times and nonce having held."""
    read = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=SIGNED_BY)
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    params = {
        "nonce": nonce,
        "client_id": provider.client_id,
        "access_token": token.get("access_token"),
    }
    claims = CodeIDToken(read.claims, read.header, wanted, params)
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LIMIT:
        raise ValueError("no subject")
    return claims


def _user_info(
    there: Mapping[str, Any], token: Mapping[str, Any], claims: Mapping[str, Any]
) -> dict[str, Any]:
    """What the provider tells of the person beside the token (section 5.3)."""
    if "userinfo_endpoint" not in there:
        return {}
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    found = _get(there["userinfo_endpoint"], headers)
    if found.get("sub") != claims["sub"]:
        raise ValueError("of somebody else")
    return found


def _metadata(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself; kept, so that no stream of visitors makes it a stream."""
    with _asking:
        until, told = _told.get(provider.issuer, (0.0, ""))
        if until <= time.monotonic():
            told = _discover(provider)
            kept = AWAY if isinstance(told, str) else KEPT
            _told[provider.issuer] = time.monotonic() + kept, told
    if isinstance(told, str):
        raise ProviderAwayError(told)
    return told


def _discover(provider: Provider) -> dict[str, Any] | str:
    """Its metadata, or in words why there are none."""
    try:
        found = _get(provider.issuer.rstrip("/") + METADATA)
    except (OSError, ValueError) as error:
        return str(error)
    # Discovery, section 4.3: else another provider could be put in this one's place.
    if found.get("issuer") != provider.issuer:
        return f"OIDC_ISSUER is {provider.issuer}, and it calls itself {found.get('issuer')}"
    scheme = urlsplit(provider.issuer).scheme
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_at(found.get(name), scheme):
            return f"its {name} is no address of {scheme}"
    return found


def _is_at(address: object, scheme: str) -> bool:
    return isinstance(address, str) and address.startswith(f"{scheme}://")


def _get(address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at an address. Raises OSError, or ValueError."""
    found = json.loads(fetch(address, headers=headers, wait=WAIT))
    if not isinstance(found, dict):
        raise ValueError(f"{address} answers no object")
    return found
