"""Secrets that must be read again, kept so that the database alone does not tell them.

AES-256-GCM under a key derived (HKDF-SHA256, RFC 5869) from SECRET_KEY, which lies outside it.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


def _cipher(secret_key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"radd sealing 1")
    return AESGCM(derived.derive(secret_key.encode()))


def seal(secret_key: str, secret: str, *, about: str) -> str:
    """`secret` sealed; only with the same `about` (whose it is) is it opened again."""
    nonce = secrets.token_bytes(NONCE)
    sealed = _cipher(secret_key).encrypt(nonce, secret.encode(), about.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(secret_key: str, sealed: str, *, about: str) -> str | None:
    """The secret again; None where the key is another one, or the row somebody else's."""
    raw = base64.urlsafe_b64decode(sealed)
    try:
        return _cipher(secret_key).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except InvalidTag:
        return None
