"""Publishing the response matrix: all or nothing, and then never changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select, update

from portal.domain.accounts import Actor
from portal.domain.consultations import Event, after, phase
from portal.domain.errors import DomainError
from portal.domain.matrices import Counts, Incomplete, count
from portal.domain.record import Entry
from portal.formats.canonical import digest
from portal.models import Comment, Consultation, MatrixEdition, MatrixRow, Submission, db
from portal.models.ledger import post, write_down
from portal.queries.checking import check
from portal.queries.consultations import dates
from portal.queries.freezing import Ready, load_ready


def publish(
    actor: Actor, now: datetime, consultation_id: int, *, reason: str = ""
) -> MatrixEdition:
    """Freeze every row into the next edition, and tell every author who left an address.

    Raises `Incomplete` with all that is missing, `reason_missing` for a corrigendum without one,
    `phase_refuses` at the wrong time. Of two at once, the second waits and is a corrigendum.
    """
    consultation = _locked(consultation_id)
    after(phase(dates(consultation), now), Event.ANSWER)
    number = _next_number(consultation_id)
    if number > 1 and not reason.strip():
        raise DomainError("corrigendum_reason", field="reason")
    _refuse_gaps(consultation_id)
    ready = load_ready(consultation_id)
    edition = _freeze(actor, now, consultation, number, reason.strip(), ready)
    consultation.answered_at = consultation.answered_at or now
    _tell_authors(consultation, edition, now)
    return edition


def _locked(consultation_id: int) -> Consultation:
    # A write to the row is what both databases make others wait for.
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(next_number=Consultation.next_number)
    )
    return db.session.get_one(Consultation, consultation_id, populate_existing=True)


def _next_number(consultation_id: int) -> int:
    newest = select(func.max(MatrixEdition.number))
    found = db.session.scalar(newest.where(MatrixEdition.consultation_id == consultation_id))
    return (found or 0) + 1


def _refuse_gaps(consultation_id: int) -> None:
    missing = check(consultation_id).gaps
    if missing:
        raise Incomplete(list(missing))


def _freeze(
    actor: Actor,
    now: datetime,
    consultation: Consultation,
    number: int,
    reason: str,
    ready: list[Ready],
) -> MatrixEdition:
    edition = MatrixEdition(
        consultation_id=consultation.id,
        number=number,
        reason=reason,
        counts=asdict(_counts(ready)),
        digest=digest([row.cells for row in ready]),
        published_at=now,
        published_by=actor.user_id,
    )
    db.session.add(edition)
    db.session.flush()
    rows = [_frozen(edition.id, position, row) for position, row in enumerate(ready)]
    if rows:
        db.session.execute(insert(MatrixRow), rows)
    write_down(
        Entry.EDITION_PUBLISHED,
        at=now,
        subject=f"edition {number}",
        content={"consultation": consultation.slug, "edition": number, "digest": edition.digest},
        consultation_id=consultation.id,
        actor_id=actor.user_id,
    )
    return edition


def _frozen(edition_id: int, position: int, row: Ready) -> dict[str, object]:
    return {
        "edition_id": edition_id,
        "position": position,
        "ref": row.ref,
        "comment_id": row.comment_id,
        "document_number": row.document_number,
        "article": row.article,
        "disposition": row.disposition,
        "sender_class": row.sender_class,
        "folded": row.folded,
        "cells": row.cells,
    }


def _counts(ready: list[Ready]) -> Counts:
    return count(
        texts=[row.text_key for row in ready],
        senders=[row.sender_key for row in ready],
        dispositions=[row.disposition for row in ready],
        classes=[row.sender_class for row in ready],
        cited=[place for row in ready for place in row.cited],
    )


def _tell_authors(consultation: Consultation, edition: MatrixEdition, now: datetime) -> None:
    query = (
        select(Submission.email, Submission.language, Submission.code, func.count(Comment.id))
        .join(Comment, Comment.submission_id == Submission.id)
        .where(Submission.consultation_id == consultation.id, Submission.email != "")
        .group_by(Submission.id, Submission.email, Submission.language, Submission.code)
        .order_by(Submission.id)
    )
    for email, language, code, comments in db.session.execute(query):
        post(
            "answered",
            to=email,
            language=language,
            now=now,
            params={
                "code": code,
                "slug": consultation.slug,
                "title": {"ar": consultation.title_ar, "en": consultation.title_en},
                "edition": edition.number,
                "comments": comments,
            },
        )
