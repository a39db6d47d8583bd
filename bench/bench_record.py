"""The record: proofs in a great tree, and the verifier over a great bundle."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert

from bench import scratch
from bench.harness import Candidates
from portal.adapters.database import unit_of_work
from portal.adapters.signing import Keys
from portal.domain.merkle import inclusion_proof, leaf_hash, root
from portal.domain.record import Entry, commitment, leaf
from portal.domain.signed_notes import body, key_id, verifier_key, written
from portal.domain.tiles import grown, nodes
from portal.formats.canonical import canonical, digest
from portal.formats.record_files.bundles import Parts, write_bundle
from portal.formats.record_files.checking_program import look
from portal.models import RecordTile, db
from portal.models.tree import tree

PROVED = (1_000, 31_622, 1_000_000)
LEAVES = 100_000
PORTION = 50_000
ORIGIN, NOW = "consult.example.org/record", datetime(2026, 11, 1, tzinfo=UTC)
WORDS = "تفتح الحديقة من السابعة صباحاً، وهذا متأخر على من يعمل. (مثال)"


def proofs() -> Candidates:
    """A proof of inclusion of any leaf, from the tiles in SQLite; the target is 5 ms."""
    return {f"{size:,} leaves": partial(_prove, _planted(size), size) for size in PROVED}


def _planted(size: int) -> Flask:
    """A database with the tiles of a tree of that size."""
    app = scratch.app("sqlite", f"tree_{size}")
    kept: dict[tuple[int, int], bytes] = {}
    for first in range(0, size, PORTION):
        many = min(PORTION, size - first)
        hashes = [sha256(number.to_bytes(8)).digest() for number in range(first, first + many)]
        for level, number, row in grown(lambda *at: kept[at], first, hashes):
            kept[level, number] = row
    rows = [{"level": at[0], "number": at[1], "hashes": row} for at, row in kept.items()]
    with app.app_context(), unit_of_work():
        db.session.execute(insert(RecordTile), rows)
    return app


def _prove(app: Flask, size: int) -> None:
    with app.app_context():
        inclusion_proof(tree(), random.randrange(size), size)  # noqa: S311
        db.session.rollback()


def verifier() -> Candidates:
    """The whole verifier over a bundle: one leaf in four is a submission of the consultation."""
    return {
        f"{leaves:,} leaves": partial(_verify, _bundle(leaves)) for leaves in (LEAVES // 10, LEAVES)
    }


def _verify(folder: Path) -> None:
    assert all(each.holds for each in look(folder))


def _bundle(many: int) -> Path:
    """A bundle with so many leaves, made without a database."""
    rows: list[dict[str, Any]] = []
    openings: list[dict[str, Any]] = []
    comments: list[dict[str, Any]] = []
    leaves: list[str] = []
    for index in range(many - 1):
        number = index // 4 + 1
        if index % 4:
            leaves.append(leaf(Entry.MODERATED, NOW, digest(index), "gardens"))
            continue
        said = _said(number)
        salt = f"{number:064x}"
        comments.append({"content": said, "salt": salt})
        hashed = commitment(bytes.fromhex(salt), canonical(said))
        rows.append(_row(said, hashed))
        content: dict[str, Any] = {
            "consultation": "gardens",
            "reference": digest(number),
            "comments": [{"number": number, "hash": hashed}],
        }
        openings.append(_opened(index, content, leaves, Entry.RECEIVED))
    content = {"consultation": "gardens", "edition": 1, "digest": digest(rows)}
    openings.append(_opened(many - 1, content, leaves, Entry.EDITION_PUBLISHED))
    folder = scratch.folder()
    verifier, note = _signed(leaves, folder)
    write_bundle(
        folder / "bundle",
        Parts("gardens", 1, (verifier,), [note], leaves, openings, rows, comments, {}),
    )
    return folder / "bundle"


def _said(number: int) -> dict[str, Any]:
    return {
        "consultation": "gardens",
        "number": number,
        "document": 1,
        "version": 1,
        "provision": "art_2",
        "place": "",
        "quoted_text": "",
        "comment_type": "general",
        "comment": f"{WORDS} {number}",
        "proposed_text": "",
        "grounds": "",
    }


def _row(said: dict[str, Any], hashed: str) -> dict[str, Any]:
    pieces: dict[str, list[str]] = {
        name: [] for name in ("proposed_text", "grounds", "quoted_text")
    }
    row = {**said, **pieces, "comment": [said["comment"]], "ref": str(said["number"])}
    return {**row, "hash": hashed, "publication": "published", "place": ""}


def _opened(index: int, content: dict[str, Any], leaves: list[str], kind: Entry) -> dict[str, Any]:
    salt = f"{index:064x}"
    committed = commitment(bytes.fromhex(salt), canonical(content))
    leaves.append(leaf(kind, NOW, committed, "gardens"))
    return {"index": index, "content": content, "salt": salt}


def _signed(leaves: list[str], folder: Path) -> tuple[str, str]:
    kept: dict[tuple[int, int], bytes] = {}
    for level, number, row in grown(
        lambda *at: kept[at], 0, [leaf_hash(each.encode()) for each in leaves]
    ):
        kept[level, number] = row
    top = root(nodes(lambda *at: kept[at]), len(leaves))
    keys = Keys(folder / "keys")
    public = keys.make()
    signature = keys.sign(public, body(ORIGIN, len(leaves), top).encode())
    note = written(ORIGIN, len(leaves), top, key_id(ORIGIN, public), signature)
    return verifier_key(ORIGIN, public), note
