"""Moderation: the queue, one comment beside its article, the decision and the next."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.comments import Publication
from portal.domain.errors import DomainError, Refusals
from portal.domain.visibility import FIELDS, Audience
from portal.formats.labels import label
from portal.models import Comment
from portal.policies.table import Act, in_phase, may
from portal.queries.beside import then_and_now
from portal.queries.comments import find_comment
from portal.queries.desk import visible_consultations
from portal.queries.moderation import find_mapped, history, queue
from portal.services.moderation import decide
from portal.web import numbers
from portal.web.desk.blueprint import bp
from portal.web.forms.moderation import DecisionForm, decision_of
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now

BESIDE = 8


def _mine() -> tuple[tuple[int, ...], list[tuple[str, str]]]:
    """The consultations whose comments I may decide: ids, and slugs with titles."""
    found = [
        each
        for each in visible_consultations(actor(), now())
        if may(actor(), Act.READ_QUEUE, body_id=each.body_id)
    ]
    return tuple(each.id for each in found), [(each.slug, each.title.ar) for each in found]


@bp.get("/moderation")
@act(Act.READ_QUEUE)
def moderation_queue() -> ResponseReturnValue:
    found = [
        each
        for each in visible_consultations(actor(), now())
        if may(actor(), Act.READ_QUEUE, body_id=each.body_id)
    ]
    asked = request.args.get("consultation", "")
    status = request.args.get("status", "")
    publication = Publication(status) if status in set(Publication) else Publication.PENDING
    ids = tuple(each.id for each in found if asked in ("", each.slug))
    page = queue(ids, status=publication, after=numbers.asked("after") or 0)
    return render_template(
        "desk/moderation_queue.html",
        page=page,
        found=found,
        asked=asked,
        status=publication,
        statuses=Publication,
    )


@bp.get("/consultations/<slug>/moderation/<int:number>")
@act(Act.READ_QUEUE)
def moderate(slug: str, number: int) -> ResponseReturnValue:
    comment = _comment(number)
    form = DecisionForm(data={"seen": str(comment.revision)})
    return _page(comment, form, [])


@bp.post("/consultations/<slug>/moderation/<int:number>")
@act(Act.DECIDE)
def decide_comment(slug: str, number: int) -> ResponseReturnValue:
    comment, form = _comment(number), DecisionForm(request.form)
    try:
        fields = {field: getattr(comment, field) for field in FIELDS}
        decision = decision_of(form, fields)
        decide(actor(), now(), comment, decision)
    except (DomainError, Refusals) as refused:
        errors = show(form, refused)
        if isinstance(refused, DomainError) and refused.status == 409:
            form.seen.data = str(comment.revision)  # what was typed can be sent again, knowingly
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(comment, form, errors), status
    flash(
        _(
            "Comment %(number)s: %(outcome)s.",
            number=number,
            outcome=label(decision.outcome),
        )
    )
    return redirect(_next_or_queue(comment))


def _next_or_queue(comment: Comment) -> str:
    ids, _titles = _mine()
    waiting = queue(ids, status=Publication.PENDING, limit=2).items
    for each in waiting:
        if each.id != comment.id:
            return url_for("desk.moderate", slug=each.slug, number=each.number)
    return url_for("desk.moderation_queue")


def _comment(number: int) -> Comment:
    found = find_mapped(scope().id, number)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _page(comment: Comment, form: DecisionForm, errors: Summary) -> str:
    place = scope()
    ids, _titles = _mine()
    return render_template(
        "desk/moderate.html",
        scope=place,
        comment=find_comment(place.id, comment.number, Audience.STAFF),
        beside=then_and_now(comment)[0],
        history=history(comment.id),
        queue=queue(ids, status=Publication.PENDING, limit=BESIDE),
        form=form,
        errors=errors,
        may_decide=in_phase(Act.DECIDE, place.phase),
    )
