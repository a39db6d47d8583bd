"""Hints in comments, the list of insults, groups of near copies and decisions for a whole group.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

HINTKIND = "email phone national_number iban link insult other_script same_sender"
OUTCOME = "publish redact withhold spam return"
GROUND = (
    "personal_data insult hate obscene advertising off_topic impersonation "
    "copyright same_author business_secret"
)
PROGRESS = "waiting running stopped done"


def _code(name: str, values: str) -> sa.Enum:
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=24)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    _hints()
    _groups()
    _decisions()


def _hints() -> None:
    op.create_table(
        "comment_hint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", _code("hintkind", HINTKIND), nullable=False),
        sa.Column("field", sa.String(20), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.CheckConstraint('0 <= "start" AND "start" <= "end"', name="ck_comment_hint_ends"),
        _to("comment_hint", "comment_id", "comment"),
        _key("comment_hint", "id"),
    )
    op.create_index("ix_comment_hint_comment", "comment_hint", ["comment_id", "kind"])
    op.create_index("ix_comment_hint_kind", "comment_hint", ["kind", "comment_id"])
    op.create_table(
        "insult_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(100), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _to("insult_word", "changed_by", "user_account"),
        _key("insult_word", "id"),
    )
    op.create_index("ix_insult_word_key", "insult_word", ["key", "id"])
    # How many came under one address is counted when the next one arrives.
    op.create_index("ix_submission_sender", "submission", ["consultation_id", "sender_key"])


def _groups() -> None:
    # The first with a text, however many copies of it there are.
    op.drop_index("ix_comment_text_key", "comment")
    op.create_index("ix_comment_text_key", "comment", ["consultation_id", "text_key", "id"])
    op.create_table(
        "comment_band",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        _to("comment_band", "consultation_id", "consultation"),
        _to("comment_band", "comment_id", "comment"),
        _key("comment_band", "consultation_id", "key", "comment_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_comment_band_comment", "comment_band", ["comment_id"])
    op.create_table(
        "comment_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("founder_id", sa.Integer(), nullable=False),
        sa.Column("common", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _to("comment_group", "consultation_id", "consultation"),
        _to("comment_group", "founder_id", "comment"),
        _key("comment_group", "id"),
    )
    op.create_index("ix_comment_group_size", "comment_group", ["consultation_id", "size"])
    op.create_table(
        "comment_group_member",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_by", sa.Integer(), nullable=True),
        _to("comment_group_member", "comment_id", "comment"),
        _to("comment_group_member", "group_id", "comment_group"),
        _to("comment_group_member", "moved_by", "user_account"),
        _key("comment_group_member", "comment_id"),
    )
    op.create_index("ix_comment_group_member", "comment_group_member", ["group_id", "comment_id"])


def _decisions() -> None:
    op.create_table(
        "group_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("outcome", _code("outcome", OUTCOME), nullable=False),
        sa.Column("ground", _code("ground", GROUND), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", _code("progress", PROGRESS), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("last_comment_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome = 'publish' OR ground IS NOT NULL", name="ck_group_decision_ground_given"
        ),
        _to("group_decision", "group_id", "comment_group"),
        _to("group_decision", "decided_by", "user_account"),
        _key("group_decision", "id"),
    )
    op.create_index("ix_group_decision_status", "group_decision", ["status", "id"])
    op.create_index("ix_group_decision_group", "group_decision", ["group_id", "id"])


def downgrade() -> None:
    raise RuntimeError("What was received is not taken apart: restore a backup instead.")
