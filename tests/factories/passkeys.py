"""A security key in software: what a browser's passkey answers, signed for real (ES256)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, ATTESTED = 0x01, 0x40


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class SecurityKey:
    """A key in a browser that stands at `origin`; `count` is None for keys that do not count."""

    origin: str = "http://localhost:8000"
    party: str = "localhost"
    flags: int = PRESENT
    count: int | None = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, challenge: str) -> str:
        """The answer to `navigator.credentials.create`."""
        numbers = self.private.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        made = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        data = self._about(self.flags | ATTESTED) + made
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("create", challenge, attestationObject=statement)

    def get(self, challenge: str) -> str:
        """The answer to `navigator.credentials.get`."""
        if self.count is not None:
            self.count += 1
        data, client = self._about(self.flags), self._client("get", challenge)
        signed = data + hashlib.sha256(client).digest()
        signature = self.private.sign(signed, ec.ECDSA(SHA256()))
        return self._answer("get", challenge, authenticatorData=data, signature=signature)

    def _about(self, flags: int) -> bytes:
        party = hashlib.sha256(self.party.encode()).digest()
        return party + bytes([flags]) + (self.count or 0).to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, kind: str, challenge: str, **parts: bytes) -> str:
        response = {name: text(part) for name, part in parts.items()}
        response["clientDataJSON"] = text(self._client(kind, challenge))
        shown = text(self.credential_id)
        answer: dict[str, Any] = {"id": shown, "rawId": shown, "type": "public-key"}
        return json.dumps({**answer, "response": response})
