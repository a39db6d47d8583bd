"""Looking for words in drafts and published comments, as the public may read them.

Newest versions before comments, later before earlier, a text in reading order: no measure of
relevance decides what is seen first. A fixed number of queries, however much there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from portal.domain.consultations import PUBLIC_PHASES
from portal.domain.search import Term
from portal.models import db
from portal.models.search import (
    COMMENTS,
    EVERYTHING,
    TEXTS,
    Range,
    Wanted,
    found,
    version_range,
)
from portal.queries.consultations import Listed, list_all
from portal.queries.search_results import Result, load_results

PAGE = 20


class What(StrEnum):
    """Which results are wanted."""

    TEXTS = "texts"
    COMMENTS = "comments"


RANGES = {What.TEXTS: TEXTS, What.COMMENTS: COMMENTS}


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """One page of results; `next` is the entry to go on below, None at the end."""

    results: tuple[Result, ...]
    next: int | None


def search(
    now: datetime,
    terms: tuple[Term, ...],
    *,
    consultation_id: int | None = None,
    what: What | None = None,
    below: int | None = None,
    limit: int = PAGE,
) -> ResultsPage:
    """What the public can read that has all `terms`: the highest `limit` entries under `below`.

    Earlier versions of a document are left out. With `consultation_id` its phase is not looked
    at: who asks has found it already.
    """
    known = {each.id: each for each in list_all(now)}
    hidden = tuple(each.id for each in known.values() if each.phase not in PUBLIC_PHASES)
    wanted = Wanted(terms, consultation_id, hidden if consultation_id is None else ())
    return _page(wanted, RANGES[what] if what else EVERYTHING, known, below, limit)


def search_version(
    now: datetime,
    terms: tuple[Term, ...],
    version_id: int,
    *,
    newest: bool,
    below: int | None = None,
) -> ResultsPage:
    """Where `terms` stand in one published version, in reading order.

    `newest`: it is the newest published version of its document.
    """
    known = {each.id: each for each in list_all(now)}
    within = version_range(version_id, newest=newest)
    return _page(Wanted(terms), within, known, below, PAGE)


def _page(
    wanted: Wanted, within: Range, known: dict[int, Listed], below: int | None, limit: int
) -> ResultsPage:
    if below is not None:
        within = Range(within.lowest, min(within.highest, below - 1))
    entries = sorted(
        db.session.scalars(select(found(wanted, within, limit + 1).c.entry)), reverse=True
    )
    shown = entries[:limit]
    following = shown[-1] if len(entries) > limit else None
    return ResultsPage(load_results(shown, wanted.terms, known), following)
