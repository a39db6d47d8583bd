"""A version beside the published one before it, as the public will read the comparison."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.models.matching import propose
from portal.policies.table import Act
from portal.queries.changes import load_changes
from portal.queries.comparison import load_comparison, preview_comparison
from portal.queries.drafts import DocumentView, VersionHead, find_version, list_documents
from portal.queries.reflection import Line, load_reflected
from portal.web.desk.blueprint import bp
from portal.web.gate import act, can, scope


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/compare")
@act(Act.OPEN_FILE)
def compare(slug: str, number: int, version: int) -> ResponseReturnValue:
    document, new = _found(number, version)
    before = [head for head in document.published if head.number < version]
    if not before:
        raise DomainError("not_found", status=404)
    if new.published_at:
        found = load_comparison(scope().id, document, before[-1], new)
    else:
        mapped = find_version(document.id, version)
        proposal = propose(mapped) if mapped else None
        if proposal is None:
            raise DomainError("not_found", status=404)
        found = preview_comparison(proposal)
    return render_template(
        "desk/compare.html",
        scope=scope(),
        document=document,
        old=before[-1],
        new=new,
        places=_places(new) if new.published_at and can(Act.STUDY) else {},
        may_explain=can(Act.EXPLAIN_CHANGE),
        view="column" if request.args.get("view") == "column" else "side",
        comparison=found,
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """What a change answers to at the desk: responses that cite it, the drafter's own reason."""

    lines: tuple[Line, ...]
    reason: str


def _places(new: VersionHead) -> dict[str, Answers]:
    """By place in the new version."""
    changes = load_changes(scope().id)
    reflected = load_reflected(scope().id, changes)
    return {
        each.place.eid: Answers(
            tuple(reflected.lines[one] for one in reflected.cited.get(each.place, ())),
            each.reason,
        )
        for each in changes
        if each.place.version_id == new.id
    }


def _found(number: int, version: int) -> tuple[DocumentView, VersionHead]:
    for document in list_documents(scope().id):
        for head in document.versions:
            if (document.number, head.number) == (number, version):
                return document, head
    raise DomainError("not_found", status=404)
