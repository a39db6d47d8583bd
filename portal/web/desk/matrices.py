"""The check of the matrix: all that is missing, each with a link to its place; publication."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.consultations import Phase
from portal.domain.errors import DomainError
from portal.domain.given_numbers import whole
from portal.domain.matrices import Gap, Incomplete
from portal.formats.gaps import gap_words, kind_words
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.checking import Check, check
from portal.queries.differing import differing
from portal.queries.edition_runs import RunView, files_of, find_run, list_runs
from portal.queries.matrices import editions
from portal.services.matrices import publish, request_edition
from portal.web.desk.blueprint import bp
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now
from portal.web.numbers import asked
from portal.web.transactions import after_commit

SHOWN = 100
REFRESH = 2  # seconds between two looks at a publication under way
# So many rows are published while the approver waits: less than a second.
AT_ONCE = 500
MATRIX = "/consultations/<slug>/matrix"


@bp.get(MATRIX)
@act(Act.CHECK_MATRIX)
def matrix_check(slug: str) -> ResponseReturnValue:
    return _page(check(scope().id))


@bp.post(f"{MATRIX}/publish")
@act(Act.PUBLISH_MATRIX)
def matrix_publish(slug: str) -> ResponseReturnValue:
    return _publish(interim=False)


@bp.post(f"{MATRIX}/publish-interim")
@act(Act.PUBLISH_MATRIX)
def matrix_publish_interim(slug: str) -> ResponseReturnValue:
    return _publish(interim=True)


def _publish(*, interim: bool) -> ResponseReturnValue:
    slug, reason = scope().slug, request.form.get("reason", "")
    found = check(scope().id)
    newest = whole(request.form.get("newest"))
    asks: dict[str, Any] = {"reason": reason, "interim": interim, "newest_seen": newest}
    try:
        if found.received > AT_ONCE:
            run = request_edition(actor(), now(), scope().id, **asks)
            after_commit(partial(current_app.extensions["nudge_edition"], run.id))
            return redirect(url_for("desk.matrix_run", slug=slug, run_id=run.id, watch=1))
        edition = publish(actor(), now(), scope().id, **asks)
        after_commit(partial(current_app.extensions["nudge_edition"], edition.id))
    except Incomplete:
        return _page(found, reason=reason), 422
    except DomainError as error:
        return _page(found, reason=reason, error=message(error)), error.status
    flash(_("Edition %(number)s of the response matrix is published.", number=edition.number))
    return redirect(url_for("public.matrix", slug=slug, edition=edition.number))


@bp.get(f"{MATRIX}/runs/<int:run_id>")
@act(Act.CHECK_MATRIX)
def matrix_run(slug: str, run_id: int) -> ResponseReturnValue:
    """How far a publication is; it refreshes itself, and leads on when the edition is out."""
    run = find_run(scope().id, run_id)
    if run is None:
        raise DomainError("not_found", status=404)
    watched = bool(request.args.get("watch"))
    if watched and run.edition_number:
        return redirect(url_for("public.matrix", slug=slug, edition=run.edition_number))
    page = make_response(_run_page(run))
    if run.open:
        here = url_for("desk.matrix_run", slug=slug, run_id=run_id, watch=watched or None)
        page.headers["Refresh"] = f"{REFRESH}; url={here}"
    return page


def _run_page(run: RunView) -> str:
    return render_template("desk/matrix_run.html", scope=scope(), run=run, files=files_of(run.id))


def _page(found: Check, *, reason: str = "", error: str = "") -> str:
    place = scope()
    kinds = Counter(gap.code for gap in found.gaps)
    kind = request.args.get("kind", "")
    kind = kind if kind in kinds else ""
    chosen = [gap for gap in found.gaps if not kind or gap.code == kind]
    start = min(asked("start") or 0, len(chosen))
    heads, runs = editions(place.id), list_runs(place.id)
    final = bool(heads) and not heads[0].file.interim
    return render_template(
        "desk/matrix_check.html",
        scope=place,
        check=found,
        kind=kind,
        kinds=[(code, kind_words(code), number) for code, number in kinds.most_common()],
        gaps=[(gap_words(gap), _link(gap)) for gap in chosen[start : start + SHOWN]],
        differing=differing(place.id),
        chosen=len(chosen),
        start=start,
        next=start + SHOWN if start + SHOWN < len(chosen) else None,
        editions=heads,
        corrects=heads[0].file.number if final else None,
        runs=runs,
        may_publish=can(Act.PUBLISH_MATRIX),
        may_publish_part=place.phase is Phase.CLOSED and not final and len(found.open) > 0,
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
