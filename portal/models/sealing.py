"""What a submission and its comments commit to, before anybody has decided anything about them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.domain.record import commitment
from portal.formats.canonical import canonical
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Document
from portal.models.drafts import DraftVersion
from portal.models.submissions import Submission

Numbers = tuple[int | None, int | None]


def seal(slug: str, comments: Sequence[Comment]) -> None:
    """Give comments, as they stand now, the hash that the matrix will show, each under a new salt.

    One query, whatever their number.
    """
    numbers = public_numbers(comments)
    for comment in comments:
        comment.salt = secrets.token_hex(32)
        content = canonical(comment_content(slug, comment, numbers[comment.number]))
        comment.digest = commitment(bytes.fromhex(comment.salt), content)


def public_numbers(comments: Sequence[Comment]) -> dict[int, Numbers]:
    """The public numbers of the document and version that each comment is about."""
    documents = {each.document_id for each in comments if each.document_id}
    known: dict[tuple[int | None, int | None], Numbers] = {(None, None): (None, None)}
    if documents:
        query = (
            select(Document.id, DraftVersion.id, Document.number, DraftVersion.number)
            .outerjoin(DraftVersion, DraftVersion.document_id == Document.id)
            .where(Document.id.in_(documents))
        )
        for document_id, version_id, document, version in db.session.execute(query):
            known[document_id, None] = (document, None)
            known[document_id, version_id] = (document, version)
    return {each.number: known[each.document_id, each.version_id] for each in comments}


def comment_content(
    slug: str, comment: Comment, about: Numbers, words: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the hash of a comment commits to; `words` are earlier ones, where it was edited."""
    document, version = about
    said = {
        "comment": comment.text,
        "proposed_text": comment.proposed,
        "grounds": comment.grounds,
    }
    return {
        **(words or said),
        "consultation": slug,
        "number": comment.number,
        "document": document,
        "version": version,
        "provision": comment.eid,
        "place": comment.place,
        "quoted_text": comment.quoted,
        "comment_type": comment.type.value,
    }


def received_subject(first: int, last: int) -> str:
    """What the entry of a submission is about: by it, the entry is found."""
    return f"submission, comments {first} to {last}"


def received_content(
    slug: str, submission: Submission, comments: Sequence[Comment]
) -> dict[str, Any]:
    """What the leaf of a submission commits to: all of it is in the matrix one day.

    `reference` ties it to the code of the receipt, under the submission's own salt.
    """
    return {
        "consultation": slug,
        "channel": submission.channel.value,
        "received": submission.received_at.isoformat(),
        "late": submission.late,
        "reference": commitment(bytes.fromhex(submission.salt), canonical(submission.code)),
        "comments": [{"number": each.number, "hash": each.digest} for each in comments],
    }
