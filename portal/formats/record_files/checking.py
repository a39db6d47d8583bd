"""The verifier, first part: hashes, keys, checkpoints and the tree, from the standards anew.

It shares no code with what writes the record. Of these parts one file is made (`program.py`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NOTE = re.compile(r"([^\s+]+)\n([0-9]{1,18})\n(\S{44})\n\n\u2014 (\S+) (\S+)\n")
LEAF = re.compile(
    r'\{"at":"[0-9T:Z-]{20}","commitment":"([0-9a-f]{64})",'
    r'(?:"consultation":"([^"\\\s]+)",)?"kind":"([a-z_]+)"\}'
)
HEX = re.compile("[0-9a-f]{64}")


class WrongError(Exception):
    """Something is not as it must be."""


@dataclass(frozen=True)
class Finding:
    """What was checked, and whether it holds; None: that cannot be told here."""

    code: str
    holds: bool | None
    params: dict[str, Any] = field(default_factory=dict)


def need(condition: object, what: str) -> None:
    """Raise `WrongError` where a condition does not hold."""
    if not condition:
        raise WrongError(what)


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def canonical(content: Any) -> bytes:
    """RFC 8785, for what stands here: texts, whole numbers, true and false, names in ASCII."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def exactly(data: bytes, name: str) -> Any:
    """JSON in the one form in which it is written: each level one space deeper."""
    said = json.loads(data)
    need((json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode() == data, name)
    return said


def committed(salt: Any, content: Any) -> str:
    """The commitment to a content under a salt."""
    need(isinstance(salt, str) and HEX.fullmatch(salt), "salt")
    return sha(bytes.fromhex(salt) + sha(canonical(content))).hex()


def from_base64(text: str) -> bytes:
    """Base64 in its one form."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64")
    return data


def read_leaf(leaf: str) -> tuple[str, str, str]:
    """Commitment, consultation (or nothing) and kind of a leaf."""
    found = LEAF.fullmatch(leaf)
    need(found, "leaf")
    assert found is not None  # noqa: S101 (`need` has seen to it)
    return found[1], found[2] or "", found[3]


class Key:
    """A public key of the log, written NAME+ID+BASE64 (C2SP signed-note)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.name, number, line = [*text.split("+", 2), "", ""][:3]
        data = from_base64(line)
        self.id = sha(self.name.encode() + b"\n" + data)[:4]
        need(len(data) == 33 and data[0] == 1 and self.id.hex() == number, "key")
        self.public = Ed25519PublicKey.from_public_bytes(data[1:])


class Checkpoint:
    """A signed statement of size and root (C2SP tlog-checkpoint)."""

    def __init__(self, note: str, keys: Iterable[Key]) -> None:
        found = NOTE.fullmatch(note)
        need(found and found[1] == found[4], "checkpoint")
        assert found is not None  # noqa: S101 (`need` has seen to it)
        self.size, self.root, line = int(found[2]), from_base64(found[3]), from_base64(found[5])
        need(str(self.size) == found[2] and len(line) == 68, "checkpoint")
        signers = [key for key in keys if key.id == line[:4] and key.name == found[1]]
        need(signers, "signature")
        self.key = signers[0]
        try:
            self.key.public.verify(line[4:], note[: found.end(3) + 1].encode())
        except InvalidSignature as error:
            raise WrongError("signature") from error


def roots(leaves: Iterable[bytes], sizes: set[int]) -> dict[int, bytes]:
    """The root of the first n leaves for each n (RFC 9162, 2.1), in one pass."""
    row: list[tuple[int, bytes]] = []
    found = {}
    for size, leaf in enumerate(leaves, start=1):
        width, node = 1, sha(b"\0" + leaf)
        while row and row[-1][0] == width:
            node = sha(b"\1" + row.pop()[1] + node)
            width *= 2
        row.append((width, node))
        if size in sizes:
            top = row[-1][1]
            for _width, left in reversed(row[:-1]):
                top = sha(b"\1" + left + top)
            found[size] = top
    return found


def root_by_proof(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that a proof leads to (RFC 9162, 2.1.3.2)."""
    need(0 <= index < size, "index")
    at, last, node = index, size - 1, sha(b"\0" + leaf)
    for each in proof:
        need(last and len(each) == 32, "proof")
        if at & 1 or at == last:
            node = sha(b"\1" + each + node)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            node = sha(b"\1" + node + each)
        at, last = at >> 1, last >> 1
    need(last == 0, "proof")
    return node
