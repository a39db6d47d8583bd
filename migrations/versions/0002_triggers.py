"""What has been published or decided is never changed: the database itself refuses.

Revision: 0002, after 0001.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Tables that are only ever added to.
APPEND_ONLY = ("moderation_decision", "matrix_edition", "matrix_row", "record_entry", "extension")
PUBLISHED = (
    "SELECT 1 FROM draft_version v WHERE v.id = {row}.version_id AND v.published_at IS NOT NULL"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _sqlite() -> None:
    def refuse(name: str, event: str, table: str, condition: str) -> None:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} "
            f"BEGIN SELECT RAISE(ABORT, 'immutable: {table}'); END"
        )

    for table in APPEND_ONLY:
        refuse(f"{table}_no_update", "UPDATE", table, "")
        refuse(f"{table}_no_delete", "DELETE", table, "")
    for event in ("UPDATE", "DELETE"):
        published = "WHEN OLD.published_at IS NOT NULL"
        refuse(f"draft_version_no_{event.lower()}", event, "draft_version", published)
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        published = f"WHEN EXISTS ({PUBLISHED.format(row=row)})"
        refuse(f"provision_no_{event.lower()}", event, "provision", published)


def _postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'immutable: %', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER draft_version_immutable BEFORE UPDATE OR DELETE ON draft_version "
        "FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    )
    # A WHEN clause may not look into another table, so this one looks from inside.
    op.execute(
        "CREATE FUNCTION refuse_published_provision() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE touched integer; BEGIN "
        "IF TG_OP = 'INSERT' THEN touched := NEW.version_id; "
        "ELSE touched := OLD.version_id; END IF; "
        "IF EXISTS (SELECT 1 FROM draft_version v WHERE v.id = touched "
        "AND v.published_at IS NOT NULL) THEN "
        "RAISE EXCEPTION 'immutable: %', TG_TABLE_NAME; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER provision_immutable BEFORE INSERT OR UPDATE OR DELETE ON provision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_published_provision()"
    )


def downgrade() -> None:
    raise RuntimeError("The record is not unlocked: restore a backup instead.")
