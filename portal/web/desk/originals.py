"""Whoever of the staff is shown an original is written down, before the page is."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from portal.adapters.database import unit_of_work
from portal.queries.comments import CommentView
from portal.queries.originals import logged
from portal.services import looks
from portal.web.gate import actor
from portal.web.moment import now
from portal.web.transactions import READING


def note_looks(views: Iterable[CommentView]) -> None:
    """Keep that who asks is shown these comments whole, as far as that is kept.

    A page that is read has no transaction of its own, so this is one; what was loaded before it
    must not be mapped objects.
    """
    ids = logged(views)
    if not ids:
        return
    if request.method in READING:
        with unit_of_work():
            looks.note(actor(), now(), ids)
    else:
        looks.note(actor(), now(), ids)
