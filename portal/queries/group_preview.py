"""What a decision for a whole group would come to, before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.domain.comment_groups import check_for_many
from portal.domain.comment_life import RULES, follow
from portal.domain.comments import Publication
from portal.domain.moderation import Decision
from portal.formats.mails import Letter, render
from portal.models import Comment, CommentGroup, CommentGroupMember, Consultation, Submission, db
from portal.models import Waiting as Waits
from portal.models.deciding import About, params_of

Member = CommentGroupMember


@dataclass(frozen=True, slots=True)
class Notice:
    """The mail as the author of comment `number` will read it; `authors` read it in this language,
    each with their own number."""

    number: int
    letter: Letter
    authors: int


@dataclass(frozen=True, slots=True)
class GroupPreview:
    """The status that follows, one notice a language, and how many left no address."""

    status: Publication
    notices: tuple[Notice, ...]
    without_address: int


def preview_for_group(group: CommentGroup, decision: Decision, now: datetime) -> GroupPreview:
    """Of one decision for all of a group that wait. Raises what `check_for_many` raises."""
    check_for_many(decision.outcome, decision.ground, decision.note)
    status = follow(Publication.PENDING, decision.outcome.event, confidential=False)
    consultation = db.session.get_one(Consultation, group.consultation_id)
    reached = Submission.email != ""
    query = (
        select(Submission.language, reached, func.min(Comment.id), func.count())
        .select_from(Member)
        .join(Waits, Waits.comment_id == Member.comment_id)
        .join(Comment, Comment.id == Member.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Member.group_id == group.id, Member.left_at.is_(None))
        .group_by(Submission.language, reached)
        .order_by(Submission.language)
    )
    rows = db.session.execute(query).all()
    notices = tuple(
        _notice(consultation, decision, now, first, count)
        for _language, has_address, first, count in rows
        if has_address
    )
    return GroupPreview(status, notices, sum(count for _l, has, _f, count in rows if not has))


def _notice(
    consultation: Consultation, decision: Decision, now: datetime, first: int, count: int
) -> Notice:
    comment = db.session.get_one(Comment, first)
    submission = db.session.get_one(Submission, comment.submission_id)
    about = About(comment.number, submission.code, submission.confidential)
    params = params_of(now, decision, about, consultation, {})
    template = RULES[decision.outcome.event].notice or ""
    letter = render(template, submission.language, params, submission.email, 0)
    return Notice(comment.number, letter, count)
