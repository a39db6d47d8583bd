"""Comments by article with their responses: the list that answering begins from."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.responses import ResponseStatus
from portal.policies.table import Act
from portal.queries.drafts import list_documents
from portal.queries.standing import count_orphans
from portal.queries.study import load_study
from portal.web.desk.blueprint import bp
from portal.web.desk.originals import note_looks
from portal.web.gate import act, can, scope


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
        may_approve=can(Act.APPROVE),
        may_check=can(Act.CHECK_MATRIX),
    )
