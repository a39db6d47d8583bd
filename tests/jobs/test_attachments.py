"""What is kept for forms that nobody sends has an end, in time and in size."""

from __future__ import annotations

import os
import time

import pytest
from flask import Flask

from portal.adapters import attachments as store
from portal.domain.errors import DomainError
from portal.jobs.attachments import look_after
from portal.models import Attachment, db
from portal.queries.attachments import known_names
from portal.services import attachments
from tests.factories.attachments import all_files, kept, send_with
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock


def test_what_was_not_sent_is_swept_after_a_day(app: Flask, place: Open, clock: Clock) -> None:
    settings = app.extensions["settings"]
    left = kept(app, clock, b"%PDF left")
    send_with(app, place, clock, "sent.pdf")
    on_disk = len([*(settings.data / "attachments").rglob("*/*")])
    clock.pass_(hours=23)
    look_after(settings, clock())
    assert len(all_files()) == 2
    clock.pass_(hours=2)
    look_after(settings, clock())
    assert [each.name for each in all_files()] == ["sent.pdf"]
    assert len([*(settings.data / "attachments").rglob("*/*")]) == on_disk - 1
    assert db.session.scalar(db.select(Attachment.id).where(Attachment.token == left)) is None


def test_what_a_killed_process_left_on_the_disk_goes_after_a_day(
    app: Flask, place: Open, clock: Clock
) -> None:
    settings = app.extensions["settings"]
    send_with(app, place, clock, "sent.pdf")
    left = store.keep(settings.data, b"nobody knows of it")
    files = [*(settings.data / "attachments").rglob("*/*")]
    for when in (-1, -2):
        for each in files:
            ago = time.time() + when * 13 * 60 * 60
            os.utime(each, (ago, ago))
        for turn in range(256):
            store.left_over(settings.data, turn, known_names)
        there = {each.name for each in (settings.data / "attachments").rglob("*/*")}
        assert (left in there) is (when == -1)
        assert all_files()[0].stored in there


def test_there_is_an_end_to_what_is_kept_for_nobody(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(app, clock, b"%PDF x")
    monkeypatch.setattr(attachments, "MAX_HELD", 10)
    attachments.check_room(4)
    with pytest.raises(DomainError, match="attachments_full"):
        attachments.check_room(5)
