"""What runs without a person in front of it: commands, scheduled and queued work, demo data."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
