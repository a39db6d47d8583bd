"""Rows as they are given out to be answered, and as they stand when the file comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.domain.answer_rows import Filled, Now
from portal.domain.citations import article_of
from portal.domain.comment_parts import part_content
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import RowKey, RowRef
from portal.domain.visibility import TEXT_PUBLIC, Audience, Words, visible
from portal.formats.answer_sheets import Out
from portal.formats.answer_words import PlaceName
from portal.formats.columns import place
from portal.formats.labels import label
from portal.formats.words import plain, unseen_words
from portal.models import (
    Comment,
    CommentGroup,
    CommentGroupMember,
    Document,
    Response,
    ResponseChange,
    ResponseComment,
    Submission,
    db,
)
from portal.queries.changes import load_changes
from portal.queries.rows import PART, parts_of, with_parts
from portal.queries.spans import content_of, spans_of_comments


def load_places(consultation_id: int) -> tuple[PlaceName, ...]:
    """Every change that a response can cite."""
    return tuple(
        PlaceName(each.place, each.document_number, each.version_number)
        for each in load_changes(consultation_id)
    )


def load_now(consultation_id: int) -> dict[RowRef, Now]:
    """Every row with its answer as it stands now, by reference. Five queries."""
    query = with_parts(select(Comment.id, Comment.number, PART, Comment.revision)).where(
        Comment.consultation_id == consultation_id
    )
    rows = db.session.execute(query.order_by(Comment.number, PART)).all()
    refs = {RowKey(row[0], row[2]): RowRef(row[1], row[2]) for row in rows}
    links = _links(consultation_id)
    answers = _answers(consultation_id, refs)
    shared: dict[int, list[RowRef]] = {}
    for key, response_id in links.items():
        if key in refs:
            shared.setdefault(response_id, []).append(refs[key])
    groups = _groups(consultation_id)
    found = {}
    for comment_id, _number, part, revision in rows:
        key = RowKey(comment_id, part)
        now = Now(revision, group="" if part else groups.get(comment_id, ""))
        by = links.get(key)
        if by is not None:
            answer, response_revision, status = answers[by]
            now = replace(
                now,
                answer=answer,
                response_id=by,
                response_revision=response_revision,
                status=status,
                shared=tuple(sorted(shared[by])),
            )
        found[refs[key]] = now
    return found


def _links(consultation_id: int) -> dict[RowKey, int]:
    query = (
        select(ResponseComment.comment_id, ResponseComment.part, ResponseComment.response_id)
        .join(Response, ResponseComment.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
    )
    return {RowKey(comment, part): by for comment, part, by in db.session.execute(query)}


def _answers(
    consultation_id: int, refs: dict[RowKey, RowRef]
) -> dict[int, tuple[Filled, int, str]]:
    cites: dict[int, list[str]] = {}
    query = (
        select(ResponseChange.response_id, ResponseChange.version_id, ResponseChange.eid)
        .join(Response, ResponseChange.response_id == Response.id)
        .where(Response.consultation_id == consultation_id)
    )
    for response_id, version_id, eid in db.session.execute(query):
        cites.setdefault(response_id, []).append(f"{version_id}:{eid}")
    found = {}
    for each in db.session.scalars(
        select(Response).where(Response.consultation_id == consultation_id)
    ):
        repeated = None
        if each.duplicate_of is not None:
            repeated = refs.get(RowKey(each.duplicate_of, each.duplicate_part))
        filled = Filled(
            disposition=each.disposition.value,
            reason_ar=each.reason_ar,
            reason_en=each.reason_en,
            places=tuple(sorted(cites.get(each.id, ()))),
            covered_by=each.covered_by,
            until=each.until,
            body=each.body,
            duplicate_of=str(repeated or ""),
        )
        found[each.id] = (filled, each.revision, each.status.value)
    return found


def _groups(consultation_id: int) -> dict[int, str]:
    """Of comments that say nearly the same: the reference of the first of them."""
    founder = Comment.number
    query = (
        select(CommentGroupMember.comment_id, founder)
        .join(CommentGroup, CommentGroupMember.group_id == CommentGroup.id)
        .join(Comment, CommentGroup.founder_id == Comment.id)
        .where(
            CommentGroup.consultation_id == consultation_id,
            CommentGroup.size > 1,
            CommentGroupMember.left_at.is_(None),
        )
    )
    return {comment_id: str(number) for comment_id, number in db.session.execute(query)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are given out. `show` as the list of the desk has it: a status, `unanswered`, or
    nothing for all; `refs`, where there are any, are those chosen by hand."""

    show: str = "unanswered"
    article: str = ""
    refs: frozenset[RowRef] = frozenset()


def load_out(consultation_id: int, wanted: Wanted) -> list[Out]:
    """The rows to be answered, with no words but those that the public may see.

    The file leaves the desk: what is masked, withheld or confidential is read there alone.
    """
    now = load_now(consultation_id)
    query = with_parts(select(Comment, PART, Submission, Document.title_ar)).where(
        Comment.consultation_id == consultation_id
    )
    query = query.join(Submission, Comment.submission_id == Submission.id).outerjoin(
        Document, Comment.document_id == Document.id
    )
    spans = spans_of_comments(consultation_id)
    found = [
        (comment, part, submission, title)
        for comment, part, submission, title in db.session.execute(
            query.order_by(Comment.number, PART)
        )
        if _is_wanted(wanted, comment, now[RowRef(comment.number, part)], part)
    ]
    parts = parts_of(comment.id for comment, part, _submission, _title in found if part)
    rows = []
    for comment, part, submission, title in found:
        content = content_of(comment, submission, spans.get(comment.id, ()))
        if part:
            content = part_content(content, parts[RowKey(comment.id, part)])
        stands = now[RowRef(comment.number, part)]
        read = _read(comment, part, submission, title, visible(content, Audience.PUBLIC))
        read["group"], read["status"] = _beside(comment, stands)
        rows.append(Out(read, stands.answer, stands.token))
    return rows


def _is_wanted(wanted: Wanted, comment: Comment, now: Now, part: int) -> bool:
    if wanted.refs:
        return RowRef(comment.number, part) in wanted.refs
    if wanted.article and article_of(comment.eid) != wanted.article:
        return False
    if wanted.show == "unanswered":
        return now.response_id is None
    return not wanted.show or now.status == wanted.show


def _read(
    comment: Comment, part: int, submission: Submission, title: str | None, words: Words
) -> dict[str, str]:
    where = place({"provision": comment.eid or "", "place": comment.place, "document": title})
    said = plain(words.text)
    if comment.publication not in TEXT_PUBLIC:
        said = unseen_words(comment.publication)
    return {
        "ref": str(RowRef(comment.number, part)),
        "provision": where,
        "quoted_text": plain(words.quoted),
        "comment": said,
        "proposed_text": plain(words.proposed),
        "grounds": plain(words.grounds),
        "submitter_class": str(label(submission.sender_class)),
    }


def _beside(comment: Comment, now: Now) -> tuple[str, str]:
    own = str(comment.number)
    return ("" if now.group == own else now.group), (
        str(label(ResponseStatus(now.status))) if now.status else ""
    )
