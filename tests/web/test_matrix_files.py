"""Downloads of a published matrix: every format in every language, as the page offers them."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.domain.responses import Disposition
from portal.domain.row_refs import RowRef
from portal.domain.submissions import Point, Sender
from portal.models import db
from portal.services import matrices, responses, submissions
from portal.services.responses import Draft
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock

BEGINNING = {"csv": b"\xef\xbb\xbf", "json": b"{", "pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}


@pytest.fixture
def place(web: Flask, cast: Cast, clock: Clock) -> Open:
    """A consultation whose matrix is published with one row."""
    place = made.open_one(cast)
    point = Point(place.target("art_1"), "لا ملاحظات لنا.")
    submissions.submit(clock(), place.consultation, Sender(), [point])
    clock.moment = place.consultation.closes_at + timedelta(days=1)
    return place
