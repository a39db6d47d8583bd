"""Writing and publishing the summary: every version is kept, two people stand behind each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.record import Entry
from portal.domain.summaries import FIELDS, check_publisher, check_texts
from portal.domain.text import refuse_unsafe
from portal.formats.canonical import digest
from portal.models import Consultation, Summary, db
from portal.models.ledger import write_down
from portal.queries.matrices import editions
from portal.queries.summaries import load_figures, writers_since_published


def write(
    actor: Actor, now: datetime, consultation_id: int, texts: Mapping[str, str], *, seen: int
) -> Summary:
    """Keep the texts as a new version, of the newest edition.

    `seen` is the number of the version that the writer began with, 0 for none. Raises `Stale`
    where somebody saved meanwhile, `summary_needs_edition`, `Refusals`.
    """
    _lock(consultation_id)
    heads = editions(consultation_id)
    if not heads:
        raise DomainError("summary_needs_edition", status=409)
    newest = _newest(consultation_id)
    if seen != (newest.number if newest else 0):
        raise Stale("summary_changed_meanwhile", at=newest.written_at if newest else now)
    errors = [e for e in check_texts(texts) if e.code == "text_long"]
    if errors:
        raise Refusals(errors)
    for field in FIELDS:
        refuse_unsafe(texts[field], field=field)
    written = Summary(
        consultation_id=consultation_id,
        edition_id=heads[0].id,
        number=seen + 1,
        written_by=actor.user_id,
        written_at=now,
        **{field: texts[field].strip() for field in FIELDS},
    )
    db.session.add(written)
    db.session.flush()
    return written


def publish(actor: Actor, now: datetime, consultation_id: int, *, seen: int) -> Summary:
    """Publish the newest version with the figures of its edition.

    Raises `Stale`, `summary_published` (there is none that waits), `own_summary` (four eyes),
    `summary_old_edition` where a later edition came out since, `Refusals` where a text is missing.
    """
    consultation = _lock(consultation_id)
    newest = _newest(consultation_id)
    if newest is None or newest.published_at is not None:
        raise DomainError("summary_published", status=409)
    if newest.number != seen:
        raise Stale("summary_changed_meanwhile", at=newest.written_at)
    check_publisher(actor.user_id, writers_since_published(consultation_id))
    texts = {field: getattr(newest, field) for field in FIELDS}
    errors = check_texts(texts)
    if errors:
        raise Refusals(errors)
    if newest.edition_id != editions(consultation_id)[0].id:
        raise DomainError("summary_old_edition", status=409)
    newest.figures = load_figures(newest.edition_id).kept()
    newest.published_by = actor.user_id
    newest.published_at = now
    write_down(
        Entry.SUMMARY_PUBLISHED,
        at=now,
        subject=f"summary, version {newest.number}",
        content={
            "consultation": consultation.slug,
            "version": newest.number,
            "digest": digest([texts, newest.figures]),
        },
        consultation_id=consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return newest


def _lock(consultation_id: int) -> Consultation:
    # A write to the row is what both databases make others wait for.
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(next_number=Consultation.next_number)
    )
    return db.session.get_one(Consultation, consultation_id)


def _newest(consultation_id: int) -> Summary | None:
    query = select(Summary).where(Summary.consultation_id == consultation_id)
    return db.session.scalar(query.order_by(Summary.number.desc()).limit(1))
