"""The comparison itself: it sees what is lost, doubled or not as it was acknowledged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask

from portal.models import Consultation, db
from tests.factories import consultations as made
from tests.factories import record
from tests.factories.consultations import Open
from tests.fixtures.apps import Clock
from tests.reliability.comparing import compare
from tests.reliability.people import Crew


def found(crew: Crew) -> str:
    db.session.rollback()
    return "\n".join(compare(crew))


def test_each_loss_is_seen(web: Flask, place: Open, clock: Clock, tmp_path: Path) -> None:
    crew = Crew("http://127.0.0.1", tmp_path)
    kept = made.send(place, clock, "الأولى", "الثانية").code
    other = made.send(place, clock, "الثالثة").code
    crew.receipts |= {kept: ("الأولى", "الثانية"), other: ("الثالثة",)}
    record.bring_up(web)
    assert "receipt" not in found(crew)
    assert "record:" not in found(crew)
    crew.receipts[other] = ("الرابعة",)
    assert f"receipt {other} has" in found(crew)
    crew.moderators[0].decided[2] = "withhold"
    assert "comment 2: None, decided was withhold" in found(crew)
    crew.approver.asked += ["تصويب"]
    crew.approver.acknowledged += ["تصويب"]
    assert "publication 'تصويب' made 0 editions" in found(crew)
    (tmp_path / "checkpoint-2.txt").write_text("another tree")
    assert "checkpoint-2.txt was seen and stands no more" in found(crew)
    there = replace(place, consultation=db.session.scalars(db.select(Consultation)).one())
    made.send(there, clock, "الأولى", eid=None)
    later = found(crew)
    assert "الأولى is kept 2 times" in later
    assert "leaves have no place in the tree" in later
