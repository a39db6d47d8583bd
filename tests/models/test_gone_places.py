"""Migration 0005: places of earlier answers that are gone get a name of their own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from flask_migrate import upgrade

from portal.adapters.schema import MIGRATIONS
from tests.fixtures.apps import running

REASON = "INSERT INTO change_reason (version_id, eid, reason, recorded_at) VALUES (1, ?, 'x', 'x')"
PROVISION = (
    "INSERT INTO provision (version_id, position, depth, eid, kind, number, marker, heading, "
    "heading_en, text) VALUES (1, 0, 0, 'art_1', 'article', '1', '', '', '', '')"
)


def test_a_place_without_its_provision_is_marked_as_gone(tmp_path: Path) -> None:
    with running(tmp_path):
        upgrade(directory=str(MIGRATIONS), revision="0003")
    # Rows alone, without all that they belong to: sqlite3 asks for no foreign keys by itself.
    with sqlite3.connect(tmp_path / "radd.db") as raw:
        raw.execute(PROVISION)
        raw.executemany(REASON, [("art_1",), ("art_2",)])
    with running(tmp_path):
        upgrade(directory=str(MIGRATIONS), revision="0005")
    with sqlite3.connect(tmp_path / "radd.db") as raw:
        found = raw.execute("SELECT eid FROM change_reason ORDER BY id").fetchall()
    assert found == [("art_1",), ("gone__art_2",)]
