"""A decision of moderation on its way into the tables: appended, shown, on record, told.

It lies on this floor because a moderator's decision and the ruling on an appeal both end here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.domain.appeals import Ruling
from portal.domain.attachments import check_words_on_files
from portal.domain.comment_life import RULES, follow
from portal.domain.comments import Publication
from portal.domain.errors import Stale
from portal.domain.moderation import SHOWS, Decision, check
from portal.domain.redaction import tidy
from portal.domain.visibility import FIELDS, Span
from portal.models.accounts import User
from portal.models.attaching import files_of, states, take_words, told_of_files, words_kept
from portal.models.attachments import Attachment
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.ledger import post, write_down
from portal.models.moderation import ModerationDecision
from portal.models.publication import leave_queue, set_publication
from portal.models.submissions import Submission


def lock(comment: Comment) -> None:
    """Read the comment anew and hold it: who else writes to it waits for this transaction."""
    db.session.flush()  # reading anew forgets what was not written yet
    db.session.refresh(comment, with_for_update=True)


def texts_of(comment: Comment) -> dict[str, str]:
    """The comment's texts by name, in which spans are counted."""
    return {field: getattr(comment, field) for field in FIELDS}


def checked(
    comment: Comment, submission: Submission, decision: Decision
) -> tuple[Decision, Publication]:
    """The decision with its spans widened to whole words, and the status that follows.

    Raises `changed_meanwhile` or `decided_meanwhile` for a state that is no longer there, and
    what `domain.moderation`, `domain.attachments` and `domain.comment_life` raise.
    """
    if decision.seen_revision != comment.revision:
        raise stale(comment)
    fields = texts_of(comment)
    check(decision.outcome, decision.ground, decision.note, decision.spans, fields)
    tidied = replace(decision, spans=tidy(decision.spans, fields))
    check(tidied.outcome, tidied.ground, tidied.note, tidied.spans, fields)
    if decision.files and decision.outcome in SHOWS and not submission.confidential:
        check_words_on_files(decision.files, states(files_of(comment.id)))
    else:
        tidied = replace(tidied, files=())
    status = follow(
        comment.publication, decision.outcome.event, confidential=submission.confidential
    )
    return tidied, status


def settle(
    user_id: int | None, now: datetime, comment: Comment, decision: Decision, *, tells: bool = True
) -> ModerationDecision:
    """Let a decision take effect on a comment that is locked; `tells`: the author by mail."""
    submission = db.session.get_one(Submission, comment.submission_id)
    consultation = db.session.get_one(Consultation, comment.consultation_id)
    decision, status = checked(comment, submission, decision)
    kept = _append(user_id, now, comment, decision)
    files = files_of(comment.id)
    take_words(files, decision.files)
    set_publication(comment, status)
    rule = RULES[decision.outcome.event]
    write_down(
        rule.entry,
        at=now,
        subject=f"comment {comment.number}",
        content={
            "consultation": consultation.slug,
            "comment": comment.number,
            "outcome": decision.outcome.value,
            "ground": decision.ground.value if decision.ground else None,
            "spans": kept.spans,
            **({"files": _said_of(files)} if files else {}),
        },
        consultation_id=consultation.id,
        actor_id=user_id,
    )
    if tells and rule.notice:
        post(
            rule.notice,
            to=submission.email,
            language=submission.language,
            now=now,
            params=notice_params(now, decision, comment, submission, consultation, files),
            comment_id=comment.id,
        )
    return kept


def _said_of(files: tuple[Attachment, ...]) -> list[dict[str, str | None]]:
    return [
        {
            "sha256": each.sha256,
            "standing": each.standing.value,
            "ground": each.ground.value if each.ground else None,
        }
        for each in files
    ]


def _append(
    user_id: int | None, now: datetime, comment: Comment, decision: Decision
) -> ModerationDecision:
    since = leave_queue(comment.id)
    kept = ModerationDecision(
        comment_id=comment.id,
        revision=comment.revision,
        outcome=decision.outcome,
        ground=decision.ground,
        note=decision.note.strip(),
        spans=spans_kept(decision.spans),
        files=words_kept(decision.files),
        decided_by=user_id,
        decided_at=now,
        waited=max(0, int((now - since).total_seconds())) if since else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(kept)
    except IntegrityError as taken:  # somebody was quicker by a hair
        db.session.refresh(comment)
        raise stale(comment) from taken
    return kept


def spans_kept(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """Spans as JSON keeps them."""
    return [{**span._asdict(), "ground": span.ground.value} for span in spans]


def stale(comment: Comment) -> Stale:
    """The refusal that shows what somebody did meanwhile."""
    query = (
        select(ModerationDecision, User.name)
        .join(User, ModerationDecision.decided_by == User.id)
        .where(ModerationDecision.comment_id == comment.id)
        .order_by(ModerationDecision.id.desc())
        .limit(1)
    )
    found = db.session.execute(query).first()
    # Its newest change was the author's: nobody decided on what the text says now.
    if found is None or found[0].revision != comment.revision - 1:
        return Stale("changed_meanwhile", number=comment.number)
    decision, name = found
    return Stale(
        "decided_meanwhile",
        number=comment.number,
        outcome=decision.outcome,
        name=name,
        at=decision.decided_at,
    )


def notice_params(
    now: datetime,
    decision: Decision,
    comment: Comment,
    submission: Submission,
    consultation: Consultation,
    files: tuple[Attachment, ...] = (),
) -> dict[str, object]:
    """What the notice to the author is filled with; `files` are all of the comment's."""
    fields: Mapping[str, str] = texts_of(comment)
    about = About(comment.number, submission.code, submission.confidential)
    return params_of(now, decision, about, consultation, fields, files)


class About(NamedTuple):
    """What a notice says of the comment that it is about."""

    number: int
    code: str
    confidential: bool


def params_of(
    now: datetime,
    decision: Decision,
    about: About,
    consultation: Consultation,
    fields: Mapping[str, str],
    files: tuple[Attachment, ...] = (),
) -> dict[str, object]:
    """The same from what is known of a comment; `fields` are its texts where words are masked."""
    shows = decision.outcome in SHOWS and not about.confidential
    return {
        "number": about.number,
        "code": about.code,
        "slug": consultation.slug,
        "title": {"ar": consultation.title_ar, "en": consultation.title_en},
        "outcome": decision.outcome.value,
        "ground": decision.ground.value if decision.ground else None,
        "note": decision.note.strip(),
        "masks": [
            {"words": fields[span.field][span.start : span.end], "ground": span.ground.value}
            for span in decision.spans
        ],
        "files": told_of_files(files, decision.files) if shows else [],
        "confidential": about.confidential,
        "decided_at": now.isoformat(),
    }


def ruling_params(
    ruling: Ruling, comment: Comment, submission: Submission, consultation: Consultation
) -> dict[str, object]:
    """What the mail about a ruling is filled with, beside the new decision's own."""
    return {
        "number": comment.number,
        "code": submission.code,
        "slug": consultation.slug,
        "title": {"ar": consultation.title_ar, "en": consultation.title_en},
        "ruling": ruling.outcome.value,
        "reasons": ruling.reasons.strip(),
    }
