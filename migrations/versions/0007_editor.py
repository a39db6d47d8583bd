"""The structure editor: corrections undone and done again, attempts and reports of imports.

Revision: 0007, after 0006.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = (
    "draft_edit ADD COLUMN undone BOOLEAN DEFAULT FALSE NOT NULL",
    "draft_import ADD COLUMN attempts INTEGER DEFAULT 0 NOT NULL",
    "draft_import ADD COLUMN report JSON DEFAULT '{}' NOT NULL",
    "draft_version ADD COLUMN file_warnings JSON DEFAULT '[]' NOT NULL",
)


def upgrade() -> None:
    for column in COLUMNS:  # as a statement of its own each, no table is made anew
        op.execute(f"ALTER TABLE {column}")


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
