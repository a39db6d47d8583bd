"""What every template knows."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.web.assets import sheet_url
from portal.web.languages import current, direction, other_url


def _for_templates() -> dict[str, Any]:
    lang = current()
    return {
        "lang": lang,
        "dir": direction(lang),
        "other_lang_url": other_url(),
        "sheet_url": sheet_url(),
    }


def init_app(app: Flask) -> None:
    app.context_processor(_for_templates)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
