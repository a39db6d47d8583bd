"""One comment beside its article: marking words, the preview, the decision and the next."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.adapters.database import unit_of_work
from portal.domain.comment_life import cell
from portal.domain.errors import DomainError, Refusals
from portal.domain.moderation import Decision, Outcome
from portal.domain.visibility import Audience
from portal.formats.labels import label
from portal.formats.messages import message
from portal.models import Comment
from portal.models.deciding import texts_of
from portal.policies.table import Act, in_phase
from portal.queries.appeals import newest_of
from portal.queries.beside import then_and_now
from portal.queries.comments import CommentView, find_comment
from portal.queries.groups import group_of
from portal.queries.hints import hints_of, is_looked_over, marked
from portal.queries.moderation import (
    claim_on,
    find_mapped,
    held_by,
    held_on,
    history,
    notices_of,
)
from portal.queries.originals import earlier_texts, logged
from portal.queries.preview import Preview, preview
from portal.queries.queue import Cursor, QueuePage, reach_of, waiting_page, waiting_since
from portal.services import claims, looks
from portal.services.moderation import hold
from portal.web.desk.blueprint import bp
from portal.web.desk.queue import View, next_url, viewed
from portal.web.forms.moderation import DecisionForm, Marked, decision_of, marks_of, with_typed
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now

BEFORE, BESIDE = 3, 8


def _comment(number: int) -> Comment:
    found = find_mapped(scope().id, number)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _seen(number: int) -> CommentView:
    """The comment as staff see it, whole; looking at it is written down where it should be."""
    view = find_comment(scope().id, number, Audience.STAFF)
    if view is None:
        raise DomainError("not_found", status=404)
    return view


@bp.get("/consultations/<slug>/moderation/<int:number>")
@act(Act.READ_QUEUE)
def moderate(slug: str, number: int) -> ResponseReturnValue:
    with unit_of_work():  # opening it claims it, and a look at an original is kept
        comment = _comment(number)
        claims.take(actor(), now(), comment, minutes=_minutes())
        looks.note(actor(), now(), logged((_seen(number),)))
    comment = _comment(number)
    form = DecisionForm(data={"seen": str(comment.revision)})
    return _page(comment, form, [], [])


def _minutes() -> int:
    minutes: int = current_app.extensions["settings"].claim_minutes
    return minutes


@bp.post("/consultations/<slug>/moderation/<int:number>/claim")
@act(Act.READ_QUEUE)
def take_over(slug: str, number: int) -> ResponseReturnValue:
    claims.take(actor(), now(), _comment(number), minutes=_minutes(), over=True)
    view = viewed()
    return redirect(url_for("desk.moderate", slug=slug, number=number, **view.asked.args()))


@bp.post("/consultations/<slug>/moderation/<int:number>")
@act(Act.DECIDE)
def decide_comment(slug: str, number: int) -> ResponseReturnValue:
    comment, form = _comment(number), DecisionForm(request.form)
    fields, asked = texts_of(comment), request.form.get("action", "decide")
    marks: list[Marked] = []
    try:
        marks = marks_of(request.form, fields)
        if asked == "mark":
            marks = with_typed(form, marks, fields)
            form.masked.data, form.outcome.data = "", Outcome.REDACT.value
        elif asked == "copies":
            again = preview(comment, _seen(number), decision_of(form, marks, fields), now())
            for span in again.copies:
                words = fields[span.field][span.start : span.end]
                marks.append(Marked(span.field, span.start, span.end, words, span.ground))
        elif asked.startswith("unmark-"):
            marks = [mark for mark in marks if f"unmark-{mark.value}" != asked]
        if asked != "decide":
            claims.take(actor(), now(), comment, minutes=_minutes())
            return _page(comment, form, marks, [], previewed=True)
        return _decide(comment, form, decision_of(form, marks, fields))
    except (DomainError, Refusals) as refused:
        errors = show(form, refused)
        if isinstance(refused, DomainError) and refused.status == 409:
            form.seen.data = str(comment.revision)  # what was typed can be sent again, knowingly
        if isinstance(refused, DomainError) and refused.code == "claimed":
            form.over.data = "yes"
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(comment, form, marks, errors), status


def _decide(comment: Comment, form: DecisionForm, decision: Decision) -> ResponseReturnValue:
    if form.over.data != "yes":
        claims.refuse_others(actor(), now(), comment)
    seconds = current_app.extensions["settings"].undo_seconds
    held = hold(
        actor(),
        now(),
        comment,
        decision,
        undo_for=timedelta(seconds=seconds),
        batch=secrets.token_hex(8),
    )
    if held is None:  # else the bar with its undo says it
        flash(
            _(
                "Comment %(number)s: %(outcome)s.",
                number=comment.number,
                outcome=label(decision.outcome),
            )
        )
    view = viewed()
    found = next_url(view.asked, view.wanted)
    return redirect(found or url_for("desk.moderation_queue", **view.asked.args()))


@bp.post("/consultations/<slug>/moderation/<int:number>/preview")
@act(Act.DECIDE)
def preview_decision(slug: str, number: int) -> ResponseReturnValue:
    """The part of the page that shows what would follow, for a script that asks while marking."""
    comment, form = _comment(number), DecisionForm(request.form)
    claims.take(actor(), now(), comment, minutes=_minutes())
    try:
        marks = marks_of(request.form, texts_of(comment))
        shown, lacks = _previewed(comment, _seen(number), form, marks)
    except DomainError as error:
        shown, lacks = None, message(error)
    return render_template("desk/moderation_preview.html", shown=shown, lacks=lacks)


def _previewed(
    comment: Comment, view: CommentView, form: DecisionForm, marks: list[Marked]
) -> tuple[Preview | None, str]:
    """What would follow; or what is still missing, in words."""
    if not form.outcome.data:
        return None, ""
    try:
        decision = decision_of(form, marks, texts_of(comment))
        return preview(comment, view, decision, now()), ""
    except DomainError as error:
        return None, message(error)


def _page(
    comment: Comment,
    form: DecisionForm,
    marks: list[Marked],
    errors: Summary,
    *,
    previewed: bool = False,
) -> str:
    place, view, queue = scope(), _seen(comment.number), viewed()
    since = waiting_since(comment.id)
    here = Cursor(since, comment.id) if since else None
    shown, lacks = _previewed(comment, view, form, marks) if previewed else (None, "")
    return render_template(
        "desk/moderate.html",
        scope=place,
        comment=view,
        beside=then_and_now(comment)[0],
        history=history(comment.id),
        earlier=earlier_texts((comment.id,)).get(comment.id, ()),
        notices=notices_of(comment.id),
        appeal=newest_of(place.id, comment.number),
        queue=_beside(here, queue),
        here=here,
        view=queue,
        claim=claim_on(comment.id, now()),
        held_here=held_on(comment.id),
        held=held_by(actor().user_id, now()),
        me=actor().user_id,
        found=hints_of((comment.id,)).get(comment.id, ()),
        looked_over=is_looked_over(comment.id),
        group=group_of(comment.id),
        marked=marked,
        form=form,
        marks=marks,
        possible={
            outcome.value
            for outcome in Outcome
            if cell(comment.publication, outcome.event, confidential=view.confidential)
        },
        shown=shown,
        lacks=lacks,
        errors=errors,
        may_decide=in_phase(Act.DECIDE, place.phase),
    )


def _beside(here: Cursor | None, view: View) -> QueuePage:
    """The queue around a comment: a few before it, itself, the next; from the oldest on for one
    that does not wait."""
    reach = reach_of(actor())
    if here is None:
        return waiting_page(reach, view.wanted, now(), limit=BESIDE)
    before = waiting_page(reach, view.wanted, now(), after=here, limit=BEFORE, backwards=True).items
    start = before[-1].cursor if before else None
    rest = waiting_page(reach, view.wanted, now(), after=start, limit=BESIDE)
    return QueuePage((*before, *rest.items), rest.next)
