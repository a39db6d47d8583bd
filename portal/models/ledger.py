"""Adding to the record and to the outbox, inside the transaction of what is told."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from portal.domain.record import Entry, commitment
from portal.formats.canonical import canonical
from portal.models.base import db
from portal.models.notifications import OutboxMail
from portal.models.record import RecordEntry


def write_down(
    kind: Entry,
    *,
    at: datetime,
    subject: str,
    content: dict[str, Any],
    consultation_id: int | None = None,
    actor_id: int | None = None,
    salt: str | None = None,
) -> RecordEntry:
    """Append a leaf to the record: it commits to `content` under `salt` (hex; made when None).

    `subject` says in a word what it is about (`comment 17`), never with personal data.
    """
    salt = salt or secrets.token_hex(32)
    entry = RecordEntry(
        kind=kind,
        at=at,
        consultation_id=consultation_id,
        subject=subject,
        commitment=commitment(bytes.fromhex(salt), canonical(content)),
        salt=salt,
        actor_id=actor_id,
    )
    db.session.add(entry)
    return entry


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
