"""When a submission was looked over: hints and groups come soon after it, not with it.

Revision: 0030, after 0025.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    # What is there was looked over as it came.
    op.execute("UPDATE submission SET looked_at = received_at")
    op.create_index(
        "ix_submission_not_looked",
        "submission",
        ["consultation_id", "id"],
        sqlite_where=sa.text("looked_at IS NULL"),
        postgresql_where=sa.text("looked_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_submission_not_looked", "submission")
    op.drop_column("submission", "looked_at")
