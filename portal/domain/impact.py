"""The rows of an edition as a report of stakeholders' input tells them: by class, then by article.

Rows that say the same and were decided alike are told once, with every reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.domain.citations import article_of
from portal.domain.submissions import SenderClass

Cells = Mapping[str, Any]


@dataclass(slots=True)
class Told:
    """A row, and the references of those that are told with it."""

    cells: Cells
    refs: list[str]


@dataclass(slots=True)
class ArticleInput:
    """What one class said of one article; `article` is empty for the whole."""

    document: Mapping[str, str] | None
    article: str
    told: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class ClassInput:
    """What one class of sender said. `organisations` are those that the matrix names."""

    sender_class: SenderClass
    comments: int = 0
    organisations: dict[str, None] = field(default_factory=dict)
    articles: dict[tuple[str, str], ArticleInput] = field(default_factory=dict)


@dataclass(slots=True)
class Change:
    """A provision that changed because of comments."""

    place: Mapping[str, Any]
    before: str
    after: str
    refs: list[str]


@dataclass(slots=True)
class Input:
    """All that a report tells. `channels` counts comments by their channel."""

    classes: dict[SenderClass, ClassInput] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    changes: dict[tuple[Any, ...], Change] = field(default_factory=dict)


def gather(rows: Iterable[Cells]) -> Input:
    """Group frozen rows for a report; classes in the order of the domain, the rest as they come."""
    found = Input()
    for cells in rows:
        sender = SenderClass(cells["submitter_class"])
        of_class = found.classes.setdefault(sender, ClassInput(sender))
        if cells["ref"].partition(".")[2] in ("", "1"):  # a comment that was split counts once
            of_class.comments += 1
            _count(found.channels, cells["channel"])
        if cells["on_behalf_of"]:
            of_class.organisations[cells["on_behalf_of"]] = None
        _tell(of_class, cells)
        _note_changes(found, cells)
    found.classes = {each: found.classes[each] for each in SenderClass if each in found.classes}
    return found


def _count(counts: dict[str, int], code: str) -> None:
    counts[code] = counts.get(code, 0) + 1


def _tell(of_class: ClassInput, cells: Cells) -> None:
    title = cells["document"]
    article = article_of(cells["provision"])
    key = (title["ar"] if title else "", article)
    place = of_class.articles.setdefault(key, ArticleInput(title, article))
    for told in place.told if cells["group"] else ():
        if _alike(told.cells, cells):
            told.refs.append(cells["ref"])
            return
    place.told.append(Told(cells, [cells["ref"]]))


def _alike(one: Cells, other: Cells) -> bool:
    """Of one group, with the same words to be seen, the same decision and the same reasons."""
    same = ("group", "disposition", "response", "comment", "proposed_text", "place_of_change")
    first = one["group"] or one["ref"]
    return first == other["group"] and all(one[name] == other[name] for name in same[1:])


def _note_changes(found: Input, cells: Cells) -> None:
    triples = zip(cells["place_of_change"], cells["text_before"], cells["text_after"], strict=True)
    for place, before, after in triples:
        key = (place["document"], place["version"], place["eid"])
        change = found.changes.setdefault(key, Change(place, before, after, []))
        change.refs.append(cells["ref"])
