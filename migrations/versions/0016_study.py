"""Studying: opinions on a whole group; filters are kept for more lists than the queue.

Revision: 0016, after 0013.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE, AFTER = "uq_saved_filter_user_id_name", "uq_saved_filter_user_id_screen_name"


def upgrade() -> None:
    op.create_table(
        "group_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_group_opinion_text")),
        sa.ForeignKeyConstraint(
            ["given_by"], ["user_account.id"], name=op.f("fk_group_opinion_given_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["comment_group.id"], name=op.f("fk_group_opinion_group_id_comment_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_opinion")),
        sa.UniqueConstraint(
            "group_id", "given_by", name=op.f("uq_group_opinion_group_id_given_by")
        ),
    )
    with op.batch_alter_table("saved_filter") as table:
        table.add_column(
            sa.Column("screen", sa.String(length=80), server_default="", nullable=False)
        )
        table.drop_constraint(BEFORE, type_="unique")
        table.create_unique_constraint(AFTER, ["user_id", "screen", "name"])
    with op.batch_alter_table("saved_filter") as table:
        table.alter_column("screen", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("saved_filter") as table:
        table.drop_constraint(AFTER, type_="unique")
        table.create_unique_constraint(BEFORE, ["user_id", "name"])
        table.drop_column("screen")
    op.drop_table("group_opinion")
