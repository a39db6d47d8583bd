"""Which host a request is for: in production that of the public address alone.

No address is ever made of what a request names (`links.absolute`); this keeps a cache or a web
server in front from being told otherwise.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import structlog
from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest

log = structlog.get_logger()
# Asked by whatever looks after the process, by any address that it has.
PROBES = frozenset({"health.healthz", "health.readyz"})


def named(host: str) -> str:
    """The name of a host without its port, in small letters; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or "" if "@" not in host else ""
    except ValueError:
        return ""


def _check() -> None:
    settings = current_app.extensions["settings"]
    if not settings.production or request.endpoint in PROBES:
        return
    if named(request.host) != urlsplit(settings.base_url).hostname:
        log.warning("other_host")
        raise BadRequest


def init_app(app: Flask) -> None:
    app.before_request(_check)
