"""The templates of reasons that a body's team keeps."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import revision
from portal.domain.reason_templates import NAMES
from portal.models import ReasonTemplate
from portal.policies.table import Act
from portal.queries.reason_templates import find_template, templates_of
from portal.services.reason_templates import drop_template, keep_template
from portal.web.desk.blueprint import bp
from portal.web.forms.reasons import TemplateForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, scope
from portal.web.moment import now


@bp.get("/consultations/<slug>/reasons")
@act(Act.KEEP_REASONS)
def reasons(slug: str) -> ResponseReturnValue:
    return _page(TemplateForm(data={"seen": "0"}), None, [])


@bp.post("/consultations/<slug>/reasons")
@act(Act.KEEP_REASONS)
def reason_new(slug: str) -> ResponseReturnValue:
    return _save(None)


@bp.get("/consultations/<slug>/reasons/<int:template_id>")
@act(Act.KEEP_REASONS)
def reason(slug: str, template_id: int) -> ResponseReturnValue:
    found = _found(template_id)
    kept = {
        "seen": str(found.revision),
        "title": found.title,
        "disposition": found.disposition.value if found.disposition else "",
        "text_ar": found.text_ar,
        "text_en": found.text_en,
    }
    return _page(TemplateForm(data=kept), found, [])


@bp.post("/consultations/<slug>/reasons/<int:template_id>")
@act(Act.KEEP_REASONS)
def reason_save(slug: str, template_id: int) -> ResponseReturnValue:
    found = _found(template_id)
    if request.form.get("action") != "drop":
        return _save(found)
    drop_template(found, seen_revision=revision(request.form.get("seen", "")))
    flash(_("The template is gone; reasons written from it stay."))
    return redirect(url_for("desk.reasons", slug=slug))


def _found(template_id: int) -> ReasonTemplate:
    found = find_template(scope().body_id, template_id)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _save(found: ReasonTemplate | None) -> ResponseReturnValue:
    form = TemplateForm(request.form)
    seen = revision(form.seen.data or "")
    try:
        written, place = form.read(), scope()
        keep_template(actor(), now(), place.body_id, written, template=found, seen_revision=seen)
    except (DomainError, Refusals) as refused:
        status = refused.status if isinstance(refused, DomainError) else 422
        return _page(form, found, show(form, refused)), status
    flash(_("The template is kept."))
    return redirect(url_for("desk.reasons", slug=scope().slug))


def _page(form: TemplateForm, found: ReasonTemplate | None, errors: Summary) -> str:
    return render_template(
        "desk/reasons.html",
        scope=scope(),
        form=form,
        found=found,
        kept=templates_of(scope().body_id),
        placeholders=NAMES,
        errors=errors,
    )
