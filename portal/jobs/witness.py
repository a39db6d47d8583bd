"""A witness of another portal's record: its checkpoints kept, each held against the one before."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

from portal.adapters.files import write_whole
from portal.adapters.signing import verified
from portal.domain.errors import DomainError
from portal.domain.merkle import consistent
from portal.domain.signed_notes import Note, key_id, read, read_key

KEYS, NEWEST = "keys.txt", "checkpoint.txt"
Fetch = Callable[[str], bytes]


def watch(fetch: Fetch, url: str, folder: Path) -> Note:
    """Keep the portal's newest checkpoint in `folder`, and raise a `DomainError` if it is no
    continuation of the one kept before. `url` is the address of the portal's record.

    The first time, the portal's keys are taken as they are published; from then on only those in
    `keys.txt` count.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = _ask(fetch, f"{url}/checkpoint").decode("utf-8", "replace")
    note = _read(text)
    known = _known(fetch, url, folder)
    if not any(_signed(note, key) for key in known):
        raise DomainError("witness_key", file=str(folder / KEYS), key=_offered(fetch, url))
    kept = folder / NEWEST
    if kept.exists():
        before = _read(kept.read_text(encoding="utf-8"))
        _compare(fetch, url, folder, before, note, text)
    write_whole(folder / f"checkpoint-{note.size}.txt", text.encode())
    write_whole(kept, text.encode())
    return note


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
        write_whole(file, "".join(f"{key}\n" for key in _published(fetch, url)).encode())
    return file.read_text(encoding="utf-8").split()


def _published(fetch: Fetch, url: str) -> list[str]:
    try:
        return [str(each["key"]) for each in json.loads(_ask(fetch, f"{url}/keys.json"))["keys"]]
    except (ValueError, LookupError, TypeError) as error:
        raise DomainError("witness_note") from error


def _offered(fetch: Fetch, url: str) -> str:
    published = _published(fetch, url)
    return published[-1] if published else ""


def _signed(note: Note, key: str) -> bool:
    try:
        name, public = read_key(key)
    except ValueError:
        return False
    named = name == note.origin and key_id(name, public) == note.key_id
    return named and verified(public, note.signature, note.signed)


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
