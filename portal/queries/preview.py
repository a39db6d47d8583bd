"""What a decision would come to, before it is made: what the public sees, what the author reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from portal.domain.appeals import Ruling
from portal.domain.attachments import FileWord, Standing
from portal.domain.comments import Publication
from portal.domain.moderation import Decision
from portal.domain.redaction import copies
from portal.domain.visibility import TEXT_PUBLIC, Audience, Span, visible
from portal.formats.mails import Letter, render
from portal.models import Comment, Consultation, Submission, db
from portal.models.attaching import files_of
from portal.models.deciding import checked, notice_params, ruling_params, texts_of
from portal.queries.comments import CommentView
from portal.queries.spans import content_of, spans_of_comments

LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Preview:
    """`public` is the comment as everybody would see it, None where its text would not be shown;
    `letters` are the notice in both languages, the author's own first; `address` says whether
    there is one to send it to; `copies` are further places of the masked words."""

    status: Publication
    public: CommentView | None
    letters: tuple[Letter, ...]
    address: bool
    copies: tuple[Span, ...]


def preview(comment: Comment, view: CommentView, decision: Decision, now: datetime) -> Preview:
    """Of `decision` on a comment that staff see as `view`. Raises what deciding would."""
    submission, consultation = _of(comment)
    decision, status = checked(comment, submission, decision)
    files = files_of(comment.id)
    params = notice_params(now, decision, comment, submission, consultation, files)
    letters = _letters("moderated", params, submission)
    view = _with_files(view, decision.files)
    return _preview(comment, view, submission, status, decision.spans, letters)


def _with_files(view: CommentView, said: tuple[FileWord, ...]) -> CommentView:
    """With the files alone that would be shown."""
    shown = {word.file_id for word in said if word.standing is Standing.SHOWN}
    files = (
        replace(each, standing=Standing.SHOWN, ground=None)
        for each in view.files
        if each.id in shown
    )
    return replace(view, files=tuple(files))


def preview_ruling(comment: Comment, view: CommentView, ruling: Ruling, now: datetime) -> Preview:
    """Of a ruling on the appeal on a comment."""
    submission, consultation = _of(comment)
    told: dict[str, object] = {}
    status = comment.publication
    spans: tuple[Span, ...] = ()
    if ruling.instead:
        instead, status = checked(comment, submission, ruling.instead)
        files = files_of(comment.id)
        told = notice_params(now, instead, comment, submission, consultation, files)
        spans, view = instead.spans, _with_files(view, instead.files)
    else:
        kept = tuple(each for each in view.files if each.standing is Standing.SHOWN)
        view = replace(view, files=kept)
        spans = spans_of_comments(consultation.id, (comment.id,)).get(comment.id, ())
    params = {**told, **ruling_params(ruling, comment, submission, consultation)}
    letters = _letters("appeal_decided", params, submission)
    return _preview(comment, view, submission, status, spans, letters)


def _of(comment: Comment) -> tuple[Submission, Consultation]:
    return (
        db.session.get_one(Submission, comment.submission_id),
        db.session.get_one(Consultation, comment.consultation_id),
    )


def _letters(
    template: str, params: dict[str, object], submission: Submission
) -> tuple[Letter, ...]:
    order = sorted(LANGUAGES, key=lambda language: language != submission.language)
    return tuple(render(template, language, params, submission.email, 0) for language in order)


def _preview(
    comment: Comment,
    view: CommentView,
    submission: Submission,
    status: Publication,
    spans: tuple[Span, ...],
    letters: tuple[Letter, ...],
) -> Preview:
    content = replace(content_of(comment, submission, spans), publication=status)
    shown = replace(view, words=visible(content, Audience.PUBLIC), publication=status)
    return Preview(
        status=status,
        public=shown if status in TEXT_PUBLIC else None,
        letters=letters,
        address=bool(submission.email),
        copies=copies(spans, texts_of(comment)),
    )
