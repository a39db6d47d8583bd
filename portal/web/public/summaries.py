"""'We asked, you said, we did', on one page: the published summary with its charts."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.formats.summaries import charts
from portal.policies.table import Act
from portal.queries.matrices import editions
from portal.queries.summaries import published_summary
from portal.web.gate import act, scope
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/summary", defaults={"version": None})
@bp.get("/consultations/<slug>/summary/<int:version>")
@act(Act.READ_MATRIX)
def summary(slug: str, version: int | None) -> ResponseReturnValue:
    """The newest published version, or the one asked for: each keeps its address."""
    found, newest = published_summary(scope().id, version), published_summary(scope().id)
    if found is None or found.figures is None or newest is None:
        raise DomainError("not_found", status=404)
    return render_template(
        "public/summary.html",
        scope=scope(),
        found=found,
        figures=found.figures,
        charts=charts(found.figures),
        newest=newest.number,
        newest_edition=editions(scope().id)[0].file.number,
    )
