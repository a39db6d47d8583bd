"""Keys of the record: made here, kept as files that only their owner reads, used to sign."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The folder in which private keys lie, each under a name that says whose it is."""

    folder: Path

    def make(self) -> bytes:
        """A new pair: the private half lies on the disk before the public half is given."""
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.folder.mkdir(parents=True, exist_ok=True)
        opened = os.open(self._file(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        return public

    def has(self, public: bytes) -> bool:
        """Whether the private half is here."""
        return self._file(public).exists()

    def sign(self, public: bytes, data: bytes) -> bytes:
        """Sign with the private half of `public`. Raises OSError where it is not to be had."""
        try:
            key = load_pem_private_key(self._file(public).read_bytes(), password=None)
        except ValueError as error:
            raise OSError(f"{self._file(public)} holds no key") from error
        own = key.public_key()
        if not isinstance(key, Ed25519PrivateKey) or not isinstance(own, Ed25519PublicKey):
            raise OSError(f"{self._file(public)} is not an Ed25519 key")
        if own.public_bytes(Encoding.Raw, PublicFormat.Raw) != public:
            raise OSError(f"{self._file(public)} is another key")
        return key.sign(data)

    def forget(self, public: bytes) -> None:
        """Delete a private key that signs no longer."""
        self._file(public).unlink(missing_ok=True)

    def _file(self, public: bytes) -> Path:
        return self.folder / f"record-key-{hashlib.sha256(public).hexdigest()[:16]}.pem"


def verified(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether `signature` is that of `data` by the key `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True
