"""Changes of the text and what they answer to: linked to responses, or explained by a reason."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.draft_comparison import word_changes
from portal.domain.errors import DomainError
from portal.domain.given_numbers import revision, whole
from portal.domain.matrices import Place
from portal.domain.reflection import Unreflected
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.answers import find_response
from portal.queries.changes import ProvisionChange, load_changes
from portal.queries.reflection import candidates, citing_lines, load_reflected
from portal.services.reflection import (
    explain_change,
    link_change,
    take_reason_back,
    unlink_change,
)
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


@bp.get("/consultations/<slug>/changes")
@act(Act.STUDY)
def changes(slug: str) -> ResponseReturnValue:
    found = load_changes(scope().id)
    return render_template(
        "desk/changes.html",
        scope=scope(),
        changes=[(change, word_changes(change.before, change.after)) for change in found],
        there={change.place for change in found},
        reflected=load_reflected(scope().id, found),
        kinds=Unreflected,
        may_explain=can(Act.EXPLAIN_CHANGE),
    )


@bp.post("/consultations/<slug>/changes")
@act(Act.EXPLAIN_CHANGE)
def explain(slug: str) -> ResponseReturnValue:
    version, _colon, eid = request.form.get("place", "").partition(":")
    change = _found(whole(version) or 0, eid)
    explain_change(actor(), now(), scope().id, change.place, request.form.get("reason", ""))
    flash(_("Your reason is kept with the change."))
    return redirect(url_for("desk.changes", slug=slug))


def _found(version_id: int, eid: str) -> ProvisionChange:
    for change in load_changes(scope().id):
        if change.place == Place(version_id, eid):
            return change
    raise DomainError("change_not_there", status=404, eid=eid[:60], place=eid[:60])


@bp.get("/consultations/<slug>/changes/<int:version_id>/<eid>")
@act(Act.STUDY)
def change(slug: str, version_id: int, eid: str) -> ResponseReturnValue:
    return _page(_found(version_id, eid))


@bp.post("/consultations/<slug>/changes/<int:version_id>/<eid>")
@act(Act.EXPLAIN_CHANGE)
def change_save(slug: str, version_id: int, eid: str) -> ResponseReturnValue:
    """What a button asks: link or unlink a response, keep or take back one's own reason."""
    found = _found(version_id, eid)
    try:
        said = _acted(found.place)
    except DomainError as error:
        reason = request.form.get("reason")
        return _page(found, error=message(error), reason=reason), error.status
    flash(said)
    return redirect(url_for("desk.change", slug=slug, version_id=version_id, eid=eid))


def _acted(place: Place) -> str:
    button, _colon, number = request.form.get("action", "").partition(":")
    if button == "reason":
        reason = request.form.get("reason", "").replace("\r\n", "\n")
        explain_change(actor(), now(), scope().id, place, reason)
        return _("Your reason is kept with the change.")
    if button == "no-reason":
        take_reason_back(actor(), now(), scope().id, place)
        return _("Your reason is taken back.")
    number = (number or request.form.get("response", "")).strip()
    found = find_response(scope().id, whole(number) or 0)
    if found is None:
        raise DomainError("no_such_response", number=number[:20])
    typed = request.form.get(f"seen-{found.id}")
    seen = found.revision if typed is None else revision(typed)
    if button == "unlink":
        unlink_change(actor(), now(), found, place, seen_revision=seen)
        return _("Response %(number)s no longer cites this change.", number=found.id)
    link_change(actor(), now(), found, place, seen_revision=seen)
    return _("Response %(number)s cites this change; it is approved anew.", number=found.id)


def _page(found: ProvisionChange, *, error: str = "", reason: str | None = None) -> str:
    cited = citing_lines(scope().id, found.place)
    return render_template(
        "desk/change.html",
        scope=scope(),
        change=found,
        ops=word_changes(found.before, found.after),
        cited=cited,
        others=candidates(scope().id, found, [line.id for line in cited]),
        errors=[("", error)] if error else [],
        reason=found.reason if reason is None else reason,
        may_explain=can(Act.EXPLAIN_CHANGE),
    )
