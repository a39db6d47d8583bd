"""What anybody reads and sends, at `/ar/…` and `/en/…`. No view here reads a session."""

from __future__ import annotations

from flask import Blueprint

from portal.web.languages import PREFIX, speak

bp = Blueprint("public", __name__, url_prefix=PREFIX)
speak(bp)
