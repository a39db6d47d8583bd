"""Appeals: what waits for a ruling, and ruling on one; never by who made the decision."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField

from portal.adapters.database import unit_of_work
from portal.domain.appeals import AppealOutcome, Ruling
from portal.domain.errors import DomainError, Refusals
from portal.domain.moderation import Outcome
from portal.domain.visibility import Audience
from portal.formats.labels import label
from portal.formats.messages import message
from portal.models import Appeal, Comment, db
from portal.models.deciding import texts_of
from portal.policies.table import Act
from portal.queries.appeals import AppealView, newest_of, nobody_rules, open_page
from portal.queries.beside import then_and_now
from portal.queries.comments import CommentView, find_comment
from portal.queries.moderation import find_mapped, history
from portal.queries.originals import logged
from portal.queries.preview import Preview, preview_ruling
from portal.queries.queue import reach_of
from portal.services import looks
from portal.services.appeals import rule
from portal.web.desk.blueprint import bp
from portal.web.forms.moderation import DecisionForm, Marked, decision_of, marks_of, with_typed
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now
from portal.web.numbers import asked


class RulingForm(DecisionForm):
    """A ruling; the decision's fields are for an appeal that is upheld."""

    ruling = RadioField(_l("Ruling"), validate_choice=False)
    reasons = TextAreaField(_l("Reasons, which the author reads"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ruled = (AppealOutcome.UPHELD, AppealOutcome.REJECTED)
        self.ruling.choices = [(each.value, label(each)) for each in ruled]


@bp.get("/appeals")
@act(Act.READ_QUEUE)
def appeals() -> ResponseReturnValue:
    found, following = open_page(reach_of(actor()), after=asked("after") or 0)
    return render_template("desk/appeals.html", found=found, next=following, me=actor().user_id)


def _found(number: int) -> tuple[AppealView, Comment, CommentView]:
    appeal, comment = newest_of(scope().id, number), find_mapped(scope().id, number)
    view = find_comment(scope().id, number, Audience.STAFF)
    if appeal is None or comment is None or view is None:
        raise DomainError("not_found", status=404)
    return appeal, comment, view


@bp.get("/consultations/<slug>/appeals/<int:number>")
@act(Act.READ_QUEUE)
def appeal(slug: str, number: int) -> ResponseReturnValue:
    with unit_of_work():
        looks.note(actor(), now(), logged((_found(number)[2],)))
    comment = _found(number)[1]
    form = RulingForm(data={"seen": str(comment.revision), "outcome": Outcome.PUBLISH.value})
    return _page(number, form, [], [])


@bp.post("/consultations/<slug>/appeals/<int:number>")
@act(Act.RULE_ON_APPEAL)
def rule_on_appeal(slug: str, number: int) -> ResponseReturnValue:
    view, comment, _whole = _found(number)
    form, fields = RulingForm(request.form), texts_of(comment)
    marks: list[Marked] = []
    action = request.form.get("action", "decide")
    try:
        marks = marks_of(request.form, fields)
        if action == "mark":
            marks = with_typed(form, marks, fields)
            form.masked.data, form.outcome.data = "", Outcome.REDACT.value
        elif action.startswith("unmark-"):
            marks = [mark for mark in marks if f"unmark-{mark.value}" != action]
        if action != "decide":
            return _page(number, form, marks, [], previewed=True)
        ruling = _ruling(form, marks, comment)
        ruled = rule(actor(), now(), db.session.get_one(Appeal, view.id), ruling)
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(number, form, marks, show(form, refused)), status
    flash(
        _(
            "Appeal on comment %(number)s: %(outcome)s.",
            number=number,
            outcome=label(ruled.outcome),
        )
    )
    return redirect(url_for("desk.appeals"))


def _ruling(form: RulingForm, marks: list[Marked], comment: Comment) -> Ruling:
    if form.ruling.data not in (AppealOutcome.UPHELD, AppealOutcome.REJECTED):
        raise DomainError("appeal_outcome_missing", field="ruling")
    outcome = AppealOutcome(form.ruling.data)
    upheld = outcome is AppealOutcome.UPHELD
    instead = decision_of(form, marks, texts_of(comment)) if upheld else None
    return Ruling(outcome, (form.reasons.data or "").replace("\r\n", "\n"), instead)


def _page(
    number: int,
    form: RulingForm,
    marks: list[Marked],
    errors: Summary,
    *,
    previewed: bool = False,
) -> str:
    view, comment, whole = _found(number)
    shown, lacks = _previewed(form, marks, comment, whole) if previewed else (None, "")
    return render_template(
        "desk/appeal.html",
        scope=scope(),
        appeal=view,
        comment=whole,
        beside=then_and_now(comment)[0],
        history=history(comment.id),
        form=form,
        marks=marks,
        own=view.against == actor().user_id,
        nobody=view.outcome is None and nobody_rules(view),
        shown=shown,
        lacks=lacks,
        errors=errors,
    )


def _previewed(
    form: RulingForm, marks: list[Marked], comment: Comment, view: CommentView
) -> tuple[Preview | None, str]:
    try:
        ruling = _ruling(form, marks, comment)
        return preview_ruling(comment, view, ruling, now()), ""
    except DomainError as error:
        return None, message(error)


@bp.post("/consultations/<slug>/appeals/<int:number>/preview")
@act(Act.RULE_ON_APPEAL)
def preview_appeal(slug: str, number: int) -> ResponseReturnValue:
    """The part of the page that shows what the ruling would come to, for a script."""
    _view, comment, whole = _found(number)
    form = RulingForm(request.form)
    try:
        shown, lacks = _previewed(form, marks_of(request.form, texts_of(comment)), comment, whole)
    except DomainError as error:
        shown, lacks = None, message(error)
    return render_template("desk/moderation_preview.html", shown=shown, lacks=lacks)
