"""A provision that is gone is named as gone: its old id may be another's in the new version.

Revision: 0005, after 0004.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

THERE = "SELECT 1 FROM provision p WHERE p.version_id = {table}.version_id AND p.eid = {table}.eid"


def upgrade() -> None:
    for table in ("change_reason", "response_change"):
        op.execute(
            f"UPDATE {table} SET eid = 'gone__' || eid "  # noqa: S608 (names of our own)
            f"WHERE NOT EXISTS ({THERE.format(table=table)})"
        )


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
