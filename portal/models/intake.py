"""Taking comments in: numbers without a gap, the leaf of the record, all in one transaction."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

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
from portal.models.attaching import attach
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.grouping import group_arrivals
from portal.models.hinting import note_hints
from portal.models.ledger import write_down
from portal.models.personal import blind
from portal.models.publication import arrived
from portal.models.sealing import received_content, received_subject, seal
from portal.models.submissions import Submission


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
) -> Submission:
    """Store a submission with its comments, numbered on from the last; one leaf for all.

    The same `form_key` a second time gives the submission that is already there.
    """
    first = _reserve(consultation, len(points))
    already = db.session.scalar(select(Submission).where(Submission.form_key == arrival.form_key))
    if already is not None:
        _give_back(consultation, len(points))
        return already
    submission = _submission(actor, consultation, sender, arrival)
    db.session.add(submission)
    db.session.flush()
    comments = [
        _comment(consultation, submission, point, first + index)
        for index, point in enumerate(points)
    ]
    seal(consultation.slug, comments)
    db.session.add_all(comments)
    db.session.flush()
    for comment, point in zip(comments, points, strict=True):
        attach(comment.id, point.files)
    seal(consultation.slug, [each for each, p in zip(comments, points, strict=True) if p.files])
    keep_anchors([_words_of(*each) for each in zip(comments, points, strict=True)])
    write_down(
        Entry.RECEIVED,
        at=now,
        subject=received_subject(first, first + len(points) - 1),
        content=received_content(consultation.slug, submission, comments),
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    arrived(comments, submission, consultation, now)
    db.session.flush()
    note_hints(comments, submission, consultation, arrival.marks)
    group_arrivals(comments, now)
    return submission


def _reserve(consultation: Consultation, count: int) -> int:
    """Take `count` numbers; the write makes others wait, so none is given twice."""
    query = (
        update(Consultation)
        .where(Consultation.id == consultation.id)
        .values(next_number=Consultation.next_number + count)
        .returning(Consultation.next_number)
        .execution_options(synchronize_session=False)
    )
    after = db.session.execute(query).scalar_one()
    return int(after) - count


def _give_back(consultation: Consultation, count: int) -> None:
    _reserve(consultation, -count)


def _submission(
    actor: Actor, consultation: Consultation, sender: Sender, arrival: Arrival
) -> Submission:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return Submission(
        consultation_id=consultation.id,
        code=code,
        form_key=arrival.form_key,
        salt=secrets.token_hex(32),
        channel=arrival.channel,
        language=arrival.language,
        received_at=arrival.received_at,
        late=arrival.received_at >= consultation.closes_at,
        sender_class=sender.sender_class,
        name=sender.name.strip(),
        name_public=sender.name_public,
        organisation=sender.organisation.strip(),
        governorate=sender.governorate,
        email=sender.email.strip(),
        confidential=sender.confidential,
        sender_key=blind(sender_key(consultation.slug, sender, code)),
        workshop_id=arrival.workshop_id,
        taken_in_by=actor.user_id,
    )


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
        text_key=text_key(point.text, point.proposed),
        digest="",
    )


def _words_of(comment: Comment, point: Point) -> tuple[Comment, Quote, Position | None]:
    """A quote that was not found once is kept in the comment, and is no anchor."""
    if point.at is None:
        return comment, NO_WORDS, None
    return comment, Quote(comment.quoted, point.prefix, point.suffix), point.at
