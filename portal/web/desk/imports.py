"""Files and pasted texts on their way into a draft: the form, the job's page, the translation."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.adapters import originals
from portal.domain.drafts import MAX_FILE, Tracked
from portal.domain.errors import DomainError
from portal.domain.limits import MEGABYTE
from portal.models import Document, DraftImport
from portal.policies.table import Act
from portal.queries.drafts import find_version
from portal.queries.imports import ImportView, find_import, list_imports
from portal.services import drafts as services
from portal.services import imports
from portal.web.desk.blueprint import bp
from portal.web.desk.drafts import VERSION, document_of, version_of
from portal.web.forms.codes import code_or
from portal.web.forms.drafts import DraftForm, TranslationForm
from portal.web.forms.refusals import Summary, show
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now
from portal.web.transactions import after_commit
from portal.web.uploads import with_file

DOCUMENT = "/consultations/<slug>/documents/<int:number>"
REFRESH = 2  # seconds between two looks at a job


@bp.get(f"{DOCUMENT}/versions/new")
@act(Act.EDIT_DRAFT)
def new_version(slug: str, number: int) -> ResponseReturnValue:
    """The form; with `?from=N`, filled with the source of version N to be mended there."""
    document = document_of(number)
    begun = find_version(document.id, request.args.get("from", 0, type=int))
    form = DraftForm(data={"source": begun.source if begun else ""})
    return _form_page(document, form, [])


def _form_page(document: Document, form: DraftForm, errors: Summary) -> str:
    return render_template(
        "desk/version_new.html",
        scope=scope(),
        document=document,
        form=form,
        errors=errors,
        imports=list_imports(document.id),
        maximum=MAX_FILE // MEGABYTE,
    )


@bp.post(f"{DOCUMENT}/versions/new")
@act(Act.EDIT_DRAFT)
@with_file
def import_version(slug: str, number: int) -> ResponseReturnValue:
    """A file goes to the job; a pasted text is read at once, so that it can be mended here."""
    document, form = document_of(number), DraftForm(request.form)
    upload = request.files.get("file")
    try:
        if upload is not None and upload.filename:
            tracked = code_or(Tracked, form.tracked.data, Tracked.ACCEPT)
            return _to_job(document, upload, tracked)
        source = (form.source.data or "").replace("\r\n", "\n")
        version, _parsed = services.import_text(actor(), now(), document, source)
    except DomainError as error:
        return _form_page(document, form, show(form, error)), error.status
    return redirect(url_for("desk.version", slug=slug, number=number, version=version.number))


def _to_job(document: Document, upload: FileStorage, tracked: Tracked) -> ResponseReturnValue:
    size = upload.stream.seek(0, 2)
    imports.check_file(upload.filename or "", size)
    upload.stream.seek(0)
    return _lay(document, upload.filename or "", upload.stream.read(), tracked=tracked)


def _lay(
    document: Document,
    name: str,
    data: bytes,
    *,
    tracked: Tracked = Tracked.ACCEPT,
    translation: bool = False,
) -> ResponseReturnValue:
    """Keep the file, lay it before the job, show how far it is."""
    sha256 = originals.keep(current_app.extensions["settings"].data, data)
    asked: DraftImport = imports.request_import(
        actor(),
        now(),
        document,
        file_name=name,
        file_sha256=sha256,
        tracked=tracked,
        translation=translation,
    )
    after_commit(partial(current_app.extensions["nudge"], asked.id))
    return redirect(_watched(document, asked.id))


def _watched(document: Document, import_id: int) -> str:
    """The address at which somebody waits for the job, and is led on."""
    where: dict[str, Any] = {"number": document.number, "import_id": import_id}
    return url_for("desk.draft_import", slug=scope().slug, **where, watch=1)


@bp.get(f"{DOCUMENT}/imports/<int:import_id>")
@act(Act.OPEN_FILE)
def draft_import(slug: str, number: int, import_id: int) -> ResponseReturnValue:
    """How far the job is; it refreshes itself, and leads on when it is done."""
    document = document_of(number)
    found = find_import(document.id, import_id)
    if found is None:
        raise DomainError("not_found", status=404)
    watched = bool(request.args.get("watch"))
    if watched and found.version and not found.running and not found.report:
        there = url_for("desk.version", slug=slug, number=number, version=found.version)
        return redirect(there)
    page = make_response(_import_page(document, found))
    if found.running:
        page.headers["Refresh"] = f"{REFRESH}; url={_watched(document, import_id)}"
    return page


def _import_page(document: Document, found: ImportView) -> str:
    return render_template(
        "desk/import.html",
        scope=scope(),
        document=document,
        found=found,
        may_edit=can(Act.EDIT_DRAFT),
    )


@bp.get(f"{VERSION}/translation")
@act(Act.EDIT_DRAFT)
def new_translation(slug: str, number: int, version: int) -> ResponseReturnValue:
    return _translation_page(number, version, TranslationForm(), [])


@bp.post(f"{VERSION}/translation")
@act(Act.EDIT_DRAFT)
@with_file
def attach_translation(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    form, upload = TranslationForm(request.form), request.files.get("file")
    try:
        if found.published_at:
            raise DomainError("version_published", status=409)
        name = upload.filename if upload is not None and upload.filename else ""
        data = upload.read() if upload is not None and name else _pasted(form)
        imports.check_file(name or "text.txt", len(data))
        return _lay(document, name or "text.txt", data, translation=True)
    except DomainError as error:
        return _translation_page(number, version, form, show(form, error)), error.status


def _pasted(form: TranslationForm) -> bytes:
    if not (form.source.data or "").strip():
        raise DomainError("draft_empty", field="source")
    return (form.source.data or "").replace("\r\n", "\n").encode()


def _translation_page(number: int, version: int, form: TranslationForm, errors: Summary) -> str:
    document, found = version_of(number, version)
    return render_template(
        "desk/translation.html",
        scope=scope(),
        document=document,
        version=found,
        form=form,
        errors=errors,
        maximum=MAX_FILE // MEGABYTE,
    )
