"""A witness of another portal's record: its checkpoints kept, each held against the one before."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.adapters.files import write_whole
from portal.domain.errors import DomainError
from portal.domain.merkle import consistent
from portal.domain.signed_notes import Note, read
from portal.jobs.witness_keys import next_key, signed_by

KEYS, NEWEST = "keys.txt", "checkpoint.txt"
Fetch = Callable[[str], bytes]


def watch(fetch: Fetch, url: str, folder: Path) -> Note:
    """Keep the portal's newest checkpoint in `folder`, and raise a `DomainError` if it is no
    continuation of the one kept before. `url` is the address of the portal's record.

    The first time, the portal's keys are taken as they are published; from then on only those in
    `keys.txt` count, and those that one of them has announced in a tree that it signed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = _ask(fetch, f"{url}/checkpoint").decode("utf-8", "replace")
    note = _read(text)
    known = _known(fetch, url, folder)
    while not any(signed_by(note, key) for key in known):
        known.append(_follow(fetch, url, folder, known))
    _keep(fetch, url, folder, note, text)
    return note


def _follow(fetch: Fetch, url: str, folder: Path, known: list[str]) -> str:
    """A key that one of `known` announced: it counts from now on, and so does the tree in which
    it was announced."""
    told = _published(fetch, url)
    found = next_key(told, known)
    if found is None:
        offered = str(told[-1]["key"]) if told else ""
        raise DomainError("witness_key", file=str(folder / KEYS), key=offered)
    key, text = found
    note = _read(text)
    kept = folder / NEWEST
    before = _read(kept.read_text(encoding="utf-8")) if kept.exists() else None
    if before is not None and before.size > note.size:
        _compare(fetch, url, folder, note, before, text)
    else:
        _keep(fetch, url, folder, note, text)
    write_whole(folder / KEYS, "".join(f"{each}\n" for each in (*known, key)).encode())
    return key


def _keep(fetch: Fetch, url: str, folder: Path, note: Note, text: str) -> None:
    kept = folder / NEWEST
    if kept.exists():
        before = _read(kept.read_text(encoding="utf-8"))
        _compare(fetch, url, folder, before, note, text)
    write_whole(folder / f"checkpoint-{note.size}.txt", text.encode())
    write_whole(kept, text.encode())


def _compare(fetch: Fetch, url: str, folder: Path, before: Note, note: Note, text: str) -> None:
    later = note.size > before.size
    proof = _proof(fetch, url, before.size, note.size) if later else []
    if consistent(before.size, before.root, note.size, note.root, proof):
        return
    disputed = f"disputed-{note.size}.txt"
    write_whole(folder / disputed, text.encode())
    code = "witness_shrunk" if note.size < before.size else "witness_forked"
    raise DomainError(code, size=note.size, before=before.size, file=disputed)


def _proof(fetch: Fetch, url: str, first: int, size: int) -> list[bytes]:
    asked = f"{url}/proofs/consistency?first={first}&size={size}"
    try:
        return [b64decode(each) for each in json.loads(_ask(fetch, asked))["proof"]]
    except (ValueError, LookupError, TypeError) as error:
        raise DomainError("witness_note") from error


def _known(fetch: Fetch, url: str, folder: Path) -> list[str]:
    file = folder / KEYS
    if not file.exists():
        told = _published(fetch, url)
        write_whole(file, "".join(f"{each['key']}\n" for each in told).encode())
    return file.read_text(encoding="utf-8").split()


def _published(fetch: Fetch, url: str) -> list[dict[str, Any]]:
    """The keys as they are published; each has a `key`."""
    try:
        told = json.loads(_ask(fetch, f"{url}/keys.json"))["keys"]
        return [{**each, "key": str(each["key"])} for each in told]
    except (ValueError, LookupError, TypeError) as error:
        raise DomainError("witness_note") from error


def _read(text: str) -> Note:
    try:
        return read(text)
    except ValueError as error:
        raise DomainError("witness_note") from error


def _ask(fetch: Fetch, url: str) -> bytes:
    try:
        return fetch(url)
    except OSError as error:
        raise DomainError("witness_away", reason=str(error)) from error
