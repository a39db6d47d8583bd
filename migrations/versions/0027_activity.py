"""Every act of staff is written down.

Revision: 0027, after 0031.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0031"
branch_labels = None
depends_on = None

USER = ("user_id", "user_account")
CONSULTATION = ("consultation_id", "consultation")


def _to(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_staff_act_{column}_{table}")


def upgrade() -> None:
    op.create_table(
        "staff_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(200), nullable=False),
        _to(*USER),
        _to(*CONSULTATION),
        sa.PrimaryKeyConstraint("id", name="pk_staff_act"),
    )
    op.create_index("ix_staff_act_user", "staff_act", ["user_id", "id"])
    op.create_index("ix_staff_act_consultation", "staff_act", ["consultation_id", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER staff_act_immutable BEFORE UPDATE OR DELETE ON staff_act "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER staff_act_no_{event.lower()} BEFORE {event} ON staff_act "
            "BEGIN SELECT RAISE(ABORT, 'immutable: staff_act'); END"
        )


def downgrade() -> None:
    op.drop_table("staff_act")
