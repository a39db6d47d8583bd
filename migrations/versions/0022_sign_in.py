"""Passkeys of staff, who they are at a provider of sign-on, and the challenge of a session.

Revision: 0022, after 0021.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLE, NAME = "desk_session", "ck_desk_session_second"
BEFORE = "'authenticator', 'recovery_code'"
WIDER = f"{BEFORE}, 'passkey', 'provider'"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.execute("ALTER TABLE desk_session ADD COLUMN challenge VARCHAR(64) DEFAULT '' NOT NULL")
    _admit(BEFORE, WIDER)
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_passkey_user_id_user_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_passkey"),
        sa.UniqueConstraint("credential_id", name="uq_passkey_credential_id"),
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])
    op.create_table(
        "provider_identity",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name="fk_provider_identity_user_id_user_account"
        ),
        sa.PrimaryKeyConstraint("user_id", "issuer", name="pk_provider_identity"),
        sa.UniqueConstraint("issuer", "subject", name="uq_provider_identity_issuer_subject"),
    )


def _admit(before: str, after: str) -> None:
    """The CHECK of what a session was begun by, with others in it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {NAME}")
        op.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} CHECK (second IN ({after}))")
        return
    op.execute("PRAGMA writable_schema = ON")
    changed = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :before, :after) "
        "WHERE type = 'table' AND name = :table"
    )
    op.get_bind().execute(changed, {"before": before, "after": after, "table": TABLE})
    op.execute("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    op.drop_table("provider_identity")
    op.drop_table("passkey")
    op.execute("DELETE FROM desk_session WHERE second IN ('passkey', 'provider')")
    _admit(WIDER, BEFORE)
    op.execute("ALTER TABLE desk_session DROP COLUMN challenge")
