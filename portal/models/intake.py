"""Taking comments in: numbers without a gap, the leaf of the record, all in one transaction.

Statements are few and go into the tables themselves: whoever sends waits for this. What a machine
sees in comments comes after the commit (`models.looking`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

from portal.domain.accounts import Actor
from portal.domain.anchor_carrying import NO_WORDS
from portal.domain.anchor_words import Position
from portal.domain.anchors import Quote
from portal.domain.comment_life import arrives
from portal.domain.floods import Mark
from portal.domain.record import Entry
from portal.domain.submissions import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Channel,
    Point,
    Sender,
    sender_key,
    text_key,
)
from portal.models.anchoring import keep_anchors
from portal.models.attaching import attach, files_by_token
from portal.models.base import db, table_of
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.hinting import note_marks
from portal.models.ledger import write_down
from portal.models.personal import blind
from portal.models.publication import arrived
from portal.models.sealing import About, received_content, received_subject, seal
from portal.models.submissions import Submission
from portal.models.targets import Targets

_CONSULTATION, _SUBMISSION, _COMMENT = (
    table_of(each) for each in (Consultation, Submission, Comment)
)
_NUMBERS = (
    update(_CONSULTATION)
    .where(_CONSULTATION.c.id == bindparam("whose"))
    .values(next_number=_CONSULTATION.c.next_number + bindparam("many"))
    .returning(_CONSULTATION.c.next_number)
)
# By dialect: the same form sent again gives no row.
_SUBMIT = {
    "sqlite": sqlite.insert(_SUBMISSION)
    .on_conflict_do_nothing(index_elements=["form_key"])
    .returning(_SUBMISSION.c.id),
    "postgresql": postgresql.insert(_SUBMISSION)
    .on_conflict_do_nothing(index_elements=["form_key"])
    .returning(_SUBMISSION.c.id),
}
_SAY = insert(_COMMENT).returning(_COMMENT.c.id, sort_by_parameter_order=True)
_SAID = tuple(column.key for column in _COMMENT.c if column.key != "id")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a submission came: the way, when, in which language, under which key of its form, and
    what was to be seen about its sending."""

    channel: Channel
    received_at: datetime
    form_key: str
    language: str = "ar"
    workshop_id: int | None = None
    marks: tuple[Mark, ...] = ()


def take_in(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    sender: Sender,
    points: tuple[Point, ...],
    arrival: Arrival,
    targets: Targets,
) -> Submission:
    """Store a submission with its comments, numbered on from the last; one leaf for all.

    `targets` has what the comments are about. The same `form_key` a second time gives the
    submission that is already there. Nobody has looked the comments over yet.
    """
    first = _reserve(consultation.id, len(points))
    submission = _store(_submission(actor, consultation, sender, arrival))
    if submission is None:
        _reserve(consultation.id, -len(points))
        there = select(Submission).where(Submission.form_key == arrival.form_key)
        return db.session.scalars(there).one()
    comments = [
        _comment(consultation, submission, point, first + index)
        for index, point in enumerate(points)
    ]
    seal(consultation.slug, comments, _about(comments, points, targets))
    _store_comments(comments)
    for comment, point in zip(comments, points, strict=True):
        attach(comment.id, point.files)
    keep_anchors([_words_of(*each) for each in zip(comments, points, strict=True)], targets.newest)
    write_down(
        Entry.RECEIVED,
        at=now,
        subject=received_subject(first, first + len(points) - 1),
        content=received_content(consultation.slug, submission, comments),
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    arrived(comments, submission, consultation, now)
    note_marks(comments, arrival.marks)
    return submission


def _reserve(consultation_id: int, count: int) -> int:
    """Take `count` numbers; the write makes others wait, so none is given twice."""
    asked = {"whose": consultation_id, "many": count}
    after = db.session.connection().execute(_NUMBERS, asked).scalar_one()
    return int(after) - count


def _store(row: dict[str, Any]) -> Submission | None:
    """The submission in its table, known to the session; None where its form was sent already."""
    connection = db.session.connection()
    at = connection.execute(_SUBMIT[connection.dialect.name], row).scalar()
    if at is None:
        return None
    submission = Submission(**row, id=at)
    make_transient_to_detached(submission)
    db.session.add(submission)
    return submission


def _store_comments(comments: list[Comment]) -> None:
    rows = [{key: getattr(comment, key) for key in _SAID} for comment in comments]
    ids = db.session.connection().execute(_SAY, rows).scalars()
    for comment, at in zip(comments, ids, strict=True):
        comment.id = at


def _about(
    comments: list[Comment], points: tuple[Point, ...], targets: Targets
) -> dict[int, About]:
    """By number, what the comments' hashes commit to beside their rows."""
    files = files_by_token(token for point in points for token in point.files)
    return {
        comment.number: About(
            *targets.numbers(point.target), tuple(files[each] for each in point.files)
        )
        for comment, point in zip(comments, points, strict=True)
    }


def _submission(
    actor: Actor, consultation: Consultation, sender: Sender, arrival: Arrival
) -> dict[str, Any]:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return {
        "consultation_id": consultation.id,
        "code": code,
        "form_key": arrival.form_key,
        "salt": secrets.token_hex(32),
        "channel": arrival.channel,
        "language": arrival.language,
        "received_at": arrival.received_at,
        "late": arrival.received_at >= consultation.closes_at,
        "sender_class": sender.sender_class,
        "name": sender.name.strip(),
        "name_public": sender.name_public,
        "organisation": sender.organisation.strip(),
        "governorate": sender.governorate,
        "email": sender.email.strip(),
        "confidential": sender.confidential,
        "sender_key": blind(sender_key(consultation.slug, sender, code)),
        "workshop_id": arrival.workshop_id,
        "taken_in_by": actor.user_id,
    }


def _comment(
    consultation: Consultation, submission: Submission, point: Point, number: int
) -> Comment:
    status = arrives(
        confidential=submission.confidential, moderated_after=consultation.moderated_after
    )
    return Comment(
        submission_id=submission.id,
        consultation_id=consultation.id,
        number=number,
        document_id=point.target.document_id,
        version_id=point.target.version_id,
        eid=point.target.eid,
        place=point.place,
        quoted=point.quoted.strip(),
        type=point.type,
        text=point.text,
        proposed=point.proposed,
        grounds=point.grounds,
        publication=status,
        revision=0,
        text_key=text_key(point.text, point.proposed),
        digest="",
    )


def _words_of(comment: Comment, point: Point) -> tuple[Comment, Quote, Position | None]:
    """A quote that was not found once is kept in the comment, and is no anchor."""
    if point.at is None:
        return comment, NO_WORDS, None
    return comment, Quote(comment.quoted, point.prefix, point.suffix), point.at
