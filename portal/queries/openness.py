"""Moderation in public: numbers, and the log of decisions; no names and no words of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select

from portal.domain.appeals import AppealOutcome
from portal.domain.attachments import count_files
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.models import Appeal, Comment, ModerationDecision, Waiting, db

PAGE = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What moderation of a consultation came to. `median`: from waiting to decision; None where
    nothing was decided."""

    received: int
    waiting: int
    decisions: dict[tuple[Outcome, Ground | None], int]
    median: timedelta | None
    appeals: dict[AppealOutcome | None, int]

    @property
    def decided(self) -> int:
        return sum(self.decisions.values())

    def of(self, outcome: Outcome) -> int:
        """How many decisions had this outcome, on whatever ground."""
        return sum(number for (each, _ground), number in self.decisions.items() if each is outcome)


def count_moderation(consultation_id: int) -> Figures:
    """The numbers of one consultation. Six queries, whatever they come to."""
    of_it = Comment.consultation_id == consultation_id
    decided = (
        select(ModerationDecision.outcome, ModerationDecision.ground, func.count())
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .where(of_it)
        .group_by(ModerationDecision.outcome, ModerationDecision.ground)
    )
    appeals = (
        select(Appeal.outcome, func.count())
        .join(Comment, Appeal.comment_id == Comment.id)
        .where(of_it)
        .group_by(Appeal.outcome)
    )
    waiting = select(func.count()).where(Waiting.consultation_id == consultation_id)
    return Figures(
        received=db.session.scalar(select(func.count()).where(of_it)) or 0,
        waiting=db.session.scalar(waiting) or 0,
        decisions={(row[0], row[1]): row[2] for row in db.session.execute(decided)},
        median=_median(consultation_id),
        appeals={row[0]: row[1] for row in db.session.execute(appeals)},
    )


def _median(consultation_id: int) -> timedelta | None:
    waited = (
        select(ModerationDecision.waited)
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .where(Comment.consultation_id == consultation_id, ModerationDecision.waited.is_not(None))
    )
    number = db.session.scalar(select(func.count()).select_from(waited.subquery())) or 0
    if not number:
        return None
    middle = waited.order_by(ModerationDecision.waited).offset((number - 1) // 2)
    found = db.session.scalars(middle.limit(2 - number % 2)).all()
    return timedelta(seconds=sum(each or 0 for each in found) / len(found))


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision in the public log: which comment, when, what, why, how many words masked, and
    what it says of files (`domain.attachments.count_files`)."""

    id: int
    number: int
    at: datetime
    outcome: Outcome
    ground: Ground | None
    spans: int
    files: dict[str, Any]
    appeal: AppealOutcome | None
    appealed: bool


def _select(consultation_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ModerationDecision.id,
            Comment.number,
            ModerationDecision.decided_at,
            ModerationDecision.outcome,
            ModerationDecision.ground,
            ModerationDecision.spans,
            ModerationDecision.files,
            Appeal.outcome,
            Appeal.id,
        )
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .outerjoin(Appeal, Appeal.decision_id == ModerationDecision.id)
        .where(Comment.consultation_id == consultation_id)
    )


def _logged(row: Row[*tuple[Any, ...]]) -> Logged:
    number, at, outcome, ground = row[1:5]
    grounds = [each["ground"] for each in row[6]]
    files = count_files(grounds.count(None), [each for each in grounds if each])
    return Logged(
        row[0], number, at, outcome, ground, len(row[5]), files, row[7], row[8] is not None
    )


def log_page(
    consultation_id: int, *, before: int | None = None
) -> tuple[tuple[Logged, ...], int | None]:
    """A hundred decisions at most, newest first, and from where to go on. One query."""
    query = _select(consultation_id).order_by(ModerationDecision.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(ModerationDecision.id < before)
    found = tuple(_logged(row) for row in db.session.execute(query))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def whole_log(consultation_id: int) -> Iterator[Logged]:
    """Every decision, oldest first."""
    query = _select(consultation_id).order_by(ModerationDecision.id)
    for row in db.session.execute(query.execution_options(yield_per=1000)):
        yield _logged(row)
