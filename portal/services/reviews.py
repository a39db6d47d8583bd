"""Signing responses off, one or many, or giving them back: four eyes, each checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.record import Entry
from portal.domain.reflection import Changes
from portal.domain.responses import ResponseStatus, check_approver
from portal.domain.text import refuse_unsafe
from portal.models import Response, db
from portal.models.answering import note_response
from portal.queries.answering import response_faults
from portal.queries.changes import changes_now
from portal.queries.rows import refs_of

MOST = 500


def approve(actor: Actor, now: datetime, response: Response, *, seen_revision: int) -> None:
    """Sign off a response that is ready. Raises `own_response` (four eyes), `Stale`, `not_ready`,
    or `Refusals`."""
    _approve(actor, now, response, seen_revision, changes_now(response.consultation_id))


def _approve(
    actor: Actor, now: datetime, response: Response, seen_revision: int, changes: Changes
) -> None:
    _check_review(actor, response, seen_revision)
    if response.status is not ResponseStatus.READY:
        raise DomainError("not_ready", status=409)
    found = response_faults(response, changes)
    if found:
        raise Refusals(found)
    response.status = ResponseStatus.APPROVED
    response.approved_by = actor.user_id
    response.approved_at = now
    response.remark = ""
    response.revision += 1
    note_response(Entry.ANSWER_APPROVED, actor.user_id, now, response, refs_of(response.id))
    db.session.flush()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a review of many: those approved, and why each of the others was not."""

    approved: tuple[int, ...]
    refused: tuple[tuple[int, DomainError], ...]


def approve_many(
    actor: Actor, now: datetime, consultation_id: int, chosen: Iterable[tuple[int, int]]
) -> Reviewed:
    """Sign off those that are ready and not one's own: `chosen` are `(response, revision seen)`.

    Each is checked as if it were alone; what is refused of one does not keep back the others.
    Raises `no_response_chosen`, `many_chosen`.
    """
    wanted = dict(chosen)
    if not wanted:
        raise DomainError("no_response_chosen", field="chosen")
    if len(wanted) > MOST:
        raise DomainError("many_chosen", field="chosen", maximum=MOST)
    query = select(Response).where(
        Response.consultation_id == consultation_id, Response.id.in_(wanted)
    )
    changes, approved, refused = changes_now(consultation_id), [], []
    for response in db.session.scalars(query.order_by(Response.id)).all():
        try:
            with db.session.begin_nested():
                _approve(actor, now, response, wanted[response.id], changes)
            approved.append(response.id)
        except DomainError as error:
            refused.append((response.id, error))
        except Refusals as several:
            refused += [(response.id, error) for error in several.errors]
    return Reviewed(tuple(approved), tuple(refused))


def return_with_remark(
    actor: Actor, now: datetime, response: Response, *, remark: str, seen_revision: int
) -> None:
    """Give a response back to who wrote it, and say why."""
    _check_review(actor, response, seen_revision)
    if not remark.strip():
        raise DomainError("remark_missing", field="remark")
    refuse_unsafe(remark, field="remark")
    response.status = ResponseStatus.RETURNED
    response.remark = remark.strip()[:2000]
    response.approved_by = None
    response.approved_at = None
    response.revision += 1
    note_response(Entry.ANSWER_RETURNED, actor.user_id, now, response, refs_of(response.id))


def _check_review(actor: Actor, response: Response, seen_revision: int) -> None:
    db.session.flush()
    db.session.refresh(response, with_for_update=True)
    if response.revision != seen_revision:
        raise Stale("response_changed_meanwhile", at=response.changed_at)
    if actor.user_id is None:
        raise DomainError("not_allowed", status=403)
    check_approver(actor.user_id, written_by=response.written_by, changed_by=response.changed_by)
