"""Keys for the details of people: files beside the database and outside it.

What is sealed with them can be read again by this portal, and not by who has the database alone.
AES-256-GCM; each key has an id, and what is sealed begins with the id of its key, so that keys can
be changed. One more key, which never changes, makes the digests by which equal details are found.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.adapters.files import sync_file, sync_folder

BYTES, NONCE = 32, 12
LOOKUP = "personal-lookup.key"
_NAMED = re.compile(r"personal-key-(\d+)-([0-9a-f]{8})\.key")


class KeyLost(Exception):  # noqa: N818 (it says what happened)
    """What is sealed cannot be opened: its key is not in the data folder, or it was tampered."""


class Keyring:
    """The keys in the folder `data`; made there when they are first needed, mode 600."""

    def __init__(self, data: Path) -> None:
        self._folder = data
        self._ciphers: dict[str, AESGCM] = {}
        self._current = ""
        self._lookup = b""

    @property
    def current(self) -> str:
        """The id of the key that seals now."""
        if not self._current:
            self._read()
            if not self._current:
                self.add()
        return self._current

    def add(self) -> str:
        """Make a new key, with which all is sealed from now on; gives its id."""
        self._read()
        number = int(self._current.split("-")[0]) + 1 if self._current else 1
        made = f"{number}-{secrets.token_hex(4)}"
        _write_once(self._file(made), secrets.token_bytes(BYTES))
        self._read()
        return self._current

    def retire(self, key_id: str) -> None:
        """Delete a key with which nothing is sealed any more."""
        self._file(key_id).unlink(missing_ok=True)
        self._ciphers.pop(key_id, None)

    def ids(self) -> tuple[str, ...]:
        """The keys there are, the oldest first."""
        self._read()
        return tuple(sorted(self._ciphers, key=_order))

    def seal(self, text: str, about: str) -> str:
        """`text` sealed; only with the same `about` (its column) is it opened again."""
        current = self._current or self.current
        nonce = secrets.token_bytes(NONCE)
        sealed = self._ciphers[current].encrypt(nonce, text.encode(), about.encode())
        return f"{current}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """The text again. Raises `KeyLost`."""
        key_id, _colon, said = sealed.partition(":")
        if key_id not in self._ciphers:
            self._read()
        try:
            raw = base64.b64decode(said, validate=True)
            opened = self._ciphers[key_id].decrypt(raw[:NONCE], raw[NONCE:], about.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            where = f"{about} was sealed with a key that is not in {self._folder}"
            raise KeyLost(f"{where}: {key_id[:20]!r}") from error
        return opened.decode()

    def blind(self, text: str) -> str:
        """A digest (hex) that is equal for equal texts, and that nobody can guess without the key.

        HMAC-SHA256, RFC 2104.
        """
        if not self._lookup:
            file = self._folder / LOOKUP
            if not file.exists():
                with suppress(FileExistsError):  # another process was first
                    _write_once(file, secrets.token_bytes(BYTES))
            self._lookup = file.read_bytes()
        return hmac.new(self._lookup, text.encode(), hashlib.sha256).hexdigest()

    def _read(self) -> None:
        for file in self._folder.glob("personal-key-*.key") if self._folder.is_dir() else ():
            if found := _NAMED.fullmatch(file.name):
                key_id = f"{found[1]}-{found[2]}"
                if key_id not in self._ciphers:
                    self._ciphers[key_id] = AESGCM(file.read_bytes())
        self._current = max(self._ciphers, key=_order, default="")

    def _file(self, key_id: str) -> Path:
        return self._folder / f"personal-key-{key_id}.key"


def _order(key_id: str) -> tuple[int, str]:
    number, _dash, rest = key_id.partition("-")
    return int(number), rest


def _write_once(file: Path, data: bytes) -> None:
    """Whole, on the disk, for its owner alone; raises FileExistsError where it is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.parent / f".{file.name}.{secrets.token_hex(8)}"
    opened = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(opened, "wb") as writing:
            writing.write(data)
            sync_file(writing)
        os.link(temporary, file)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(file.parent)
