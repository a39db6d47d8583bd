"""Adding to the record and to the outbox, inside the transaction of what is told."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from portal.domain.record import NAMED, OPENED, Entry, commitment, leaf
from portal.formats.canonical import canonical
from portal.models.base import db, table_of
from portal.models.consultations import Consultation
from portal.models.notifications import OutboxMail
from portal.models.record import RecordEntry, RecordLeaf

# Into the tables themselves: that they are mapped costs more than all the rest of it.
_ENTRIES, _LEAVES = table_of(RecordEntry), table_of(RecordLeaf)
_ENTER = insert(_ENTRIES).returning(_ENTRIES.c.id, sort_by_parameter_order=True)
_PLACE = insert(_LEAVES)


def write_down(
    kind: Entry,
    *,
    at: datetime,
    subject: str,
    content: dict[str, Any],
    consultation_id: int | None = None,
    actor_id: int | None = None,
) -> None:
    """Append an entry and its leaf to the record: it commits to `content` under a fresh salt.

    `subject` says in a word what it is about (`comment 17`), never with personal data; nor is
    there any in the content of a kind in `domain.record.OPENED`, which is kept and shown.
    """
    write_down_many(
        kind,
        [(subject, content)],
        at=at,
        consultation_id=consultation_id,
        actor_id=actor_id,
    )


def write_down_many(
    kind: Entry,
    said: Sequence[tuple[str, dict[str, Any]]],
    *,
    at: datetime,
    consultation_id: int | None = None,
    actor_id: int | None = None,
) -> None:
    """The same for many of one kind, in few statements; `said` is of each subject and content."""
    slug = _named(kind, consultation_id)
    rows, leaves = [], []
    for subject, content in said:
        salt = secrets.token_hex(32)
        committed = commitment(bytes.fromhex(salt), canonical(content))
        rows.append(
            {
                "kind": kind,
                "at": at,
                "consultation_id": consultation_id,
                "subject": subject,
                "commitment": committed,
                "salt": salt,
                "actor_id": actor_id,
                "content": content if kind in OPENED else None,
            }
        )
        leaves.append(leaf(kind, at, committed, slug))
    if not rows:
        return
    connection = db.session.connection()
    ids = connection.execute(_ENTER, rows).scalars()
    kept = [{"entry_id": at, "leaf": text} for at, text in zip(ids, leaves, strict=True)]
    connection.execute(_PLACE, kept)


def _named(kind: Entry, consultation_id: int | None) -> str | None:
    """The consultation's slug, where the public knows of it and of the act."""
    if kind not in NAMED or consultation_id is None:
        return None
    consultation = db.session.get_one(Consultation, consultation_id)
    return consultation.slug if consultation.announced_at else None


def post(
    template: str,
    *,
    to: str,
    language: str,
    now: datetime,
    params: dict[str, Any],
    comment_id: int | None = None,
) -> OutboxMail | None:
    """Lay a mail into the outbox; None where there is no address to send it to.

    `template` names `templates/mail/TEMPLATE.txt`; `params` are plain JSON values; `comment_id`
    is the comment it tells of.
    """
    if not to:
        return None
    mail = OutboxMail(
        recipient=to,
        language=language,
        template=template,
        params=params,
        created_at=now,
        next_attempt_at=now,
        comment_id=comment_id,
    )
    db.session.add(mail)
    return mail
