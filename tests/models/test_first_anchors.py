"""The migration that anchors the comments of before."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask

from config import ROOT
from portal.models import Comment, CommentAnchor, db
from portal.services import drafts
from tests.factories import consultations as made
from tests.factories.cast import make_cast
from tests.factories.consultations import DRAFT
from tests.fixtures.apps import START, Clock

FILE = ROOT / "migrations" / "versions" / "0006_first_anchors.py"


def loaded(file: Path) -> ModuleType:
    found = importlib.util.spec_from_file_location("first_anchors", file)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_comments_of_before_are_anchored_to_their_provisions(app: Flask, clock: Clock) -> None:
    cast = make_cast()
    place = made.open_one(cast, clock)
    made.send(place, clock, "واحدة")
    made.send(place, clock, "عن مادة تذهب", eid="art_3")
    made.send(place, clock, "عن الكل", eid=None)
    second = DRAFT.partition("المادة 3")[0]
    version, _ = drafts.import_text(cast.drafter, START, place.document, second)
    drafts.publish_version(cast.drafter, START, place.consultation, version)
    db.session.execute(db.delete(CommentAnchor))
    for _twice in range(2):
        with Operations.context(MigrationContext.configure(db.session.connection())):
            loaded(FILE).upgrade()
    query = db.select(Comment.number, CommentAnchor.version_id, CommentAnchor.eid)
    found = db.session.execute(
        query.join(Comment, CommentAnchor.comment_id == Comment.id).order_by(Comment.number)
    )
    first, later = place.version.id, version.id
    assert sorted(map(tuple, found)) == [
        (1, first, "art_2__para_a"),
        (1, later, "art_2__para_a"),
        (2, first, "art_3"),
        (2, later, ""),
    ]
