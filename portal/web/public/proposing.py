"""What comments propose, shown in the article that it would change."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.citations import article_of
from portal.domain.draft_comparison import WordOp
from portal.domain.proposals import marked_changes
from portal.domain.reading import Reading
from portal.domain.submissions import Point
from portal.domain.typesetting import Typeset, typeset_change
from portal.models.anchoring import read_words
from portal.queries.drafts import ProvisionView, read_tree, reading_of, tables_of, walk_views


@dataclass(frozen=True, slots=True)
class Proposed:
    """A comment before it is sent: its changes, and the article as it would read with them."""

    point: Point
    changes: tuple[WordOp, ...] = ()
    article: ProvisionView | None = None
    inside: Typeset | None = None


def proposed(points: tuple[Point, ...]) -> list[Proposed]:
    """Every comment; those that change words with the article. One query a version."""
    versions = {point.target.version_id for point in points if point.proposed}
    trees = {version: read_tree(version) for version in versions if version is not None}
    return [_proposed(point, trees.get(point.target.version_id or 0, ())) for point in points]


def _proposed(point: Point, tree: tuple[ProvisionView, ...]) -> Proposed:
    eid = point.target.eid or ""
    article = _find(tree, article_of(eid))
    if article is None:
        return Proposed(point)
    reading = reading_of((article,))
    if eid not in reading.spans:
        return Proposed(point)
    start, end = _stretch(reading, eid, point)
    quoted = (point.quoted,) if point.quoted else ()
    changes = marked_changes(quoted, (point.proposed,), reading.text[start:end])
    if not changes:
        return Proposed(point)
    inside = typeset_change(reading, start, end, changes, tables_of((article,)))
    return Proposed(point, changes, article, inside)


def _stretch(reading: Reading, eid: str, point: Point) -> tuple[int, int]:
    start = reading.spans[eid][0]
    return (start + point.at.start, start + point.at.end) if point.at else reading.body(eid)


def original(point: Point, tree: tuple[ProvisionView, ...]) -> str:
    """The words that a proposal begins with: those chosen, or else all of the provision's."""
    node = _find(tree, point.target.eid or "")
    if point.quoted or node is None:
        return point.quoted
    reading = reading_of((node,))
    return reading.text[slice(*reading.body(node.eid))]


def originals(points: tuple[Point, ...]) -> dict[int, str]:
    """By place in the form: the whole provision's words that a proposal replaces, where it quotes
    none, for marking the changes while they are typed. One query."""
    wanted = {
        index: (point.target.version_id, point.target.eid)
        for index, point in enumerate(points)
        if point.proposed and not point.quoted and point.target.eid
    }
    versions = {version for version, _eid in wanted.values() if version}
    readings = read_words(versions) if versions else {}
    return {
        index: readings[version].text[slice(*readings[version].body(eid))]
        for index, (version, eid) in wanted.items()
        if version in readings and eid in readings[version].spans
    }


def _find(tree: tuple[ProvisionView, ...], eid: str) -> ProvisionView | None:
    return next((node for node, _depth in walk_views(tree) if node.eid == eid), None)
