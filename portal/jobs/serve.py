"""`flask serve`: set the portal up where it is not, and serve it. What `make run` calls."""

from __future__ import annotations

import logging
import socket
import sys

import click
from flask import Flask, current_app
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from waitress import create_server

from portal.adapters import schema
from portal.adapters.database import make_folder
from portal.domain.limits import LARGEST_BODY
from portal.jobs import queue
from portal.jobs.console import fail
from portal.jobs.demo import is_empty, load_demo
from portal.jobs.demo.commands import sign_ins
from portal.models import User, db

THREADS = 8
# Whole requests alone reach a thread: who sends slowly holds a connection, and not for long.
PATIENCE: dict[str, int | bool] = {
    "connection_limit": 1_000,
    "asyncore_use_poll": True,  # `select` knows no more than 1,024 files
    "channel_timeout": 30,  # seconds in which nothing comes
    "cleanup_interval": 10,
    "max_request_header_size": 64 * 1024,
    "max_request_body_size": 2 * LARGEST_BODY,  # the portal's own page refuses what is near it
}


@click.command("serve")
def serve_command() -> None:
    """Bring the database up, load the demo into an empty one, and serve at HOST:PORT."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    settings = app.extensions["settings"]
    listening = _listen(settings.host, settings.port)
    try:
        prepare(app)
    except (OSError, OperationalError) as error:
        fail(f"Cannot set up the database or its folder: {str(error).splitlines()[0]}")
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = create_server(app, sockets=[listening], threads=THREADS, **PATIENCE)
    consumer = queue.start_inside(app) if settings.embedded_worker else None
    _greet(app)
    try:
        server.run()
    finally:
        if consumer is not None:
            consumer.stop()
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything is touched; who comes early waits until all is set up."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        fail(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another: PORT=8080")


def prepare(app: Flask) -> None:
    """Bring the schema to its newest revision and fill an empty database with the demo."""
    settings = app.extensions["settings"]
    if _present() != schema.head():
        db.session.remove()
        make_folder(settings.database_url)
        schema.upgrade()
    if not settings.production and is_empty():
        db.session.rollback()
        load_demo(app.extensions["clock"]())
    db.session.remove()


def _present() -> str | None:
    try:
        return schema.found()
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()


def _greet(app: Flask) -> None:
    settings = app.extensions["settings"]
    click.echo(f"Radd serves at {settings.base_url}/ar/   (English: {settings.base_url}/en/)")
    click.echo(f"The desk is at {settings.base_url}/ar/desk/")
    if db.session.scalar(db.select(User.id).where(User.demo).limit(1)):
        click.echo(sign_ins())
    db.session.remove()
    sys.stdout.flush()
