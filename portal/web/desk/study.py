"""Studying one comment: the text it was made on, where it stands now, the committee's opinion."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.domain.visibility import Audience
from portal.policies.table import Act
from portal.queries.beside import then_and_now
from portal.queries.comments import find_comment
from portal.queries.moderation import find_mapped, history
from portal.queries.study import opinions, response_of
from portal.services.opinions import give_opinion
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.forms.refusals import Summary, show
from portal.web.forms.responses import ResponseForm
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


@bp.get("/consultations/<slug>/comments/<int:number>")
@act(Act.STUDY)
def study(slug: str, number: int) -> ResponseReturnValue:
    return _study_page(number, "", [])


@bp.post("/consultations/<slug>/comments/<int:number>/opinion")
@act(Act.GIVE_OPINION)
def opinion(slug: str, number: int) -> ResponseReturnValue:
    comment = find_mapped(scope().id, number)
    if comment is None:
        raise DomainError("not_found", status=404)
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        give_opinion(actor(), now(), comment, text)
    except DomainError as error:
        return _study_page(number, text, show(ResponseForm(), error)), error.status
    flash(_("Your opinion is kept; it stands in the matrix."))
    return redirect(url_for("desk.study", slug=slug, number=number))


def _study_page(number: int, text: str, errors: Summary) -> str:
    comment, view = find_mapped(scope().id, number), None
    if comment is not None:
        view = find_comment(scope().id, number, Audience.STAFF)
    if comment is None or view is None:
        raise DomainError("not_found", status=404)
    note_looks((view,))
    then, now_there = then_and_now(comment)
    return render_template(
        "desk/study.html",
        scope=scope(),
        comment=view,
        at=now_there.stands,
        article=then.article,
        before=then.inside,
        now=now_there.article,
        after=now_there.inside,
        history=history(comment.id),
        opinions=opinions(comment.id),
        response_id=response_of(comment.id),
        text=text,
        errors=errors,
        may_opine=can(Act.GIVE_OPINION),
        may_respond=can(Act.RESPOND),
    )
