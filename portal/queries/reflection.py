"""Responses against the changes of the text: who cites what, who could, what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.domain.citations import article_of, once
from portal.domain.places import Place
from portal.domain.reflection import Citing, Finding, Unreflected, findings
from portal.domain.responses import RULES, Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.models import Comment, Document, Response, ResponseChange, ResponseComment, db
from portal.queries.changes import ProvisionChange, as_changes
from portal.queries.selecting import first_rows_of

FEW = 5  # references named of a response that answers many
ACCEPTING = tuple(each for each in Disposition if RULES[each].change)


@dataclass(frozen=True, slots=True)
class Line:
    """A response in a list: its decision, how many rows it answers, the first of them."""

    id: int
    disposition: Disposition
    status: ResponseStatus
    revision: int
    rows: int
    refs: tuple[RowRef, ...]


def lines_of(response_ids: Iterable[int]) -> dict[int, Line]:
    """By id. Two queries."""
    ids = tuple(set(response_ids))
    query = (
        select(Response, func.count(ResponseComment.comment_id))
        .outerjoin(ResponseComment, ResponseComment.response_id == Response.id)
        .where(Response.id.in_(ids))
        .group_by(Response.id)
    )
    firsts = first_rows_of(ids, FEW)
    return {
        each.id: Line(
            each.id,
            each.disposition,
            each.status,
            each.revision,
            rows,
            tuple(row.ref for row in firsts.get(each.id, ())),
        )
        for each, rows in db.session.execute(query)
    }


def load_citing(consultation_id: int) -> list[Citing]:
    """Every response that accepts or cites something, by id. Two queries."""
    cites = _cites(consultation_id)
    query = select(Response.id, Response.disposition)
    query = query.where(Response.consultation_id == consultation_id).order_by(Response.id)
    return [
        Citing(response_id, RULES[disposition].change, tuple(cites.get(response_id, ())))
        for response_id, disposition in db.session.execute(query)
        if RULES[disposition].change or response_id in cites
    ]


def _cites(consultation_id: int) -> dict[int, list[Place]]:
    query = (
        select(ResponseChange)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
        .order_by(ResponseChange.id)
    )
    found: dict[int, list[Place]] = {}
    for change in db.session.scalars(query):
        found.setdefault(change.response_id, []).append(Place(change.version_id, change.eid))
    return found


@dataclass(frozen=True, slots=True)
class Reflected:
    """How far responses and changes fit together.

    `found` are by kind, every kind in its order; `lines` the responses that are named; `cited` by
    place the ids of the responses that cite it.
    """

    found: dict[Unreflected, list[Finding]]
    lines: dict[int, Line]
    cited: dict[Place, list[int]]


def load_reflected(consultation_id: int, changes: tuple[ProvisionChange, ...]) -> Reflected:
    """The lists of what does not fit, and who cites what. Four queries."""
    citing = load_citing(consultation_id)
    found: dict[Unreflected, list[Finding]] = {kind: [] for kind in Unreflected}
    for each in findings(citing, as_changes(changes)):
        found[each.kind].append(each)
    cited: dict[Place, list[int]] = {}
    for response in citing:
        for place in response.cites:
            cited.setdefault(place, []).append(response.id)
    named = {each.response_id for kind in found.values() for each in kind if each.response_id}
    named |= {response_id for ids in cited.values() for response_id in ids}
    return Reflected(found, lines_of(named), cited)


def citing_lines(consultation_id: int, place: Place) -> tuple[Line, ...]:
    """The responses that cite a place. Three queries."""
    query = (
        select(ResponseChange.response_id)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(
            Response.consultation_id == consultation_id,
            ResponseChange.version_id == place.version_id,
            ResponseChange.eid == place.eid,
        )
    )
    lines = lines_of(db.session.scalars(query))
    return tuple(lines[each] for each in sorted(lines))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Responses that could cite a change: first those to comments on what changed."""

    here: tuple[Line, ...]
    elsewhere: tuple[Line, ...]


def candidates(consultation_id: int, change: ProvisionChange, cited: Iterable[int]) -> Candidates:
    """Accepting responses that do not cite the change yet. Three queries."""
    known = set(cited)
    query = (
        select(Response.id, Document.number, Comment.eid)
        .join(ResponseComment, ResponseComment.response_id == Response.id)
        .join(Comment, ResponseComment.comment_id == Comment.id)
        .outerjoin(Document, Comment.document_id == Document.id)
        .where(Response.consultation_id == consultation_id, Response.disposition.in_(ACCEPTING))
        .distinct()
    )
    articles = {article_of(once(change.place.eid)), *map(article_of, change.old_eids)}
    here: set[int] = set()
    elsewhere: set[int] = set()
    for response_id, document, eid in db.session.execute(query):
        if response_id in known:
            continue
        near = document == change.document_number and article_of(eid) in articles
        (here if near else elsewhere).add(response_id)
    lines = lines_of(here | elsewhere)
    return Candidates(
        tuple(lines[each] for each in sorted(here)),
        tuple(lines[each] for each in sorted(elsewhere - here)),
    )
