"""The moment of a request: one for all that it does, so that nothing falls between two."""

from __future__ import annotations

from datetime import datetime

from flask import current_app, g


def now() -> datetime:
    """The moment at which this request came; aware, UTC."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    moment: datetime = g.now
    return moment
