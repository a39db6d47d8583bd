"""The check of the matrix: all that is missing, each with a link to its place; publication."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError
from portal.domain.matrices import Gap, Incomplete
from portal.formats.gaps import gap_words
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.checking import Check, check
from portal.queries.matrices import editions
from portal.services.matrices import publish
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

SHOWN = 200


@bp.get("/consultations/<slug>/matrix")
@act(Act.CHECK_MATRIX)
def matrix_check(slug: str) -> ResponseReturnValue:
    return _page(check(scope().id))


@bp.post("/consultations/<slug>/matrix/publish")
@act(Act.PUBLISH_MATRIX)
def matrix_publish(slug: str) -> ResponseReturnValue:
    reason = request.form.get("reason", "")
    try:
        edition = publish(actor(), now(), scope().id, reason=reason)
    except Incomplete:
        return _page(check(scope().id), reason=reason), 422
    except DomainError as error:
        return _page(check(scope().id), reason=reason, error=message(error)), error.status
    flash(_("Edition %(number)s of the response matrix is published.", number=edition.number))
    return redirect(url_for("public.matrix", slug=slug, edition=edition.number))


def _page(found: Check, *, reason: str = "", error: str = "") -> str:
    place = scope()
    return render_template(
        "desk/matrix_check.html",
        scope=place,
        check=found,
        gaps=[(gap_words(gap), _link(gap)) for gap in found.gaps[:SHOWN]],
        more=max(0, len(found.gaps) - SHOWN),
        editions=editions(place.id),
        may_publish=can(Act.PUBLISH_MATRIX),
        reason=reason,
        error=error,
    )


def _link(gap: Gap) -> str:
    """Where the gap can be closed, or be read about by who may not close it."""
    slug = scope().slug
    if gap.response_id is not None:
        return url_for("desk.response", slug=slug, response_id=gap.response_id)
    if gap.ref is not None:
        if not can(Act.RESPOND):
            return url_for("desk.study", slug=slug, number=gap.ref.number)
        return url_for("desk.response_new", slug=slug, comments=str(gap.ref))
    return url_for("desk.changes", slug=slug)
