"""Reads for studying comments and answering them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.citations import article_of
from portal.domain.matrices import Place
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowRef
from portal.domain.visibility import Audience
from portal.models import Document, Opinion, Response, ResponseComment, User, db
from portal.queries.comments import CommentView, all_views
from portal.queries.responses import cited_places
from portal.queries.rows import ref_of, refs_of


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a comment, in a list."""

    id: int
    disposition: Disposition
    status: ResponseStatus
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Studied:
    """A comment with its answer, if it has one."""

    comment: CommentView
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Group:
    """The comments on one article of one document."""

    document_number: int | None
    document_title: Bilingual | None
    article: str
    items: tuple[Studied, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All comments of a consultation by article, with how far the answering is."""

    groups: tuple[Group, ...]
    received: int
    answered: int
    approved: int


def load_study(consultation_id: int, *, show: str = "", article: str = "") -> Study:
    """Comments by article. `show`: unanswered, ready, returned or approved; empty for all.

    Five queries, whatever the number of comments.
    """
    views = all_views(consultation_id, Audience.STAFF)
    answers = _answers(consultation_id)
    titles = {
        each.number: Bilingual(each.title_ar, each.title_en)
        for each in db.session.scalars(
            select(Document).where(Document.consultation_id == consultation_id)
        )
    }
    studied = [Studied(view, answers.get(view.id)) for view in views]
    chosen = [each for each in studied if _wanted(each, show, article)]
    grouped: dict[tuple[int | None, str], list[Studied]] = {}
    for each in chosen:
        key = (each.comment.document_number, article_of(each.comment.eid))
        grouped.setdefault(key, []).append(each)
    return Study(
        groups=tuple(
            Group(document, titles.get(document or 0), place, tuple(items))
            for (document, place), items in sorted(grouped.items(), key=_order)
        ),
        received=len(studied),
        answered=sum(each.answer is not None for each in studied),
        approved=sum(
            each.answer is not None and each.answer.status is ResponseStatus.APPROVED
            for each in studied
        ),
    )


def _order(entry: tuple[tuple[int | None, str], list[Studied]]) -> tuple[int, int, str]:
    (document, article), _items = entry
    number = "".join(char for char in article if char.isdigit())
    return (document or 0, int(number or 0), article)


def _wanted(each: Studied, show: str, article: str) -> bool:
    if article and article_of(each.comment.eid) != article:
        return False
    if show == "unanswered":
        return each.answer is None
    return not show or (each.answer is not None and each.answer.status == show)


def _answers(consultation_id: int) -> dict[int, Answer]:
    query = (
        select(ResponseComment.comment_id, Response)
        .join(Response, ResponseComment.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
    )
    return {
        row[0]: Answer(
            row[1].id,
            row[1].disposition,
            row[1].status,
            Bilingual(row[1].reason_ar, row[1].reason_en),
        )
        for row in db.session.execute(query)
    }


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


@dataclass(frozen=True, slots=True)
class OpinionView:
    by: str
    user_id: int
    text: str
    at: datetime


def opinions(comment_id: int) -> tuple[OpinionView, ...]:
    """The committee's opinions on a comment."""
    query = (
        select(Opinion, User.name)
        .join(User, Opinion.given_by == User.id)
        .where(Opinion.comment_id == comment_id)
        .order_by(Opinion.id)
    )
    return tuple(
        OpinionView(name, each.given_by, each.text, each.given_at)
        for each, name in db.session.execute(query)
    )


def response_of(comment_id: int) -> int | None:
    """The id of the response that answers a comment."""
    query = select(ResponseComment.response_id).where(ResponseComment.comment_id == comment_id)
    return db.session.scalar(query)
