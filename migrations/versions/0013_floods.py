"""Turns of those who send when many do, what came in each minute, and hints about the sending.

Revision: 0013, after 0011.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE, NAME = "comment_hint", "ck_comment_hint_hintkind"
AFTER, MORE = "same_sender", ("hidden_field", "too_quick")


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "postgresql":
        _admit_postgresql()
    else:
        _admit_sqlite()


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


def _admit_postgresql() -> None:
    """The CHECK with two kinds more, beside whatever it admits by now (as in 0010)."""
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": NAME},
    )
    admitted = re.findall("'([a-z_]+)'", held or "")
    if AFTER not in admitted:
        raise RuntimeError(f"{NAME} is not as it was made: {held}")
    kinds = ", ".join(f"'{kind}'" for kind in (*admitted, *MORE))
    op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK (kind IN ({kinds}))")


def _admit_sqlite() -> None:
    # As in 0003: nothing is made anew, so nothing that refers to it is lost.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :after, :more) "
        "WHERE type = 'table' AND name = :table"
    )
    more = ", ".join(f"'{kind}'" for kind in (AFTER, *MORE))
    op.get_bind().execute(widened, {"after": f"'{AFTER}'", "more": more, "table": TABLE})
    op.execute("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    raise RuntimeError("What was received is not taken apart: restore a backup instead.")
