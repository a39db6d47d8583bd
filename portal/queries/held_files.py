"""Files that wait for a moderator's word beside comments that are published already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, func, select

from portal.domain.attachments import FileKind, Scan, Standing
from portal.domain.bilingual import Bilingual
from portal.domain.visibility import TEXT_PUBLIC
from portal.models import Attachment, Comment, Consultation, db
from portal.queries.queue import Reach

PAGE = 50
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file nobody has decided on, and the published comment it came with."""

    id: int
    slug: str
    title: Bilingual
    number: int
    name: str
    kind: FileKind
    size: int


@dataclass(frozen=True, slots=True)
class HeldPage:
    """Fifty files at most, in the order they came; `next` is the id to begin after."""

    files: tuple[HeldFile, ...]
    next: int | None


def held_page(reach: Reach, after: int = 0) -> HeldPage:
    """What is held back where words are published, of the bodies somebody moderates for."""
    query = (
        _held(select(Attachment, Comment.number, Consultation), reach)
        .where(Attachment.id > after)
        .order_by(Attachment.id)
        .limit(PAGE + 1)
    )
    found = tuple(
        HeldFile(
            id=file.id,
            slug=of.slug,
            title=Bilingual(of.title_ar, of.title_en),
            number=number,
            name=file.name,
            kind=file.kind,
            size=file.size,
        )
        for file, number, of in db.session.execute(query)
    )
    return HeldPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def _held(query: Select[*Columns], reach: Reach) -> Select[*Columns]:
    query = (
        query.join(Comment, Attachment.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(
            Attachment.standing == Standing.HELD,
            Attachment.taken_back_at.is_(None),
            Attachment.scan != Scan.INFECTED,
            Comment.publication.in_(TEXT_PUBLIC),
        )
    )
    if reach.body_ids is not None:
        query = query.where(Consultation.body_id.in_(reach.body_ids))
    return query


def count_files(comment_ids: tuple[int, ...]) -> dict[int, int]:
    """How many files each of the comments came with, where it came with any. One query."""
    query = (
        select(Attachment.comment_id, func.count())
        .where(Attachment.comment_id.in_(comment_ids))
        .group_by(Attachment.comment_id)
    )
    return {comment_id: number for comment_id, number in db.session.execute(query) if comment_id}
