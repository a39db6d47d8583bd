"""What the list of what is to be answered shows of each of its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.domain.comment_parts import PartSpan, part_content
from portal.domain.responses import Disposition, ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.visibility import Audience, Content, visible
from portal.models import Comment, Response, ResponseComment, db
from portal.queries.assignments import AssignmentView, assignments_of
from portal.queries.comments import CommentView, load_views, select_views
from portal.queries.notes import count_notes
from portal.queries.opinions import count_opinions
from portal.queries.rows import parts_of
from portal.queries.studying import Unit
from portal.queries.themes import ThemeName, themes_of


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a row, in a list."""

    id: int
    disposition: Disposition
    status: ResponseStatus


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A row: its words, whatever the team said of it, its answer.

    `copies`: so many rows it stands for, itself among them; `group_id` where they are several.
    """

    key: RowKey
    ref: RowRef
    comment: CommentView
    copies: int
    group_id: int | None
    answer: Answer | None
    themes: tuple[ThemeName, ...]
    assignment: AssignmentView | None
    notes: int
    opinions: int


def load_rows(consultation_id: int, units: Collection[Unit]) -> tuple[StudyRow, ...]:
    """The rows of these units, in their order. Nine queries, whatever their number."""
    keys = [unit.key for unit in units]
    ids = {key.comment_id for key in keys}
    views = row_views(consultation_id, keys)
    answers, themes = answers_of(ids), themes_of(ids)
    assigned = assignments_of(ids)
    notes, opinions = count_notes(ids), count_opinions(ids)
    return tuple(
        StudyRow(
            key=unit.key,
            ref=RowRef(views[unit.key].number, unit.key.part),
            comment=views[unit.key],
            copies=unit.copies,
            group_id=unit.group_id,
            answer=answers.get(unit.key),
            themes=themes.get(unit.key, ()),
            assignment=assigned.get(unit.key.comment_id),
            notes=notes.get(unit.key.comment_id, 0),
            opinions=opinions.get(unit.key.comment_id, 0),
        )
        for unit in units
        if unit.key in views
    )


def row_views(consultation_id: int, keys: Iterable[RowKey]) -> dict[RowKey, CommentView]:
    """Rows as staff see them: of a part its own words alone. Four queries."""
    keys = tuple(keys)
    query = select_views().where(Comment.id.in_({key.comment_id for key in keys}))
    wholes = {view.id: view for view in load_views(query, consultation_id, Audience.STAFF)}
    parts = parts_of({key.comment_id for key in keys if key.part})
    return {
        key: part_view(wholes[key.comment_id], parts[key]) if key.part else wholes[key.comment_id]
        for key in keys
        if key.comment_id in wholes and (not key.part or key in parts)
    }


def part_view(view: CommentView, spans: Iterable[PartSpan]) -> CommentView:
    """A comment as staff see it, with the words of one of its parts alone."""
    whole = view.words
    content = Content(
        publication=view.publication,
        text=_plain(whole.text),
        proposed=_plain(whole.proposed),
        grounds=_plain(whole.grounds),
        quoted=_plain(whole.quoted),
        name=whole.name,
        organisation=whole.organisation,
    )
    own = part_content(content, spans)
    # A piece of a proposal is not the provision as it should read.
    original = view.original if own.proposed == content.proposed else ""
    return replace(view, words=visible(own, Audience.STAFF), original=original)


def _plain(pieces: tuple[object, ...]) -> str:
    return "".join(str(piece) for piece in pieces)


def answers_of(ids: Collection[int]) -> dict[RowKey, Answer]:
    """The response to each row of these comments that has one. One query."""
    query = (
        select(
            ResponseComment.comment_id,
            ResponseComment.part,
            Response.id,
            Response.disposition,
            Response.status,
        )
        .join(Response, ResponseComment.response_id == Response.id)
        .where(ResponseComment.comment_id.in_(ids))
    )
    return {
        RowKey(comment_id, part): Answer(response_id, disposition, status)
        for comment_id, part, response_id, disposition, status in db.session.execute(query)
    }
