"""The entry point of every server and of `flask --app wsgi`."""

from portal import create_app

app = create_app()
