"""Answering: write a response to one comment or many, review it, explain a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.matrices import Place
from portal.domain.record import Entry
from portal.domain.responses import (
    Answer,
    Disposition,
    ResponseStatus,
    check_approver,
    faults,
)
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.text import refuse_unsafe
from portal.models import (
    ChangeReason,
    Comment,
    Opinion,
    Response,
    ResponseChange,
    ResponseComment,
    db,
)
from portal.models.ledger import write_down
from portal.queries.responses import answered_comments, cited_places, repeated_row
from portal.queries.rows import find_rows, refs_of

TEXTS = ("reason_ar", "reason_en", "covered_by", "until", "body")
LIMITS = {"reason_ar": 10_000, "reason_en": 10_000, "covered_by": 200, "until": 300, "body": 300}


@dataclass(frozen=True, slots=True)
class Draft:
    """A response as it is written; `refs` are the references of the rows it answers."""

    refs: tuple[RowRef, ...]
    disposition: Disposition
    reason_ar: str = ""
    reason_en: str = ""
    covered_by: str = ""
    until: str = ""
    body: str = ""
    duplicate_of: RowRef | None = None
    cites: tuple[Place, ...] = ()
    ready: bool = False


def record(
    actor: Actor,
    now: datetime,
    consultation_id: int,
    draft: Draft,
    *,
    response: Response | None = None,
    seen_revision: int = 0,
) -> Response:
    """Write a response, or change one; a change takes an approval away.

    A draft may be incomplete; one that is `ready` may not: raises `Refusals` with every fault.
    Raises `Stale` where somebody changed it meanwhile, `answered_elsewhere` for a comment that
    another response answers, `no_such_comment`.
    """
    if response is not None and response.revision != seen_revision:
        raise Stale("response_changed_meanwhile", at=response.changed_at)
    _check_texts(draft)
    rows = find_rows(consultation_id, draft.refs)
    wanted = (draft.duplicate_of,) if draft.duplicate_of else ()
    repeated = next(iter(find_rows(consultation_id, wanted, field="duplicate_of").values()), None)
    answer = _answer(draft, repeated)
    if draft.ready:
        found = faults(answer, answered_comments(consultation_id, draft.refs))
        if found:
            raise Refusals(found)
    written = response or Response(
        consultation_id=consultation_id, written_by=actor.user_id, revision=-1
    )
    _fill(written, draft, answer, actor, now)
    db.session.add(written)
    db.session.flush()
    _link(written, rows, draft.cites)
    _write_down(Entry.ANSWER_RECORDED, actor, now, written, draft.refs)
    return written


def _check_texts(draft: Draft) -> None:
    if not draft.refs:
        raise DomainError("no_comment_chosen", field="comments")
    for field in TEXTS:
        text = getattr(draft, field)
        if len(text) > LIMITS[field]:
            raise DomainError("text_long", field=field, maximum=LIMITS[field], length=len(text))
        refuse_unsafe(text, field=field)


def _answer(draft: Draft, duplicate_of: RowKey | None) -> Answer:
    return Answer(
        disposition=draft.disposition,
        reason=draft.reason_ar,
        covered_by=draft.covered_by.strip(),
        until=draft.until.strip(),
        body=draft.body.strip(),
        duplicate_of=duplicate_of,
        changes=len(draft.cites),
    )


def _fill(written: Response, draft: Draft, answer: Answer, actor: Actor, now: datetime) -> None:
    written.disposition = draft.disposition
    for field in TEXTS:
        setattr(written, field, getattr(draft, field).strip())
    repeated = answer.duplicate_of
    written.duplicate_of = repeated.comment_id if repeated else None
    written.duplicate_part = repeated.part if repeated else 0
    written.status = ResponseStatus.READY if draft.ready else ResponseStatus.DRAFT
    written.approved_by = None
    written.approved_at = None
    written.changed_by = actor.user_id or 0
    written.changed_at = now
    written.revision += 1


def _link(written: Response, rows: Mapping[RowRef, RowKey], cites: tuple[Place, ...]) -> None:
    _refuse_elsewhere(written, rows)
    db.session.execute(delete(ResponseComment).where(ResponseComment.response_id == written.id))
    db.session.execute(delete(ResponseChange).where(ResponseChange.response_id == written.id))
    db.session.add_all(
        ResponseComment(comment_id=key.comment_id, part=key.part, response_id=written.id)
        for key in rows.values()
    )
    db.session.add_all(
        ResponseChange(response_id=written.id, version_id=place.version_id, eid=place.eid)
        for place in dict.fromkeys(cites)
    )
    db.session.flush()


def _refuse_elsewhere(written: Response, rows: Mapping[RowRef, RowKey]) -> None:
    query = select(
        ResponseComment.comment_id, ResponseComment.part, ResponseComment.response_id
    ).where(
        ResponseComment.comment_id.in_({key.comment_id for key in rows.values()}),
        ResponseComment.response_id != written.id,
    )
    elsewhere = {RowKey(comment, part): by for comment, part, by in db.session.execute(query)}
    for ref, key in rows.items():
        if key in elsewhere:
            raise DomainError(
                "answered_elsewhere", field="comments", number=str(ref), response=elsewhere[key]
            )


def approve(actor: Actor, now: datetime, response: Response, *, seen_revision: int) -> None:
    """Sign a response off. Raises `own_response` (four eyes), `Stale`, or `Refusals`."""
    _check_review(actor, response, seen_revision)
    refs = refs_of(response.id)
    answer = Answer(
        disposition=response.disposition,
        reason=response.reason_ar,
        covered_by=response.covered_by,
        until=response.until,
        body=response.body,
        duplicate_of=repeated_row(response),
        changes=len(cited_places(response.id)),
    )
    found = faults(answer, answered_comments(response.consultation_id, refs))
    if found:
        raise Refusals(found)
    response.status = ResponseStatus.APPROVED
    response.approved_by = actor.user_id
    response.approved_at = now
    response.remark = ""
    response.revision += 1
    _write_down(Entry.ANSWER_APPROVED, actor, now, response, refs)


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
    _write_down(Entry.ANSWER_RETURNED, actor, now, response, refs_of(response.id))


def _check_review(actor: Actor, response: Response, seen_revision: int) -> None:
    if response.revision != seen_revision:
        raise Stale("response_changed_meanwhile", at=response.changed_at)
    if actor.user_id is None:
        raise DomainError("not_allowed", status=403)
    check_approver(actor.user_id, written_by=response.written_by, changed_by=response.changed_by)


def explain_change(
    actor: Actor, now: datetime, consultation_id: int, place: Place, reason: str
) -> ChangeReason:
    """The drafter's own reason for a change that no comment asked for."""
    if not reason.strip():
        raise DomainError("reason_missing", field="reason")
    refuse_unsafe(reason, field="reason")
    query = select(ChangeReason).where(
        ChangeReason.version_id == place.version_id, ChangeReason.eid == place.eid
    )
    kept = db.session.scalar(query) or ChangeReason(version_id=place.version_id, eid=place.eid)
    kept.reason = reason.strip()[:5000]
    kept.recorded_by = actor.user_id
    kept.recorded_at = now
    db.session.add(kept)
    write_down(
        Entry.CHANGE_EXPLAINED,
        at=now,
        subject=place.eid,
        content={"version": place.version_id, "eid": place.eid, "reason": kept.reason},
        consultation_id=consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return kept


def give_opinion(actor: Actor, now: datetime, comment: Comment, text: str) -> Opinion:
    """A committee member's opinion on a comment; a later one takes the place of the earlier."""
    if not text.strip():
        raise DomainError("opinion_empty", field="text")
    if len(text) > LIMITS["reason_ar"]:
        raise DomainError("text_long", field="text", maximum=LIMITS["reason_ar"], length=len(text))
    refuse_unsafe(text, field="text")
    query = select(Opinion).where(
        Opinion.comment_id == comment.id, Opinion.given_by == actor.user_id
    )
    opinion = db.session.scalar(query) or Opinion(comment_id=comment.id, given_by=actor.user_id)
    opinion.text = text.strip()
    opinion.given_at = now
    db.session.add(opinion)
    write_down(
        Entry.OPINION_GIVEN,
        at=now,
        subject=f"comment {comment.number}",
        content={"comment": comment.number, "opinion": opinion.text},
        consultation_id=comment.consultation_id,
        actor_id=actor.user_id,
    )
    db.session.flush()
    return opinion


def _write_down(
    kind: Entry, actor: Actor, now: datetime, response: Response, refs: tuple[RowRef, ...]
) -> None:
    write_down(
        kind,
        at=now,
        subject=f"response {response.id}",
        content={
            "response": response.id,
            "comments": [str(ref) for ref in refs],
            "disposition": response.disposition.value,
            "reason": response.reason_ar,
            "status": response.status.value,
        },
        consultation_id=response.consultation_id,
        actor_id=actor.user_id,
    )
