"""What every act on a response has in common: its leaf in the record, an approval taken away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from portal.domain.record import Entry
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowRef
from portal.models.base import db
from portal.models.ledger import write_down
from portal.models.responses import Response, ResponseComment

FINISHED = (ResponseStatus.READY, ResponseStatus.APPROVED)


def change_response(
    response: Response, user_id: int | None, now: datetime, status: ResponseStatus
) -> None:
    """Somebody changed it: whoever approved it has not seen it like this."""
    response.status = status
    response.approved_by, response.approved_at = None, None
    response.changed_by, response.changed_at = user_id or 0, now
    response.revision += 1


def note_response(
    kind: Entry, user_id: int | None, now: datetime, response: Response, refs: Iterable[RowRef]
) -> None:
    """Write an act on a response into the record."""
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
        actor_id=user_id,
    )


def send_answers_back(comment_id: int, remark: str) -> None:
    """A finished answer to a comment that is not as it was is looked at again by who wrote it."""
    answering = select(ResponseComment.response_id).where(ResponseComment.comment_id == comment_id)
    db.session.execute(
        update(Response)
        .where(Response.id.in_(answering), Response.status.in_(FINISHED))
        .values(
            status=ResponseStatus.RETURNED,
            remark=remark,
            approved_by=None,
            approved_at=None,
            revision=Response.revision + 1,
        )
    )
