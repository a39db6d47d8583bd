"""Writing down what a machine sees in a comment, in the transaction in which it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import delete, func, insert, select, tuple_

from portal.domain.floods import Mark
from portal.domain.hints import MANY_FROM_ONE, OF_SENDING, HintKind, Script, script_of
from portal.formats.hints.insults import Insults, key_of, ready, starter
from portal.formats.hints.reading import hints_in
from portal.models.base import db
from portal.models.comments import Comment
from portal.models.consultations import Consultation
from portal.models.drafts import Provision
from portal.models.hints import CommentHint, InsultWord
from portal.models.submissions import Submission

# The quoted words are the draft's own.
SEARCHED = ("text", "proposed", "grounds")
_COUNTED = 1_000
_DETAIL = 200


def listed_insults() -> tuple[str, ...]:
    """The list as it stands: what the portal came with, and what was added and removed since."""
    by_key = dict(_starter())
    for row in db.session.execute(select(InsultWord).order_by(InsultWord.id)).scalars():
        if row.listed:
            by_key[row.key] = row.word
        else:
            by_key.pop(row.key, None)
    return tuple(sorted(by_key.values()))


@lru_cache(maxsize=1)
def _starter() -> dict[str, str]:
    return {key_of(word): word for word in starter()}


def note_marks(comments: Sequence[Comment], marks: Sequence[Mark]) -> None:
    """Keep what was seen of how comments were sent."""
    rows = [_row(each.id, mark.kind, detail=mark.detail) for each in comments for mark in marks]
    if rows:
        db.session.execute(insert(CommentHint), rows)


def note_hints(
    comments: Sequence[Comment], submission: Submission, consultation: Consultation
) -> None:
    """Keep the hints of comments of a submission that have come, or have new words."""
    insults = ready(listed_insults())
    scripts = _scripts(comments, consultation)
    count = _sent_by(submission)
    rows: list[dict[str, object]] = []
    for comment in comments:
        rows += _rows(comment, insults, scripts.get((comment.version_id, comment.eid)))
        if count >= MANY_FROM_ONE:
            rows.append(_row(comment.id, HintKind.SAME_SENDER, detail=str(count)))
    if rows:
        db.session.execute(insert(CommentHint), rows)


def note_again(comment: Comment) -> None:
    """The same for a comment whose author changed it."""
    forget_hints([comment.id])
    submission = db.session.get_one(Submission, comment.submission_id)
    consultation = db.session.get_one(Consultation, comment.consultation_id)
    note_hints([comment], submission, consultation)


def forget_hints(comment_ids: Sequence[int]) -> None:
    """Before a new look: what was seen in the words goes, what was seen of the sending stays."""
    mine = CommentHint.comment_id.in_(comment_ids)
    db.session.execute(delete(CommentHint).where(mine, CommentHint.kind.not_in(OF_SENDING)))


def _rows(comment: Comment, insults: Insults, draft: Script | None) -> list[dict[str, object]]:
    return [
        _row(comment.id, hint.kind, field, hint.start, hint.end, hint.detail)
        for field in SEARCHED
        for hint in hints_in(getattr(comment, field), insults, draft if field == "text" else None)
    ]


def _row(
    comment_id: int,
    kind: HintKind,
    field: str = "",
    start: int = 0,
    end: int = 0,
    detail: str = "",
) -> dict[str, object]:
    return {
        "comment_id": comment_id,
        "kind": kind,
        "field": field,
        "start": start,
        "end": end,
        "detail": detail[:_DETAIL],
    }


def _scripts(
    comments: Sequence[Comment], consultation: Consultation
) -> dict[tuple[int | None, str | None], Script | None]:
    """The script of what each comment is about: its provision's, else the consultation's title's.

    A provision that stands there in English too can be answered in either.
    """
    title = script_of(consultation.title_ar)
    found = {(comment.version_id, comment.eid): title for comment in comments}
    wanted = [place for place in found if place[1] is not None]
    if not wanted:
        return found
    query = select(Provision.version_id, Provision.eid, Provision.text, Provision.text_en)
    query = query.where(tuple_(Provision.version_id, Provision.eid).in_(wanted))
    for version_id, eid, text, text_en in db.session.execute(query):
        found[(version_id, eid)] = None if text_en.strip() else script_of(text) or title
    return found


def _sent_by(submission: Submission) -> int:
    """How many submissions came under this one's address, in its consultation, up to it."""
    if not (submission.email or submission.name or submission.organisation):
        return 1  # nobody is known by nothing: each such submission has a key of its own
    same = (
        select(Submission.id)
        .where(
            Submission.consultation_id == submission.consultation_id,
            Submission.sender_key == submission.sender_key,
            Submission.id <= submission.id,
        )
        .limit(_COUNTED)
    )
    return db.session.scalar(select(func.count()).select_from(same.subquery())) or 0
