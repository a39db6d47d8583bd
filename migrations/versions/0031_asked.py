"""Opinions of other public bodies; whom of the staff a mail is for, and the language they read.

Revision: 0031, after 0030.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_body_opinion_{column}_{table}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "body_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name="ck_body_opinion_text"),
        _to("comment_id", "comment"),
        _to("body_id", "public_body"),
        _to("given_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_body_opinion"),
        sa.UniqueConstraint("comment_id", "body_id", name="uq_body_opinion_comment_id_body_id"),
    )
    with op.batch_alter_table("outbox_mail") as table:
        table.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_outbox_mail_user_id_user_account", "user_account", ["user_id"], ["id"]
        )
        table.create_index("ix_outbox_mail_user", ["user_id", "sent_at"])
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("language", sa.String(2), nullable=False, server_default="ar"))


def downgrade() -> None:
    with op.batch_alter_table("user_account") as table:
        table.drop_column("language")
    with op.batch_alter_table("outbox_mail") as table:
        table.drop_index("ix_outbox_mail_user")
        table.drop_constraint("fk_outbox_mail_user_id_user_account", type_="foreignkey")
        table.drop_column("user_id")
    op.drop_table("body_opinion")
