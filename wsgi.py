"""The entry point of every server and of `flask --app wsgi`."""

import sys

from config import SettingsError
from portal.application import create_app

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"Radd does not start: {error}")
