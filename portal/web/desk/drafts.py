"""A version at the desk: the structure found beside its source, confirmed, published, followed."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.adapters import originals
from portal.adapters.reading import render_page
from portal.domain.draft_places import page_of
from portal.domain.drafts import DraftFormat, ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.reflection import Unreflected
from portal.formats.labels import choices
from portal.formats.messages import message
from portal.models import Document, DraftVersion
from portal.policies.table import Act
from portal.queries.changes import load_changes
from portal.queries.drafts import find_document, find_version, list_documents
from portal.queries.reflection import load_reflected
from portal.queries.structure import Editor, list_edits, load_editor
from portal.services import drafts as services
from portal.services import structure
from portal.web.desk.blueprint import bp
from portal.web.desk.consultations import mapped
from portal.web.forms.refusals import Summary
from portal.web.gate import act, actor, can, scope
from portal.web.moment import now

PICTURE_WIDTH = 1100
VERSION = "/consultations/<slug>/documents/<int:number>/versions/<int:version>"


def document_of(number: int) -> Document:
    """The document of that number in this consultation."""
    found = find_document(scope().id, number)
    if found is None:
        raise DomainError("not_found", status=404)
    return found


def version_of(number: int, version: int) -> tuple[Document, DraftVersion]:
    """The document and its version of those numbers."""
    document = document_of(number)
    found = find_version(document.id, version)
    if found is None:
        raise DomainError("not_found", status=404)
    return document, found


def seen() -> int:
    """The revision that the sent form was made from; none that could be where it says nothing."""
    return request.form.get("revision", -1, type=int)


def leading_to(document: Document, found: DraftVersion, eid: str = "", more: str = "") -> str:
    """The address of a version with a provision chosen; `more` leaves the second row open."""
    where: dict[str, Any] = {"number": document.number, "version": found.number, "at": eid or None}
    beside = request.values.get("beside")
    return url_for(
        "desk.version", slug=scope().slug, **where, beside=beside or None, more=more or None
    )


@bp.get(VERSION)
@act(Act.OPEN_FILE)
def version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    return review(document, found)


def review(
    document: Document, found: DraftVersion, error: DomainError | None = None, at: str = ""
) -> str:
    """The page of a version, with what was refused."""
    at = at or request.values.get("at", "") or request.form.get("eid", "")
    editor = load_editor(found, at)
    errors: Summary = [(_field(error), message(error))] if error else []
    beside = request.values.get("beside", "")
    return render_template(
        "desk/version.html",
        scope=scope(),
        document=document,
        version=found,
        editor=editor,
        edits=list_edits(found.id) if found.published_at is None else (),
        kinds=choices(ProvisionKind),
        beside=beside if beside in ("english", "source") else _usual(found, editor),
        source=_source(found, editor),
        errors=errors,
        may_edit=found.published_at is None and can(Act.EDIT_DRAFT),
        may_publish=found.published_at is None and can(Act.PUBLISH_VERSION),
        may_follow=_may_follow(document, found, newest=True),
        may_take_back=_may_follow(document, found, newest=False),
        more=bool(request.args.get("more"))
        or (error is not None and error.field in ("kind", "number")),
    )


def _field(error: DomainError) -> str:
    """The field of this page that a refusal is about, if it is one of it."""
    return error.field if error.field in ("compared", "kind", "number", "source") else ""


def _usual(found: DraftVersion, editor: Editor) -> str:
    """What stands beside the structure: a text still to be compared has its pages there."""
    return "english" if editor.translated and not found.to_confirm else "source"


def _may_follow(document: Document, found: DraftVersion, *, newest: bool) -> bool:
    """Whether it is the newest that is published, or an earlier one, and none is being prepared."""
    if found.published_at is None or not can(Act.EDIT_DRAFT):
        return False
    view = next(each for each in list_documents(scope().id) if each.id == document.id)
    return view.working is None and (view.published[-1].id == found.id) is newest


def _source(found: DraftVersion, editor: Editor) -> dict[str, Any]:
    """The lines that stand beside the provisions, from line `first`: of a page, or of the text."""
    lines = found.source.split("\n")
    first, last, page = *editor.lines, 0
    if found.format is DraftFormat.PDF and found.page_lines:
        page = _page(found, editor)
        starts = [*found.page_lines, len(lines) + 1]
        first, last = starts[page - 1], starts[page]
    shown = lines[first - 1 : last - 1 if last else None] if first else []
    return {"page": page, "pages": len(found.page_lines), "first": first, "lines": shown}


def _page(found: DraftVersion, editor: Editor) -> int:
    """The page that was asked for, or that of the chosen provision."""
    chosen = next((each.page for each in editor.rows if each.eid == editor.at), 0)
    asked = request.args.get("page", chosen or 1, type=int)
    return min(max(asked, 1), page_of(len(found.source), found.page_lines))


@bp.get(f"{VERSION}/pages/<int:page>.png")
@act(Act.OPEN_FILE)
def page_picture(slug: str, number: int, version: int, page: int) -> ResponseReturnValue:
    _document, found = version_of(number, version)
    if found.format is not DraftFormat.PDF or not 0 < page <= len(found.page_lines):
        raise DomainError("not_found", status=404)
    folder, name = current_app.extensions["settings"].data, found.file_sha256
    picture = originals.picture(folder, name, page)
    if picture is None:
        picture = render_page(originals.load(folder, name), page, PICTURE_WIDTH)
        originals.keep_picture(folder, name, page, picture)
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@bp.post(f"{VERSION}/confirm")
@act(Act.EDIT_DRAFT)
def confirm_version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    try:
        if not request.form.get("compared"):
            raise DomainError("not_compared", field="compared")
        structure.confirm(actor(), now(), found, seen())
    except DomainError as error:
        return review(document, found, error), error.status
    flash(_("It is written down that you compared this text with the pages of its file."))
    return redirect(leading_to(document, found))


@bp.post(f"{VERSION}/publish")
@act(Act.PUBLISH_VERSION)
def publish_version(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, found = version_of(number, version)
    looked_at = request.form.get("revision", type=int)
    try:
        services.publish_version(actor(), now(), mapped(), found, looked_at)
    except DomainError as error:
        return review(document, found, error), error.status
    flash(_("Version %(number)s is published, and is never changed.", number=version))
    undone = load_reflected(scope().id, load_changes(scope().id)).found[Unreflected.CITED_UNDONE]
    if undone:
        flash(
            ngettext(
                "It undoes a change that %(num)s response cites: see the changes between versions.",
                "It undoes changes that %(num)s responses cite: see the changes between versions.",
                len({each.response_id for each in undone}),
            )
        )
    return redirect(url_for("desk.consultation", slug=slug))


@bp.post("/consultations/<slug>/documents/<int:number>/versions/next")
@act(Act.EDIT_DRAFT)
def begin_next_version(slug: str, number: int) -> ResponseReturnValue:
    document = document_of(number)
    wanted = request.form.get("of", type=int)
    earlier = find_version(document.id, wanted) if wanted else None
    begun = services.begin_next(actor(), now(), document, of=earlier)
    flash(
        _("This version begins with the text of version %(number)s.", number=wanted)
        if earlier
        else _("This version begins with the text that is published. Correct it where it changes.")
    )
    return redirect(leading_to(document, begun))
