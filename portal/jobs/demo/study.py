"""The demo's study under way: themes, a comment in parts, whose work it is, a note, opinions."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.domain.accounts import Role
from portal.domain.comment_parts import PartSpan
from portal.domain.responses import Disposition
from portal.domain.row_refs import RowKey, RowRef
from portal.formats.dates import in_amman
from portal.jobs.demo.people import NAMES, People
from portal.models import Comment, Consultation, db
from portal.queries.groups import find_group, group_of
from portal.services import assignments, notes, responses, splitting, themes
from portal.services.assignments import Given
from portal.services.opinions import give_on_group, give_opinion
from portal.services.responses import Draft

# The numbers of the demo's comments, by what they are about.
PERIOD, MATRIX, COMMITTEE, WORKING_DAYS, COPY, SEVERAL = 1, 2, 3, 4, 14, 17
THEMES = (
    ("مدة الاستشارة", "Period of consultation", (PERIOD, WORKING_DAYS, COPY)),
    ("لجنة الخبراء", "Expert committee", (COMMITTEE,)),
)
NOTE = "@{name} هل سبق أن درست اللجنة احتساب المدة بأيام العمل؟ (مثال)"
OPINION = "ترى اللجنة أن المدة المقترحة مناسبة للقوانين دون التعليمات. (مثال)"
ON_COMMITTEE = "لا مانع لدى اللجنة من رفع النسبة. (مثال)"
REASON = "يتيح النظام رسالة قصيرة لمن يكتب رقم هاتفه. (مثال)"


def study(people: People, now: datetime, consultation: Consultation) -> None:
    """What the bureau has done with the comments so far."""
    query = select(Comment).where(Comment.consultation_id == consultation.id)
    comments = {comment.number: comment for comment in db.session.scalars(query)}
    for name_ar, name_en, numbers in THEMES:
        theme = themes.make(consultation.id, name_ar, name_en)
        themes.put_under(theme, [RowKey(comments[number].id) for number in numbers])
    _split(people, now, comments[SEVERAL])
    _give(people, now, comments)
    text = NOTE.format(name=NAMES[Role.COMMITTEE])
    notes.write(people.drafter, now, people.body.id, comments[WORKING_DAYS], text)
    _opine(people, now, comments)
    draft = Draft((RowRef(SEVERAL, 1),), Disposition.CLARIFIED, reason_ar=REASON, ready=True)
    responses.record(people.drafter, now, consultation.id, draft)


def _split(people: People, now: datetime, comment: Comment) -> None:
    """A part for each line but the first, which only says that they follow."""
    lines = comment.text.split("\n")
    starts = [comment.text.index(line) for line in lines[1:]]
    parts = tuple(
        (PartSpan("text", start, start + len(line)),)
        for start, line in zip(starts, lines[1:], strict=True)
    )
    splitting.split(people.drafter, now, comment, parts, seen_revision=comment.revision)


def _give(people: People, now: datetime, comments: dict[int, Comment]) -> None:
    """One was due yesterday, some next week; one lies with another body, one with a unit."""
    before, day = now - timedelta(days=4), timedelta(days=1)
    today = in_amman(now).date()
    for numbers, given in (
        ((MATRIX,), Given(user_id=people.drafter.user_id, due_on=today - day)),
        ((PERIOD, WORKING_DAYS), Given(user_id=people.drafter.user_id, due_on=today + 7 * day)),
        ((COMMITTEE,), Given(body_id=people.asked.id, due_on=today + 5 * day)),
        ((SEVERAL,), Given(unit="مديرية تقنية المعلومات (مثال)", due_on=today + 10 * day)),
    ):
        ids = [comments[number].id for number in numbers]
        assigned_on = in_amman(before).date()
        assignments.assign(people.approver, before, assigned_on, people.body.id, ids, given)


def _opine(people: People, now: datetime, comments: dict[int, Comment]) -> None:
    """The committee's member on one comment, and once on all that say nearly the same."""
    give_opinion(people.committee, now, comments[COMMITTEE], ON_COMMITTEE)
    row = group_of(comments[COPY].id)
    group = find_group(comments[COPY].consultation_id, row.id) if row else None
    if group is not None:
        give_on_group(people.committee, now, group, OPINION)
