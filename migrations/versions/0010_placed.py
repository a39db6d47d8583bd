"""The record speaks of comments that were placed by hand.

Revision: 0010, after 0009.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE, NAME = "record_entry", "ck_record_entry_entry"
AFTER, MORE = "version_published", "comment_placed"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _admit_postgresql()
    else:
        _admit_sqlite()


def _admit_postgresql() -> None:
    """The CHECK with one kind more, beside whatever it admits by now."""
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": NAME},
    )
    admitted = re.findall("'([a-z_]+)'", held or "")
    if AFTER not in admitted:
        raise RuntimeError(f"{NAME} is not as it was made: {held}")
    # PostgreSQL words a CHECK that was widened once in another way: it is written anew.
    kinds = ", ".join(f"'{kind}'" for kind in (*admitted, MORE))
    op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK (kind IN ({kinds}))")


def _admit_sqlite() -> None:
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :after, :more) "
        "WHERE type = 'table' AND name = :table"
    )
    given = {"after": f"'{AFTER}'", "more": f"'{AFTER}', '{MORE}'", "table": TABLE}
    op.get_bind().execute(widened, given)
    op.execute("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
