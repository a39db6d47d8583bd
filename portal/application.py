"""The portal put together: `create_app` does the wiring and nothing else."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from portal import jobs, web
from portal.adapters import clock, database, logs, schema
from portal.adapters.personal_keys import Keyring
from portal.domain import limits
from portal.models import db

ROOT = Path(__file__).resolve().parents[1]


def create_app(settings: Settings | None = None) -> Flask:
    """The portal, wired by `settings` (default: from the environment). Touches no database."""
    settings = settings or Settings.from_environment()
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.data),
    )
    app.config.update(flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock.now
    app.extensions["schema_head"] = schema.head
    app.extensions["personal_keys"] = Keyring(settings.data)
    if settings.trusted_proxies:
        # Only whom the operator put in front is believed, and only about the sender's address.
        believed = {"x_for": settings.trusted_proxies, "x_proto": 0, "x_host": 0}
        app.wsgi_app = ProxyFix(app.wsgi_app, **believed)  # type: ignore[method-assign]
    logs.configure(readable=settings.environment == "development")
    db.init_app(app)
    Migrate(app, db, directory=str(schema.MIGRATIONS))
    Compress(app)
    web.init_app(app)
    jobs.init_app(app)
    return app


def flask_config(settings: Settings) -> dict[str, object]:
    """What Flask and its extensions are told, from `settings`."""
    secure = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.options(settings.database_url),
        "BABEL_DEFAULT_LOCALE": "ar",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "MAX_CONTENT_LENGTH": limits.BODY,
        "MAX_FORM_MEMORY_SIZE": limits.BODY,
        "MAX_FORM_PARTS": limits.MOST_PARTS,
        # With this prefix a browser takes the cookie from this very host alone, and over TLS alone.
        "SESSION_COOKIE_NAME": "__Host-radd" if secure else "radd",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "text/javascript",
            "application/json",
            "application/atom+xml",
            "text/csv",
            "image/svg+xml",
        ],
    }
