"""Files sent with comments as answers to requests: always downloads, never pages of this site."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, Response, current_app, g, request, url_for

from portal.adapters import attachments as store
from portal.domain.attachments import (
    MEDIA_TYPES,
    SUFFIXES,
    FileKind,
    Scan,
    download_name,
    may_leave,
)
from portal.domain.errors import DomainError
from portal.queries.attachments import FileView, Stored

log = structlog.get_logger()
# Were it opened all the same: no script, no form, no request, an origin of its own.
POLICY = "sandbox; default-src 'none'"


def servable(scan: Scan) -> bool:
    """Whether a file may be handed out as far as the virus scanner goes."""
    return may_leave(scan, scanner=bool(current_app.extensions["settings"].clamav_url))


def answer(file: Stored, cache: str) -> Response:
    """The bytes as a download. Raises `attachment_unclean` (409), `attachment_lost` (503)."""
    if not servable(file.view.scan):
        infected = file.view.scan is Scan.INFECTED
        code = "attachment_infected" if infected else "attachment_unclean"
        raise DomainError(code, status=409)
    response = Response(_bytes(file), content_type=MEDIA_TYPES[file.view.kind])
    name = download_name(file.view.name, file.view.kind)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = cache
    response.set_etag(file.sha256)
    response.make_conditional(request)
    return response


def suffix_of(kind: FileKind) -> str:
    """What the address of a file of that kind ends in."""
    return SUFFIXES[kind][0].removeprefix(".")


def disposition(name: str) -> str:
    """The header for a file name in any letters (RFC 6266), and one in plain ones beside it."""
    stem, _dot, suffix = name.rpartition(".")
    plain = "".join(char for char in stem if char.isascii() and (char.isalnum() or char in "-_ "))
    ascii_name = f"{plain.strip() or 'file'}.{suffix}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"


def _bytes(file: Stored) -> bytes:
    try:
        return store.load(current_app.extensions["settings"].data, file.stored, file.sha256)
    except OSError as error:
        log.error("attachment_lost", file=file.view.id, error=str(error))
        raise DomainError("attachment_lost", status=503) from error


def file_url(comment: Any, file: FileView) -> str:
    """Where who reads this page gets a file: at the desk, with a receipt, or as everybody."""
    where = {
        "number": comment.number,
        "position": file.position,
        "extension": suffix_of(file.kind),
    }
    code = (request.view_args or {}).get("code")
    if code:
        return url_for("public.own_file", code=code, **where)
    endpoint = "desk.attachment" if request.blueprint == "desk" else "public.attachment"
    return url_for(endpoint, slug=g.scope.slug, **where)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(file_url=file_url)
    app.jinja_env.tests.update(servable=servable)
