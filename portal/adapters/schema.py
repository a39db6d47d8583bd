"""The schema of the database: what this code wants, what is there, bringing it up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_migrate import upgrade as flask_upgrade
from sqlalchemy import text

from portal.models import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def head() -> str | None:
    """The newest revision in `migrations/`."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def found() -> str | None:
    """The revision at which the database stands; raises SQLAlchemyError where it has none."""
    at: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return at


def upgrade() -> None:
    """Bring the database up to `head`, from wherever it is, also from empty."""
    flask_upgrade(directory=str(MIGRATIONS))
