"""Looking for words: over everything public, and inside one version of a document."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.domain.search import LENGTH_LIMIT, Term, parse
from portal.formats.messages import message
from portal.policies.table import Act
from portal.queries.consultations import Listed, list_public
from portal.queries.search import ResultsPage, What, search, search_version
from portal.web.gate import act, scope
from portal.web.moment import now
from portal.web.public.asked import document_asked, version_asked
from portal.web.public.blueprint import bp

LARGEST_ENTRY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, as terms where it can be looked for, else with why not."""

    typed: str
    terms: tuple[Term, ...] = ()
    error: str = ""

    @property
    def status(self) -> int:
        return 422 if self.error else 200


def _asked() -> Asked:
    typed = request.args.get("q", "")
    if not typed.strip():
        return Asked("")
    try:
        return Asked(typed, parse(typed))
    except DomainError as refused:
        return Asked(typed[: 2 * LENGTH_LIMIT], error=message(refused))


def _below() -> int | None:
    """The entry to go on below; None where there is none that could be."""
    entry = request.args.get("below", type=int)
    return entry if entry is not None and abs(entry) <= LARGEST_ENTRY else None


@bp.get("/search", endpoint="search")
@act(Act.BROWSE)
def everywhere() -> ResponseReturnValue:
    asked, places = _asked(), list_public(now())
    place = _place(places)
    chosen = request.args.get("what", "")
    what = What(chosen) if chosen in set(What) else None
    page: ResultsPage | None = None
    if asked.terms:
        only = place.id if place else None
        page = search(now(), asked.terms, consultation_id=only, what=what, below=_below())
    return (
        render_template(
            "public/search.html",
            asked=asked,
            page=page,
            places=places,
            place=place,
            what=what,
            limit=LENGTH_LIMIT,
        ),
        asked.status,
    )


def _place(places: tuple[Listed, ...]) -> Listed | None:
    """The consultation that the search is narrowed to; one that is not public is not there."""
    slug = request.args.get("consultation", "")
    if not slug:
        return None
    for place in places:
        if place.slug == slug:
            return place
    raise DomainError("not_found", status=404)


@bp.get("/consultations/<slug>/documents/<int:number>/versions/<int:version>/search")
@act(Act.READ_CONSULTATION)
def search_document(slug: str, number: int, version: int) -> ResponseReturnValue:
    document = document_asked(number)
    head = version_asked(document, version)
    asked = _asked()
    page: ResultsPage | None = None
    if asked.terms:
        newest = head == document.published[-1]
        page = search_version(now(), asked.terms, head.id, newest=newest, below=_below())
    return (
        render_template(
            "public/search_document.html",
            asked=asked,
            page=page,
            scope=scope(),
            document=document,
            version=head,
            limit=LENGTH_LIMIT,
        ),
        asked.status,
    )
