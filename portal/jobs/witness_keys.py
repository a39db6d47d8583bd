"""How a witness follows a portal to a new key: the one before has signed a tree that names it."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable
from typing import Any

from portal.adapters.signing import verified
from portal.domain.merkle import leaf_hash, root_from_inclusion
from portal.domain.record import Entry, commitment
from portal.domain.signed_notes import Note, key_id, read, read_key
from portal.formats.canonical import canonical


def signed_by(note: Note, key: str) -> bool:
    """Whether a checkpoint is signed by this key, and of the log that the key is named after."""
    try:
        name, public = read_key(key)
    except ValueError:
        return False
    named = name == note.origin and key_id(name, public) == note.key_id
    return named and verified(public, note.signature, note.signed)


def next_key(told: Iterable[Any], known: Iterable[str]) -> tuple[str, str] | None:
    """The first key that was announced under one of `known`, with the checkpoint that proves it.

    `told` are the keys as the portal publishes them: nothing of it is believed that the old key
    did not sign.
    """
    known = list(known)
    for each in told:
        try:
            key = str(each["key"])
            note = str(each["announced"]["checkpoint"])
            good = key not in known and _proved(key, each["announced"], read(note), known)
        except (ValueError, LookupError, TypeError):
            continue  # the first key, which nobody announced, or nothing that can be read
        if good:
            return key, note
    return None


def _proved(key: str, announced: Any, note: Note, known: list[str]) -> bool:
    content, leaf = announced["content"], str(announced["leaf"])
    before = content["before"]
    opened = commitment(bytes.fromhex(announced["salt"]), canonical(content))
    said = json.loads(leaf)
    proof = [b64decode(each, validate=True) for each in announced["proof"]]
    top = root_from_inclusion(leaf_hash(leaf.encode()), announced["index"], note.size, proof)
    return (
        content["key"] == key
        and read_key(key)[0] == note.origin
        and (said["kind"], said["commitment"]) == (Entry.KEYS_CHANGED.value, opened)
        and before in known
        and signed_by(note, before)
        and top == note.root
    )
