"""Alembic's way in: the app's own engine, the models' own tables."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from portal.adapters.database import make_folder
from portal.models import Base, db
from portal.models.base import Moment
from portal.models.personal import Sealed, SealedJSON


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """A migration stands on its own: our moments are plain time-zone columns in it."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed | SealedJSON):
        return "sa.Text()"
    return False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """The index of search is not one table on both databases: its migration makes it by hand."""
    return kind != "table" or not (name or "").startswith("search_words")


def include_object(
    _object: object, name: str | None, kind: str, _reflected: bool, _compared: object
) -> bool:
    return include_name(name, kind, None)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()


make_folder(current_app.config["SQLALCHEMY_DATABASE_URI"])
given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with db.engine.connect() as opened:
        run(opened)
        opened.commit()
