"""Answering: what is typed and not recorded, who looks on, reasons to reuse, words as answered.

Revision: 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DISPOSITION = (
    "accepted accepted_modified accepted_in_part already_covered clarified noted deferred "
    "referred not_accepted out_of_scope superseded duplicate withdrawn"
)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    _working()
    _presence()
    _reasons()
    _digests()


def _working() -> None:
    table = "response_working"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "consultation_id", "consultation"),
        _to(table, "user_id", "user_account"),
        _key(table, "id"),
        sa.UniqueConstraint(
            "consultation_id",
            "user_id",
            "key",
            name="uq_response_working_consultation_id_user_id_key",
        ),
    )


def _presence() -> None:
    table = "response_presence"
    op.create_table(
        table,
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "consultation_id", "consultation"),
        _to(table, "user_id", "user_account"),
        _key(table, "consultation_id", "key", "user_id"),
    )
    op.create_index("ix_response_presence_at", table, ["at"])


def _reasons() -> None:
    table = "reason_template"
    disposition = sa.Enum(
        *DISPOSITION.split(),
        name="disposition",
        native_enum=False,
        create_constraint=True,
        length=24,
    )
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("disposition", disposition, nullable=True),
        sa.Column("text_ar", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "text_ar <> '' OR text_en <> ''", name="ck_reason_template_says_something"
        ),
        _to(table, "body_id", "public_body"),
        _to(table, "changed_by", "user_account"),
        _key(table, "id"),
        sa.UniqueConstraint("body_id", "title", name="uq_reason_template_body_id_title"),
    )


def _digests() -> None:
    op.add_column(
        "response_comment",
        sa.Column("digest", sa.String(64), nullable=False, server_default=""),
    )
    # What was answered before this is taken to have been read as it stands.
    op.execute(
        "UPDATE response_comment SET digest = "
        "(SELECT c.digest FROM comment c WHERE c.id = response_comment.comment_id)"
    )


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
