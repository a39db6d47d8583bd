"""Absolute addresses of pages for mails and files, where no request is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import current_app


def link(language: str) -> Callable[..., str]:
    """What gives the address of an endpoint, its page in `language`."""
    base = urlsplit(current_app.extensions["settings"].base_url)
    urls = current_app.url_map.bind(
        base.netloc, url_scheme=base.scheme, script_name=base.path or "/"
    )

    def address(endpoint: str, **values: Any) -> str:
        speaks = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
        given = {"lang": language, **values} if speaks else values
        return urls.build(endpoint, given, force_external=True)

    return address
