"""`flask comment rehint`: hints and groups for comments that came before there were any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import click
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.jobs.console import JSON, run_or_exit, tell
from portal.jobs.consultations import now
from portal.models import (
    Comment,
    CommentBand,
    CommentGroupMember,
    Consultation,
    Submission,
    db,
)
from portal.models.grouping import group_arrivals
from portal.models.hinting import forget_hints, note_hints

BATCH = 100


@click.command("rehint")
@JSON
def rehint_command(for_programs: bool) -> None:
    """Look at all comments as if they arrived now: their hints anew, and groups for those that
    were never looked up. Nothing decided is changed; broken off and begun again it comes to the
    same."""
    with run_or_exit():
        hinted, grouped = rehint(now())
        words = f"{hinted} comments looked at, {grouped} of them looked up for near copies."
        tell(for_programs, {"comments": hinted, "looked_up": grouped}, words)


def rehint(at: datetime) -> tuple[int, int]:
    """Comments looked at, and how many of them were looked up; a hundred a transaction.

    What has just come and still waits for its first look gets that, as ever.
    """
    hinted = grouped = 0
    consultations = select(Consultation.id).order_by(Consultation.id)
    for consultation_id in db.session.scalars(consultations).all():
        ids = _ids(consultation_id)
        for start in range(0, len(ids), BATCH):
            with unit_of_work():
                looked_up = _look_again(consultation_id, ids[start : start + BATCH], at)
            grouped += looked_up
        hinted += len(ids)
    return hinted, grouped


def _ids(consultation_id: int) -> Sequence[int]:
    mine = select(Comment.id).join(Submission, Comment.submission_id == Submission.id)
    mine = mine.where(
        Comment.consultation_id == consultation_id,
        Comment.erased_at.is_(None),
        Submission.looked_at.is_not(None),
    )
    return db.session.scalars(mine.order_by(Comment.id)).all()


def _look_again(consultation_id: int, ids: Sequence[int], at: datetime) -> int:
    """Arrivals wait meanwhile, as they do for each other, and so does who changes one of these."""
    consultation = db.session.get_one(Consultation, consultation_id, with_for_update=True)
    query = select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id)
    comments = db.session.scalars(query.with_for_update(of=Comment)).all()
    forget_hints(ids)
    for submission_id, those in groupby(comments, lambda each: each.submission_id):
        submission = db.session.get_one(Submission, submission_id)
        note_hints(list(those), submission, consultation)
    there = _looked_up(ids)
    missing = [each for each in comments if each.id not in there]
    group_arrivals(missing, at)
    return len(missing)


def _looked_up(ids: Sequence[int]) -> set[int]:
    """Those that can be found by their words, or are of a group, or were moved out of one."""
    found: set[int] = set()
    for table in (CommentBand, CommentGroupMember):
        found |= set(db.session.scalars(select(table.comment_id).where(table.comment_id.in_(ids))))
    return found
