"""Routes that take files: larger bodies than any other form may send.

Bodies are read beyond what a file may have, so that a file somewhat too large is refused beside
its field with all else that was typed still there; what is larger still is refused unread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from portal.domain.attachments import MAX_BYTES
from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError
from portal.domain.limits import LARGEST_BODY, LARGEST_TEXT, MEGABYTE

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def with_file(view: View) -> View:
    """Mark a view whose form may carry a draft's file."""
    view.with_file = "file_too_large", MAX_FILE  # type: ignore[attr-defined]
    view.long_text = True  # type: ignore[attr-defined]
    return view


def with_attachments(view: View) -> View:
    """Mark a view whose form may carry files beside comments."""
    view.with_file = "attachments_too_large", MAX_BYTES  # type: ignore[attr-defined]
    return view


def takes_file(endpoint: str) -> bool:
    """Whether the view of `endpoint` is so marked."""
    return hasattr(current_app.view_functions.get(endpoint), "with_file")


def file_too_large(endpoint: str) -> DomainError:
    """The refusal, for a body that was not even read."""
    view: Any = current_app.view_functions[endpoint]
    code, most = view.with_file
    return DomainError(code, status=413, maximum=most // MEGABYTE)


def _allow() -> None:
    if request.endpoint and takes_file(request.endpoint):
        request.max_content_length = LARGEST_BODY
        if hasattr(current_app.view_functions[request.endpoint], "long_text"):
            request.max_form_memory_size = LARGEST_TEXT


def init_app(app: Flask) -> None:
    app.before_request(_allow)
