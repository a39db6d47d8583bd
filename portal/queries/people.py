"""Everything that the portal has of a person, for who holds the receipt or asks in writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from portal.domain.submissions import Sender, clean_code, sender_key
from portal.models import (
    Appeal,
    Attachment,
    Comment,
    CommentRevision,
    Consultation,
    ModerationDecision,
    OriginalLook,
    Satisfaction,
    Submission,
    db,
)
from portal.models.personal import blind

FORMAT = "radd-person-1"
# What other tables have of a comment, by its name in the export.
BESIDE: dict[str, tuple[Any, str]] = {
    "earlier": (CommentRevision, "text proposed grounds edited_at"),
    "decisions": (ModerationDecision, "outcome ground note spans decided_at"),
    "appeals": (Appeal, "text at outcome reasons decided_at"),
    "satisfaction": (Satisfaction, "part satisfied sentence given_at"),
    "looks_at_originals": (OriginalLook, "at"),
}


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept of the sender of one submission; `erased_at` when its words went."""

    code: str
    slug: str
    name: str
    name_public: bool
    organisation: str
    governorate: str
    email: str
    numbers: tuple[int, ...]
    files: int
    looks: int
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of theirs: its name in the archive, and where its bytes are."""

    name: str
    stored: str
    sha256: str


def find_sent(code: str) -> Submission | None:
    """The submission of a receipt's code, however it was typed."""
    return db.session.scalar(select(Submission).where(Submission.code == clean_code(code)))


def sent_by(email: str) -> list[Submission]:
    """All that was sent under an address, in every consultation, the oldest first. Two queries.

    It is found by the digest of the address: also where the address itself is gone by now.
    """
    of = db.session.execute(select(Consultation.id, Consultation.slug)).all()
    keys = [(at, blind(sender_key(slug, Sender(email=email), ""))) for at, slug in of]
    wanted = tuple_(Submission.consultation_id, Submission.sender_key).in_(keys)
    return list(db.session.scalars(select(Submission).where(wanted).order_by(Submission.id)))


def own_data(submission: Submission) -> OwnData:
    """What their page shows. Four queries."""
    comments = _comments(submission)
    ids = [each.id for each in comments]
    files = select(Attachment.id).where(Attachment.comment_id.in_(ids))
    looks = select(OriginalLook.id).where(OriginalLook.comment_id.in_(ids))
    return OwnData(
        code=submission.code,
        slug=db.session.get_one(Consultation, submission.consultation_id).slug,
        name=submission.name,
        name_public=submission.name_public,
        organisation=submission.organisation,
        governorate=submission.governorate.value if submission.governorate else "",
        email=submission.email,
        numbers=tuple(each.number for each in comments),
        files=len(db.session.scalars(files).all()),
        looks=len(db.session.scalars(looks).all()),
        erased_at=max((each.erased_at for each in comments if each.erased_at), default=None),
    )


def exported(submission: Submission) -> tuple[dict[str, Any], list[OwnFile]]:
    """All of a submission as plain JSON, and its files. Eight queries, whatever it holds."""
    comments = _comments(submission)
    ids = [each.id for each in comments]
    rows = db.session.scalars(select(Attachment).where(Attachment.comment_id.in_(ids)))
    by_id = {each.id: each.number for each in comments}
    files = [
        OwnFile(f"files/{by_id[each.comment_id or 0]}-{each.position}-{_plain(each.name)}",
                each.stored, each.sha256)
        for each in rows.all()
    ]  # fmt: skip
    consultation = db.session.get_one(Consultation, submission.consultation_id)
    content = {
        "format": FORMAT,
        "reference": submission.code,
        "consultation": consultation.slug,
        "title": {"ar": consultation.title_ar, "en": consultation.title_en},
        "received": submission.received_at.isoformat(),
        "channel": submission.channel.value,
        "language": submission.language,
        "late": submission.late,
        "sender": {
            "class": submission.sender_class.value,
            "name": submission.name,
            "name_public": submission.name_public,
            "organisation": submission.organisation,
            "governorate": submission.governorate.value if submission.governorate else None,
            "email": submission.email,
            "confidential": submission.confidential,
        },
        "comments": [_comment(each) for each in comments],
        **{name: _rows(table, by_id, columns) for name, (table, columns) in BESIDE.items()},
        "files": [each.name for each in files],
    }
    return content, files


def _comments(submission: Submission) -> list[Comment]:
    query = select(Comment).where(Comment.submission_id == submission.id)
    return list(db.session.scalars(query.order_by(Comment.number)))


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.number,
        "provision": comment.eid,
        "place": comment.place,
        "type": comment.type.value,
        "quoted": comment.quoted,
        "text": comment.text,
        "proposed": comment.proposed,
        "grounds": comment.grounds,
        "publication": comment.publication.value,
        "fingerprint": comment.digest,
        "salt": comment.salt,
        "erased": comment.erased_at.isoformat() if comment.erased_at else None,
    }


def _rows(table: Any, by_id: dict[int, int], columns: str) -> list[dict[str, Any]]:
    query = select(table).where(table.comment_id.in_(by_id)).order_by(*table.__mapper__.primary_key)
    found = db.session.scalars(query)
    return [
        {
            "comment": by_id[each.comment_id],
            **{name: _said(getattr(each, name)) for name in columns.split()},
        }
        for each in found
    ]


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _plain(name: str) -> str:
    """A file's name with nothing in it that leads out of a folder."""
    return "".join(char if char.isalnum() or char in "-_." else "_" for char in name)[-100:]
