"""Style, scripts and fonts, served under names that carry their digest, so kept for a year.

The style sheet is written in small files; readers get them as one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, send_from_directory, url_for

from portal.policies.table import Act
from portal.web.gate import act

STATIC = Path(__file__).resolve().parents[1] / "static"
bp = Blueprint("assets", __name__, url_prefix="/assets")


@cache
def sheet() -> tuple[str, str]:
    """The whole style sheet and its digest."""
    parts = sorted((STATIC / "css").glob("*.css"))
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return text, hashlib.sha256(text.encode()).hexdigest()[:10]


@cache
def scripts() -> str:
    """One digest for all scripts: they import one another by relative names."""
    digest = hashlib.sha256()
    for part in sorted((STATIC / "js").glob("*.js")):
        digest.update(part.read_bytes())
    return digest.hexdigest()[:10]


def _forever(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@bp.get("/radd.<digest>.css")
@act(Act.BROWSE)
def stylesheet(digest: str) -> Response:
    return _forever(Response(sheet()[0], mimetype="text/css"))


@bp.get("/js/<digest>/<path:name>")
@act(Act.BROWSE)
def script(digest: str, name: str) -> Response:
    return _forever(send_from_directory(STATIC / "js", name, mimetype="text/javascript"))


@bp.get("/fonts/<name>")
@act(Act.BROWSE)
def font(name: str) -> Response:
    response = send_from_directory(STATIC / "fonts", name, mimetype="font/woff2")
    # Its address carries no digest, the style sheet being one text for all: a week, then asked.
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


def sheet_url() -> str:
    return url_for("assets.stylesheet", digest=sheet()[1])


def script_url(name: str) -> str:
    """The address of `static/js/NAME`."""
    return url_for("assets.script", digest=scripts(), name=name)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(script_url=script_url)
