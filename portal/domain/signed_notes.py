"""Checkpoints as C2SP's signed notes (signed-note, tlog-checkpoint): the text, without the keys.

A checkpoint is `ORIGIN LF SIZE LF BASE64(ROOT) LF`, an empty line, and one signature line
`— NAME BASE64(KEY ID || SIGNATURE) LF`. The key's name is the origin.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

ED25519 = b"\x01"
DASH = "\u2014"
_NOTE = re.compile(
    rf"([^\s+]+)\n(0|[1-9][0-9]{{0,17}})\n([A-Za-z0-9+/]{{43}}=)\n\n{DASH} ([^\s+]+) (\S+)\n"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint as it was read: what it says, and by which key it claims to be signed."""

    origin: str
    size: int
    root: bytes
    key_id: bytes
    signature: bytes
    signed: bytes


def body(origin: str, size: int, root: bytes) -> str:
    """What is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    """Four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def written(origin: str, size: int, root: bytes, key: bytes, signature: bytes) -> str:
    """The whole note; `key` is the key's id."""
    line = base64.b64encode(key + signature).decode()
    return f"{body(origin, size, root)}\n{DASH} {origin} {line}\n"


def read(text: str) -> Note:
    """A note with one signature, in exactly the form of `written`. Raises ValueError."""
    found = _NOTE.fullmatch(text)
    if found is None or found[1] != found[4]:
        raise ValueError("not a signed checkpoint")
    line, root = exact(found[5]), exact(found[3])
    if len(line) != 4 + 64 or len(root) != 32:
        raise ValueError("not a signed checkpoint")
    signed = text[: found.end(3) + 1].encode()
    return Note(found[1], int(found[2]), root, line[:4], line[4:], signed)


def exact(text: str) -> bytes:
    """Base64 whose spare bits are zero, so that no two texts mean the same. Raises ValueError."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 in a form of its own")
    return data


def verifier_key(name: str, public: bytes) -> str:
    """A public key as one line, `NAME+ID+BASE64`, as other tools for such logs take it."""
    line = base64.b64encode(ED25519 + public).decode()
    return f"{name}+{key_id(name, public).hex()}+{line}"


def read_key(text: str) -> tuple[str, bytes]:
    """Name and public key of a `verifier_key`. Raises ValueError."""
    name, _plus, rest = text.partition("+")
    number, _plus, line = rest.partition("+")
    data = exact(line)
    if len(data) != 33 or data[:1] != ED25519 or key_id(name, data[1:]).hex() != number:
        raise ValueError("not an Ed25519 key of a note")
    return name, data[1:]
