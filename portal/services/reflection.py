"""What the text makes of responses: a change linked to them, or given the drafter's own reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Stale
from portal.domain.matrices import Place
from portal.domain.record import Entry
from portal.domain.responses import RULES, ResponseStatus
from portal.domain.text import refuse_unsafe
from portal.models import ChangeReason, Response, ResponseChange, db
from portal.models.answering import FINISHED, change_response, note_response
from portal.models.ledger import write_down
from portal.queries.answering import response_faults
from portal.queries.changes import changes_now
from portal.queries.rows import refs_of

REASON_LIMIT = 5_000


def link_change(
    actor: Actor, now: datetime, response: Response, place: Place, *, seen_revision: int
) -> None:
    """Let a response cite a place that changed; somebody must approve it again.

    Raises `Stale`, `change_not_there` for a place that did not change, `change_needless` where its
    disposition says that nothing changed, `cited_already`.
    """
    _refuse_stale(response, seen_revision)
    if place not in changes_now(response.consultation_id).places:
        raise DomainError("change_not_there", eid=place.eid, place=place.eid)
    if not RULES[response.disposition].change:
        raise DomainError("change_needless", field="response")
    if _link(response, place) is not None:
        raise DomainError("cited_already", field="response", status=409)
    db.session.add(
        ResponseChange(response_id=response.id, version_id=place.version_id, eid=place.eid)
    )
    _changed(actor, now, response)


def unlink_change(
    actor: Actor, now: datetime, response: Response, place: Place, *, seen_revision: int
) -> None:
    """Let a response no longer cite a place; without any it is a draft again."""
    _refuse_stale(response, seen_revision)
    link = _link(response, place)
    if link is None:
        raise DomainError("not_cited", status=409)
    db.session.delete(link)
    _changed(actor, now, response)


def _refuse_stale(response: Response, seen_revision: int) -> None:
    db.session.flush()
    db.session.refresh(response, with_for_update=True)
    if response.revision != seen_revision:
        raise Stale("response_changed_meanwhile", at=response.changed_at)


def _link(response: Response, place: Place) -> ResponseChange | None:
    query = select(ResponseChange).where(
        ResponseChange.response_id == response.id,
        ResponseChange.version_id == place.version_id,
        ResponseChange.eid == place.eid,
    )
    return db.session.scalar(query)


def _changed(actor: Actor, now: datetime, response: Response) -> None:
    """What was before the approvers is so again, where it is still complete."""
    db.session.flush()
    status = response.status
    if status in FINISHED:
        faulty = response_faults(response, changes_now(response.consultation_id))
        status = ResponseStatus.DRAFT if faulty else ResponseStatus.READY
    change_response(response, actor.user_id, now, status)
    note_response(Entry.ANSWER_RECORDED, actor.user_id, now, response, refs_of(response.id))
    db.session.flush()


def explain_change(
    actor: Actor, now: datetime, consultation_id: int, place: Place, reason: str
) -> ChangeReason:
    """The drafter's own reason for a change that no comment asked for."""
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    if len(reason) > REASON_LIMIT:
        raise DomainError("text_long", field="reason", maximum=REASON_LIMIT, length=len(reason))
    refuse_unsafe(reason, field="reason")
    kept = _reason(place) or ChangeReason(version_id=place.version_id, eid=place.eid)
    kept.reason = reason.strip()
    kept.recorded_by = actor.user_id
    kept.recorded_at = now
    db.session.add(kept)
    _note_reason(actor, now, consultation_id, place, kept.reason)
    return kept


def take_reason_back(actor: Actor, now: datetime, consultation_id: int, place: Place) -> None:
    """The change needs a response again, or another reason."""
    kept = _reason(place)
    if kept is None:
        raise DomainError("no_own_reason", status=409)
    db.session.delete(kept)
    _note_reason(actor, now, consultation_id, place, "")


def _reason(place: Place) -> ChangeReason | None:
    query = select(ChangeReason).where(
        ChangeReason.version_id == place.version_id, ChangeReason.eid == place.eid
    )
    return db.session.scalar(query)


def _note_reason(
    actor: Actor, now: datetime, consultation_id: int, place: Place, reason: str
) -> None:
    write_down(
        Entry.CHANGE_EXPLAINED,
        at=now,
        subject=place.eid,
        content={"version": place.version_id, "eid": place.eid, "reason": reason},
        consultation_id=consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
