"""Signing in and out, and accepting an invitation, at `/ar/account/…`."""

from __future__ import annotations

from flask import Blueprint

from portal.web.desk.navigation import for_desk
from portal.web.languages import PREFIX, speak

bp = Blueprint("account", __name__, url_prefix=f"{PREFIX}/account")
speak(bp)
bp.context_processor(for_desk)
