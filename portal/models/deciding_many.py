"""One decision on many comments: every rule of `deciding.settle`, written set by set.

Each comment has its own row in the history, its own leaf in the record and its own mail; only the
statements are shared, so that a hundred thousand take seconds and not minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert

from portal.domain.comment_life import RULES, follow
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.moderation import Decision
from portal.domain.record import commitment
from portal.formats.canonical import canonical
from portal.models.attaching import files_by_comment, hold_back
from portal.models.attachments import Attachment
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.deciding import notice_params
from portal.models.moderation import ModerationDecision
from portal.models.notifications import OutboxMail
from portal.models.publication import set_publication_of_many
from portal.models.queue import Claim, Waiting
from portal.models.record import RecordEntry
from portal.models.submissions import Submission


@dataclass(frozen=True, slots=True)
class Case:
    """A comment to decide on, held by this transaction; `since` is when it came to wait."""

    comment: Comment
    submission: Submission
    since: datetime | None


def settle_many(
    user_id: int,
    now: datetime,
    consultation: Consultation,
    cases: Sequence[Case],
    decision: Decision,
) -> int:
    """Let a decision without spans take effect on each; gives on how many it could.

    `decision` is checked already (`domain.comment_groups.check_for_many`), but for what a single
    comment's state allows: where it allows nothing, the comment is left as it is.
    """
    able = [(case, status) for case in cases if (status := _follows(case, decision)) is not None]
    if not able:
        return 0
    ids = [case.comment.id for case, _status in able]
    chosen = [case for case, _status in able]
    db.session.execute(
        insert(ModerationDecision), [_row(user_id, now, case, decision) for case in chosen]
    )
    # Nobody looked at each file: they stay where the public does not see them.
    hold_back(ids)
    files = files_by_comment(ids)
    for status in {status for _case, status in able}:
        mine = [case.comment.id for case, each in able if each is status]
        set_publication_of_many(mine, status)
    for table in (Waiting, Claim):
        db.session.execute(
            delete(table).where(table.comment_id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
    leaves = [_leaf(user_id, now, case.comment, consultation, decision) for case in chosen]
    db.session.execute(insert(RecordEntry), leaves)
    notice = RULES[decision.outcome.event].notice
    mails = [
        _mail(notice, now, case, consultation, decision, files.get(case.comment.id, ()))
        for case in chosen
        if notice and case.submission.email
    ]
    if mails:
        db.session.execute(insert(OutboxMail), mails)
    return len(able)


def _follows(case: Case, decision: Decision) -> Publication | None:
    try:
        return follow(
            case.comment.publication,
            decision.outcome.event,
            confidential=case.submission.confidential,
        )
    except DomainError:
        return None


def _row(user_id: int, now: datetime, case: Case, decision: Decision) -> dict[str, Any]:
    return {
        "comment_id": case.comment.id,
        "revision": case.comment.revision,
        "outcome": decision.outcome,
        "ground": decision.ground,
        "note": decision.note.strip(),
        "spans": [],
        "files": [],
        "decided_by": user_id,
        "decided_at": now,
        "waited": max(0, int((now - case.since).total_seconds())) if case.since else None,
    }


def _leaf(
    user_id: int, now: datetime, comment: Comment, consultation: Consultation, decision: Decision
) -> dict[str, Any]:
    content = {
        "consultation": consultation.slug,
        "comment": comment.number,
        "outcome": decision.outcome.value,
        "ground": decision.ground.value if decision.ground else None,
        "spans": [],
    }
    salt = secrets.token_hex(32)
    return {
        "kind": RULES[decision.outcome.event].entry,
        "at": now,
        "consultation_id": consultation.id,
        "subject": f"comment {comment.number}",
        "commitment": commitment(bytes.fromhex(salt), canonical(content)),
        "salt": salt,
        "actor_id": user_id,
    }


def _mail(
    template: str,
    now: datetime,
    case: Case,
    consultation: Consultation,
    decision: Decision,
    files: tuple[Attachment, ...],
) -> dict[str, Any]:
    return {
        "recipient": case.submission.email,
        "language": case.submission.language,
        "template": template,
        "params": notice_params(now, decision, case.comment, case.submission, consultation, files),
        "created_at": now,
        "next_attempt_at": now,
        "attempts": 0,
        "last_error": "",
        "comment_id": case.comment.id,
    }
