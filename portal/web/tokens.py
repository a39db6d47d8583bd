"""The token of the desk's forms: shown in the page, held against the session (HMAC-SHA-256).

Flask-WTF decides which requests need one; its own tokens are signed with SHA-1, these are not.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer

FIELD = "csrf_token"
HELD = "form"


def _signer() -> URLSafeTimedSerializer:
    secret: str = current_app.extensions["settings"].secret_key
    signing = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeTimedSerializer(secret, salt="radd form", signer_kwargs=signing)


def form_token() -> str:
    """The token of this page; 256 random bits of the session, signed."""
    if HELD not in session:
        session[HELD] = secrets.token_urlsafe(32)
    if FIELD not in g:
        g.csrf_token = _signer().dumps(session[HELD])
    token: str = g.csrf_token
    return token


def _is_ours(token: str) -> bool:
    try:
        named = _signer().loads(token)
    except BadData:
        return False
    held = session.get(HELD, "")
    return isinstance(named, str) and bool(held) and hmac.compare_digest(named, held)


class FormTokens(CSRFProtect):
    """Flask-WTF's protection with tokens of our own."""

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = form_token
        app.context_processor(lambda: {"csrf_token": form_token})

    def protect(self, apply_exemptions: bool = False) -> None:
        """Raise `CSRFError` for a form that no page of this session has shown."""
        if apply_exemptions and (not request.endpoint or self._is_exempt()):
            return
        if request.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        if not _is_ours(request.form.get(FIELD, "")):
            raise CSRFError("no page of this session has shown this form")
