"""Files sent with comments, and what decisions say of them.

Revision: 0012, after 0011.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KIND = "pdf docx odt jpeg png webp"
STANDING = "held shown withheld"
SCAN = "unscanned clean infected"
GROUND = (
    "personal_data insult hate obscene advertising off_topic impersonation "
    "copyright same_author business_secret"
)
# What the receipt and the record speak of; nothing of it changes once it belongs to a comment.
KEPT = ("comment_id", "position", "size", "sha256", "sent_sha256", "kind", "stored")


def _code(name: str, values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    _table()
    empty = sa.text("'[]'")
    for table in ("moderation_decision", "held_decision"):
        op.add_column(table, sa.Column("files", sa.JSON(), nullable=False, server_default=empty))
    if op.get_bind().dialect.name == "postgresql":
        _lock_postgresql()
    else:
        _lock_sqlite()


def _table() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("stored", sa.String(64), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("kind", _code("filekind", KIND), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("sent_sha256", sa.String(64), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", _code("standing", STANDING), nullable=False),
        sa.Column("ground", _code("ground", GROUND), nullable=True),
        sa.Column("scan", _code("scan", SCAN), nullable=False),
        sa.Column("scan_said", sa.String(200), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(comment_id IS NULL) = (position IS NULL)", name="ck_attachment_has_place"
        ),
        sa.CheckConstraint("0 < size AND size <= 10485760", name="ck_attachment_size_within"),
        sa.CheckConstraint("name <> ''", name="ck_attachment_named"),
        sa.CheckConstraint(
            "(standing = 'withheld') = (ground IS NOT NULL)", name="ck_attachment_ground_given"
        ),
        sa.CheckConstraint(
            "comment_id IS NOT NULL OR standing = 'held'", name="ck_attachment_decided_when_sent"
        ),
        sa.CheckConstraint(
            "scan <> 'infected' OR standing <> 'shown'", name="ck_attachment_infected_not_shown"
        ),
        sa.CheckConstraint(
            "taken_back_at IS NULL OR standing <> 'shown'",
            name="ck_attachment_taken_back_not_shown",
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_attachment_comment_id_comment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
        sa.UniqueConstraint("token", name="uq_attachment_token"),
        sa.UniqueConstraint("stored", name="uq_attachment_stored"),
        sa.UniqueConstraint("comment_id", "position", name="uq_attachment_comment_id_position"),
    )
    op.create_index("ix_attachment_kept", "attachment", ["comment_id", "kept_at"])
    op.create_index("ix_attachment_scan", "attachment", ["scan", "id"])
    op.create_index("ix_attachment_standing", "attachment", ["standing", "id"])


def _lock_sqlite() -> None:
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
    for event, condition in (("UPDATE", f" AND ({changed})"), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER attachment_no_{event.lower()} BEFORE {event} ON attachment "
            f"WHEN OLD.comment_id IS NOT NULL{condition} "
            "BEGIN SELECT RAISE(ABORT, 'immutable: attachment'); END"
        )


def _lock_postgresql() -> None:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)
    for event, condition in (("UPDATE", f" AND ({changed})"), ("DELETE", "")):
        op.execute(
            f"CREATE TRIGGER attachment_no_{event.lower()} BEFORE {event} ON attachment "
            f"FOR EACH ROW WHEN (OLD.comment_id IS NOT NULL{condition}) "
            "EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    raise RuntimeError("What was received is not taken apart: restore a backup instead.")
