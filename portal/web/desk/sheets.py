"""What both kinds of spreadsheet share at the desk: taking the file, waiting, confirming."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.adapters import originals
from portal.domain.errors import DomainError
from portal.domain.sheets import SheetKind
from portal.models import SheetImport
from portal.queries.sheets import SheetView, find_sheet
from portal.services import sheets as services
from portal.web.gate import actor, scope
from portal.web.moment import now
from portal.web.transactions import after_commit

REFRESH = 2  # seconds between two looks at a job
PAGES = {SheetKind.ANSWERS: "desk.answer_sheet", SheetKind.COMMENTS: "desk.comment_sheet"}


def upload() -> FileStorage:
    """The file that was sent; raises `sheet_missing` and the like."""
    sent = request.files.get("file")
    if sent is None:
        raise DomainError("sheet_missing", field="file")
    size = sent.stream.seek(0, 2)
    sent.stream.seek(0)
    services.check_file(sent.filename or "", size)
    return sent


def lay(
    kind: SheetKind, sent: FileStorage, options: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    """Keep the file, lay it before the job, lead to its page."""
    sha256 = originals.keep(current_app.extensions["settings"].data, sent.stream.read())
    asked = services.request(
        actor(),
        now(),
        scope().id,
        kind,
        file_name=sent.filename or "",
        file_sha256=sha256,
        options=options,
    )
    nudge(asked.id)
    return redirect(url_for(PAGES[kind], slug=scope().slug, import_id=asked.id))


def nudge(import_id: int) -> None:
    """Tell the worker once what this request wrote is there for it."""
    after_commit(partial(current_app.extensions["nudge_sheet"], import_id))


def found(kind: SheetKind, import_id: int) -> SheetImport:
    """The import of that kind in this consultation."""
    asked = find_sheet(scope().id, import_id)
    if asked is None or asked.kind is not kind:
        raise DomainError("not_found", status=404)
    return asked


def refreshing(view: SheetView, body: str) -> ResponseReturnValue:
    """A page that looks again by itself while the job is at work."""
    page = make_response(body)
    if view.running:
        here = url_for(PAGES[view.kind], slug=scope().slug, import_id=view.id)
        page.headers["Refresh"] = f"{REFRESH}; url={here}"
    return page
