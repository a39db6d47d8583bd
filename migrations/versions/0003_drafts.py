"""Drafts from files: imports, corrections, matches between versions, anchors of comments.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FORMATS = "'text', 'markdown', 'html', 'docx', 'pdf', 'akn'"
COLUMNS = (
    "draft_version ADD COLUMN revision INTEGER DEFAULT 0 NOT NULL",
    "draft_version ADD COLUMN format VARCHAR(24) DEFAULT 'text' NOT NULL "
    f"CONSTRAINT ck_draft_version_draftformat CHECK (format IN ({FORMATS}))",
    "draft_version ADD COLUMN file_name VARCHAR(255) DEFAULT '' NOT NULL",
    "draft_version ADD COLUMN file_sha256 VARCHAR(64) DEFAULT '' NOT NULL",
    "draft_version ADD COLUMN page_lines JSON DEFAULT '[]' NOT NULL",
    "draft_version ADD COLUMN to_confirm BOOLEAN DEFAULT FALSE NOT NULL",
    "draft_version ADD COLUMN text_sha256 VARCHAR(64) DEFAULT '' NOT NULL",
    "provision ADD COLUMN text_en TEXT DEFAULT '' NOT NULL",
)
KINDS = "'part', 'chapter', 'section', 'article', 'paragraph', 'point', 'text'"
PUBLISHED = (
    "SELECT 1 FROM draft_version v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL"
)
MORE_KINDS = f"{KINDS}, 'annex', 'table'"


def upgrade() -> None:
    for column in COLUMNS:  # as a statement of its own each, no table is made anew
        op.execute(f"ALTER TABLE {column}")
    _admit_more_kinds()
    _make_tables()
    _lock_matches()


def _admit_more_kinds() -> None:
    name = "ck_provision_provisionkind"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE provision DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE provision ADD CONSTRAINT {name} CHECK (kind IN ({MORE_KINDS}))")
        return
    # SQLite cannot alter a CHECK; a table made anew would lose its triggers and those that refer
    # to it. Widening one in the schema is what its manual advises (ALTER TABLE, section 7).
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :kinds, :more) "
        "WHERE type = 'table' AND name = 'provision'"
    )
    op.get_bind().execute(widened, {"kinds": KINDS, "more": MORE_KINDS})
    op.execute("PRAGMA writable_schema = RESET")


def _lock_matches() -> None:
    """What was matched when a version was published is a part of it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER provision_match_immutable BEFORE INSERT OR UPDATE OR DELETE "
            "ON provision_match FOR EACH ROW EXECUTE FUNCTION refuse_published_provision()"
        )
        return
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER provision_match_no_{event.lower()} BEFORE {event} ON provision_match "
            f"WHEN EXISTS ({PUBLISHED.format(row=row)}) "
            "BEGIN SELECT RAISE(ABORT, 'immutable: provision_match'); END"
        )


def _make_tables() -> None:
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("eid", sa.String(length=200), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"], ["user_account.id"], name=op.f("fk_draft_edit_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_edit_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_draft_edit_version_id_number")),
    )
    op.create_table(
        "draft_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column(
            "tracked",
            sa.Enum(
                "accept",
                "reject",
                name="tracked",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("translation", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "reading",
                "done",
                "failed",
                name="importstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_params", sa.JSON(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'failed') = (error_code <> '')", name=op.f("ck_draft_import_failed_why")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_draft_import_progress")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user_account.id"],
            name=op.f("fk_draft_import_created_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_draft_import_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_draft_import_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_import")),
    )
    with op.batch_alter_table("draft_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draft_import_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "provision_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("old_eid", sa.String(length=200), nullable=False),
        sa.Column("new_eid", sa.String(length=200), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "same",
                "changed",
                "moved",
                "renumbered",
                "split",
                "merged",
                "new",
                "gone",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "old_eid <> '' OR new_eid <> ''", name=op.f("ck_provision_match_names_one")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["user_account.id"],
            name=op.f("fk_provision_match_confirmed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_provision_match_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision_match")),
        sa.UniqueConstraint(
            "version_id",
            "old_eid",
            "new_eid",
            name=op.f("uq_provision_match_version_id_old_eid_new_eid"),
        ),
    )
    op.create_table(
        "comment_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "exact",
                "shifted",
                "orphaned",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("eid", sa.String(length=200), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(length=64), nullable=False),
        sa.Column("suffix", sa.String(length=64), nullable=False),
        sa.Column("near_eid", sa.String(length=200), nullable=False),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(standing = 'orphaned') = (eid = '')",
            name=op.f("ck_comment_anchor_orphan_has_no_place"),
        ),
        sa.CheckConstraint(
            '"start" IS NULL OR "start" < "end"', name=op.f("ck_comment_anchor_some_words")
        ),
        sa.CheckConstraint(
            '("start" IS NULL) = ("end" IS NULL)', name=op.f("ck_comment_anchor_both_ends")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_anchor_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by"],
            ["user_account.id"],
            name=op.f("fk_comment_anchor_placed_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["draft_version.id"],
            name=op.f("fk_comment_anchor_version_id_draft_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_anchor")),
        sa.UniqueConstraint(
            "comment_id", "version_id", name=op.f("uq_comment_anchor_comment_id_version_id")
        ),
    )
    with op.batch_alter_table("comment_anchor", schema=None) as batch_op:
        batch_op.create_index("ix_comment_anchor_version", ["version_id", "eid"], unique=False)


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
