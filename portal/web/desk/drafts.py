"""Reading a draft in, seeing the structure found beside the source, correcting, publishing."""

from __future__ import annotations

from bisect import bisect_right

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import DraftWarning, ParsedDraft, walk
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.text import decode
from portal.models import Document, DraftVersion
from portal.policies.table import Act
from portal.queries.drafts import find_document, find_version, read_flat
from portal.services import drafts as services
from portal.services.drafts import Correction
from portal.web.desk.blueprint import bp
from portal.web.desk.consultations import mapped
from portal.web.forms.codes import code_or
from portal.web.forms.consultations import ProvisionForm, SourceForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now


def _document(number: int) -> Document:
    found = find_document(scope().id, number)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def _version(number: int, version: int) -> tuple[Document, DraftVersion]:
    document = _document(number)
    found = find_version(document.id, version)
    if found is None:
        raise DomainError("not_found", status=404)
    return document, found


def typed_source(form: SourceForm) -> str:
    """What was pasted, or the text of the file; says which encoding was recognised.

    The text of a file stands in the form from then on, so that it can be mended there.
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return (form.source.data or "").replace("\r\n", "\n")
    text, encoding = decode(upload.read())
    if encoding != "utf-8":
        flash(_("The file was read as Windows-1256. Look whether its letters are right."))
    form.source.data = text.replace("\r\n", "\n")
    return form.source.data


@bp.get("/consultations/<slug>/documents/<int:number>/versions/new")
@act(Act.EDIT_DRAFT)
def new_version(slug: str, number: int) -> ResponseReturnValue:
    document = _document(number)
    return render_template(
        "desk/version_new.html", scope=scope(), document=document, form=SourceForm(), errors=[]
    )


@bp.post("/consultations/<slug>/documents/<int:number>/versions/new")
@act(Act.EDIT_DRAFT)
def import_version(slug: str, number: int) -> ResponseReturnValue:
    document, form = _document(number), SourceForm(request.form)
    try:
        version, _parsed = services.import_text(actor(), now(), document, typed_source(form))
    except DomainError as error:
        error.field = error.field or "file"
        page = render_template(
            "desk/version_new.html",
            scope=scope(),
            document=document,
            form=form,
            errors=show(form, error),
        )
        return page, error.status
    return redirect(url_for("desk.version", slug=slug, number=number, version=version.number))


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>")
@act(Act.OPEN_FILE)
def version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = _version(number, version)
    return _review(document, found, [])


def _review(document: Document, found: DraftVersion, errors: Summary) -> str:
    return render_template(
        "desk/version.html",
        scope=scope(),
        document=document,
        version=found,
        provisions=read_flat(found.id),
        warnings=_warnings(parse(found.source)),
        form=SourceForm(data={"source": found.source}),
        errors=errors,
        may_edit=found.published_at is None and can(Act.EDIT_DRAFT),
        may_publish=found.published_at is None and can(Act.PUBLISH_VERSION),
    )


def _warnings(parsed: ParsedDraft) -> list[tuple[DraftWarning, str]]:
    """Each warning with the provision that its line belongs to; nothing before the first."""
    nodes = sorted((node.line, node.eid) for node, _depth in walk(parsed.provisions))
    starts = [line for line, _eid in nodes]
    return [
        (warning, nodes[at - 1][1] if at else "")
        for warning in parsed.warnings
        for at in (bisect_right(starts, warning.line),)
    ]


@bp.post("/consultations/<slug>/documents/<int:number>/versions/<int:version>/publish")
@act(Act.PUBLISH_VERSION)
def publish_version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = _version(number, version)
    try:
        services.publish_version(actor(), now(), mapped(), found)
    except DomainError as error:
        return _review(document, found, show(SourceForm(), error)), error.status
    flash(_("Version %(number)s is published, and is never changed.", number=version))
    return redirect(url_for("desk.consultation", slug=slug))


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/provisions/<eid>")
@act(Act.EDIT_DRAFT)
def provision(slug: str, number: int, version: int, eid: str) -> ResponseReturnValue:
    document, found = _version(number, version)
    each = next((item for item in read_flat(found.id) if item.eid == eid), None)
    if each is None:
        raise DomainError("not_found", status=404)
    form = ProvisionForm(
        data={
            "kind": each.kind.value,
            "number": each.number,
            "heading": each.heading.ar,
            "heading_en": each.heading.en,
            "text": each.text,
        }
    )
    return _provision_page(document, found, eid, form, [])


@bp.post("/consultations/<slug>/documents/<int:number>/versions/<int:version>/provisions/<eid>")
@act(Act.EDIT_DRAFT)
def correct_provision(slug: str, number: int, version: int, eid: str) -> ResponseReturnValue:
    document, found = _version(number, version)
    form = ProvisionForm(request.form)
    correction = Correction(
        kind=code_or(ProvisionKind, form.kind.data, ProvisionKind.TEXT),
        number=form.number.data or "",
        heading=form.heading.data or "",
        heading_en=form.heading_en.data or "",
        text=(form.text.data or "").replace("\r\n", "\n"),
    )
    try:
        services.correct_provision(found, eid, correction)
    except DomainError as error:
        return _provision_page(document, found, eid, form, show(form, error)), error.status
    back = url_for("desk.version", slug=slug, number=number, version=version)
    return redirect(f"{back}#{eid}")


def _provision_page(
    document: Document, found: DraftVersion, eid: str, form: ProvisionForm, errors: Summary
) -> str:
    return render_template(
        "desk/provision.html",
        scope=scope(),
        document=document,
        version=found,
        eid=eid,
        form=form,
        errors=errors,
    )
