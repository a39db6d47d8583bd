"""Publication as a job, interim editions and corrigenda, what authors say of the answers.

Revision: 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('waiting', 'freezing', 'telling')")
DIFFERS = sa.text("difference IS NOT NULL")
COLUMNS = (
    "matrix_edition ADD COLUMN interim BOOLEAN DEFAULT FALSE NOT NULL",
    "matrix_edition ADD COLUMN corrects INTEGER",
    "matrix_edition ADD COLUMN places JSON DEFAULT '[]' NOT NULL",
    "matrix_edition ADD COLUMN differences JSON DEFAULT '{}' NOT NULL",
    "matrix_row ADD COLUMN difference VARCHAR(24) CONSTRAINT ck_matrix_row_difference "
    "CHECK (difference IN ('added', 'changed'))",
)
OLD_CHECK, NEW_CHECK = "number = 1 OR reason <> ''", "corrects IS NULL OR reason <> ''"
OLD_FK, NEW_FK = "fk_matrix_row_edition_id_matrix_edition", "fk_matrix_row_edition_id_edition_run"
PUBLISHED = "SELECT 1 FROM matrix_edition e WHERE e.id = {row}.edition_id"


def code(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    _make_runs()
    _runs_of_what_is_published(postgresql)
    for column in COLUMNS:  # as a statement of its own each, no table is made anew
        op.execute(f"ALTER TABLE {column}")
    if postgresql:
        _change_postgresql()
    else:
        _change_sqlite()
    _corrigenda(postgresql)
    op.drop_index("ix_matrix_row_disposition", "matrix_row")
    filters = ["position", "disposition", "sender_class", "document_number", "article"]
    op.create_index("ix_matrix_row_filters", "matrix_row", ["edition_id", *filters])
    op.create_index(
        "ix_matrix_row_difference",
        "matrix_row",
        ["edition_id", "position"],
        sqlite_where=DIFFERS,
        postgresql_where=DIFFERS,
    )
    read = ["number", "id", "document_id", "version_id", "eid", "publication"]
    op.create_index("ix_comment_check", "comment", ["consultation_id", *read])
    some = sa.text("proposed <> ''")
    op.create_index(
        "ix_comment_proposes",
        "comment",
        ["consultation_id", "id"],
        sqlite_where=some,
        postgresql_where=some,
    )
    _make_files()
    _make_satisfaction()


def _make_runs() -> None:
    op.create_table(
        "edition_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("interim", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "status",
            code("runstatus", "waiting", "freezing", "telling", "filing", "done", "failed"),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_params", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_edition_run_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["user_account.id"],
            name=op.f("fk_edition_run_requested_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_run")),
    )
    op.create_index("ix_edition_run_consultation", "edition_run", ["consultation_id", "id"])
    op.create_index("ix_edition_run_status", "edition_run", ["status", "id"])
    op.create_index(
        "uq_edition_run_open",
        "edition_run",
        ["consultation_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _runs_of_what_is_published(postgresql: bool) -> None:
    """Every edition that is out has its run, under its id; its files are still to be made."""
    empty = "CAST('{}' AS JSON)" if postgresql else "'{}'"
    op.execute(
        "INSERT INTO edition_run (id, consultation_id, interim, reason, status, total, done,"  # noqa: S608
        " attempts, told_up_to, requested_by, requested_at, changed_at, edition_number,"
        " error_code, error_params)"
        " SELECT id, consultation_id, FALSE, reason, 'filing', 0, 0, 0, 0, published_by,"
        f" published_at, published_at, number, '', {empty} FROM matrix_edition"
    )
    if postgresql:
        op.execute(
            "SELECT setval(pg_get_serial_sequence('edition_run', 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM edition_run), FALSE)"
        )


def _change_postgresql() -> None:
    op.execute("ALTER TABLE matrix_row ALTER COLUMN disposition DROP NOT NULL")
    op.execute(f"ALTER TABLE matrix_row DROP CONSTRAINT {OLD_FK}")
    op.execute(
        f"ALTER TABLE matrix_row ADD CONSTRAINT {NEW_FK} "
        "FOREIGN KEY (edition_id) REFERENCES edition_run (id)"
    )
    name = "ck_matrix_edition_corrigendum_reason"
    op.execute(f"ALTER TABLE matrix_edition DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE matrix_edition ADD CONSTRAINT {name} CHECK ({NEW_CHECK})")
    op.execute("DROP TRIGGER matrix_row_immutable ON matrix_row")
    op.execute(
        "CREATE FUNCTION refuse_published_row() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE touched integer; BEGIN "
        "IF TG_OP = 'INSERT' THEN touched := NEW.edition_id; "
        "ELSE touched := OLD.edition_id; END IF; "
        "IF TG_OP = 'UPDATE' OR EXISTS "
        "(SELECT 1 FROM matrix_edition e WHERE e.id = touched) THEN "
        "RAISE EXCEPTION 'immutable: %', TG_TABLE_NAME; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER matrix_row_immutable BEFORE INSERT OR UPDATE OR DELETE ON matrix_row "
        "FOR EACH ROW EXECUTE FUNCTION refuse_published_row()"
    )


def _change_sqlite() -> None:
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    replaced = (
        ("matrix_edition", OLD_CHECK, NEW_CHECK),
        ("matrix_row", "disposition VARCHAR(24) NOT NULL", "disposition VARCHAR(24)"),
        ("matrix_row", OLD_FK, NEW_FK),
        ("matrix_row", "REFERENCES matrix_edition (id)", "REFERENCES edition_run (id)"),
    )
    op.execute("PRAGMA writable_schema = ON")
    for table, old, new in replaced:
        changed = sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :old, :new) "
            "WHERE type = 'table' AND name = :table AND instr(sql, :old) > 0"
        )
        found = op.get_bind().execute(changed, {"old": old, "new": new, "table": table})
        if found.rowcount != 1:
            raise RuntimeError(f"{table} is not as it was made: no {old}")
    op.execute("PRAGMA writable_schema = RESET")
    # Rows are only written to, and taken away from, an edition that is not published.
    op.execute("DROP TRIGGER matrix_row_no_delete")
    for event, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER matrix_row_no_{event.lower()} BEFORE {event} ON matrix_row "
            f"WHEN EXISTS ({PUBLISHED.format(row=row)}) "
            "BEGIN SELECT RAISE(ABORT, 'immutable: matrix_row'); END"
        )


def _corrigenda(postgresql: bool) -> None:
    """Until now every edition after the first corrected the one before."""
    said = "UPDATE matrix_edition SET corrects = number - 1 WHERE number > 1"
    if postgresql:
        op.execute("ALTER TABLE matrix_edition DISABLE TRIGGER matrix_edition_immutable")
        op.execute(said)
        op.execute("ALTER TABLE matrix_edition ENABLE TRIGGER matrix_edition_immutable")
        return
    op.execute("DROP TRIGGER matrix_edition_no_update")
    op.execute(said)
    op.execute(
        "CREATE TRIGGER matrix_edition_no_update BEFORE UPDATE ON matrix_edition "
        "BEGIN SELECT RAISE(ABORT, 'immutable: matrix_edition'); END"
    )


def _make_files() -> None:
    op.create_table(
        "edition_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["matrix_edition.id"],
            name=op.f("fk_edition_file_edition_id_matrix_edition"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint(
            "edition_id",
            "format",
            "language",
            name=op.f("uq_edition_file_edition_id_format_language"),
        ),
    )


def _make_satisfaction() -> None:
    grounds = (
        "personal_data insult hate obscene advertising off_topic impersonation copyright"
        " same_author business_secret"
    )
    op.create_table(
        "satisfaction",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("edition_number", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Boolean(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status", code("sentencestatus", "pending", "published", "withheld"), nullable=True
        ),
        sa.Column("ground", code("ground", *grounds.split()), nullable=True),
        sa.Column("looked_by", sa.Integer(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sentence = '') = (status IS NULL)", name=op.f("ck_satisfaction_status_of_sentence")
        ),
        sa.CheckConstraint(
            "status <> 'withheld' OR ground IS NOT NULL", name=op.f("ck_satisfaction_withheld_why")
        ),
        sa.CheckConstraint(
            "(looked_by IS NULL) = (looked_at IS NULL)", name=op.f("ck_satisfaction_looked_when")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_satisfaction_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_satisfaction_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["looked_by"], ["user_account.id"], name=op.f("fk_satisfaction_looked_by_user_account")
        ),
        sa.PrimaryKeyConstraint("comment_id", "part", name=op.f("pk_satisfaction")),
    )
    op.create_index("ix_satisfaction_said", "satisfaction", ["consultation_id", "satisfied"])
    op.create_index("ix_satisfaction_status", "satisfaction", ["status", "given_at"])


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
