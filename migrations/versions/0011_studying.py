"""The matrix desk: parts of comments, themes, assignments, notes; what the record speaks of next.

Revision: 0011, after 0010.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE, NAME = "record_entry", "ck_record_entry_entry"
AFTER = "account_changed"
MORE = (
    "attachment_received",
    "group_changed",
    "comment_split",
    "comment_joined",
    "answers_imported",
    "summary_published",
    "satisfaction_given",
    "erased",
    "keys_changed",
)


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    _make_tables()
    op.execute("ALTER TABLE response ADD COLUMN duplicate_part INTEGER DEFAULT 0 NOT NULL")
    _key_by_part(on_postgresql)
    if on_postgresql:
        _admit_postgresql()
    else:
        _admit_sqlite()


def _key_by_part(on_postgresql: bool) -> None:
    """A response answers a comment or a part of one: the part belongs to the key."""
    if on_postgresql:
        op.execute("ALTER TABLE response_comment ADD COLUMN part INTEGER DEFAULT 0 NOT NULL")
        op.execute("ALTER TABLE response_comment ALTER COLUMN part DROP DEFAULT")
        op.execute("ALTER TABLE response_comment DROP CONSTRAINT pk_response_comment")
        op.create_primary_key("pk_response_comment", "response_comment", ["comment_id", "part"])
        return
    op.execute("ALTER TABLE response_comment RENAME TO response_comment_before")
    op.create_table(
        "response_comment",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_response_comment_comment_id_comment"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name="fk_response_comment_response_id_response"
        ),
        sa.PrimaryKeyConstraint("comment_id", "part", name="pk_response_comment"),
    )
    op.execute(
        "INSERT INTO response_comment (comment_id, part, response_id) "
        "SELECT comment_id, 0, response_id FROM response_comment_before"
    )
    op.execute("DROP TABLE response_comment_before")
    op.create_index("ix_response_comment_response_id", "response_comment", ["response_id"])


def _admit_postgresql() -> None:
    """The CHECK with some kinds more, beside whatever it admits by now."""
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": NAME},
    )
    admitted = re.findall("'([a-z_]+)'", held or "")
    if AFTER not in admitted:
        raise RuntimeError(f"{NAME} is not as it was made: {held}")
    kinds = ", ".join(f"'{kind}'" for kind in (*admitted, *MORE))
    op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK (kind IN ({kinds}))")


def _admit_sqlite() -> None:
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :after, :more) "
        "WHERE type = 'table' AND name = :table"
    )
    kinds = ", ".join(f"'{kind}'" for kind in (AFTER, *MORE))
    op.get_bind().execute(widened, {"after": f"'{AFTER}'", "more": kinds, "table": TABLE})
    op.execute("PRAGMA writable_schema = RESET")


def _make_tables() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("name_ar", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.CheckConstraint("name_ar <> ''", name=op.f("ck_theme_named")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_theme_consultation_id_consultation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint(
            "consultation_id", "name_ar", name=op.f("uq_theme_consultation_id_name_ar")
        ),
    )
    op.create_table(
        "assignment",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN unit = '' THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_assignment_to_one"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"],
            ["user_account.id"],
            name=op.f("fk_assignment_assigned_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["public_body.id"], name=op.f("fk_assignment_body_id_public_body")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_assignment_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_assignment_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_body", ["body_id", "done_at", "due_on"], unique=False)
        batch_op.create_index("ix_assignment_user", ["user_id", "done_at", "due_on"], unique=False)

    op.create_table(
        "comment_part",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("split_by", sa.Integer(), nullable=False),
        sa.Column("split_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("part > 0", name=op.f("ck_comment_part_from_one")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_part_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["split_by"], ["user_account.id"], name=op.f("fk_comment_part_split_by_user_account")
        ),
        sa.PrimaryKeyConstraint("comment_id", "part", name=op.f("pk_comment_part")),
    )
    op.create_table(
        "comment_theme",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_theme_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_comment_theme_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("theme_id", "comment_id", "part", name=op.f("pk_comment_theme")),
    )
    with op.batch_alter_table("comment_theme", schema=None) as batch_op:
        batch_op.create_index("ix_comment_theme_comment", ["comment_id", "part"], unique=False)

    op.create_table(
        "private_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_private_note_says_something")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_private_note_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["user_account.id"],
            name=op.f("fk_private_note_written_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
    )
    with op.batch_alter_table("private_note", schema=None) as batch_op:
        batch_op.create_index("ix_private_note_comment", ["comment_id", "id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["private_note.id"], name=op.f("fk_mention_note_id_private_note")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_mention_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index("ix_mention_user", ["user_id", "seen_at", "note_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
