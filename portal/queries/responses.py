"""Reads for answering: comments with their replies, as the rules look at them."""

from __future__ import annotations

from sqlalchemy import select

from portal.domain.matrices import Place
from portal.domain.responses import Answer
from portal.domain.row_refs import RowKey
from portal.models import Response, ResponseChange, db
from portal.queries.matching import Trail, follow

Ways = dict[int, list[tuple[int, Trail]]]


def is_gone(version_id: int | None, eid: str | None, way: list[tuple[int, Trail]]) -> bool:
    """True where no provision of the newest published version comes from the one commented on."""
    versions = [version for version, _trail in way]
    if not eid or version_id not in versions:
        return False
    later = way[versions.index(version_id) + 1 :]
    return not follow([trail for _version, trail in later], eid)


def repeated_row(response: Response) -> RowKey | None:
    """The row whose response a duplicate takes over."""
    if response.duplicate_of is None:
        return None
    return RowKey(response.duplicate_of, response.duplicate_part)


def cited_places(response_id: int) -> tuple[Place, ...]:
    """The places of change that a response cites."""
    query = select(ResponseChange).where(ResponseChange.response_id == response_id)
    found = db.session.scalars(query.order_by(ResponseChange.id))
    return tuple(Place(change.version_id, change.eid) for change in found)


def answer_of(response: Response, changes: int) -> Answer:
    """A response as the rules look at it; `changes` counts what it cites."""
    return Answer(
        disposition=response.disposition,
        reason=response.reason_ar,
        reason_en=response.reason_en,
        covered_by=response.covered_by,
        until=response.until,
        body=response.body,
        duplicate_of=repeated_row(response),
        changes=changes,
    )
