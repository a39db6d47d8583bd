"""What authors wrote of the answers they got: each sentence is read before the public reads it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.row_refs import parse_ref
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.queue import reach_of
from portal.queries.satisfaction import find_said, waiting_sentences
from portal.services.satisfaction import look
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, scope
from portal.web.moment import now


@bp.get("/moderation/sentences")
@act(Act.READ_QUEUE)
def sentences() -> ResponseReturnValue:
    return _page()


@bp.post("/consultations/<slug>/rows/<ref>/sentence")
@act(Act.DECIDE)
def look_at_sentence(slug: str, ref: str) -> ResponseReturnValue:
    row = parse_ref(ref)
    publish = request.form.get("action") == "publish"
    chosen = request.form.get("ground", "")
    ground = Ground(chosen) if chosen in set(Ground) else None
    try:
        look(actor(), now(), find_said(scope().id, row), publish=publish, ground=ground)
    except DomainError as refused:
        return _page(message(refused)), refused.status
    flash(
        _("The sentence on comment %(number)s is published.", number=ref)
        if publish
        else _("The sentence on comment %(number)s is withheld.", number=ref)
    )
    return redirect(url_for("desk.sentences"))


def _page(error: str = "") -> str:
    return render_template(
        "desk/sentences.html",
        waiting=waiting_sentences(reach_of(actor())),
        grounds=Ground,
        error=error,
    )
