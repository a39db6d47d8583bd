"""The record as a tree that anybody can check; comments' hashes say nothing without a salt.

What was received before is written down once more in the new form, so that it can be proved too.

Revision: 0020, after 0019.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import rfc8785
import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LOCKED = ("record_key", "record_checkpoint", "record_stamp")
NAMED = (
    *("announced", "extended", "consultation_withdrawn", "concluded", "archived"),
    *("version_published", "received", "edited", "withdrawn", "moderated"),
    *("appealed", "appeal_decided", "edition_published"),
)
# What is written down again in the new form: the leaf that names the consultation is the new one.
AGAIN = ("received", "edited", "withdrawn", "edition_published")
# A place is given once; a tile only grows.
PLACED = "OLD.position IS NOT NULL OR NEW.entry_id <> OLD.entry_id OR NEW.leaf <> OLD.leaf"
SHRUNK = "substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes"
moment = sa.DateTime(timezone=True)
entry = sa.table(
    "record_entry",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("at", moment),
    sa.column("consultation_id", sa.Integer),
    sa.column("subject", sa.String),
    sa.column("commitment", sa.String),
    sa.column("salt", sa.String),
    sa.column("content", sa.JSON),
)
leaves = sa.table("record_leaf", sa.column("entry_id"), sa.column("leaf"))
comment = sa.table(
    "comment",
    *(
        sa.column(name)
        for name in (
            *("id", "submission_id", "consultation_id", "number", "document_id", "version_id"),
            *("eid", "place", "quoted", "type", "text", "proposed", "grounds", "digest", "salt"),
            "publication",
        )
    ),
)
revisions = sa.table(
    "comment_revision",
    *(
        sa.column(name)
        for name in ("id", "comment_id", "text", "proposed", "grounds", "digest", "salt")
    ),
)
documents = sa.table("document", sa.column("id"), sa.column("number"))
versions = sa.table("draft_version", sa.column("id"), sa.column("number"))
answers = sa.table("response_comment", *(sa.column(name) for name in ("comment_id", "digest")))
files = sa.table(
    "attachment",
    *(sa.column(name) for name in ("comment_id", "position", "sent_sha256", "sha256", "size")),
)
submission = sa.table(
    "submission",
    *(sa.column(name) for name in ("id", "consultation_id", "code", "salt", "channel", "late")),
    sa.column("received_at", moment),
)
consultation = sa.table(
    "consultation", sa.column("id"), sa.column("slug"), sa.column("announced_at", moment)
)


def upgrade() -> None:
    _tables()
    for table in ("comment", "comment_revision"):
        salt = sa.Column("salt", sa.String(length=64), server_default="", nullable=False)
        op.add_column(table, salt)
    op.add_column("record_entry", sa.Column("content", sa.JSON(), nullable=True))
    _write_leaves()
    _salt()
    _write_down_again()
    if op.get_bind().dialect.name == "postgresql":
        _lock_postgresql()
    else:
        _lock_sqlite()


def _tables() -> None:
    op.create_table(
        "record_leaf",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("leaf", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["record_entry.id"], name=op.f("fk_record_leaf_entry_id_record_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_record_leaf")),
        sa.UniqueConstraint("position", name=op.f("uq_record_leaf_position")),
    )
    waits = sa.text("position IS NULL")
    op.create_index(
        "ix_record_leaf_waiting",
        "record_leaf",
        ["entry_id"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "record_tree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_record_tree_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_tree")),
    )
    op.create_table(
        "record_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_record_tile")),
    )
    op.create_table(
        "record_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_key")),
        sa.UniqueConstraint("verifier", name=op.f("uq_record_key_verifier")),
    )
    op.create_table(
        "record_checkpoint",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["record_key.id"], name=op.f("fk_record_checkpoint_key_id_record_key")
        ),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_record_checkpoint")),
    )
    op.create_table(
        "record_stamp",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["size"],
            ["record_checkpoint.size"],
            name=op.f("fk_record_stamp_size_record_checkpoint"),
        ),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_record_stamp")),
    )


def _write_leaves() -> None:
    """A leaf for every entry that is there, in their order; the tree takes them in as new ones."""
    query = (
        sa.select(entry, consultation.c.slug, consultation.c.announced_at)
        .outerjoin(consultation, entry.c.consultation_id == consultation.c.id)
        .order_by(entry.c.id)
    )
    rows = [
        {
            "entry_id": row.id,
            "leaf": _leaf(row.kind, row.at, row.commitment, None if row.kind in AGAIN else row),
        }
        for row in op.get_bind().execute(query)
    ]
    if rows:
        op.get_bind().execute(sa.insert(leaves), rows)


def _leaf(kind: str, at: datetime, committed: str, of: Any) -> str:
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    said = {
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commitment": committed,
        "kind": kind,
    }
    if of is not None and kind in NAMED and of.announced_at is not None:
        said["consultation"] = of.slug
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _salt() -> None:
    """Hashes anew, each under a salt, over the content by public numbers instead of our own ids."""
    connection = op.get_bind()
    postgresql = connection.dialect.name == "postgresql"
    locked = "CREATE TRIGGER comment_revision_no_update BEFORE UPDATE ON comment_revision  "
    locked += "BEGIN SELECT RAISE(ABORT, 'immutable: comment_revision'); END"
    if postgresql:
        op.execute("ALTER TABLE comment_revision DISABLE TRIGGER comment_revision_immutable")
    else:
        op.execute("DROP TRIGGER comment_revision_no_update")
    query = (
        sa.select(comment, consultation.c.slug, documents.c.number, versions.c.number)
        .join(consultation, comment.c.consultation_id == consultation.c.id)
        .outerjoin(documents, comment.c.document_id == documents.c.id)
        .outerjoin(versions, comment.c.version_id == versions.c.id)
    )
    for row in connection.execute(query).all():
        _seal(comment, row, row, row[-3:])
        kept = sa.select(revisions).where(revisions.c.comment_id == row.id)
        for words in connection.execute(kept).all():
            _seal(revisions, words, row, row[-3:])
    if postgresql:
        op.execute("ALTER TABLE comment_revision ENABLE TRIGGER comment_revision_immutable")
    else:
        op.execute(locked)


def _seal(table: sa.TableClause, words: Any, of: Any, about: Any) -> None:
    slug, document, version = about
    content = {
        "comment": words.text,
        "proposed_text": words.proposed,
        "grounds": words.grounds,
        "consultation": slug,
        "number": of.number,
        "document": document,
        "version": version,
        "provision": of.eid,
        "place": of.place,
        "quoted_text": of.quoted,
        "comment_type": of.type,
    }
    kept = sa.select(files).where(files.c.comment_id == of.id).order_by(files.c.position)
    if sent := op.get_bind().execute(kept).all():
        content["files"] = [
            {"sent": each.sent_sha256, "kept": each.sha256, "size": each.size} for each in sent
        ]
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + hashlib.sha256(rfc8785.dumps(content)).digest()).hexdigest()
    changed = sa.update(table).where(table.c.id == words.id)
    op.get_bind().execute(changed.values(digest=digest, salt=salt.hex()))
    # A response knows by the hash which words it answered: they are the same words still.
    answered = sa.update(answers).where(answers.c.comment_id == of.id)
    op.get_bind().execute(answered.where(answers.c.digest == words.digest).values(digest=digest))


def _write_down_again() -> None:
    """Every submission so far, and every edit, as an entry of today in the new form."""
    connection = op.get_bind()
    query = sa.select(submission, consultation.c.slug, consultation.c.announced_at).join(
        consultation, submission.c.consultation_id == consultation.c.id
    )
    for of in connection.execute(query.order_by(submission.c.id)).all():
        for kind, subject, content in _told(of):
            salt, now = secrets.token_bytes(32), datetime.now(UTC)
            inner = hashlib.sha256(rfc8785.dumps(content)).digest()
            committed = hashlib.sha256(salt + inner).hexdigest()
            row = {
                "kind": kind,
                "at": now,
                "consultation_id": of.consultation_id,
                "subject": subject,
                "commitment": committed,
                "salt": salt.hex(),
                "content": content,
            }
            written = connection.execute(sa.insert(entry).values(row).returning(entry.c.id))
            said = {"entry_id": written.scalar_one(), "leaf": _leaf(kind, now, committed, of)}
            connection.execute(sa.insert(leaves).values(said))


def _told(of: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    connection = op.get_bind()
    query = sa.select(comment).where(comment.c.submission_id == of.id).order_by(comment.c.number)
    found = connection.execute(query).all()
    if not found:
        return
    edits, hashes = [], []
    for each in found:
        kept = sa.select(revisions).where(revisions.c.comment_id == each.id)
        texts = connection.execute(kept.order_by(revisions.c.id)).all()
        said = [*(text.digest for text in texts), each.digest]
        hashes.append({"number": each.number, "hash": said[0]})
        edits += [(each.number, digest) for digest in said[1:]]
    received = of.received_at if of.received_at.tzinfo else of.received_at.replace(tzinfo=UTC)
    inner = hashlib.sha256(rfc8785.dumps(of.code)).digest()
    first, last = found[0].number, found[-1].number
    content = {
        "consultation": of.slug,
        "channel": of.channel,
        "received": received.astimezone(UTC).isoformat(),
        "late": bool(of.late),
        "reference": hashlib.sha256(bytes.fromhex(of.salt) + inner).hexdigest(),
        "comments": hashes,
    }
    yield "received", f"submission, comments {first} to {last}", content
    for number, digest in edits:
        content = {"consultation": of.slug, "comment": number, "hash": digest}
        yield "edited", f"comment {number}", content
    for each in found:
        if each.publication == "withdrawn":
            content = {"consultation": of.slug, "comment": each.number}
            yield "withdrawn", f"comment {each.number}", content


def _lock_postgresql() -> None:
    def refuse(name: str, event: str, table: str, condition: str) -> None:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
            "EXECUTE FUNCTION refuse_change()"
        )

    for table in LOCKED:
        refuse(f"{table}_immutable", "UPDATE OR DELETE", table, "")
    refuse("record_leaf_stays", "DELETE", "record_leaf", "")
    refuse("record_leaf_placed", "UPDATE", "record_leaf", f"WHEN ({PLACED})")
    refuse("record_tile_stays", "DELETE", "record_tile", "")
    refuse("record_tile_grows", "UPDATE", "record_tile", f"WHEN ({SHRUNK})")


def _lock_sqlite() -> None:
    def refuse(name: str, event: str, table: str, condition: str) -> None:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable: {table}'); END"
        )

    for table in LOCKED:
        refuse(f"{table}_no_update", "UPDATE", table, "")
        refuse(f"{table}_no_delete", "DELETE", table, "")
    refuse("record_leaf_no_delete", "DELETE", "record_leaf", "")
    refuse("record_leaf_placed", "UPDATE", "record_leaf", f"WHEN {PLACED}")
    refuse("record_tile_no_delete", "DELETE", "record_tile", "")
    refuse("record_tile_grows", "UPDATE", "record_tile", f"WHEN {SHRUNK}")


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
