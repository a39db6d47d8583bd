"""Consultations at the desk: list, new, edit, announce, extend, withdraw, conclude, archive."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.bilingual import Bilingual
from portal.domain.drafts import DocumentKind
from portal.domain.errors import DomainError, Refusals
from portal.domain.given_numbers import whole
from portal.formats.dates import in_amman
from portal.models import Consultation
from portal.policies.table import Act, may
from portal.queries.accounts import list_bodies
from portal.queries.comments import count_received
from portal.queries.consultations import find_consultation, find_page
from portal.queries.desk import visible_consultations
from portal.queries.drafts import list_documents
from portal.queries.floods import pressed
from portal.services import consultations as services
from portal.web.desk.blueprint import bp
from portal.web.forms.codes import code_or
from portal.web.forms.consultations import (
    ConsultationForm,
    DocumentForm,
    ReasonForm,
    moment_of,
    particulars_of,
)
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, can, scope
from portal.web.languages import current
from portal.web.moment import now
from portal.web.public.stages import stages

# What the form has as the table has it; the dates differ, and slug and body stay.
WRITTEN = (
    *("title_ar", "title_en", "purpose_ar", "purpose_en", "negotiable_ar", "negotiable_en"),
    *("fixed_ar", "fixed_en", "contact", "moderated_after"),
)
HERE = (
    Act.EDIT_CONSULTATION,
    Act.ANNOUNCE,
    Act.EXTEND,
    Act.WITHDRAW,
    Act.CONCLUDE,
    Act.ARCHIVE,
    Act.EDIT_DRAFT,
    Act.PUBLISH_VERSION,
    Act.TAKE_IN_COMMENTS,
    Act.TAKE_IN_WORKSHOP,
    Act.READ_QUEUE,
    Act.STUDY,
    Act.CHECK_MATRIX,
)


def mapped() -> Consultation:
    """The consultation that the gate found, for services."""
    found = find_consultation(scope().slug)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _allowed() -> set[Act]:
    """What the asking person can do here now."""
    return {named for named in HERE if can(named)}


@bp.get("/consultations")
@act(Act.OPEN_FILE)
def consultations() -> ResponseReturnValue:
    return render_template(
        "desk/consultations.html",
        found=visible_consultations(actor(), now()),
        may_create=may(actor(), Act.CREATE_CONSULTATION),
    )


@bp.get("/new-consultation")
@act(Act.CREATE_CONSULTATION)
def new_consultation() -> ResponseReturnValue:
    return _form_page(ConsultationForm(), [])


@bp.post("/new-consultation")
@act(Act.CREATE_CONSULTATION)
def create_consultation() -> ResponseReturnValue:
    form = ConsultationForm(request.form)
    try:
        body_id = whole(form.body.data)
        if body_id is None or not may(actor(), Act.CREATE_CONSULTATION, body_id=body_id):
            raise DomainError("not_allowed", field="body", status=403)
        made = services.create(
            actor(),
            now(),
            body_id=body_id,
            slug=(form.slug.data or "").strip(),
            particulars=particulars_of(form),
        )
    except (DomainError, Refusals) as refused:
        return _form_page(form, show(form, refused)), 422
    return redirect(url_for("desk.consultation", slug=made.slug))


def _form_page(form: ConsultationForm, errors: Summary, *, editing: bool = False) -> str:
    form.body.choices = [
        (str(body.id), body.name.pick(current()))
        for body in list_bodies()
        if may(actor(), Act.CREATE_CONSULTATION, body_id=body.id)
    ]
    return render_template("desk/consultation_form.html", form=form, errors=errors, editing=editing)


@bp.get("/consultations/<slug>")
@act(Act.OPEN_FILE)
def consultation(slug: str) -> ResponseReturnValue:
    return _overview()


def _overview(
    *,
    errors: Summary | None = None,
    extension: ReasonForm | None = None,
    withdrawal: ReasonForm | None = None,
    document: DocumentForm | None = None,
    short_reason: str = "",
) -> str:
    page = find_page(scope().slug, now())
    if page is None:
        raise DomainError("not_found", status=404)
    closes = in_amman(page.dates.closes_at).replace(tzinfo=None)
    return render_template(
        "desk/consultation.html",
        page=page,
        scope=scope(),
        stages=stages(page, page.dates.answered_at),
        documents=list_documents(page.id),
        counts=count_received(page.id),
        pressed=pressed((page.id,), now()),
        allowed=_allowed(),
        acts=Act,
        extension=extension or ReasonForm(data={"closes_at": closes}, prefix="extend-"),
        withdrawal=withdrawal or ReasonForm(prefix="withdraw-"),
        new_document=document or DocumentForm(prefix="document-"),
        minimum_days=current_app.extensions["settings"].minimum_days,
        may_shorten=may(actor(), Act.WITHDRAW, body_id=scope().body_id),
        short_reason=short_reason,
        errors=errors or [],
    )


@bp.get("/consultations/<slug>/edit")
@act(Act.EDIT_CONSULTATION)
def edit_consultation(slug: str) -> ResponseReturnValue:
    each = mapped()
    form = ConsultationForm(data={name: getattr(each, name) for name in WRITTEN})
    form.opens_at.data = in_amman(each.opens_at).replace(tzinfo=None)
    form.closes_at.data = in_amman(each.closes_at).replace(tzinfo=None)
    return _form_page(form, [], editing=True)


@bp.post("/consultations/<slug>/edit")
@act(Act.EDIT_CONSULTATION)
def save_consultation(slug: str) -> ResponseReturnValue:
    form = ConsultationForm(request.form)
    try:
        services.edit(actor(), now(), mapped(), particulars_of(form))
    except (DomainError, Refusals) as refused:
        return _form_page(form, show(form, refused), editing=True), 422
    return redirect(url_for("desk.consultation", slug=slug))


@bp.post("/consultations/<slug>/documents")
@act(Act.EDIT_DRAFT)
def add_document(slug: str) -> ResponseReturnValue:
    form = DocumentForm(request.form, prefix="document-")
    kind = code_or(DocumentKind, form.kind.data, DocumentKind.OTHER)
    title = Bilingual(form.title_ar.data or "", form.title_en.data or "")
    try:
        made = services.add_document(actor(), now(), mapped(), kind, title)
    except (DomainError, Refusals) as refused:
        errors = show(form, prefixed(refused, "document-"))
        return _overview(errors=errors, document=form), 422
    return redirect(url_for("desk.new_version", slug=slug, number=made.number))


def prefixed(refused: DomainError | Refusals, prefix: str) -> DomainError | Refusals:
    """The refusal with the names of its fields as this page has them."""
    errors = refused.errors if isinstance(refused, Refusals) else [refused]
    for error in errors:
        error.field = f"{prefix}{error.field}" if error.field else None
    return refused


@bp.post("/consultations/<slug>/announce")
@act(Act.ANNOUNCE)
def announce(slug: str) -> ResponseReturnValue:
    reason = request.form.get("short_reason", "")
    try:
        services.announce(
            actor(),
            now(),
            mapped(),
            minimum_days=current_app.extensions["settings"].minimum_days,
            short_reason=reason,
            approver=may(actor(), Act.WITHDRAW, body_id=scope().body_id),
        )
    except DomainError as error:
        words = show(ReasonForm(), error)
        return _overview(errors=words, short_reason=reason), error.status
    flash(_("The consultation is announced. It opens and closes by the clock."))
    return redirect(url_for("desk.consultation", slug=slug))


@bp.post("/consultations/<slug>/extend")
@act(Act.EXTEND)
def extend(slug: str) -> ResponseReturnValue:
    form = ReasonForm(request.form, prefix="extend-")
    try:
        closes_at = moment_of(form.closes_at.data, "closes_at")
        services.extend(actor(), now(), mapped(), closes_at=closes_at, reason=form.reason)
    except DomainError as error:
        if error.field == "reason":
            error.field = "reason_ar"
        return _overview(errors=show(form, prefixed(error, "extend-")), extension=form), 422
    flash(_("The deadline is extended; the old one stays visible."))
    return redirect(url_for("desk.consultation", slug=slug))


@bp.post("/consultations/<slug>/withdraw")
@act(Act.WITHDRAW)
def withdraw(slug: str) -> ResponseReturnValue:
    form = ReasonForm(request.form, prefix="withdraw-")
    try:
        services.withdraw(actor(), now(), mapped(), reason=form.reason)
    except DomainError as error:
        return _overview(errors=show(form, prefixed(error, "withdraw-")), withdrawal=form), 422
    flash(_("The consultation is withdrawn. Its comments and its record stay."))
    return redirect(url_for("desk.consultation", slug=slug))


def _step(service: Callable[..., None], words: str) -> ResponseReturnValue:
    service(actor(), now(), mapped())
    flash(words)
    return redirect(url_for("desk.consultation", slug=scope().slug))


@bp.post("/consultations/<slug>/conclude")
@act(Act.CONCLUDE)
def conclude(slug: str) -> ResponseReturnValue:
    return _step(services.conclude, _("It is recorded that the final text was issued."))


@bp.post("/consultations/<slug>/archive")
@act(Act.ARCHIVE)
def archive(slug: str) -> ResponseReturnValue:
    return _step(services.archive, _("The consultation is archived."))
