"""Details of people are sealed with keys that lie outside the database.

Revision: 0024, after 0022.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from flask import current_app

from portal.domain.submissions import Sender, sender_key

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

AT_ONCE = 500
# Table, column, and its type until now on SQLite.
TEXTS = (
    ("submission", "name", "VARCHAR(200)"),
    ("submission", "organisation", "VARCHAR(300)"),
    ("submission", "email", "VARCHAR(254)"),
    ("outbox_mail", "recipient", "VARCHAR(254)"),
    ("attachment", "name", "VARCHAR(300)"),
    ("comment_hint", "detail", "VARCHAR(200)"),
)
DOCUMENTS = (("outbox_mail", "params", "JSON"), ("sheet_row", "given", "JSON"))


def upgrade() -> None:
    keys = current_app.extensions["personal_keys"]
    _types([(table, column, old, "TEXT") for table, column, old in (*TEXTS, *DOCUMENTS)])
    for table, column, _old in TEXTS:
        about = f"{table}.{column}"
        _rewrite(table, column, lambda said, about=about: keys.seal(said, about))
    for table, column, _old in DOCUMENTS:
        about = f"{table}.{column}"
        _rewrite(table, column, lambda said, about=about: keys.seal(_plain(said), about))
    _rewrite("submission", "sender_key", keys.blind)


def downgrade() -> None:
    keys = current_app.extensions["personal_keys"]
    for table, column, _old in (*TEXTS, *DOCUMENTS):
        about = f"{table}.{column}"
        _rewrite(table, column, lambda said, about=about: keys.open(said, about))
    _sender_keys()
    _types([(table, column, "TEXT", old) for table, column, old in (*TEXTS, *DOCUMENTS)])


def _plain(said: str) -> str:
    """JSON as it was kept by either database, written once more."""
    return json.dumps(json.loads(said), ensure_ascii=False)


def _rewrite(table: str, column: str, change: Callable[[str], str]) -> None:
    """Every value that is not empty, changed; a portion at a time."""
    bound = op.get_bind()
    of = sa.table(table, sa.column("id"), sa.column(column))
    query = sa.select(of.c.id, of.c[column]).where(of.c[column] != "").order_by(of.c.id)
    written = sa.update(of).where(of.c.id == sa.bindparam("at"))
    last = 0
    while rows := bound.execute(query.where(of.c.id > last).limit(AT_ONCE)).all():
        changed = [{"at": row.id, "said": change(row[1])} for row in rows]
        bound.execute(written.values({column: sa.bindparam("said")}), changed)
        last = rows[-1].id


def _sender_keys() -> None:
    """As they were worked out without a key, from the details that can be read again."""
    bound = op.get_bind()
    query = sa.text(
        "SELECT s.id, c.slug, s.name, s.organisation, s.email, s.code"
        " FROM submission s JOIN consultation c ON c.id = s.consultation_id"
    )
    written = sa.text("UPDATE submission SET sender_key = :key WHERE id = :at")
    for at, slug, name, organisation, email, code in bound.execute(query).all():
        sender = Sender(name=name, organisation=organisation, email=email)
        bound.execute(written, {"at": at, "key": sender_key(slug, sender, code)})


def _types(changes: list[tuple[str, str, str, str]]) -> None:
    bound = op.get_bind()
    if bound.dialect.name == "postgresql":
        for table, column, _old, new in changes:
            kind = f"ALTER COLUMN {column} TYPE {new} USING {column}::{new.lower()}"
            op.execute(f"ALTER TABLE {table} {kind}")
        return
    # As in 0003: a table made anew would lose its triggers and those that refer to it.
    op.execute("PRAGMA writable_schema = ON")
    changed = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :old, :new) "
        "WHERE type = 'table' AND name = :table AND instr(sql, :old) > 0"
    )
    for table, column, old, new in changes:
        # The comma before it keeps `name` from being found in `file_name`.
        given = {"old": f"\t{column} {old}", "new": f"\t{column} {new}", "table": table}
        if bound.execute(changed, given).rowcount != 1:
            raise RuntimeError(f"{table} is not as it was made: no {column} {old}")
    op.execute("PRAGMA writable_schema = RESET")
