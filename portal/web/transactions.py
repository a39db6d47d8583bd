"""One transaction a request, committed once, at the edge, before the answer leaves.

A refusal (status 400 and above) is rolled back, but for the views that call `keep`. A view that
has to read a long body first begins by itself (`begins_late`): no writer waits for a slow line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from portal.adapters.database import begin_write
from portal.models import db
from portal.web.activity import note_act

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def keep() -> None:
    """Commit although the answer is a refusal: a failed sign-in is counted."""
    g.keep = True


def after_commit(work: Callable[[], None]) -> None:
    """Do `work` once what this request wrote is there for others to see; never, if it is not."""
    g.setdefault("after_commit", []).append(work)


def begins_late(view: View) -> View:
    """Mark a view that calls `begin_write` itself once it has read what it was sent."""
    view.begins_late = True  # type: ignore[attr-defined]
    return view


def _begin() -> None:
    if request.endpoint is None or request.method in READING:
        return
    if not hasattr(current_app.view_functions.get(request.endpoint), "begins_late"):
        begin_write()


def _commit(response: Response) -> Response:
    if request.method not in READING:
        if response.status_code < 400 or g.get("keep"):
            if response.status_code < 400:
                note_act()
            db.session.commit()
            for work in g.pop("after_commit", ()):
                work()
        else:
            db.session.rollback()
    return response


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_commit)
