"""Passkeys as browsers speak of them: what they are asked, and whether their answers hold.

Challenges, credentials and answers are base64url and JSON, as the standard writes them. No
attestation is asked for: whose make a key is decides nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import structlog
import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.domain.passkeys import RelyingParty

TIMEOUT = 5 * 60 * 1000  # milliseconds for somebody to find their key
# It comes after the password: to hold the key is what is asked, not to unlock it once more.
UNLOCKED = UserVerificationRequirement.DISCOURAGED
log = structlog.get_logger()


class NewPasskey(NamedTuple):
    """The public half of a pair of keys that a browser has just made."""

    credential_id: str
    public_key: bytes
    sign_count: int


def creation_options(
    party: RelyingParty, challenge: str, *, handle: bytes, name: str, known: Sequence[str]
) -> str:
    """What `navigator.credentials.create` is asked; none of the `known` is made twice."""
    asked = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name="Radd",
        user_id=handle,
        user_name=name,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT,
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UNLOCKED
        ),
    )
    return webauthn.options_to_json(asked)


def request_options(party: RelyingParty, challenge: str, known: Sequence[str]) -> str:
    """What `navigator.credentials.get` is asked: a signature by one of the `known`."""
    asked = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT,
        allow_credentials=_described(known),
        user_verification=UNLOCKED,
    )
    return webauthn.options_to_json(asked)


def _described(known: Sequence[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in known]


def read_creation(answer: str, party: RelyingParty, challenge: str) -> NewPasskey | None:
    """The passkey that was made; None where the answer does not hold."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    # CBOR, COSE and certificates of a stranger are read here: whatever they raise, it is no.
    except Exception as error:
        log.warning("passkey_refused", why=f"{type(error).__name__}: {error}")
        return None
    shown = bytes_to_base64url(made.credential_id)
    return NewPasskey(shown, made.credential_public_key, made.sign_count)


def named_in(answer: str) -> str:
    """The credential that an answer says it is of, or ""."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    name = found.get("id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else ""


def read_signature(
    answer: str, party: RelyingParty, challenge: str, *, public_key: bytes, sign_count: int
) -> int | None:
    """How often the passkey has signed now; None where the answer does not hold.

    A count that has not grown is refused (section 6.1.1): somebody has a copy of the key. Keys
    that do not count always say 0.
    """
    try:
        seen = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
        )
    except Exception as error:  # as above
        log.warning("passkey_refused", why=f"{type(error).__name__}: {error}")
        return None
    return seen.new_sign_count
