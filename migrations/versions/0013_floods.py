"""Turns of those who send when many do, what came in each minute, hints about the sending.

And decisions for a group that begin some seconds later, and leave what a colleague looks at.

Revision: 0013, after 0012.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Of each table: its CHECK, the column, after which kind which ones are admitted too.
WIDENED = (
    ("comment_hint", "hintkind", "kind", "same_sender", ("hidden_field", "too_quick")),
    ("group_decision", "progress", "status", "done", ("undone",)),
)


def upgrade() -> None:
    _tables()
    admit = _postgresql if op.get_bind().dialect.name == "postgresql" else _sqlite
    for table, check, column, after, more in WIDENED:
        admit(table, f"ck_{table}_{check}", column, after, more)
    claimed = sa.Column("claimed", sa.Integer(), nullable=False, server_default="0")
    op.add_column("group_decision", claimed)
    op.add_column("group_decision", sa.Column("begins_at", sa.DateTime(timezone=True)))


def _tables() -> None:
    moment, count = sa.DateTime(timezone=True), sa.Integer()
    op.create_table(
        "sending_pace",
        sa.Column("whose", sa.String(64), nullable=False),
        sa.Column("busy_until", moment, nullable=False),
        sa.PrimaryKeyConstraint("whose", name="pk_sending_pace"),
    )
    op.create_index("ix_sending_pace_busy_until", "sending_pace", ["busy_until"])
    op.create_table(
        "sending_count",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("minute", moment, nullable=False),
        *(
            sa.Column(name, count, nullable=False)
            for name in ("received", "marked", "waited", "worked")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name="fk_sending_count_consultation_id_consultation",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "minute", name="pk_sending_count"),
    )
    op.create_index("ix_sending_count_minute", "sending_count", ["minute"])


def _postgresql(table: str, check: str, column: str, after: str, more: tuple[str, ...]) -> None:
    """The CHECK with some kinds more, beside whatever it admits by now (as in 0010)."""
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": check},
    )
    admitted = re.findall("'([a-z_]+)'", held or "")
    if after not in admitted:
        raise RuntimeError(f"{check} is not as it was made: {held}")
    kinds = ", ".join(f"'{kind}'" for kind in (*admitted, *more))
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {check} CHECK ({column} IN ({kinds}))")


def _sqlite(table: str, _check: str, _column: str, after: str, more: tuple[str, ...]) -> None:
    # As in 0003: nothing is made anew, so nothing that refers to it is lost.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :after, :more) "
        "WHERE type = 'table' AND name = :table"
    )
    kinds = ", ".join(f"'{kind}'" for kind in (after, *more))
    op.get_bind().execute(widened, {"after": f"'{after}'", "more": kinds, "table": table})
    op.execute("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    raise RuntimeError("What was received is not taken apart: restore a backup instead.")
