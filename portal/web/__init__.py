"""HTTP: blueprints and what surrounds every request."""

from __future__ import annotations

from flask import Flask

from portal.web import (
    account,
    addresses,
    assets,
    attachments,
    bodies,
    desk,
    errors,
    filters,
    gate,
    headers,
    health,
    hosts,
    languages,
    links,
    logs,
    numbers,
    pages,
    public,
    record,
    schemas,
    transactions,
    uploads,
)
from portal.web.public.root import root
from portal.web.tokens import FormTokens

csrf = FormTokens()


def init_app(app: Flask) -> None:
    """Wire everything, in the order in which a request passes it."""
    numbers.init_app(app)
    bodies.init_app(app)
    logs.init_app(app)
    languages.init_app(app)
    hosts.init_app(app)
    addresses.init_app(app)
    transactions.init_app(app)
    account.init_app(app)
    gate.init_app(app)
    uploads.init_app(app)
    csrf.init_app(app)
    errors.init_app(app)
    filters.init_app(app)
    assets.init_app(app)
    schemas.init_app(app)
    links.init_app(app)
    pages.init_app(app)
    attachments.init_app(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(root)
    app.register_blueprint(record.bp)
    app.register_blueprint(public.bp)
    app.register_blueprint(desk.bp)
    # A citizen has no session, so there is nothing that a forged request could borrow; what
    # keeps a form from being sent twice is its own key.
    csrf.exempt(public.bp)
    headers.init_app(app)
