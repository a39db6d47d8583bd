"""Appeals: the author's objection to a decision; another moderator decides it (DOMAIN.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from portal.domain.attachments import FileWord
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Decision, Outcome
from portal.domain.text import check_words

TEXT_LIMIT = 5_000


class AppealOutcome(StrEnum):
    """`LAPSED`: the author edited or withdrew the comment, so nothing was left to decide."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    LAPSED = "lapsed"


def appeal_until(decided_at: datetime, days: int) -> datetime:
    """The last moment for an appeal: `days` calendar days after the decision."""
    return decided_at + timedelta(days=days)


def check_appeal(
    text: str,
    *,
    ground: Ground | None,
    decided_at: datetime,
    appealed: bool,
    now: datetime,
    days: int,
) -> None:
    """An appeal is against a decision with a ground, in time, once, and says why.

    Raises `appeal_nothing`, `appeal_twice`, `appeal_late` (409), `appeal_empty`, `text_long`…
    """
    if ground is None:
        raise DomainError("appeal_nothing", status=409)
    if appealed:
        raise DomainError("appeal_twice", status=409)
    if now > appeal_until(decided_at, days):
        raise DomainError("appeal_late", status=409, days=days)
    if not text.strip():
        raise DomainError("appeal_empty", field="text")
    for error in check_words(text, "text", TEXT_LIMIT):
        raise error


def check_decider(user_id: int | None, *, decided_by: int) -> None:
    """Nobody decides an appeal against their own decision: raises `own_decision` (403)."""
    if user_id is None or user_id == decided_by:
        raise DomainError("own_decision", status=403)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is ruled, why, and for an appeal that is upheld the decision instead."""

    outcome: AppealOutcome
    reasons: str
    instead: Decision | None = None


def check_ruling(ruling: Ruling, appealed: Outcome, files: tuple[FileWord, ...] = ()) -> None:
    """An appeal is upheld with another decision, or rejected; either way with reasons.

    `files` are the words of the decision appealed against on files of the comment.

    Raises `appeal_outcome_missing`, `reason_missing`, `text_long`, `appeal_same`.
    """
    upheld = ruling.outcome is AppealOutcome.UPHELD
    if ruling.outcome is AppealOutcome.LAPSED or upheld != (ruling.instead is not None):
        raise DomainError("appeal_outcome_missing", field="ruling")
    if not ruling.reasons.strip():
        raise DomainError("reason_missing", field="reasons")
    for error in check_words(ruling.reasons, "reasons", TEXT_LIMIT):
        raise error
    # Fewer words masked, or another word on a file, is another decision of the same name.
    instead = ruling.instead
    same = instead and instead.outcome is appealed and set(instead.files) == set(files)
    if same and appealed is not Outcome.REDACT:
        raise DomainError("appeal_same", field="outcome")
