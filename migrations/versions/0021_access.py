"""Sessions, authenticators and recovery codes of staff.

Revision: 0021, after 0020.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

SECOND = ("authenticator", "recovery_code")
MOMENT = sa.DateTime(timezone=True)


def _whose(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_user_id_user_account"
    return sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "desk_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("browser", sa.String(60), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column(
            "second",
            sa.Enum(*SECOND, name="second", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("proved_at", MOMENT, nullable=False),
        _whose("desk_session"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_session"),
        sa.UniqueConstraint("token_hash", name="uq_desk_session_token_hash"),
    )
    op.create_index("ix_desk_session_user_id", "desk_session", ["user_id"])
    op.create_table(
        "authenticator",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(200), nullable=True),
        sa.Column("next_sealed", sa.String(200), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        _whose("authenticator"),
        sa.PrimaryKeyConstraint("user_id", name="pk_authenticator"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _whose("recovery_code"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
        sa.UniqueConstraint("user_id", "code_hash", name="uq_recovery_code_user_id_code_hash"),
    )


def downgrade() -> None:
    op.drop_table("recovery_code")
    op.drop_table("authenticator")
    op.drop_table("desk_session")
