"""Comments that the newest version of a document left without a place."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.formats.citations import cite
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.drafts import find_document, list_targets
from portal.queries.moderation import find_mapped
from portal.queries.standing import orphans as load_orphans
from portal.services import anchors
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


@bp.get("/consultations/<slug>/documents/<int:number>/orphans")
@act(Act.STUDY)
def orphans(slug: str, number: int) -> ResponseReturnValue:
    return _page(number)


@bp.post("/consultations/<slug>/documents/<int:number>/orphans")
@act(Act.PLACE_COMMENT)
def place_comment(slug: str, number: int) -> ResponseReturnValue:
    given = whole(request.form.get("comment"))
    comment = find_mapped(scope().id, given) if given is not None else None
    document = find_document(scope().id, number)
    if comment is None or document is None or comment.document_id != document.id:
        raise DomainError("not_found", status=404)
    try:
        placed = anchors.place(actor(), now(), comment, request.form.get("eid", ""))
    except DomainError as refused:
        return _page(number, {comment.number: message(refused)}), refused.status
    flash(_("Comment %(number)s stands at %(place)s.", number=given, place=cite(placed.eid)))
    return redirect(url_for("desk.orphans", slug=slug, number=number))


def _page(number: int, errors: dict[int, str] | None = None) -> str:
    document = find_document(scope().id, number)
    if document is None:
        raise DomainError("not_found", status=404)
    found = load_orphans(scope().id, document.id)
    note_looks(each.comment for each in found)
    return render_template(
        "desk/orphans.html",
        scope=scope(),
        document=document,
        found=found,
        places=[t for t in list_targets(scope().id) if t.document_id == document.id],
        errors=errors or {},
        may_place=can(Act.PLACE_COMMENT),
    )
