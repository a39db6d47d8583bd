"""What another public body is asked about: the comments that lie with it, as the public sees them.

Nothing else of the consultation's file: no note, no answer, no name that its owner keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from portal.domain.accounts import Actor
from portal.domain.bilingual import Bilingual
from portal.domain.consultations import Phase
from portal.domain.visibility import Audience
from portal.models import Assignment, BodyOpinion, Comment, Consultation, PublicBody, User, db
from portal.policies.table import TABLE, Act
from portal.queries.comments import CommentView, find_comment
from portal.queries.consultations import find_scope

MOST = 200


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A comment that lies with a body; `owner` is who asks it."""

    comment_id: int
    consultation_id: int
    number: int
    slug: str
    title: Bilingual
    owner: Bilingual
    body_id: int
    body: Bilingual
    due_on: date | None
    done_at: datetime | None
    eid: str | None

    def overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Advice:
    """What a body said of a comment."""

    body_id: int
    body: Bilingual
    by: str
    at: datetime
    text: str


def asked_rows(actor: Actor) -> tuple[AskedRow, ...]:
    """What lies with the bodies of who asks: first what is not done, what is due first. One query.

    Two hundred at most.
    """
    order = (
        Assignment.done_at.is_not(None),
        Assignment.due_on.is_(None),
        Assignment.due_on,
        Comment.id,
    )
    query = _asked(actor).order_by(*order).limit(MOST)
    return tuple(_row(found) for found in db.session.execute(query))


def find_asked(actor: Actor, comment_id: int) -> AskedRow | None:
    """One of them; None where the comment lies with no body of who asks."""
    found = db.session.execute(_asked(actor).where(Comment.id == comment_id)).first()
    return _row(found) if found else None


def _asked(actor: Actor) -> Select[*tuple[Any, ...]]:
    owner, asked = aliased(PublicBody), aliased(PublicBody)
    query = (
        select(Comment, Consultation, owner, asked, Assignment)
        .join(Assignment, Assignment.comment_id == Comment.id)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .join(owner, owner.id == Consultation.body_id)
        .join(asked, asked.id == Assignment.body_id)
    )
    bodies = {grant.body_id for grant in actor.grants if grant.role in TABLE[Act.READ_ASKED].roles}
    mine = bodies - {None}
    return query if None in bodies else query.where(Assignment.body_id.in_(mine))


def _row(found: Any) -> AskedRow:
    comment, consultation, owner, asked, given = found
    return AskedRow(
        comment_id=comment.id,
        consultation_id=consultation.id,
        number=comment.number,
        slug=consultation.slug,
        title=Bilingual(consultation.title_ar, consultation.title_en),
        owner=Bilingual(owner.name_ar, owner.name_en),
        body_id=asked.id,
        body=Bilingual(asked.name_ar, asked.name_en),
        due_on=given.due_on,
        done_at=given.done_at,
        eid=comment.eid,
    )


def asked_comment(row: AskedRow) -> CommentView | None:
    """The comment as everybody may read it."""
    return find_comment(row.consultation_id, row.number, Audience.PUBLIC)


def phase_of(row: AskedRow, now: datetime) -> Phase | None:
    """The phase of its consultation."""
    scope = find_scope(row.slug, now)
    return scope.phase if scope else None


def advice_on(comment_id: int, body_id: int | None = None) -> tuple[Advice, ...]:
    """What other bodies said of a comment, or one of them. One query."""
    query = (
        select(BodyOpinion, PublicBody, User.name)
        .join(PublicBody, PublicBody.id == BodyOpinion.body_id)
        .join(User, User.id == BodyOpinion.given_by)
        .where(BodyOpinion.comment_id == comment_id)
        .order_by(BodyOpinion.id)
    )
    if body_id is not None:
        query = query.where(BodyOpinion.body_id == body_id)
    return tuple(
        Advice(body.id, Bilingual(body.name_ar, body.name_en), by, said.given_at, said.text)
        for said, body, by in db.session.execute(query)
    )
