"""Absolute addresses: from the settings, never from what a request says its host is."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, url_for


def absolute(endpoint: str, **values: Any) -> str:
    """The public address of a page, for feeds, calendars and receipts."""
    base: str = current_app.extensions["settings"].base_url
    return base + url_for(endpoint, **values)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(absolute=absolute)
