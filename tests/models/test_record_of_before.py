"""Migration 0020: what was received before there was a tree can be proved in it too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask_migrate import upgrade

from portal.adapters.schema import MIGRATIONS, head
from portal.formats.record_files.checking import Key
from portal.formats.record_files.checking_receipt import check_receipt
from portal.models import Comment, CommentRevision, RecordEntry, RecordLeaf, ResponseComment, db
from portal.queries.proofs import public_keys
from tests.factories.record import bring_up, receipt
from tests.fixtures.apps import running

CODE, DIGEST = "ABCDEFGHJKMNPQRS", "d" * 64
MOMENT = "2026-11-02 08:00:00.000000"
NEEDED = {"INTEGER": 0, "BOOLEAN": 0, "DATETIME": MOMENT, "DATE": "2026-11-02", "JSON": "[]"}


def put(raw: sqlite3.Connection, table: str, **values: object) -> None:
    """A row with these values and, where a column needs one, the plainest there is."""
    for _at, name, kind, needed, default, _key in raw.execute(f"PRAGMA table_info({table})"):
        if needed and default is None and name not in values:
            values[name] = NEEDED.get(kind, "")
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _name in values)
    raw.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))  # noqa: S608


def before(raw: sqlite3.Connection) -> None:
    """A submission of two comments: one was edited, one withdrawn."""
    raw.execute("PRAGMA ignore_check_constraints = ON")  # these rows are not whole
    put(raw, "consultation", id=1, slug="gardens", announced_at=MOMENT, closes_at=MOMENT)
    put(raw, "submission", id=1, consultation_id=1, code=CODE, salt="a" * 64, channel="portal",
        sender_class="citizen", received_at=MOMENT)  # fmt: skip
    for number, status in ((1, "published"), (2, "withdrawn")):
        put(raw, "comment", id=number, submission_id=1, consultation_id=1, number=number,
            type="general", text=f"كلام {number}", publication=status, digest=DIGEST)  # fmt: skip
    put(raw, "response", id=1, consultation_id=1, disposition="noted", status="draft")
    put(raw, "response_comment", comment_id=1, part=0, response_id=1)
    put(raw, "comment_revision", id=1, comment_id=1, text="قبل", digest=DIGEST)
    put(raw, "record_entry", id=1, kind="received", at=MOMENT, consultation_id=1,
        subject="submission, comments 1 to 2", commitment=DIGEST, salt="b" * 64)  # fmt: skip
    put(raw, "record_entry", id=2, kind="announced", at=MOMENT, consultation_id=1,
        subject="gardens", commitment=DIGEST, salt="b" * 64)  # fmt: skip


def test_what_was_received_before_can_be_proved(tmp_path: Path) -> None:
    with running(tmp_path):
        upgrade(directory=str(MIGRATIONS), revision="0011")
    with sqlite3.connect(tmp_path / "radd.db") as raw:
        before(raw)
    with running(tmp_path) as app:
        upgrade(directory=str(MIGRATIONS), revision=head())
        db.session.remove()
        kinds = db.session.execute(
            db.select(RecordEntry.kind, RecordLeaf.leaf).join(
                RecordLeaf, RecordLeaf.entry_id == RecordEntry.id
            )
        ).all()
        told = [(kind.value, "gardens" in leaf) for kind, leaf in kinds]
        assert told == [
            ("received", False),  # the old form, which nobody can open
            ("announced", True),
            ("received", True),
            ("edited", True),
            ("withdrawn", True),
        ]
        hashes = {*db.session.scalars(db.select(Comment.digest))}
        hashes |= {*db.session.scalars(db.select(CommentRevision.digest))}
        assert len(hashes) == 3
        assert DIGEST not in hashes
        (answered,) = db.session.scalars(db.select(ResponseComment.digest))
        assert answered == db.session.get_one(Comment, 1).digest, "the answer is to these words"
        bring_up(app)
        keys = [Key(each.verifier) for each in public_keys()]
        found = list(check_receipt(receipt(CODE), keys))
        assert [each.code for each in found if each.holds is not True] == []
        assert len(found) == 5
    locked = pytest.raises(sqlite3.IntegrityError, match="immutable")
    with sqlite3.connect(tmp_path / "radd.db") as raw, locked:
        raw.execute("UPDATE comment_revision SET text = 'x'")
