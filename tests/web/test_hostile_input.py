"""What is typed to be taken for something else is kept as what it is: a text."""

from __future__ import annotations

import json
import logging
from contextlib import redirect_stderr
from io import StringIO

import structlog
from flask import Flask
from flask.testing import FlaskClient

from portal.adapters import logs
from portal.domain.comments import Publication
from portal.models import Submission, db
from portal.services import drafts
from tests.factories import consultations as made
from tests.factories.cast import Cast
from tests.factories.consultations import Open, prepare
from tests.fixtures.apps import START
from tests.web.test_public import BASE, FORM, sent

MARKDOWN = """# مشروع (مثال)

المادة 1: التسمية
<script>alert(1)</script> [انقر](javascript:alert(1)) ![x](https://evil.example/x.png)
<img src=x onerror=alert(1)> {{ 7 * 7 }} &lt;b&gt; `code`
"""


def test_markup_in_a_draft_is_shown_as_text(web: Flask, cast: Cast, client: FlaskClient) -> None:
    place = prepare(cast, source=MARKDOWN)
    place.consultation.announced_at = START
    version, _parsed = drafts.import_text(cast.drafter, START, place.document, MARKDOWN)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.commit()
    page = client.get(f"/ar{BASE}/documents/1").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    for live in ("<script>alert", "<img", 'href="javascript', 'evil.example/x.png"'):
        assert live not in page


def test_fields_that_no_form_has_change_nothing(place: Open, client: FlaskClient) -> None:
    """Views name the fields that they read; others are as if they were not sent."""
    more = {"publication": "published", "comments-0-publication": "published", "late": "1"}
    more |= {"comments-0-number": "77", "channel": "letter", "received_at": "2020-01-01", "id": "9"}
    sent(client, **more)
    (comment,) = made.comments(place)
    assert (comment.publication, comment.number) == (Publication.PENDING, 1)
    submission = db.session.get_one(Submission, comment.submission_id)
    assert (submission.channel, submission.late) == ("portal", False)


def test_of_a_parameter_that_is_repeated_the_first_counts(place: Open, client: FlaskClient) -> None:
    data = {**FORM, "comments-0-text": ["الأول", "الثاني"], "action": ["send", "preview"]}
    assert client.post(f"/ar{BASE}/compose", data=data).status_code == 303
    (comment,) = made.comments(place)
    assert comment.text == "الأول"


def test_a_line_break_adds_no_line_to_the_log() -> None:
    with redirect_stderr(StringIO()) as written:
        logs.configure(readable=False)
        structlog.get_logger().warning("asked\n{}", said='x\r\n{"event": "forged"}\u2028y\x85')
        logging.getLogger("some.library").warning("first\nsecond")
    logs.configure(readable=False)
    lines = [json.loads(line)["event"] for line in written.getvalue().split("\n") if line]
    assert lines == ["asked\n{}", "first\nsecond"]
