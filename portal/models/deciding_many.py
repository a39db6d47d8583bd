"""One decision on many comments: every rule of `deciding.settle`, written set by set.

Each comment has its own row in the history, its own leaf in the record and its own mail; only the
statements are shared, so that a hundred thousand take seconds and not minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert

from portal.domain.comment_life import RULES, follow
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.moderation import Decision
from portal.models.attaching import files_by_comment, hold_back
from portal.models.attachments import Attachment
from portal.models.base import Base, db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.deciding import About, params_of
from portal.models.ledger import write_down_many
from portal.models.moderation import ModerationDecision
from portal.models.notifications import OutboxMail
from portal.models.publication import set_publication_of_many
from portal.models.queue import Claim, Waiting
from portal.models.submissions import Submission


class Case(NamedTuple):
    """A comment to decide on, held by this transaction; `since` is when it came to wait, `claimed`
    that a colleague is looking at it. Columns and no mapped objects: there are a great many."""

    comment_id: int
    number: int
    revision: int
    publication: Publication
    code: str
    email: str
    language: str
    confidential: bool
    since: datetime | None
    claimed: bool


COLUMNS = (
    Comment.id,
    Comment.number,
    Comment.revision,
    Comment.publication,
    Submission.code,
    Submission.email,
    Submission.language,
    Submission.confidential,
    Waiting.since,
)


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
    ids = [case.comment_id for case, _status in able]
    chosen = [case for case, _status in able]
    _add(ModerationDecision, [_row(user_id, now, case, decision) for case in chosen])
    # Nobody looked at each file: they stay where the public does not see them.
    hold_back(ids)
    files = files_by_comment(ids)
    for status in {status for _case, status in able}:
        mine = [case.comment_id for case, each in able if each is status]
        set_publication_of_many(mine, status)
    for table in (Waiting, Claim):
        db.session.execute(
            delete(table).where(table.comment_id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
    write_down_many(
        RULES[decision.outcome.event].entry,
        [(f"comment {case.number}", _said(case.number, consultation, decision)) for case in chosen],
        at=now,
        consultation_id=consultation.id,
        actor_id=user_id,
    )
    notice = RULES[decision.outcome.event].notice
    mails = [
        _mail(notice, now, case, consultation, decision, files.get(case.comment_id, ()))
        for case in chosen
        if notice and case.email
    ]
    _add(OutboxMail, mails)
    return len(able)


def _add(table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Into the table itself: that they are mapped costs more than all the rest of it."""
    if rows:
        db.session.execute(insert(Base.metadata.tables[table.__tablename__]), rows)


def _follows(case: Case, decision: Decision) -> Publication | None:
    try:
        return follow(case.publication, decision.outcome.event, confidential=case.confidential)
    except DomainError:
        return None


def _row(user_id: int, now: datetime, case: Case, decision: Decision) -> dict[str, Any]:
    return {
        "comment_id": case.comment_id,
        "revision": case.revision,
        "outcome": decision.outcome,
        "ground": decision.ground,
        "note": decision.note.strip(),
        "spans": [],
        "files": [],
        "decided_by": user_id,
        "decided_at": now,
        "waited": max(0, int((now - case.since).total_seconds())) if case.since else None,
    }


def _said(number: int, consultation: Consultation, decision: Decision) -> dict[str, Any]:
    return {
        "consultation": consultation.slug,
        "comment": number,
        "outcome": decision.outcome.value,
        "ground": decision.ground.value if decision.ground else None,
        "spans": [],
    }


def _mail(
    template: str,
    now: datetime,
    case: Case,
    consultation: Consultation,
    decision: Decision,
    files: tuple[Attachment, ...],
) -> dict[str, Any]:
    about = About(case.number, case.code, case.confidential)
    return {
        "recipient": case.email,
        "language": case.language,
        "template": template,
        "params": params_of(now, decision, about, consultation, {}, files),
        "created_at": now,
        "next_attempt_at": now,
        "attempts": 0,
        "last_error": "",
        "comment_id": case.comment_id,
    }
