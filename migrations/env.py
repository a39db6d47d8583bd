"""Alembic's way in: the app's own engine, the models' own tables."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from portal.adapters.database import make_folder
from portal.models import Base, db
from portal.models.base import Moment


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """A migration stands on its own: our moments are plain time-zone columns in it."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
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
