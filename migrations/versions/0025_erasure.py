"""What somebody sent can be erased, and nothing else of what is locked.

Revision: 0025, after 0024.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KINDS, AFTER, MORE = "ck_record_entry_entry", "erased", "expired"
KNOWN = "(email <> '' OR (name <> '' AND NOT name_public))"
MOMENT = sa.DateTime(timezone=True)
SAYS = "text <> '' OR proposed <> ''"
SAYS_OR_ERASED = f"{SAYS} OR erased_at IS NOT NULL"
ERASED = "SELECT 1 FROM comment c WHERE c.id = OLD.comment_id AND c.erased_at IS NOT NULL"
# What stays of a row whose comment is erased.
REVISION = ("id", "comment_id", "revision", "digest", "edited_at")
APPEAL = ("id", "comment_id", "decision_id", "against", "at", "outcome", "decided_by", "decided_at")
ROW = (
    *("id", "edition_id", "position", "ref", "comment_id", "document_number", "article"),
    *("disposition", "sender_class", "difference"),
)
# Of an entry whose content nobody else can open, the salt may go: then the holder cannot either.
ENTRY = ("id", "kind", "at", "consultation_id", "subject", "commitment", "actor_id")
# Who looked at an original is forgotten after a month at the earliest, and not without a line in
# the record that says so.
NOTED = (
    "SELECT 1 FROM record_entry e WHERE e.consultation_id IS NULL AND e.kind = 'expired'"
    " AND e.subject >= 'looks' AND e.subject < 'lookt'"
)
WRITTEN = ("comment_id", "decision_id", "against", "text", "at")


def upgrade() -> None:
    op.add_column("comment", sa.Column("erased_at", MOMENT, nullable=True))
    op.create_table(
        "edition_restated",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["matrix_edition.id"],
            name="fk_edition_restated_edition_id_matrix_edition",
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_edition_restated"),
    )
    op.create_index(
        "ix_submission_known",
        "submission",
        ["consultation_id", "id"],
        sqlite_where=sa.text(KNOWN),
        postgresql_where=sa.text(KNOWN),
    )
    if op.get_bind().dialect.name == "postgresql":
        _check_postgresql()
        _admit_postgresql()
        _locks_postgresql()
    else:
        _check_sqlite()
        _admit_sqlite()
        _locks_sqlite()


def _check_postgresql() -> None:
    name = "ck_comment_says_something"
    op.execute(f"ALTER TABLE comment DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE comment ADD CONSTRAINT {name} CHECK ({SAYS_OR_ERASED})")


def _check_sqlite() -> None:
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :says, :more) "
        "WHERE type = 'table' AND name = 'comment' AND instr(sql, :says) > 0"
    )
    if op.get_bind().execute(widened, {"says": SAYS, "more": SAYS_OR_ERASED}).rowcount != 1:
        raise RuntimeError("comment is not as it was made")
    op.execute("PRAGMA writable_schema = RESET")


def _admit_postgresql() -> None:
    """As in 0010: the CHECK with one kind more, beside whatever it admits by now."""
    held = op.get_bind().scalar(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": KINDS},
    )
    kinds = ", ".join(f"'{kind}'" for kind in (*re.findall("'([a-z_]+)'", held or ""), MORE))
    op.execute(f"ALTER TABLE record_entry DROP CONSTRAINT {KINDS}")
    op.execute(f"ALTER TABLE record_entry ADD CONSTRAINT {KINDS} CHECK (kind IN ({kinds}))")


def _admit_sqlite() -> None:
    op.execute("PRAGMA writable_schema = ON")
    widened = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :after, :more) "
        "WHERE type = 'table' AND name = 'record_entry'"
    )
    op.get_bind().execute(widened, {"after": f"'{AFTER}'", "more": f"'{AFTER}', '{MORE}'"})
    op.execute("PRAGMA writable_schema = RESET")


def _locks_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({ERASED}) THEN "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END IF; "
        "RAISE EXCEPTION 'immutable: %', TG_TABLE_NAME; END $$"
    )

    def refuse(
        name: str, event: str, table: str, condition: str = "", unless: str = "change"
    ) -> None:
        function = "refuse_unless_erased" if unless == "erased" else "refuse_change"
        when = f"WHEN ({condition})" if condition else ""
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
            f"EXECUTE FUNCTION {function}()"
        )

    def changed(columns: tuple[str, ...]) -> str:
        return " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)

    op.execute("DROP TRIGGER comment_revision_immutable ON comment_revision")
    refuse("comment_revision_stays", "DELETE", "comment_revision")
    refuse("comment_revision_kept", "UPDATE", "comment_revision", changed(REVISION))
    refuse("comment_revision_words", "UPDATE", "comment_revision", unless="erased")
    op.execute("DROP TRIGGER original_look_immutable ON original_look")
    refuse("original_look_kept", "UPDATE", "original_look")
    op.execute(
        "CREATE FUNCTION refuse_unless_noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({NOTED} AND e.at >= OLD.at + interval '30 days') THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'immutable: %', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE TRIGGER original_look_stays BEFORE DELETE ON original_look "
        "FOR EACH ROW EXECUTE FUNCTION refuse_unless_noted()"
    )
    op.execute("DROP TRIGGER appeal_kept ON appeal")
    ruled = f"OLD.outcome IS NOT NULL AND ({changed(APPEAL)})"
    refuse("appeal_ruled", "UPDATE", "appeal", ruled)
    words = f"OLD.outcome IS NOT NULL OR {changed(WRITTEN)}"
    refuse("appeal_kept", "UPDATE", "appeal", words, "erased")
    op.execute("DROP TRIGGER attachment_no_delete ON attachment")
    refuse("attachment_no_delete", "DELETE", "attachment", "OLD.comment_id IS NOT NULL", "erased")
    op.execute("DROP TRIGGER record_entry_immutable ON record_entry")
    refuse("record_entry_stays", "DELETE", "record_entry")
    entry = f"{changed(ENTRY)} OR OLD.content IS NOT NULL OR NEW.content IS NOT NULL"
    refuse("record_entry_kept", "UPDATE", "record_entry", f"{entry} OR NEW.salt <> ''")
    op.execute("DROP TRIGGER matrix_row_immutable ON matrix_row")
    refuse("matrix_row_kept", "UPDATE", "matrix_row", changed(ROW))
    refuse("matrix_row_words", "UPDATE", "matrix_row", unless="erased")
    op.execute(
        "CREATE TRIGGER matrix_row_immutable BEFORE INSERT OR DELETE ON matrix_row "
        "FOR EACH ROW EXECUTE FUNCTION refuse_published_row()"
    )
    refuse(
        "comment_stays_erased",
        "UPDATE",
        "comment",
        "OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.text <> ''"
        " OR NEW.proposed <> '' OR NEW.grounds <> '' OR NEW.salt <> '')",
    )


def _locks_sqlite() -> None:
    def refuse(name: str, event: str, table: str, condition: str) -> None:
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable: {table}'); END"
        )

    def changed(columns: tuple[str, ...]) -> str:
        return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)

    kept = f"NOT EXISTS ({ERASED})"
    revision = f"{kept} OR {changed(REVISION)}"
    refuse("comment_revision_no_update", "UPDATE", "comment_revision", revision)
    noted = f"{NOTED} AND julianday(e.at) >= julianday(OLD.at) + 30"
    refuse("original_look_no_delete", "DELETE", "original_look", f"NOT EXISTS ({noted})")
    ruled = f"OLD.outcome IS NOT NULL AND ({changed(APPEAL)})"
    words = f"(OLD.outcome IS NOT NULL OR {changed(WRITTEN)}) AND {kept}"
    refuse("appeal_no_update", "UPDATE", "appeal", f"({words}) OR ({ruled})")
    sent = f"OLD.comment_id IS NOT NULL AND {kept}"
    refuse("attachment_no_delete", "DELETE", "attachment", sent)
    entry = f"{changed(ENTRY)} OR OLD.content IS NOT NULL OR NEW.content IS NOT NULL"
    refuse("record_entry_no_update", "UPDATE", "record_entry", f"{entry} OR NEW.salt <> ''")
    refuse("matrix_row_no_update", "UPDATE", "matrix_row", f"{kept} OR {changed(ROW)}")
    refuse(
        "comment_stays_erased",
        "UPDATE",
        "comment",
        "OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.text <> ''"
        " OR NEW.proposed <> '' OR NEW.grounds <> '' OR NEW.salt <> '')",
    )


def downgrade() -> None:
    raise RuntimeError("What was erased does not come back: restore a backup instead.")
