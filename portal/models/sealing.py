"""What a submission and its comments commit to, before anybody has decided anything about them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.domain.attachments import Standing
from portal.domain.record import commitment
from portal.formats.canonical import canonical
from portal.models.attaching import files_by_comment, received_file
from portal.models.attachments import Attachment
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Document
from portal.models.drafts import DraftVersion
from portal.models.submissions import Submission


@dataclass(frozen=True, slots=True)
class About:
    """What a comment's hash commits to beside its own row: numbers that the public knows, files.

    `shown`: every file of it stands in public.
    """

    document: int | None = None
    version: int | None = None
    files: tuple[Attachment, ...] = ()

    @property
    def shown(self) -> bool:
        return all(each.standing is Standing.SHOWN for each in self.files)


def seal(slug: str, comments: Sequence[Comment], known: Mapping[int, About] | None = None) -> None:
    """Give comments, as they stand now, the hash that the matrix will show, each under a new salt.

    `known` is by number what is known of each; else it is read, in two queries at most.
    """
    known = about(comments) if known is None else known
    for comment in comments:
        comment.salt = secrets.token_hex(32)
        content = canonical(comment_content(slug, comment, known[comment.number]))
        comment.digest = commitment(bytes.fromhex(comment.salt), content)


def about(comments: Sequence[Comment]) -> dict[int, About]:
    """By number, what the hashes of comments of one consultation commit to beside their rows."""
    documents = {each.document_id for each in comments if each.document_id}
    numbers: dict[tuple[int | None, int | None], tuple[int | None, int | None]] = {}
    if documents:
        query = (
            select(Document.id, DraftVersion.id, Document.number, DraftVersion.number)
            .outerjoin(DraftVersion, DraftVersion.document_id == Document.id)
            .where(Document.id.in_(documents))
        )
        for document_id, version_id, document, version in db.session.execute(query):
            numbers[document_id, None] = (document, None)
            numbers[document_id, version_id] = (document, version)
    ids = [each.id for each in comments if each.id is not None]
    files = files_by_comment(ids) if ids else {}
    return {
        each.number: About(
            *numbers.get((each.document_id, each.version_id), (None, None)),
            files.get(each.id, ()),
        )
        for each in comments
    }


def comment_content(
    slug: str, comment: Comment, of: About, words: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the hash of a comment commits to; `words` are earlier ones, where it was edited.

    Of its files, what was received, whatever was decided of them later; not their names.
    """
    said = {
        "comment": comment.text,
        "proposed_text": comment.proposed,
        "grounds": comment.grounds,
    }
    return {
        **(words or said),
        "consultation": slug,
        "number": comment.number,
        "document": of.document,
        "version": of.version,
        "provision": comment.eid,
        "place": comment.place,
        "quoted_text": comment.quoted,
        "comment_type": comment.type.value,
        **({"files": [received_file(each) for each in of.files]} if of.files else {}),
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
