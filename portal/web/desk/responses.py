"""Answering: comments by article, one response for one or many, review, changes explained."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.draft_comparison import word_changes
from portal.domain.errors import DomainError, Refusals
from portal.domain.matrices import Place
from portal.domain.responses import ResponseStatus
from portal.domain.row_refs import parse_refs
from portal.domain.visibility import Audience
from portal.models import Response
from portal.policies.table import Act
from portal.queries.changes import load_changes
from portal.queries.checking import cited_everywhere
from portal.queries.comments import views_of
from portal.queries.drafts import list_documents
from portal.queries.standing import count_orphans, standings
from portal.queries.study import find_response, load_study, read_response
from portal.services import responses as services
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.forms.refusals import Summary, show
from portal.web.forms.responses import ResponseForm, draft_of, value_of
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


@bp.get("/consultations/<slug>/responses")
@act(Act.STUDY)
def responses(slug: str) -> ResponseReturnValue:
    shown, article = request.args.get("show", ""), request.args.get("article", "")
    study = load_study(scope().id, show=shown, article=article)
    note_looks(each.comment for group in study.groups for each in group.items)
    return render_template(
        "desk/responses.html",
        scope=scope(),
        study=study,
        orphans=count_orphans(scope().id),
        redrafted=[each for each in list_documents(scope().id) if len(each.published) > 1],
        shown=shown,
        article=article,
        statuses=ResponseStatus,
        may_respond=can(Act.RESPOND),
        may_check=can(Act.CHECK_MATRIX),
    )


@bp.get("/consultations/<slug>/responses/new")
@act(Act.RESPOND)
def response_new(slug: str) -> ResponseReturnValue:
    numbers = ", ".join(request.args.getlist("comments"))
    form = ResponseForm(data={"comments": numbers, "seen": "0"})
    return _page(form, None, [])


@bp.post("/consultations/<slug>/responses/new")
@act(Act.RESPOND)
def response_create(slug: str) -> ResponseReturnValue:
    return _save(None)


@bp.get("/consultations/<slug>/responses/<int:response_id>")
@act(Act.STUDY)
def response(slug: str, response_id: int) -> ResponseReturnValue:
    found = _found(response_id)
    view = read_response(found)
    form = ResponseForm(
        data={
            "seen": str(view.revision),
            "comments": ", ".join(str(ref) for ref in view.refs),
            "disposition": view.disposition.value,
            "reason_ar": view.reason_ar,
            "reason_en": view.reason_en,
            "covered_by": view.covered_by,
            "until": view.until,
            "body": view.body,
            "duplicate_of": str(view.duplicate_of or ""),
            "changes": [value_of(place) for place in view.cites],
        }
    )
    return _page(form, found, [])


@bp.post("/consultations/<slug>/responses/<int:response_id>")
@act(Act.RESPOND)
def response_save(slug: str, response_id: int) -> ResponseReturnValue:
    return _save(_found(response_id))


def _found(response_id: int) -> Response:
    found = find_response(scope().id, response_id)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _save(found: Response | None) -> ResponseReturnValue:
    form = ResponseForm(request.form)
    ready = request.form.get("action") == "ready"
    seen = form.seen.data or ""
    try:
        draft = draft_of(form, load_changes(scope().id), ready=ready)
        written = services.record(
            actor(),
            now(),
            scope().id,
            draft,
            response=found,
            seen_revision=int(seen) if seen.isdecimal() else -1,
        )
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(form, found, show(form, refused)), status
    if ready:
        flash(_("Response %(number)s is ready; somebody else approves it.", number=written.id))
        return redirect(url_for("desk.responses", slug=scope().slug, show="unanswered"))
    flash(_("Response %(number)s is kept as a draft.", number=written.id))
    return redirect(url_for("desk.response", slug=scope().slug, response_id=written.id))


def _page(form: ResponseForm, found: Response | None, errors: Summary) -> str:
    changes = load_changes(scope().id)
    form.changes.choices = [(value_of(change.place), change.place.eid) for change in changes]
    try:
        refs = parse_refs(form.comments.data or "")
    except DomainError:
        refs = ()
    view = read_response(found) if found else None
    comments = views_of(scope().id, tuple(ref.number for ref in refs), Audience.STAFF)
    note_looks(comments)
    return render_template(
        "desk/response.html",
        scope=scope(),
        form=form,
        response=view,
        comments=comments,
        stand=standings([comment.id for comment in comments]),
        changes=[
            (value_of(change.place), change, word_changes(change.before, change.after))
            for change in changes
        ],
        errors=errors,
        may_respond=can(Act.RESPOND),
        may_approve=can(Act.APPROVE) and view is not None and actor().user_id not in view.own,
        ready=ResponseStatus.READY,
    )


@bp.post("/consultations/<slug>/responses/<int:response_id>/approve")
@act(Act.APPROVE)
def response_approve(slug: str, response_id: int) -> ResponseReturnValue:
    found = _found(response_id)
    seen = request.form.get("seen", "")
    services.approve(actor(), now(), found, seen_revision=int(seen) if seen.isdecimal() else -1)
    flash(_("Response %(number)s is approved.", number=response_id))
    return redirect(url_for("desk.responses", slug=slug, show=ResponseStatus.READY.value))


@bp.post("/consultations/<slug>/responses/<int:response_id>/return")
@act(Act.APPROVE)
def response_return(slug: str, response_id: int) -> ResponseReturnValue:
    found = _found(response_id)
    seen = request.form.get("seen", "")
    services.return_with_remark(
        actor(),
        now(),
        found,
        remark=request.form.get("remark", ""),
        seen_revision=int(seen) if seen.isdecimal() else -1,
    )
    flash(_("Response %(number)s is returned with your remark.", number=response_id))
    return redirect(url_for("desk.responses", slug=slug, show=ResponseStatus.READY.value))


@bp.get("/consultations/<slug>/changes")
@act(Act.STUDY)
def changes(slug: str) -> ResponseReturnValue:
    found = load_changes(scope().id)
    return render_template(
        "desk/changes.html",
        scope=scope(),
        changes=[(change, word_changes(change.before, change.after)) for change in found],
        cited=cited_everywhere(scope().id),
        may_explain=can(Act.EXPLAIN_CHANGE),
    )


@bp.post("/consultations/<slug>/changes")
@act(Act.EXPLAIN_CHANGE)
def explain(slug: str) -> ResponseReturnValue:
    version, _colon, eid = request.form.get("place", "").partition(":")
    place = Place(int(version), eid) if version.isdecimal() else Place(0, eid)
    if place not in {change.place for change in load_changes(scope().id)}:
        raise DomainError("change_not_there", eid=eid[:60])
    services.explain_change(actor(), now(), scope().id, place, request.form.get("reason", ""))
    flash(_("Your reason is kept with the change."))
    return redirect(url_for("desk.changes", slug=slug))
