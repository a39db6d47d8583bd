"""What an author does with a comment through the receipt: changing its words, appealing."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, TextAreaField

from portal.domain.appeals import TEXT_LIMIT as APPEAL_LIMIT
from portal.domain.appeals import appeal_until
from portal.domain.attachments import MAX_FILES
from portal.domain.comments import TEXT_LIMIT
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import revision, whole
from portal.domain.submissions import clean_code
from portal.policies.table import Act
from portal.queries.submissions import Step, SubmissionView
from portal.services.appeals import appeal as make_appeal
from portal.services.edits import NewWords, edit_comment
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act
from portal.web.moment import now
from portal.web.public.blueprint import bp
from portal.web.public.submissions import found_submission, private


class EditForm(Form):
    """A comment's words; what it is about stays."""

    seen = HiddenField()
    text = TextAreaField(_l("Your comment"))
    proposed = TextAreaField(_l("The wording you propose instead"))
    grounds = TextAreaField(_l("Why your wording is better"))


class AppealForm(Form):
    text = TextAreaField(_l("Why you object to the decision"))


def _step(code: str, number: int) -> tuple[SubmissionView, Step]:
    found = found_submission(code)
    for step in found.steps:
        if step.comment.number == number:
            return found, step
    raise DomainError("not_found", status=404)


@bp.get("/submissions/<code>/comments/<int:number>/edit")
@act(Act.FOLLOW)
def edit(code: str, number: int) -> ResponseReturnValue:
    found, step = _step(code, number)
    words = step.comment.words
    form = EditForm(
        data={
            "seen": str(step.comment.revision),
            "text": "".join(str(piece) for piece in words.text),
            "proposed": "".join(str(piece) for piece in words.proposed),
            "grounds": "".join(str(piece) for piece in words.grounds),
        }
    )
    return _edit_page(found, step, form, [])


@bp.post("/submissions/<code>/comments/<int:number>/edit")
@act(Act.FOLLOW)
def save_edit(code: str, number: int) -> ResponseReturnValue:
    form = EditForm(request.form)
    seen = revision(form.seen.data)
    words = NewWords(
        *((form[name].data or "").replace("\r\n", "\n").strip() for name in NewWords.__slots__)
    )
    try:
        edit_comment(now(), clean_code(code), number, words, seen_revision=seen, without=_without())
    except (DomainError, Refusals) as refused:
        found, step = _step(code, number)
        status = refused.status if isinstance(refused, DomainError) else 422
        return _edit_page(found, step, form, show(form, refused), status)
    return redirect(url_for("public.submission", code=clean_code(code)), 303)


def _without() -> tuple[int, ...]:
    """The files that are to be taken back."""
    typed = request.form.getlist("without")[:MAX_FILES]
    return tuple(number for each in typed if (number := whole(each)) is not None)


def _edit_page(
    found: SubmissionView, step: Step, form: EditForm, errors: Summary, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "public/edit.html",
        submission=found,
        step=step,
        form=form,
        errors=errors,
        limit=TEXT_LIMIT,
        standing_files=[each for each in step.comment.files if not each.taken_back],
        without=_without(),
    )
    return private(page, status)


@bp.get("/submissions/<code>/comments/<int:number>/appeal")
@act(Act.FOLLOW)
def appeal(code: str, number: int) -> ResponseReturnValue:
    return _appeal_page(*_step(code, number), AppealForm(), [])


@bp.post("/submissions/<code>/comments/<int:number>/appeal")
@act(Act.FOLLOW)
def send_appeal(code: str, number: int) -> ResponseReturnValue:
    form = AppealForm(request.form)
    text = (form.text.data or "").replace("\r\n", "\n")
    days = current_app.extensions["settings"].appeal_days
    try:
        make_appeal(now(), clean_code(code), number, text, days=days)
    except DomainError as refused:
        found, step = _step(code, number)
        return _appeal_page(found, step, form, show(form, refused), refused.status)
    return redirect(url_for("public.submission", code=clean_code(code)), 303)


def _appeal_page(
    found: SubmissionView, step: Step, form: AppealForm, errors: Summary, status: int = 200
) -> ResponseReturnValue:
    if not step.decisions:
        raise DomainError("appeal_nothing", status=409)
    days = current_app.extensions["settings"].appeal_days
    page = render_template(
        "public/appeal.html",
        submission=found,
        step=step,
        decision=step.decisions[-1],
        until=appeal_until(step.decisions[-1].at, days),
        form=form,
        errors=errors,
        limit=APPEAL_LIMIT,
    )
    return private(page, status)
