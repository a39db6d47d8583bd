"""Writing a response: its form, what is told while writing, what two people do to one another."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.adapters.database import unit_of_work
from portal.domain.errors import DomainError, Refusals, Stale
from portal.domain.given_numbers import revision, whole
from portal.domain.reason_templates import NAMES
from portal.domain.responses import ResponseStatus
from portal.models import Response
from portal.policies.table import Act
from portal.queries.answers import ResponseView, changed_since, find_response, read_response
from portal.queries.similar import similar_answers
from portal.queries.standing import standings
from portal.queries.working import others_at, working_of
from portal.services.responses import record
from portal.services.working import come, discard_working
from portal.web.desk.answer_page import (
    changes_here,
    covering_choices,
    offered_changes,
    rules_for_script,
    subject_of,
    tell,
    templates_for,
)
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.forms.conflicts import Difference, differences, take_theirs
from portal.web.forms.refusals import Summary, show
from portal.web.forms.responses import ResponseForm, data_of, draft_of, value_of
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

LEAVES = ("insert", "look", "reuse")  # buttons that write nothing


@bp.get("/consultations/<slug>/responses/new")
@act(Act.RESPOND)
def response_new(slug: str) -> ResponseReturnValue:
    asked, of = request.args, ""
    for kind in ("theme", "group", "withdrawn"):
        number = whole(asked.get(kind))
        if number is not None:
            of = f"{kind}:{number}"
    refs = "" if of else ", ".join(asked.getlist("comments"))
    data = {"comments": refs, "of": of, "seen": "0"}
    if of.startswith("withdrawn"):
        data["disposition"] = "withdrawn"
    return _opened(data, None)


@bp.post("/consultations/<slug>/responses/new")
@act(Act.RESPOND)
def response_create(slug: str) -> ResponseReturnValue:
    return _save(None)


@bp.get("/consultations/<slug>/responses/<int:response_id>")
@act(Act.STUDY)
def response(slug: str, response_id: int) -> ResponseReturnValue:
    found = response_found(response_id)
    return _opened(data_of(read_response(found)), found.id)


@bp.post("/consultations/<slug>/responses/<int:response_id>")
@act(Act.RESPOND)
def response_save(slug: str, response_id: int) -> ResponseReturnValue:
    return _save(response_found(response_id))


def response_found(response_id: int) -> Response:
    """The response of that number in this consultation; raises `not_found`."""
    found = find_response(scope().id, response_id)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _opened(data: dict[str, Any], response_id: int | None) -> str:
    """The form as it is recorded, or as I left it; colleagues see that I am here."""
    form = ResponseForm(data={**data, "kept": "-1", "opened": now().isoformat()})
    view = read_response(response_found(response_id)) if response_id else None
    key = subject_of(form, view).key
    with unit_of_work():
        come(actor(), now(), scope().id, key)
    left = working_of(scope().id, actor().user_id, key) if can(Act.RESPOND) else None
    if left is None:
        return _page(form, response_id, [])
    fields = MultiDict({**{name: form[name].data for name in ("of", "many", "opened")}})
    fields.update(left.typed)
    fields["seen"], fields["kept"] = str(left.seen), str(left.revision)
    return _page(ResponseForm(fields), response_id, [], left=left)


def _save(found: Response | None) -> ResponseReturnValue:
    form = ResponseForm(request.form)
    button, _colon, value = request.form.get("action", "draft").partition(":")
    view = read_response(found) if found else None
    if view and revision(form.seen.data) == view.revision:
        take_theirs(form, view, request.form)
    if button in LEAVES:
        _reuse(form, button, value, view)
        return _page(form, found.id if found else None, [])
    ready = button == "ready"
    try:
        draft = draft_of(form, changes_here(), ready=ready)
        seen = revision(form.seen.data)
        written = record(actor(), now(), scope().id, draft, response=found, seen_revision=seen)
    except (DomainError, Refusals) as refused:
        return _refused(form, found, refused)
    discard_working(actor(), scope().id, subject_of(form, view).key)
    if ready:
        flash(_("Response %(number)s is ready; somebody else approves it.", number=written.id))
        return redirect(url_for("desk.responses", slug=scope().slug, show="unanswered"))
    flash(_("Response %(number)s is kept as a draft.", number=written.id))
    return redirect(url_for("desk.response", slug=scope().slug, response_id=written.id))


def _reuse(form: ResponseForm, button: str, value: str, view: ResponseView | None) -> None:
    """Put a kept reason, or that of an earlier answer, into the form."""
    if button == "insert":
        wanted = request.form.get("template", "")
        for each in templates_for(subject_of(form, view).rows):
            if str(each.id) == wanted:
                _put(form, each.ar, each.en, each.disposition)
    elif button == "reuse":
        earlier = find_response(scope().id, whole(value) or 0)
        if earlier is not None:
            _put(form, earlier.reason_ar, earlier.reason_en, earlier.disposition)


def _put(form: ResponseForm, ar: str, en: str, disposition: str | None) -> None:
    for field, words in ((form.reason_ar, ar), (form.reason_en, en)):
        field.data = "\n".join(part for part in ((field.data or "").strip(), words) if part)
    if disposition and not form.disposition.data:
        form.disposition.data = str(disposition)


def _refused(
    form: ResponseForm, found: Response | None, refused: DomainError | Refusals
) -> ResponseReturnValue:
    """What was typed again, with what is wrong; of a stale write both texts."""
    errors, conflict = show(form, refused), []
    if isinstance(refused, Stale) and found is not None:
        recorded = read_response(found)
        conflict = differences(form, recorded)
        form.seen.data = str(recorded.revision)
    if isinstance(refused, DomainError) and refused.code == "comment_changed_since":
        form.opened.data = now().isoformat()
    status = refused.status if isinstance(refused, DomainError) else 422
    return _page(form, found.id if found else None, errors, conflict=conflict), status


def _page(
    form: ResponseForm,
    response_id: int | None,
    errors: Summary,
    *,
    conflict: list[Difference] | None = None,
    left: object = None,
) -> str:
    changes = changes_here()
    form.changes.choices = [(value_of(change.place), change.place.eid) for change in changes]
    covering_choices(form)
    found = response_found(response_id) if response_id else None
    view = read_response(found) if found else None
    since = changed_since(found) if found else None
    subject = subject_of(form, view)
    told = tell(form, view, changes, subject.comment_ids)
    near, far = offered_changes(changes, subject.eids)
    note_looks([row.comment for row in subject.rows])
    return render_template(
        "desk/response.html",
        scope=scope(),
        form=form,
        response=view,
        subject=subject,
        stand=standings(subject.comment_ids),
        near=near,
        far=far,
        cited=form.changes.data or [],
        errors=errors,
        conflict=conflict or [],
        left=left,
        since=since,
        told=told,
        similar=similar_answers(scope().id, subject.comment_ids, response_id),
        templates=templates_for(subject.rows),
        placeholders=NAMES,
        others=others_at(scope().id, actor().user_id, subject.key, now()),
        rules=rules_for_script(),
        may_respond=can(Act.RESPOND),
        may_approve=can(Act.APPROVE) and view is not None and actor().user_id not in view.own,
        statuses=ResponseStatus,
    )
