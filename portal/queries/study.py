"""Reads of a response, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.matrices import Place
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.models import Response, User, db
from portal.queries.responses import cited_places
from portal.queries.rows import ref_of, refs_of


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A response as its page shows it."""

    id: int
    disposition: Disposition
    reason_ar: str
    reason_en: str
    covered_by: str
    until: str
    body: str
    duplicate_of: RowRef | None
    status: ResponseStatus
    remark: str
    revision: int
    written_by: str
    changed_by: str
    changed_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    refs: tuple[RowRef, ...]
    cites: tuple[Place, ...]
    own: frozenset[int]


def find_response(consultation_id: int, response_id: int) -> Response | None:
    """The mapped response of that consultation, for services."""
    query = select(Response).where(
        Response.consultation_id == consultation_id, Response.id == response_id
    )
    return db.session.scalar(query)


def read_response(response: Response) -> ResponseView:
    """A response with the names of people and the references of its comments. Four queries."""
    ids = {response.written_by, response.changed_by, response.approved_by or 0}
    names: dict[int, str] = {
        row[0]: row[1]
        for row in db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    }
    return ResponseView(
        id=response.id,
        disposition=response.disposition,
        reason_ar=response.reason_ar,
        reason_en=response.reason_en,
        covered_by=response.covered_by,
        until=response.until,
        body=response.body,
        duplicate_of=ref_of(response.duplicate_of, response.duplicate_part),
        status=response.status,
        remark=response.remark,
        revision=response.revision,
        written_by=names[response.written_by],
        changed_by=names[response.changed_by],
        changed_at=response.changed_at,
        approved_by=names.get(response.approved_by or 0),
        approved_at=response.approved_at,
        refs=refs_of(response.id),
        cites=cited_places(response.id),
        own=frozenset({response.written_by, response.changed_by}),
    )
