"""What each audience may see of a comment: the one place that says so.

Pages, exports, feeds, mail and the matrix all ask here; nothing else may decide it (DOMAIN.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

from portal.domain.attachments import Standing
from portal.domain.comments import Publication
from portal.domain.grounds import Ground

TEXT_PUBLIC = frozenset({Publication.PUBLISHED, Publication.REDACTED})
# Whoever of the staff looks at the words of these is written down.
LOGGED = frozenset({Publication.REDACTED, Publication.WITHHELD, Publication.CONFIDENTIAL})
FIELDS = ("text", "proposed", "grounds", "quoted")


class Audience(Enum):
    PUBLIC = auto()
    AUTHOR = auto()
    STAFF = auto()


class Span(NamedTuple):
    """A masked stretch: characters `start` up to `end` of `field`, and why."""

    field: str
    start: int
    end: int
    ground: Ground


class Mask(NamedTuple):
    """What stands where words are masked: `[حُجب: بيانات شخصية]`, in the reader's language.

    `also` are the grounds of further masks that overlap with the first.
    """

    ground: Ground
    also: tuple[Ground, ...] = ()

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return (self.ground, *self.also)


Piece = str | Mask


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a comment and of its sender, as one audience may see them.

    Each text is a tuple of pieces: plain words, and masks where something is covered.
    """

    text: tuple[Piece, ...] = ()
    proposed: tuple[Piece, ...] = ()
    grounds: tuple[Piece, ...] = ()
    quoted: tuple[Piece, ...] = ()
    name: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A comment as it was received, with what moderation said of it."""

    publication: Publication
    text: str
    proposed: str = ""
    grounds: str = ""
    quoted: str = ""
    name: str = ""
    name_public: bool = False
    organisation: str = ""
    spans: tuple[Span, ...] = ()


def visible(content: Content, audience: Audience) -> Words:
    """The words that `audience` may see.

    Staff and the author see all. The public sees published words, with redactions masked, and a
    name only where its owner asked for it to be shown; of every other status, nothing at all.
    """
    whole = Words(
        **{field: _pieces(getattr(content, field), ()) for field in FIELDS},
        name=content.name,
        organisation=content.organisation,
    )
    if audience is not Audience.PUBLIC:
        return whole
    if content.publication not in TEXT_PUBLIC:
        return Words()
    name = content.name if content.name_public else ""
    if content.publication is Publication.PUBLISHED:
        return replace(whole, name=name)
    masked = {
        field: _pieces(getattr(content, field), tuple(s for s in content.spans if s.field == field))
        for field in FIELDS
    }
    return Words(**masked, name=name, organisation=content.organisation)


def file_visible(publication: Publication, standing: Standing, audience: Audience) -> bool:
    """Whether `audience` may know of a file of a comment: the public of what a moderator showed,
    beside words that are published; staff and the author of all."""
    if audience is not Audience.PUBLIC:
        return True
    return publication in TEXT_PUBLIC and standing is Standing.SHOWN


def _pieces(text: str, spans: tuple[Span, ...]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for start, end, grounds in _merged(spans, len(text)):
        if start > at:
            pieces.append(text[at:start])
        pieces.append(Mask(grounds[0], grounds[1:]))
        at = end
    if at < len(text):
        pieces.append(text[at:])
    return tuple(pieces)


def _merged(spans: tuple[Span, ...], length: int) -> list[tuple[int, int, tuple[Ground, ...]]]:
    """Overlapping spans as one, under the grounds of all in their order; cut to the text."""
    merged: list[tuple[int, int, tuple[Ground, ...]]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        start, end = max(0, span.start), min(length, span.end)
        if end <= start:
            continue
        if merged and start < merged[-1][1]:
            first, reached, grounds = merged[-1]
            grounds = tuple(dict.fromkeys((*grounds, span.ground)))
            merged[-1] = (first, max(reached, end), grounds)
        else:
            merged.append((start, end, (span.ground,)))
    return merged
