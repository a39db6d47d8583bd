"""A scratch database for measuring: filled only where there is nothing, and complete."""

from __future__ import annotations

from flask import Flask

from portal.jobs import seeding
from portal.jobs.console import staff
from portal.models import Comment, db
from portal.queries.checking import check
from portal.queries.matrices import editions
from portal.services import matrices
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console


def test_what_is_seeded_is_answered_but_for_what_was_left_out(app: Flask, clock: Clock) -> None:
    said = Console(app).done("bench", "seed", "--comments", "45", "--unanswered", "5")
    assert said.out.strip() == f"45 comments in the consultation {seeding.SLUG}."
    found = check(1)
    assert (found.received, found.answered, found.approved) == (45, 40, 40)
    assert {gap.code for gap in found.gaps} == {"unanswered"}
    assert found.changed == seeding.CHANGED


def test_it_is_published_like_any_other(app: Flask, clock: Clock) -> None:
    seeding.seed(clock(), 30)
    matrices.publish(staff("approver@demo.example"), clock(), 1)
    db.session.commit()
    (head,) = editions(1)
    assert head.file.counts["received"] == 30


def test_a_database_that_holds_anything_is_refused(app: Flask, clock: Clock) -> None:
    seeding.seed(clock(), 3)
    assert "scratch" in Console(app).refused("bench", "seed", "--comments", "3")
    assert db.session.query(Comment).count() == 3
