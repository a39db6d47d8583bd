"""The language is the first part of every path: `/ar/…`, `/en/…`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, request, url_for
from flask_babel import Babel

from portal.domain.bilingual import LANGUAGES

DEFAULT = "ar"
PREFIX = f"/<any({', '.join(LANGUAGES)}):lang>"


def current() -> str:
    """The language of this request: that of its path, or Arabic where it has none."""
    lang: str = g.get("lang", DEFAULT)
    return lang


def direction(lang: str) -> str:
    return "rtl" if lang == "ar" else "ltr"


def other_url() -> str:
    """This page in the other language, its query with it."""
    other = "en" if current() == "ar" else "ar"
    if request.endpoint is None:
        return f"/{other}/"
    if request.method != "GET":
        return _form_url(other)
    query: dict[str, Any] = request.args.to_dict(flat=False)
    values: dict[str, Any] = {**query, **(request.view_args or {}), "lang": other}
    return url_for(request.endpoint, **values)


def _form_url(other: str) -> str:
    """After a refused form: where the form is got, in the other language, or else the beginning."""
    path = f"/{other}/{request.path.split('/', 2)[2]}"
    return path if current_app.url_map.bind("").test(path, "GET") else f"/{other}/"


def speak(blueprint: Blueprint) -> None:
    """Take `lang` out of the arguments of every view of `blueprint`, and into its URLs."""

    @blueprint.url_value_preprocessor
    def _take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.lang = (values or {}).pop("lang", DEFAULT)


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=current, timezone_selector=lambda: "Asia/Amman")

    @app.url_defaults
    def _give(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = current()

    @app.before_request
    def _of_path() -> None:
        # Also where no route was found: the page that says so is in the reader's language.
        first = request.path.split("/", 2)[1]
        g.setdefault("lang", first if first in LANGUAGES else DEFAULT)
