"""A name that is a path leads nowhere: what is kept is named after its content."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.attachments import a_pdf
from tests.factories.consultations import Open
from tests.web.test_public import BASE, FORM

OWN = ("radd.db", "personal-key-")  # what the portal writes there anyway


@pytest.mark.parametrize("name", ["../../../x.pdf", "/etc/x.pdf", "..\\x.pdf", "a\x00.pdf"])
def test_a_path_for_a_name_writes_nowhere_else(
    web: Flask, place: Open, client: FlaskClient, tmp_path: Path, name: str
) -> None:
    before = {each for each in tmp_path.parent.rglob("*") if "attachments" not in each.parts}
    data = {**FORM, "action": "preview", "comments-0-files": (BytesIO(a_pdf()), name)}
    answer = client.post(f"/ar{BASE}/compose", data=data, content_type="multipart/form-data")
    assert answer.status_code in (200, 422)
    after = {each for each in tmp_path.parent.rglob("*") if "attachments" not in each.parts}
    assert {each for each in after - before if not each.name.startswith(OWN)} == set()
