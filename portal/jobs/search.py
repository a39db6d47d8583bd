"""`flask search WORDS`, and building the index of search anew."""

from __future__ import annotations

from typing import Any

import click
from sqlalchemy import select

from portal.adapters.database import unit_of_work
from portal.domain.search import parse
from portal.formats.citations import cite
from portal.jobs.console import JSON, as_json, run_or_exit, tell
from portal.jobs.consultations import find, now
from portal.models import Comment, DraftVersion, MatrixEdition, db
from portal.models.indexing import index_comments, index_version, is_complete, mark_complete
from portal.models.matrix_index import index_portion
from portal.queries.search import PAGE, What, search
from portal.queries.search_results import Result

BATCH = 500
MOST = 1000


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--consultation", "slug", default=None, help="Search in this consultation alone.")
@click.option("--what", type=click.Choice([what.value for what in What]), default=None)
@click.option("--limit", type=click.IntRange(1, MOST), default=PAGE, show_default=True)
@JSON
def search_command(
    words: tuple[str, ...], slug: str | None, what: str | None, limit: int, for_programs: bool
) -> None:
    """Look for WORDS in published drafts and comments, as the public does.

    All of them have to occur. Words in quotation marks (inside the shell's own) stand side by
    side. Drafts come first, in reading order; then comments, the latest first.
    """
    with run_or_exit():
        place = find(slug) if slug else None
        page = search(
            now(),
            parse(" ".join(words)),
            consultation_id=place.id if place else None,
            what=What(what) if what else None,
            limit=limit,
        )
        if for_programs:
            results = [_state(each) for each in page.results]
            as_json({"results": results, "more": page.next is not None})
            return
        for each in page.results:
            click.echo(_words(each))
        if page.next is not None:
            click.echo(f"There is more: the first {limit} are shown.", err=True)


def _state(result: Result) -> dict[str, Any]:
    """A result for programs; `hits` are `[start, end]` in the characters of `excerpt`."""
    return {
        "what": "comment" if result.number else "text",
        "consultation": result.consultation.slug,
        "document": result.document_number,
        "version": result.version,
        "eid": result.eid or None,
        "place": cite(result.eid) or result.place,
        "heading": result.heading.ar,
        "comment": result.number,
        "field": result.field or None,
        "excerpt": result.excerpt.text,
        "hits": [list(span) for span in result.excerpt.spans],
    }


def _words(result: Result) -> str:
    """A result on a line: where it stands, and the excerpt with «» around what was found."""
    place = [result.consultation.slug]
    if result.number:
        place.append(f"comment {result.number}")
    elif result.document_number:
        place.append(f"document {result.document_number}, version {result.version}")
    if result.eid:
        place.append(cite(result.eid))
    pieces = (f"«{each.text}»" if each.hit else each.text for each in result.excerpt.pieces)
    return f"{' · '.join(place)}\t{''.join(pieces)}"


@click.command("search-reindex")
@JSON
def reindex_command(for_programs: bool) -> None:
    """Build the index of search anew from what is published. Search goes on meanwhile."""
    with run_or_exit():
        versions, comments = reindex()
        words = f"{versions} versions and {comments} comments can be found."
        tell(for_programs, {"versions": versions, "comments": comments}, words)


def reindex() -> tuple[int, int]:
    """Index all that is published: versions and comments, so many of each, and matrices.

    Each version and each few hundred comments is a transaction of its own, so that nobody waits
    long; broken off and begun again it comes to the same.
    """
    published = select(DraftVersion.id).where(DraftVersion.published_at.is_not(None))
    versions = db.session.scalars(published.order_by(DraftVersion.id)).all()
    for version_id in versions:
        with unit_of_work():
            index_version(db.session.get_one(DraftVersion, version_id))
    comments = sum(_index_next(ids) for ids in _batches())
    for edition_id in db.session.scalars(select(MatrixEdition.id).order_by(MatrixEdition.id)).all():
        _index_edition(edition_id)
    with unit_of_work():
        mark_complete()
    return len(versions), comments


def _batches() -> list[list[int]]:
    ids = list(db.session.scalars(select(Comment.id).order_by(Comment.id)))
    return [ids[at : at + BATCH] for at in range(0, len(ids), BATCH)]


def _index_next(ids: list[int]) -> int:
    with unit_of_work():
        return index_comments(ids)


def _index_edition(edition_id: int) -> None:
    done, more = 0, True
    while more:
        with unit_of_work():
            rows = index_portion(edition_id, done)
        done, more = done + rows, rows > 0


def index_what_is_missing() -> bool:
    """Build the index where it was never built, or by other rules; False where all is there."""
    if is_complete():
        return False
    reindex()
    return True
