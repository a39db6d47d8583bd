"""Reads of files sent with comments: what each audience may know of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from portal.domain.attachments import HELD_HOURS, FileKind, Scan, Standing, count_files
from portal.domain.grounds import Ground
from portal.domain.submissions import clean_code
from portal.domain.visibility import Audience, file_visible
from portal.models import Attachment, Comment, Submission, db

MANY = 500  # above which a list of ids costs more than reading a consultation's


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a comment as one audience may know of it; `position` counts from 1."""

    id: int
    position: int
    name: str
    kind: FileKind
    size: int
    standing: Standing
    ground: Ground | None
    scan: Scan
    scan_said: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A file to be handed out, and where its bytes are; of which comment it is."""

    view: FileView
    stored: str
    sha256: str
    comment_id: int


def files_of_comments(
    consultation_id: int, comment_ids: tuple[int, ...], audience: Audience
) -> dict[int, tuple[FileView, ...]]:
    """By comment, what `audience` may know of. One query."""
    query = (
        select(Attachment, Comment.publication)
        .join(Comment, Attachment.comment_id == Comment.id)
        .order_by(Attachment.comment_id, Attachment.position)
    )
    if len(comment_ids) > MANY:
        query = query.where(Comment.consultation_id == consultation_id)
    else:
        query = query.where(Attachment.comment_id.in_(comment_ids))
    found: dict[int, tuple[FileView, ...]] = {}
    for file, publication in db.session.execute(query):
        if file_visible(publication, file.standing, audience):
            comment_id = file.comment_id or 0
            found[comment_id] = (*found.get(comment_id, ()), _view(file))
    return found


def count_files_of(comment_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By comment that has any: how many files, and what became of them. One query."""
    query = (
        select(Attachment.comment_id, Attachment.standing, Attachment.ground, Comment.publication)
        .join(Comment, Attachment.comment_id == Comment.id)
        .where(Attachment.comment_id.in_(comment_ids))
    )
    found: dict[int, list[tuple[bool, Ground | None]]] = {}
    for comment_id, standing, ground, publication in db.session.execute(query):
        seen = file_visible(publication, standing, Audience.PUBLIC)
        found.setdefault(comment_id or 0, []).append((seen, ground))
    return {
        comment_id: count_files(
            sum(seen for seen, _ground in files),
            [ground.value for _seen, ground in files if ground],
            sum(not seen and not ground for seen, ground in files),
        )
        for comment_id, files in found.items()
    }


def _view(file: Attachment) -> FileView:
    return FileView(
        id=file.id,
        position=file.position or 0,
        name=file.name,
        kind=file.kind,
        size=file.size,
        standing=file.standing,
        ground=file.ground,
        scan=file.scan,
        scan_said=file.scan_said,
        taken_back=file.taken_back_at is not None,
    )


def names_of_files(comment_ids: tuple[int, ...]) -> dict[int, str]:
    """What the files of comments are called, by their ids. One query."""
    query = select(Attachment).where(Attachment.comment_id.in_(comment_ids))
    return {each.id: each.name for each in db.session.scalars(query)}


def find_file(
    consultation_id: int, number: int, position: int, audience: Audience
) -> Stored | None:
    """A file of a comment by its number, if `audience` may have it."""
    return _find(
        audience,
        Comment.consultation_id == consultation_id,
        Comment.number == number,
        Attachment.position == position,
    )


def find_own_file(code: str, number: int, position: int) -> Stored | None:
    """A file of a comment of who holds the code of a receipt."""
    return _find(
        Audience.AUTHOR,
        Submission.code == clean_code(code),
        Comment.number == number,
        Attachment.position == position,
    )


def _find(audience: Audience, *where: ColumnElement[bool]) -> Stored | None:
    query = (
        select(Attachment, Comment.publication)
        .join(Comment, Attachment.comment_id == Comment.id)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(*where)
    )
    found = db.session.execute(query).first()
    if found is None or not file_visible(found[1], found[0].standing, audience):
        return None
    file = found[0]
    return Stored(_view(file), file.stored, file.sha256, file.comment_id or 0)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file kept for a form that is not sent yet."""

    token: str
    name: str
    kind: FileKind
    size: int


def kept_files(tokens: Iterable[str], now: datetime) -> dict[str, KeptFile]:
    """Of these tokens, what is still kept. One query; none for none."""
    wanted = set(tokens)
    if not wanted:
        return {}
    query = select(Attachment).where(
        Attachment.token.in_(wanted),
        Attachment.comment_id.is_(None),
        Attachment.kept_at >= now - timedelta(hours=HELD_HOURS),
    )
    return {
        each.token: KeptFile(each.token, each.name, each.kind, each.size)
        for each in db.session.scalars(query)
    }


def known_names(names: list[str]) -> set[str]:
    """Of these names on the disk, those that a file bears."""
    query = select(Attachment.stored).where(Attachment.stored.in_(names))
    return set(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class ToScan:
    """A file that no scanner has answered for."""

    id: int
    stored: str
    sha256: str


def to_scan(after: int, limit: int = 50) -> tuple[ToScan, ...]:
    """Files of comments that were sent, in their order, from one id on."""
    query = (
        select(Attachment.id, Attachment.stored, Attachment.sha256)
        .where(
            Attachment.scan == Scan.UNSCANNED,
            Attachment.comment_id.is_not(None),
            Attachment.id > after,
        )
        .order_by(Attachment.id)
        .limit(limit)
    )
    return tuple(ToScan(*row) for row in db.session.execute(query))
