"""The schema of the database: what this code wants, what is there, bringing it up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask_migrate import upgrade as flask_upgrade

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@cache
def head() -> str | None:
    """The newest revision in `migrations/`."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def upgrade() -> None:
    """Bring the database up to `head`, from wherever it is, also from empty."""
    flask_upgrade(directory=str(MIGRATIONS))
