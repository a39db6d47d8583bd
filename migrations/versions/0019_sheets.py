"""Answers and comments from spreadsheets; the summary, locked once it is published.

Revision: 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_tables()
    published = "OLD.published_at IS NOT NULL"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER summary_immutable BEFORE UPDATE OR DELETE ON summary "
            f"FOR EACH ROW WHEN ({published}) EXECUTE FUNCTION refuse_change()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER summary_no_{event.lower()} BEFORE {event} ON summary "
            f"WHEN {published} BEGIN SELECT RAISE(ABORT, 'immutable: summary'); END"
        )


def _make_tables() -> None:
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "answers",
                "comments",
                name="sheetkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "reading",
                "read",
                "writing",
                "done",
                "failed",
                "discarded",
                name="sheetstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_params", sa.JSON(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_ready", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'failed') = (error_code <> '')", name=op.f("ck_sheet_import_failed_why")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_sheet_import_progress")),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["user_account.id"],
            name=op.f("fk_sheet_import_confirmed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_sheet_import_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user_account.id"],
            name=op.f("fk_sheet_import_created_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
    )
    op.create_index("ix_sheet_import_consultation", "sheet_import", ["consultation_id", "id"])
    op.create_index("ix_sheet_import_status", "sheet_import", ["status", "id"])

    op.create_table(
        "sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("seen", sa.String(length=80), nullable=False),
        sa.Column("agreed", sa.String(length=80), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "none",
                "recorded",
                "refused",
                "left",
                name="rowoutcome",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("refusals", sa.JSON(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["sheet_import.id"], name=op.f("fk_sheet_row_import_id_sheet_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_row")),
        sa.UniqueConstraint("import_id", "position", name=op.f("uq_sheet_row_import_id_position")),
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_ar", sa.Text(), nullable=False),
        sa.Column("asked_en", sa.Text(), nullable=False),
        sa.Column("said_ar", sa.Text(), nullable=False),
        sa.Column("said_en", sa.Text(), nullable=False),
        sa.Column("did_ar", sa.Text(), nullable=False),
        sa.Column("did_en", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)", name=op.f("ck_summary_published_by")
        ),
        sa.CheckConstraint(
            "published_by IS NULL OR published_by <> written_by", name=op.f("ck_summary_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_summary_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["matrix_edition.id"], name=op.f("fk_summary_edition_id_matrix_edition")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["user_account.id"], name=op.f("fk_summary_published_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_summary_written_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint(
            "consultation_id", "number", name=op.f("uq_summary_consultation_id_number")
        ),
    )


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
