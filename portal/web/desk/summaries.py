"""The summary at the desk: drafted from the data, edited, published by a second person."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import revision
from portal.formats.impact_report import MEDIA_TYPE, file_name
from portal.formats.summaries import charts, draft_texts
from portal.policies.table import Act
from portal.queries.impact import write_impact
from portal.queries.matrices import editions
from portal.queries.summaries import (
    SummaryView,
    list_summaries,
    load_asked,
    load_figures,
    load_reflected,
    writers_since_published,
)
from portal.services import summaries as services
from portal.web.desk.blueprint import bp
from portal.web.forms.refusals import Summary, show
from portal.web.forms.summaries import SummaryForm
from portal.web.gate import act, actor, can, scope
from portal.web.links import absolute
from portal.web.moment import now


@bp.get("/consultations/<slug>/summary")
@act(Act.CHECK_MATRIX)
def summary(slug: str) -> ResponseReturnValue:
    """The newest version to edit, or a new one drafted from the data (`?draft=1`)."""
    versions = list_summaries(scope().id)
    anew = not versions or bool(request.args.get("draft"))
    return _page(_form(versions, anew=anew), versions, [])


def _form(versions: tuple[SummaryView, ...], *, anew: bool) -> SummaryForm:
    seen = {"seen": str(versions[0].number if versions else 0)}
    heads = editions(scope().id)
    if not heads:
        return SummaryForm(data=seen)
    if anew:
        edition = heads[0].id
        figures, reflected = load_figures(edition), load_reflected(edition)
        return SummaryForm(data={**seen, **draft_texts(load_asked(scope().id), figures, reflected)})
    return SummaryForm(data={**seen, **_texts(versions[0])})


def _texts(version: SummaryView) -> dict[str, str]:
    return {
        f"{name}_{lang}": getattr(getattr(version, name), lang)
        for name in ("asked", "said", "did")
        for lang in ("ar", "en")
    }


def _page(form: SummaryForm, versions: tuple[SummaryView, ...], errors: Summary) -> str:
    heads = editions(scope().id)
    newest = versions[0] if versions else None
    waits = newest if newest and not newest.published_at else None
    return render_template(
        "desk/summary.html",
        scope=scope(),
        form=form,
        versions=versions,
        waits=waits,
        head=heads[0] if heads else None,
        charts=charts(load_figures(heads[0].id)) if heads else (),
        errors=errors,
        may_write=can(Act.WRITE_SUMMARY),
        may_publish=can(Act.PUBLISH_SUMMARY)
        and actor().user_id not in writers_since_published(scope().id),
    )


@bp.post("/consultations/<slug>/summary")
@act(Act.WRITE_SUMMARY)
def summary_save(slug: str) -> ResponseReturnValue:
    form = SummaryForm(request.form)
    try:
        written = services.write(actor(), now(), scope().id, form.texts(), seen=_seen())
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(form, list_summaries(scope().id), show(form, refused)), status
    flash(_("Version %(number)s of the summary is kept.", number=written.number))
    return redirect(url_for("desk.summary", slug=slug))


@bp.post("/consultations/<slug>/summary/publish")
@act(Act.PUBLISH_SUMMARY)
def summary_publish(slug: str) -> ResponseReturnValue:
    try:
        services.publish(actor(), now(), scope().id, seen=_seen())
    except (DomainError, Refusals) as refused:
        versions = list_summaries(scope().id)
        form = _form(versions, anew=not versions)
        status = refused.status if isinstance(refused, DomainError) else 422
        # Who publishes may have no form to be led to.
        errors = [("", words) for _field, words in show(form, refused)]
        return _page(form, versions, errors), status
    flash(_("The summary is published."))
    return redirect(url_for("public.summary", slug=slug))


def _seen() -> int:
    return revision(request.form.get("seen"))


@bp.get("/consultations/<slug>/stakeholder-input.docx")
@act(Act.CHECK_MATRIX)
def stakeholder_input(slug: str) -> ResponseReturnValue:
    """The annex for an impact assessment, from the newest edition."""
    heads = editions(scope().id)
    if not heads:
        raise DomainError("no_such_edition", status=404)
    url = absolute("public.matrix", slug=slug, edition=heads[0].file.number)
    response = Response(write_impact(scope().id, heads[0], url), content_type=MEDIA_TYPE)
    name = file_name(heads[0].file)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
