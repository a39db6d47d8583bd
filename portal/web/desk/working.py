"""What the page of a response asks for while somebody writes: keep this, tell, who else is here."""

from __future__ import annotations

from flask import Response as HttpResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.domain.given_numbers import revision, whole
from portal.formats.dates import clock_words
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.answers import ResponseView, find_response, read_response
from portal.queries.working import others_at
from portal.services.working import come, discard_working, keep_working
from portal.web.desk.answer_page import KEY, changes_here, subject_of, tell
from portal.web.desk.blueprint import bp
from portal.web.forms.responses import ResponseForm, typed_in
from portal.web.gate import act, actor, scope
from portal.web.moment import now


def _key() -> str:
    key = request.form.get("key", "")
    if not key or len(key) > KEY:
        raise DomainError("not_found", status=404)
    return key


def _view() -> ResponseView | None:
    found = find_response(scope().id, whole(request.form.get("response")) or 0)
    return read_response(found) if found else None


@bp.post("/consultations/<slug>/responses/working")
@act(Act.RESPOND)
def response_keep(slug: str) -> ResponseReturnValue:
    """Keep what is typed; answers with JSON: `kept`, `said`, and `told`, a piece of the page."""
    form, key = ResponseForm(request.form), _key()
    try:
        kept = keep_working(
            actor(),
            now(),
            scope().id,
            key,
            typed_in(form),
            seen=revision(form.seen.data),
            copy_seen=revision(form.kept.data),
        )
    except DomainError as error:
        return jsonify(said=message(error)), error.status
    come(actor(), now(), scope().id, key)
    view = _view()
    told = tell(form, view, changes_here(), subject_of(form, view).comment_ids)
    piece = render_template("desk/response_told.html", told=told, scope=scope())
    said = _("Kept at %(time)s, not recorded yet.", time=clock_words(now()))
    return jsonify(kept=kept, said=said, told=piece)


@bp.post("/consultations/<slug>/responses/working/discard")
@act(Act.RESPOND)
def response_discard(slug: str) -> ResponseReturnValue:
    """Forget what was typed and show what is recorded."""
    discard_working(actor(), scope().id, _key())
    flash(_("What you had typed is gone; this is what is recorded."))
    back = request.form.get("back", "")
    view = _view()
    if view is not None:
        return redirect(url_for("desk.response", slug=slug, response_id=view.id))
    where = url_for("desk.response_new", slug=slug)
    return redirect(f"{where}?{back}" if back else where)


@bp.post("/consultations/<slug>/responses/presence")
@act(Act.STUDY)
def response_presence(slug: str) -> HttpResponse:
    """Say that I am here; answers with a piece of the page: who else is."""
    key = _key()
    come(actor(), now(), scope().id, key)
    others = others_at(scope().id, actor().user_id, key, now())
    return HttpResponse(render_template("desk/response_others.html", others=others))
