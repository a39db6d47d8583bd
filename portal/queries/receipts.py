"""The receipt of a submission: what the record has of it, opened for who holds the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from portal.domain.merkle import inclusion_proof
from portal.domain.record import Entry
from portal.domain.submissions import clean_code
from portal.formats.record_files.receipts import FORMAT, proof_text
from portal.models import (
    Comment,
    CommentRevision,
    Consultation,
    MatrixEdition,
    MatrixRow,
    RecordEntry,
    RecordLeaf,
    Submission,
    db,
)
from portal.models.sealing import about, comment_content, received_subject
from portal.models.tree import tree
from portal.queries.proofs import first_covering

Texts = dict[str, dict[str, Any]]


def find_receipt(code: str) -> dict[str, Any] | None:
    """The receipt of a code, in the form of its file: what was received, then each edit.

    An entry that has no place in a signed tree yet has none of `index`, `proof`, `checkpoint`.
    """
    found = _found(code)
    if found is None:
        return None
    submission, consultation, comments = found
    texts = _texts(consultation.slug, comments)
    return {
        "format": FORMAT,
        "reference": submission.code,
        "reference_salt": submission.salt,
        "entries": [_entry(*each, texts) for each in _entries(consultation.id, comments)],
    }


def _found(code: str) -> tuple[Submission, Consultation, list[Comment]] | None:
    query = (
        select(Submission, Consultation)
        .join(Consultation, Submission.consultation_id == Consultation.id)
        .where(Submission.code == clean_code(code))
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    comments = select(Comment).where(Comment.submission_id == found[0].id).order_by(Comment.number)
    return found[0], found[1], list(db.session.scalars(comments))


def _texts(slug: str, comments: Sequence[Comment]) -> Texts:
    """By hash: the content of every text that the comments ever had, with its salt."""
    known = about(comments)
    by_id = {each.id: each for each in comments}
    found = {
        each.digest: {
            "content": comment_content(slug, each, known[each.number]),
            "salt": each.salt,
        }
        for each in comments
        if each.erased_at is None
    }
    query = select(CommentRevision).where(CommentRevision.comment_id.in_(by_id))
    for each in db.session.scalars(query):
        comment = by_id[each.comment_id]
        if comment.erased_at is not None:
            continue
        words = {"comment": each.text, "proposed_text": each.proposed, "grounds": each.grounds}
        content = comment_content(slug, comment, known[comment.number], words)
        found[each.digest] = {"content": content, "salt": each.salt}
    return found


def _entries(
    consultation_id: int, comments: Sequence[Comment]
) -> list[tuple[RecordEntry, RecordLeaf]]:
    """The newest entry of their receiving, then those of their edits."""
    subject = received_subject(comments[0].number, comments[-1].number)
    edits = [f"comment {each.number}" for each in comments]
    query = (
        select(RecordEntry, RecordLeaf)
        .join(RecordLeaf, RecordLeaf.entry_id == RecordEntry.id)
        .where(
            RecordEntry.consultation_id == consultation_id,
            RecordEntry.content.is_not(None),
            or_(
                (RecordEntry.kind == Entry.RECEIVED) & (RecordEntry.subject == subject),
                (RecordEntry.kind == Entry.EDITED) & RecordEntry.subject.in_(edits),
            ),
        )
        .order_by(RecordEntry.id)
    )
    return [(entry, leaf) for entry, leaf in db.session.execute(query)]


def _entry(entry: RecordEntry, leaf: RecordLeaf, texts: Texts) -> dict[str, Any]:
    content: dict[str, Any] = entry.content or {}
    said = content.get("comments") or [content]
    known = [texts[each["hash"]] for each in said if each["hash"] in texts]
    checkpoint = first_covering(leaf.position) if leaf.position is not None else None
    placed: dict[str, Any] = {"index": None, "proof": None, "checkpoint": None}
    if checkpoint is not None and leaf.position is not None:
        proof = inclusion_proof(tree(), leaf.position, checkpoint.size)
        placed = {
            "index": leaf.position,
            "proof": proof_text(proof),
            "checkpoint": checkpoint.note,
        }
    return {
        "content": content,
        "salt": entry.salt,
        "leaf": leaf.leaf,
        **placed,
        # A text that was erased by law is proved no longer, and its entry stays what it is.
        "comments": known if len(known) == len(said) else [],
    }


def counted_rows(slug: str, numbers: Sequence[int]) -> dict[int, list[str]] | None:
    """For each comment with its row in the newest edition, the hashes that the record has of it,
    the latest last.

    None where no matrix is published. A row with another hash than the comment's is no row of it.
    """
    query = (
        select(MatrixEdition.id)
        .join(Consultation, MatrixEdition.consultation_id == Consultation.id)
        .where(Consultation.slug == slug)
        .order_by(MatrixEdition.number.desc())
        .limit(1)
    )
    edition_id = db.session.scalar(query)
    if edition_id is None:
        return None
    rows = (
        select(Comment, MatrixRow.cells)
        .join(MatrixRow, MatrixRow.comment_id == Comment.id)
        .where(MatrixRow.edition_id == edition_id, Comment.number.in_(numbers))
    )
    counted = {
        comment.id: comment
        for comment, cells in db.session.execute(rows)
        if cells["hash"] == comment.digest
    }
    earlier = select(CommentRevision).where(CommentRevision.comment_id.in_(counted))
    found: dict[int, list[str]] = {each.number: [] for each in counted.values()}
    for revision in db.session.scalars(earlier.order_by(CommentRevision.id)):
        found[counted[revision.comment_id].number].append(revision.digest)
    for each in counted.values():
        found[each.number].append(each.digest)
    return found
