"""The text of a draft with notes in its margin, and what changed between versions."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.domain.typesetting import typeset
from portal.policies.table import Act, in_phase
from portal.queries.drafts import (
    DocumentView,
    ProvisionView,
    VersionHead,
    list_documents,
    read_tree,
    reading_of,
    tables_of,
    walk_views,
)
from portal.queries.margins import Margins, load_margins
from portal.web.gate import act, scope
from portal.web.languages import current
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/documents/<int:number>", defaults={"version": None})
@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>")
@act(Act.READ_CONSULTATION)
def document(slug: str, number: int, version: int | None) -> ResponseReturnValue:
    found, head = version_asked(number, version)
    place = scope()
    tree = read_tree(head.id) if head else ()
    reading = reading_of(tree)
    margins = load_margins(place.id, head.id, reading) if head else Margins()
    translated = _translated(tree)
    return render_template(
        "public/document.html",
        scope=place,
        document=found,
        version=head,
        provisions=tree,
        inside=typeset(reading, margins.marked, tables_of(tree)),
        margins=margins,
        translated=translated,
        both=translated and "en" in (current(), request.args.get("with")),
        takes=in_phase(Act.SEND, place.phase) and bool(head) and head == found.published[-1],
    )


def _translated(tree: tuple[ProvisionView, ...]) -> bool:
    return any(node.text_en for node, _depth in walk_views(tree))


def version_asked(number: int, version: int | None) -> tuple[DocumentView, VersionHead | None]:
    """The document and its version asked for (the newest published where none is)."""
    for found in list_documents(scope().id):
        if found.number == number:
            if version is None:
                return found, found.published[-1] if found.published else None
            for head in found.published:
                if head.number == version:
                    return found, head
    raise DomainError("not_found", status=404)
