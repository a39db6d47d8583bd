"""A response as its page shows it, with the rows it answers and what became of them since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from portal.domain.comment_parts import PartSpan, part_content
from portal.domain.comments import Publication
from portal.domain.draft_comparison import WordOp, word_changes
from portal.domain.matrices import Place
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.visibility import Audience, Content, Mask, Piece, Words, visible
from portal.models import Comment, CommentRevision, Response, ResponseComment, User, db
from portal.queries.comments import CommentView, views_of
from portal.queries.responses import cited_places
from portal.queries.rows import find_rows, parts_of, ref_of
from portal.queries.selecting import count_rows, first_rows

TYPED = 200  # so many references stand in one field; of more, some are added and taken out
SHOWN = 50


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A response as its page shows it; `refs` are the first two hundred of its `rows`."""

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
    rows: int
    refs: tuple[RowRef, ...]
    cites: tuple[Place, ...]
    own: frozenset[int]

    @property
    def many(self) -> bool:
        return self.rows > TYPED


def find_response(consultation_id: int, response_id: int) -> Response | None:
    """The mapped response of that consultation, for services."""
    query = select(Response).where(
        Response.consultation_id == consultation_id, Response.id == response_id
    )
    return db.session.scalar(query)


def read_response(response: Response) -> ResponseView:
    """A response with the names of people and its first references. Five queries."""
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
        rows=count_rows(response.id),
        refs=first_rows(response.id, TYPED),
        cites=cited_places(response.id),
        own=frozenset({response.written_by, response.changed_by}),
    )


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with its words: of a part, its own and no others."""

    ref: RowRef
    comment: CommentView


def row_views(consultation_id: int, refs: Iterable[RowRef]) -> tuple[RowView, ...]:
    """Rows as staff see them. Five queries."""
    wanted = tuple(refs)
    if not wanted:
        return ()
    keys = find_rows(consultation_id, wanted)
    numbers = tuple({ref.number for ref in wanted})
    views = {view.number: view for view in views_of(consultation_id, numbers, Audience.STAFF)}
    parts = parts_of(key.comment_id for key in keys.values() if key.part)
    return tuple(
        RowView(ref, _cut(views[ref.number], parts[key]) if key.part else views[ref.number])
        for ref, key in keys.items()
    )


def _cut(view: CommentView, spans: tuple[PartSpan, ...]) -> CommentView:
    words = view.words
    whole = Content(
        view.publication,
        text=_plain(words.text),
        proposed=_plain(words.proposed),
        grounds=_plain(words.grounds),
        quoted=_plain(words.quoted),
        name=words.name,
        organisation=words.organisation,
    )
    cut: Words = visible(part_content(whole, spans), Audience.STAFF)
    return replace(view, words=cut, original="")


def _plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece for piece in pieces if not isinstance(piece, Mask))


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row whose author changed the comment after it was answered: word by word, what changed.

    `digest` is that of the words as they are now.
    """

    ref: RowRef
    digest: str
    text: tuple[WordOp, ...]
    proposed: tuple[WordOp, ...]
    grounds: tuple[WordOp, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """What became of rows after they were answered; fifty of each at most."""

    changed: tuple[ChangedRow, ...]
    withdrawn: tuple[RowRef, ...]


def changed_since(response: Response) -> Since:
    """Rows that a response must be looked at again for. Two queries."""
    changed = (
        select(Comment, ResponseComment.part, CommentRevision)
        .join(ResponseComment, ResponseComment.comment_id == Comment.id)
        .outerjoin(
            CommentRevision,
            (CommentRevision.comment_id == Comment.id)
            & (CommentRevision.digest == ResponseComment.digest),
        )
        .where(
            ResponseComment.response_id == response.id,
            ResponseComment.digest != Comment.digest,
        )
        .order_by(Comment.number, ResponseComment.part)
        .limit(SHOWN)
    )
    rows: dict[RowKey, ChangedRow] = {}
    for comment, part, was in db.session.execute(changed):
        rows.setdefault(RowKey(comment.id, part), _changed(comment, part, was))
    return Since(tuple(rows.values()), _withdrawn(response))


def _changed(comment: Comment, part: int, was: CommentRevision | None) -> ChangedRow:
    def ops(field: str) -> tuple[WordOp, ...]:
        before, after = getattr(was, field, "") or "", getattr(comment, field)
        return tuple(word_changes(before, after)) if before or after else ()

    ref = RowRef(comment.number, part)
    return ChangedRow(ref, comment.digest, ops("text"), ops("proposed"), ops("grounds"))


def _withdrawn(response: Response) -> tuple[RowRef, ...]:
    if response.disposition is Disposition.WITHDRAWN:
        return ()
    query = (
        select(Comment.number, ResponseComment.part)
        .join(ResponseComment, ResponseComment.comment_id == Comment.id)
        .where(
            ResponseComment.response_id == response.id,
            Comment.publication == Publication.WITHDRAWN,
        )
        .order_by(Comment.number, ResponseComment.part)
        .limit(SHOWN)
    )
    return tuple(RowRef(*row) for row in db.session.execute(query))
