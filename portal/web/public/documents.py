"""The text of a draft with notes in its margin, and what changed between versions."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.draft_comparison import word_changes
from portal.domain.errors import DomainError
from portal.policies.table import Act, in_phase
from portal.queries.changes import load_changes
from portal.queries.citing import citing_rows
from portal.queries.comments import margin_notes
from portal.queries.draft_files import has_translation
from portal.queries.drafts import DocumentView, VersionHead, list_documents, read_tree
from portal.web.gate import act, scope
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/documents/<int:number>", defaults={"version": None})
@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>")
@act(Act.READ_CONSULTATION)
def document(slug: str, number: int, version: int | None) -> ResponseReturnValue:
    found, head = _version(number, version)
    place = scope()
    counts, notes = margin_notes(place.id, found.id)
    return render_template(
        "public/document.html",
        scope=place,
        document=found,
        version=head,
        provisions=read_tree(head.id) if head else (),
        translated=head is not None and has_translation(head.id),
        counts=counts,
        notes=notes,
        takes=in_phase(Act.SEND, place.phase) and bool(head) and head == found.published[-1],
    )


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/changes")
@act(Act.READ_CONSULTATION)
def changes(slug: str, number: int, version: int) -> ResponseReturnValue:
    found, head = _version(number, version)
    if head is None or version < 2:
        raise DomainError("not_found", status=404)
    changed = [each for each in load_changes(scope().id) if each.place.version_id == head.id]
    return render_template(
        "public/changes.html",
        scope=scope(),
        document=found,
        version=head,
        changes=[(each, word_changes(each.before, each.after)) for each in changed],
        citing=citing_rows(scope().id, number, version),
    )


def _version(number: int, version: int | None) -> tuple[DocumentView, VersionHead | None]:
    """The document and its version asked for (the newest published where none is)."""
    for found in list_documents(scope().id):
        if found.number == number:
            if version is None:
                return found, found.published[-1] if found.published else None
            for head in found.published:
                if head.number == version:
                    return found, head
    raise DomainError("not_found", status=404)
