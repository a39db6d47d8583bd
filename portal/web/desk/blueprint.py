"""The desk: what staff see and do, at `/ar/desk/…` and `/en/desk/…`."""

from __future__ import annotations

from flask import Blueprint

from portal.web.languages import PREFIX, speak

bp = Blueprint("desk", __name__, url_prefix=f"{PREFIX}/desk")
speak(bp)
