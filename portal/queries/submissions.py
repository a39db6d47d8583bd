"""Reads for who holds a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.bilingual import Bilingual
from portal.domain.consultations import Phase, phase
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.record import Entry
from portal.domain.submissions import clean_code
from portal.models import (
    Comment,
    Consultation,
    MatrixEdition,
    MatrixRow,
    ModerationDecision,
    RecordEntry,
    Submission,
    db,
)
from portal.models.intake import leaf_content
from portal.queries.comments import CommentView, of_submission
from portal.queries.consultations import dates
from portal.queries.standing import Stands, standings


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision of moderation as its author reads it."""

    outcome: Outcome
    ground: Ground | None
    note: str
    masked: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The published answer to a comment."""

    edition: int
    ref: str
    cells: dict[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """A comment with all that became of it."""

    comment: CommentView
    decisions: tuple[DecisionView, ...]
    answer: AnswerView | None
    stands: Stands | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission as its holder sees it."""

    code: str
    slug: str
    title: Bilingual
    phase: Phase
    contact: str
    closes_at: datetime
    received_at: datetime
    late: bool
    confidential: bool
    steps: tuple[Step, ...]


def _mapped(code: str) -> tuple[Submission, Consultation] | None:
    query = (
        select(Submission, Consultation)
        .join(Consultation, Submission.consultation_id == Consultation.id)
        .where(Submission.code == clean_code(code))
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found else None


def find_submission(code: str, now: datetime) -> SubmissionView | None:
    """The submission of a receipt's code. Nine queries at most, whatever it holds."""
    found = _mapped(code)
    if found is None:
        return None
    submission, consultation = found
    comments = of_submission(submission.id, consultation.id)
    decisions = _decisions(submission.id)
    answers = _answers(consultation.id, [comment.id for comment in comments])
    stand = standings([comment.id for comment in comments])
    steps = tuple(
        Step(each, decisions.get(each.id, ()), answers.get(each.id), stand.get(each.id))
        for each in comments
    )
    return SubmissionView(
        code=submission.code,
        slug=consultation.slug,
        title=Bilingual(consultation.title_ar, consultation.title_en),
        phase=phase(dates(consultation), now),
        contact=consultation.contact,
        closes_at=consultation.closes_at,
        received_at=submission.received_at,
        late=submission.late,
        confidential=submission.confidential,
        steps=steps,
    )


def _decisions(submission_id: int) -> dict[int, tuple[DecisionView, ...]]:
    query = (
        select(ModerationDecision, Comment)
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .where(Comment.submission_id == submission_id)
        .order_by(ModerationDecision.id)
    )
    found: dict[int, tuple[DecisionView, ...]] = {}
    for decision, comment in db.session.execute(query):
        view = DecisionView(
            outcome=decision.outcome,
            ground=decision.ground,
            note=decision.note,
            masked=tuple(
                getattr(comment, span["field"])[span["start"] : span["end"]]
                for span in decision.spans
            ),
            at=decision.decided_at,
        )
        found[comment.id] = (*found.get(comment.id, ()), view)
    return found


def _answers(consultation_id: int, comment_ids: list[int]) -> dict[int, AnswerView]:
    """What the newest edition says of each."""
    query = (
        select(MatrixEdition.number, MatrixRow)
        .join(MatrixRow, MatrixRow.edition_id == MatrixEdition.id)
        .where(
            MatrixEdition.consultation_id == consultation_id,
            MatrixRow.comment_id.in_(comment_ids),
        )
        .order_by(MatrixEdition.number)
    )
    return {
        row.comment_id: AnswerView(number, row.ref, row.cells)
        for number, row in db.session.execute(query)
    }


def receipt_file(code: str) -> dict[str, object] | None:
    """What the sender keeps: the content that the leaf commits to, the salt, the leaf."""
    found = _mapped(code)
    if found is None:
        return None
    submission, consultation = found
    comments = db.session.scalars(
        select(Comment).where(Comment.submission_id == submission.id).order_by(Comment.number)
    ).all()
    leaf = db.session.scalar(
        select(RecordEntry).where(
            RecordEntry.consultation_id == consultation.id,
            RecordEntry.kind == Entry.RECEIVED,
            RecordEntry.salt == submission.salt,
        )
    )
    return {
        "content": leaf_content(consultation.slug, submission, list(comments)),
        "salt": submission.salt,
        "commitment": leaf.commitment if leaf else None,
        "leaf": leaf.id if leaf else None,
        "rule": "commitment = SHA-256(salt || SHA-256(RFC 8785 JSON of content))",
    }
