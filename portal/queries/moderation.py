"""Reads for the moderation desk about one comment, and about what somebody decided just now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.appeals import AppealOutcome
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.models import (
    Appeal,
    Claim,
    Comment,
    Consultation,
    HeldDecision,
    ModerationDecision,
    OutboxMail,
    SavedFilter,
    User,
    db,
)
from portal.models.attaching import to_words
from portal.queries.attachments import names_of_files
from portal.queries.originals import Texts, earlier_texts, text_at
from portal.queries.queue import Reach


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision in the history of a comment, as staff see it; `masked` are words and grounds.

    `files` are names and the grounds on which files were withheld, None for one that was shown.
    """

    outcome: Outcome
    ground: Ground | None
    note: str
    spans: int
    by: str
    at: datetime
    masked: tuple[tuple[str, Ground], ...]
    files: tuple[tuple[str, Ground | None], ...]
    appeal: AppealOutcome | None
    appealed_at: datetime | None


def history(comment_id: int) -> tuple[PastDecision, ...]:
    """All decisions on a comment, oldest first. Three queries."""
    query = (
        select(ModerationDecision, User.name, Appeal, Comment)
        .join(User, ModerationDecision.decided_by == User.id)
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .outerjoin(Appeal, Appeal.decision_id == ModerationDecision.id)
        .where(ModerationDecision.comment_id == comment_id)
        .order_by(ModerationDecision.id)
    )
    found = db.session.execute(query).all()
    earlier = earlier_texts((comment_id,)) if any(row[0].spans for row in found) else {}
    names = names_of_files((comment_id,)) if any(row[0].files for row in found) else {}
    return tuple(
        PastDecision(
            outcome=each.outcome,
            ground=each.ground,
            note=each.note,
            spans=len(each.spans),
            by=name,
            at=each.decided_at,
            masked=masked_words(each, text_at(comment, earlier.get(comment_id, ()), each.revision)),
            files=said_of_files(each, names),
            appeal=appeal.outcome if appeal else None,
            appealed_at=appeal.at if appeal else None,
        )
        for each, name, appeal, comment in found
    )


def masked_words(decision: ModerationDecision, texts: Texts) -> tuple[tuple[str, Ground], ...]:
    """The words that a decision masked, in the text it was made on, each with its ground."""
    return tuple(
        (texts[span["field"]][span["start"] : span["end"]], Ground(span["ground"]))
        for span in decision.spans
    )


def said_of_files(
    decision: ModerationDecision, names: Mapping[int, str]
) -> tuple[tuple[str, Ground | None], ...]:
    """What a decision said of files, by their names."""
    return tuple((names[word.file_id], word.ground) for word in to_words(decision.files))


def find_mapped(consultation_id: int, number: int) -> Comment | None:
    """The mapped comment with that reference, for services."""
    query = select(Comment).where(
        Comment.consultation_id == consultation_id, Comment.number == number
    )
    return db.session.scalar(query)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Who looks at a comment, until when."""

    by: str
    user_id: int
    until: datetime


def claim_on(comment_id: int, now: datetime) -> ClaimView | None:
    """The claim on a comment that has not lapsed."""
    query = (
        select(User.name, Claim.user_id, Claim.until)
        .join(User, Claim.user_id == User.id)
        .where(Claim.comment_id == comment_id, Claim.until > now)
    )
    found = db.session.execute(query).first()
    return ClaimView(*found) if found else None


@dataclass(frozen=True, slots=True)
class Held:
    """A decision that can still be undone."""

    comment_id: int
    slug: str
    number: int
    outcome: Outcome
    by: int
    until: datetime
    batch: str


def held_by(user_id: int | None, now: datetime) -> tuple[Held, ...]:
    """What this moderator can still undo by one press: those of the newest, by number."""
    query = (
        select(HeldDecision, Comment.number, Consultation.slug)
        .join(Comment, HeldDecision.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(HeldDecision.decided_by == user_id, HeldDecision.takes_effect_at > now)
        .order_by(HeldDecision.decided_at.desc(), HeldDecision.comment_id.desc())
    )
    found = tuple(
        Held(
            held.comment_id,
            slug,
            number,
            held.outcome,
            held.decided_by,
            held.takes_effect_at,
            held.batch,
        )
        for held, number, slug in db.session.execute(query)
    )
    newest = [each for each in found if each.batch == found[0].batch]
    return tuple(sorted(newest, key=lambda each: (each.slug, each.number)))


def held_on(comment_id: int) -> Held | None:
    """The decision on a comment that has not taken effect yet."""
    held = db.session.get(HeldDecision, comment_id)
    if held is None:
        return None
    return Held(comment_id, "", 0, held.outcome, held.decided_by, held.takes_effect_at, held.batch)


@dataclass(frozen=True, slots=True)
class NoticeState:
    """What became of a mail to an author."""

    at: datetime
    sent_at: datetime | None
    attempts: int
    error: str
    next_attempt_at: datetime


def notices_of(comment_id: int) -> tuple[NoticeState, ...]:
    """The mails about a comment, oldest first."""
    query = select(OutboxMail).where(OutboxMail.comment_id == comment_id).order_by(OutboxMail.id)
    return tuple(_state(mail) for mail in db.session.scalars(query))


def _state(mail: OutboxMail) -> NoticeState:
    return NoticeState(
        mail.created_at, mail.sent_at, mail.attempts, mail.last_error, mail.next_attempt_at
    )


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A notice that could not be handed over yet, for the desk."""

    slug: str
    number: int
    state: NoticeState


def undelivered(reach: Reach, limit: int = 100) -> tuple[Undelivered, ...]:
    """Notices that were tried and not taken, newest first: they are tried again for ever."""
    query = (
        select(OutboxMail, Comment.number, Consultation.slug)
        .join(Comment, OutboxMail.comment_id == Comment.id)
        .join(Consultation, Comment.consultation_id == Consultation.id)
        .where(OutboxMail.sent_at.is_(None), OutboxMail.attempts > 0)
        .order_by(OutboxMail.id.desc())
        .limit(limit)
    )
    if reach.body_ids is not None:
        query = query.where(Consultation.body_id.in_(reach.body_ids))
    return tuple(
        Undelivered(slug, number, _state(mail)) for mail, number, slug in db.session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter that somebody keeps."""

    id: int
    name: str
    query: str


def filters_of(user_id: int | None, *, screen: str = "") -> tuple[Kept, ...]:
    """Somebody's own filters of the queue, or of the study of the consultation `screen`."""
    mine = (SavedFilter.user_id == user_id, SavedFilter.screen == screen)
    query = select(SavedFilter).where(*mine).order_by(SavedFilter.name)
    return tuple(Kept(each.id, each.name, each.query) for each in db.session.scalars(query))
