"""Reads for who holds a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.domain.appeals import AppealOutcome
from portal.domain.bilingual import Bilingual
from portal.domain.comment_life import Event, cell
from portal.domain.consultations import Phase, phase
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.moderation import Outcome
from portal.domain.submissions import clean_code
from portal.models import (
    Appeal,
    Comment,
    Consultation,
    ModerationDecision,
    Submission,
    db,
)
from portal.queries.attachments import names_of_files
from portal.queries.comments import CommentView, of_submission
from portal.queries.consultations import dates
from portal.queries.moderation import masked_words, said_of_files
from portal.queries.originals import Earlier, earlier_texts, text_at
from portal.queries.own_answers import AnswerView, own_answers
from portal.queries.standing import Stands, standings


@dataclass(frozen=True, slots=True)
class AppealOf:
    """The author's appeal against a decision, and what was ruled."""

    text: str
    at: datetime
    outcome: AppealOutcome | None
    reasons: str
    ruled_at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision of moderation as its author reads it; `masked` are words and grounds.

    `files` are names and the grounds on which files were withheld, None for one that was shown.
    """

    outcome: Outcome
    ground: Ground | None
    note: str
    masked: tuple[tuple[str, Ground], ...]
    files: tuple[tuple[str, Ground | None], ...]
    at: datetime
    revision: int
    appeal: AppealOf | None

    @property
    def grounded(self) -> bool:
        """Whether it keeps anything from the public on a ground."""
        return self.ground is not None or any(ground for _name, ground in self.files)


@dataclass(frozen=True, slots=True)
class Step:
    """A comment with all that became of it; `earlier` are its texts before each edit."""

    comment: CommentView
    decisions: tuple[DecisionView, ...]
    answers: tuple[AnswerView, ...]
    stands: Stands | None
    earlier: tuple[Earlier, ...] = ()

    @property
    def may_edit(self) -> bool:
        """Whether its author may change its words, as far as its status goes."""
        return self._may(Event.EDIT)

    @property
    def may_appeal(self) -> bool:
        """Whether the decision that stands can be appealed against, as far as its status goes."""
        return self._may(Event.APPEAL) and bool(
            self.decisions and self.decisions[-1].grounded and self.decisions[-1].appeal is None
        )

    def _may(self, event: Event) -> bool:
        comment = self.comment
        following = cell(comment.publication, event, confidential=comment.confidential)
        return following is not None


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
    moderated_after: bool
    steps: tuple[Step, ...]


def _mapped(code: str) -> tuple[Submission, Consultation] | None:
    query = (
        select(Submission, Consultation)
        .join(Consultation, Submission.consultation_id == Consultation.id)
        .where(Submission.code == clean_code(code))
    )
    found = db.session.execute(query).first()
    return (found[0], found[1]) if found else None


def find_own(code: str, number: int) -> tuple[Comment, Submission, Consultation]:
    """One of the comments of who holds the code, for services. Raises `not_found` (404)."""
    found = _mapped(code)
    comment = None
    if found is not None:
        comment = db.session.scalar(
            select(Comment).where(Comment.submission_id == found[0].id, Comment.number == number)
        )
    if found is None or comment is None:
        raise DomainError("not_found", status=404)
    return comment, *found


def find_submission(code: str, now: datetime) -> SubmissionView | None:
    """The submission of a receipt's code. Thirteen queries at most, whatever it holds."""
    found = _mapped(code)
    if found is None:
        return None
    submission, consultation = found
    comments = of_submission(submission.id, consultation.id)
    ids = tuple(comment.id for comment in comments)
    earlier = earlier_texts(ids)
    decisions = _decisions(submission.id, earlier)
    answers = own_answers(consultation.id, list(ids))
    stand = standings(list(ids))
    steps = tuple(
        Step(
            each,
            decisions.get(each.id, ()) if each.erased_at is None else (),
            answers.get(each.id, ()),
            stand.get(each.id),
            earlier.get(each.id, ()) if each.erased_at is None else (),
        )
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
        moderated_after=consultation.moderated_after,
        steps=steps,
    )


def _decisions(
    submission_id: int, earlier: dict[int, tuple[Earlier, ...]]
) -> dict[int, tuple[DecisionView, ...]]:
    query = (
        select(ModerationDecision, Comment, Appeal)
        .join(Comment, ModerationDecision.comment_id == Comment.id)
        .outerjoin(Appeal, Appeal.decision_id == ModerationDecision.id)
        .where(Comment.submission_id == submission_id)
        .order_by(ModerationDecision.id)
    )
    rows = db.session.execute(query).all()
    with_files = {row[1].id for row in rows if row[0].files}
    names = names_of_files(tuple(with_files)) if with_files else {}
    found: dict[int, tuple[DecisionView, ...]] = {}
    for decision, comment, appeal in rows:
        texts = text_at(comment, earlier.get(comment.id, ()), decision.revision)
        view = DecisionView(
            outcome=decision.outcome,
            ground=decision.ground,
            note=decision.note,
            masked=masked_words(decision, texts),
            files=said_of_files(decision, names),
            at=decision.decided_at,
            revision=decision.revision,
            appeal=_appeal(appeal) if appeal else None,
        )
        found[comment.id] = (*found.get(comment.id, ()), view)
    return found


def _appeal(appeal: Appeal) -> AppealOf:
    return AppealOf(appeal.text, appeal.at, appeal.outcome, appeal.reasons, appeal.decided_at)
