"""The text of a draft with notes in its margin, and what changed between versions."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.typesetting import typeset
from portal.policies.table import Act, in_phase
from portal.queries.drafts import (
    ProvisionView,
    read_tree,
    reading_of,
    tables_of,
    walk_views,
)
from portal.queries.margins import Margins, load_margins
from portal.web.gate import act, scope
from portal.web.languages import current
from portal.web.public.asked import document_asked, version_asked
from portal.web.public.blueprint import bp


@bp.get("/consultations/<slug>/documents/<int:number>", defaults={"version": None})
@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>")
@act(Act.READ_CONSULTATION)
def document(slug: str, number: int, version: int | None) -> ResponseReturnValue:
    found = document_asked(number)
    newest = found.published[-1] if found.published else None
    head = newest if version is None else version_asked(found, version)
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
        takes=in_phase(Act.SEND, place.phase) and bool(head) and head == newest,
    )


def _translated(tree: tuple[ProvisionView, ...]) -> bool:
    return any(node.text_en for node, _depth in walk_views(tree))
