"""Sending comments, and the author's taking one back."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import CITIZEN, Actor
from portal.domain.comment_life import RULES, follow
from portal.domain.comment_life import Event as Act
from portal.domain.consultations import Event, after, phase
from portal.domain.errors import DomainError, Refusals
from portal.domain.floods import Mark
from portal.domain.quoting import Quoting
from portal.domain.submissions import Channel, Point, Sender, check_submission
from portal.formats.addresses import clean_email
from portal.formats.canonical import digest
from portal.formats.words import withdrawn_remark
from portal.models import Attachment, Comment, Consultation, Submission, db
from portal.models.anchoring import read_words
from portal.models.answering import send_answers_back
from portal.models.appealing import lapse
from portal.models.deciding import lock
from portal.models.intake import Arrival, take_in
from portal.models.ledger import post, write_down
from portal.models.publication import leave_queue, set_publication
from portal.models.targets import Targets, find_targets
from portal.queries.consultations import dates
from portal.queries.submissions import find_own


def submit(
    now: datetime,
    consultation: Consultation,
    sender: Sender,
    points: tuple[Point, ...],
    *,
    form_key: str,
    language: str,
    marks: tuple[Mark, ...] = (),
) -> Submission:
    """Take what a person sends through the portal, and give the submission with its receipt.

    `marks` are hints about how it was sent; they change nothing about its being taken.

    Raises `phase_refuses` out of time, and `Refusals` with everything that is wrong. After the
    deadline it is taken and marked late. The same form sent twice is one submission.
    """
    after(phase(dates(consultation), now), Event.SUBMIT)
    typed = points
    sender, points, targets = _checked(consultation, sender, points)
    # A form without a key has nothing by which to know it again: each sending stands alone.
    form_key = form_key or secrets.token_hex(16)
    key = sent_key(consultation.slug, form_key, sender, typed)
    arrival = Arrival(Channel.PORTAL, now, key, language, marks=marks)
    submission = take_in(CITIZEN, now, consultation, sender, points, arrival, targets)
    _send_receipt(consultation, submission, now)
    return submission


def sent_key(slug: str, form_key: str, sender: Sender, typed: tuple[Point, ...]) -> str:
    """Equal for the same form sent again: it is one submission.

    Two people given one form by some cache differ in what they say; one who sends twice does not.
    """
    return digest([slug, form_key, repr(sender), repr(typed)])


def take_in_by_staff(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    sender: Sender,
    points: tuple[Point, ...],
    arrival: Arrival,
) -> Submission:
    """Take in what came by letter, mail or file, on the day that it says it was received.

    A quote that is not found once in the text stays as it was written, on the whole provision.
    """
    after(phase(dates(consultation), now), Event.SUBMIT)
    sender, points, targets = _checked(consultation, sender, points, lenient=True)
    return take_in(actor, now, consultation, sender, points, arrival, targets)


def check(
    consultation: Consultation, sender: Sender, points: tuple[Point, ...]
) -> tuple[Sender, tuple[Point, ...]]:
    """The sender with a clean address, the comments with the words they quote found in the text.

    Raises `Refusals` with everything that is wrong.
    """
    sender, points, _targets = _checked(consultation, sender, points)
    return sender, points


def _checked(
    consultation: Consultation, sender: Sender, points: tuple[Point, ...], *, lenient: bool = False
) -> tuple[Sender, tuple[Point, ...], Targets]:
    targets = find_targets(consultation.id, [point.target for point in points])
    points, errors = _settled(points, lenient=lenient)
    try:
        check_submission(sender, points)
    except Refusals as refusals:
        errors += refusals.errors
    errors += [
        DomainError("target_wrong", field=f"comments-{index}-target")
        for index, point in enumerate(points)
        if not targets.has(point.target)
    ]
    errors += _gone_files(points)
    email = ""
    try:
        email = clean_email(sender.email) if sender.email.strip() else ""
    except DomainError as error:
        errors.append(error)
    if errors:
        raise Refusals(errors)
    return replace(sender, email=email), points, targets


def _settled(
    points: tuple[Point, ...], *, lenient: bool
) -> tuple[tuple[Point, ...], list[DomainError]]:
    """The comments as `domain.quoting` settles them, and what it refuses. One query."""
    versions = {point.target.version_id for point in points if point.quoted or point.proposed}
    readings = read_words(each for each in versions if each) if any(versions) else {}
    quoting = Quoting(readings, lenient=lenient)
    settled, errors = [], []
    for index, point in enumerate(points):
        try:
            settled.append(quoting.settle(point, f"comments-{index}-"))
        except DomainError as error:
            settled.append(point)
            errors.append(error)
    return tuple(settled), errors


def _gone_files(points: tuple[Point, ...]) -> list[DomainError]:
    """Every file is still kept. One that was sent already may be of this very form, sent twice:
    who takes it in finds out."""
    wanted = {token for point in points for token in point.files}
    if not wanted:
        return []
    query = select(Attachment.token).where(Attachment.token.in_(wanted))
    gone = wanted - set(db.session.scalars(query))
    return [
        DomainError("attachment_gone", field=f"comments-{index}-files")
        for index, point in enumerate(points)
        if gone & set(point.files)
    ]


def _send_receipt(consultation: Consultation, submission: Submission, now: datetime) -> None:
    if submission.received_at != now:
        return  # the same form a second time: its receipt has gone
    post(
        "receipt",
        to=submission.email,
        language=submission.language,
        now=now,
        params={
            "code": submission.code,
            "title": {"ar": consultation.title_ar, "en": consultation.title_en},
            "late": submission.late,
        },
    )


def withdraw_comment(now: datetime, code: str, number: int) -> Comment:
    """The author takes a comment back: it keeps its row, and is no longer shown.

    Raises `not_found`, and `withdrawn_already`.
    """
    comment, submission, consultation = find_own(code, number)
    lock(comment)
    status = follow(comment.publication, Act.WITHDRAW, confidential=submission.confidential)
    # Once the matrix is out, its rows speak of what was answered: it is too late to take back.
    after(phase(dates(consultation), now), Event.SUBMIT)
    leave_queue(comment.id)
    set_publication(comment, status)
    lapse(comment.id, now)
    send_answers_back(comment.id, withdrawn_remark(comment.number))
    write_down(
        RULES[Act.WITHDRAW].entry,
        at=now,
        subject=f"comment {comment.number}",
        content={"consultation": consultation.slug, "comment": comment.number},
        consultation_id=consultation.id,
    )
    return comment
