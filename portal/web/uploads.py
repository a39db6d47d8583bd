"""Routes that take a draft's file: larger bodies than any other form may send.

Bodies are read beyond what a file may have, so that a file somewhat too large is refused beside
its field with all else that was typed still there; what is larger still is refused unread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError

MEGABYTE = 1024 * 1024
LARGEST_BODY = 64 * MEGABYTE
LARGEST_TEXT = 12 * MEGABYTE  # what may be pasted, in Arabic letters of several bytes
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def with_file(view: View) -> View:
    """Mark a view whose form may carry a file."""
    view.with_file = True  # type: ignore[attr-defined]
    return view


def takes_file(endpoint: str) -> bool:
    """Whether the view of `endpoint` is so marked."""
    return getattr(current_app.view_functions.get(endpoint), "with_file", False)


def file_too_large() -> DomainError:
    """The refusal, for a body that was not even read."""
    return DomainError("file_too_large", status=413, maximum=MAX_FILE // MEGABYTE)


def _allow() -> None:
    if request.endpoint and takes_file(request.endpoint):
        request.max_content_length = LARGEST_BODY
        request.max_form_memory_size = LARGEST_TEXT


def init_app(app: Flask) -> None:
    app.before_request(_allow)
