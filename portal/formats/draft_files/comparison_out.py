"""A comparison as a Word file with tracked changes that a reader accepts or rejects one by one.

All accepted it is the later version, all rejected the earlier one. A provision that moved with its
words is a move; one whose words changed too is deleted there and inserted here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.domain.draft_blocks import Block, Fold, Line
from portal.domain.draft_comparison import Change, Op, WordOp, own_words, word_changes
from portal.domain.drafts import ProvisionKind, Relation
from portal.domain.provision_trees import ProvisionText
from portal.formats.citations import NAMED, named
from portal.formats.draft_files.tracked_marks import Marks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INSIDE = frozenset({ProvisionKind.PARAGRAPH, ProvisionKind.POINT})
_PARTED = frozenset({Relation.SPLIT, Relation.MERGED})


@dataclass(frozen=True, slots=True)
class Front:
    """What the file says of itself: what it compares, whose the changes are, and from when."""

    title: str
    under: str
    author: str
    at: datetime


@dataclass(slots=True)
class _Moves:
    """Lines that went along with one that moved, by the id that one had; names of moves."""

    along: dict[str, list[Line]] = field(default_factory=dict)
    carried: set[int] = field(default_factory=set)

    def note(self, lines: Iterable[Line]) -> None:
        mover: Line | None = None
        for line in lines:
            if mover is not None and (line.left or line.level <= mover.level):
                mover = None
            if line.left:
                continue
            if line.change.relation is Relation.MOVED:
                mover = line
            elif mover is not None:
                self.along.setdefault(mover.change.old_eid, []).append(line)
                self.carried.add(id(line))


def write_comparison(front: Front, blocks: Iterable[Block | Fold]) -> bytes:
    """The text of both versions in one: the later, with its changes tracked."""
    document = Document()
    about = document.core_properties
    about.title, about.author = front.title, front.author
    about.created = about.modified = front.at.astimezone(UTC).replace(tzinfo=None)
    _dress(document)
    end = document.element.body.sectPr
    end.append(OxmlElement("w:bidi"))
    for element in _elements(front, list(blocks)):
        end.addprevious(element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _dress(document: Any) -> None:
    """Letters that Arabic is read well in, where they are installed."""
    for name in ("Normal", "Title", "Heading 2"):
        about = document.styles[name].element.get_or_add_rPr()
        fonts = about.get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), "Amiri")


def _elements(front: Front, found: list[Block | Fold]) -> Iterator[Any]:
    marks, moves = Marks(front.author, front.at), _Moves()
    yield from marks.paragraph([WordOp(Op.EQUAL, front.title)], style="Title")
    yield from marks.paragraph([WordOp(Op.EQUAL, front.under)])
    blocks = [
        block for each in found for block in (each.blocks if isinstance(each, Fold) else (each,))
    ]
    for block in blocks:
        moves.note(block.lines)
    parted: set[str] = set()
    for block in blocks:
        for line in block.lines:
            yield from _line(line, moves, marks, parted)


def _line(line: Line, moves: _Moves, marks: Marks, parted: set[str]) -> Iterator[Any]:
    change = line.change
    if line.left:
        for each in (line, *moves.along.get(change.old_eid, ())):
            yield from _placed(each, marks, to=False)
    elif change.relation is Relation.MOVED or id(line) in moves.carried:
        yield from _placed(line, marks, to=True)
    else:
        title, words = _told(change, parted)
        level = line.level
        if _is_inside(change.new or change.old):
            yield from marks.paragraph([*title, *words], level=level)
        else:
            yield from marks.paragraph(title, style="Heading 2")
            yield from marks.paragraph(words, level=level)


def _is_inside(given: ProvisionText | None) -> bool:
    return given is not None and given.kind in _INSIDE


def _told(change: Change, parted: set[str]) -> tuple[tuple[WordOp, ...], tuple[WordOp, ...]]:
    """The title and the words of a provision that is where it was."""
    old, new = change.old, change.new
    if change.relation not in _PARTED:
        before, after = (each.text if each else "" for each in (old, new))
        return word_changes(_title(old), _title(new)), word_changes(before, after)
    # The words of these have their heading with them, and the title is said once on each side.
    titles = []
    for side, given in (("old", old), ("new", new)):
        key = f"{side} {given.eid if given else ''}"
        titles.append("" if key in parted else _label(given))
        parted.add(key)
    return word_changes(*titles), word_changes(change.before, change.after)


def _placed(line: Line, marks: Marks, *, to: bool) -> Iterator[Any]:
    """A provision that went elsewhere, at the place that it left or came to."""
    change = line.change
    here = change.new if to else change.old
    if here is None:
        return
    same = _same_shape(change.old, change.new)
    parts = [(_title(here), "Heading 2", 0), (here.text, "", line.level)]
    if here.kind in _INSIDE:
        parts = [(_title(here) + here.text, "", line.level)]
    for at, (text, style, level) in enumerate(parts):
        if same and not (at == 0 and _title(change.old) != _title(change.new)):
            name = f"{change.old_eid}.{at}"
            yield from marks.moved(text, name, to=to, style=style, level=level)
        else:
            op = Op.INSERT if to else Op.DELETE
            yield from marks.paragraph([WordOp(op, text)], style=style, level=level)


def _same_shape(old: ProvisionText | None, new: ProvisionText | None) -> bool:
    """True for the same words, which stand in as many paragraphs."""
    if old is None or new is None or (old.kind in _INSIDE) is not (new.kind in _INSIDE):
        return False
    return own_words(old) == own_words(new)


def _label(given: ProvisionText | None) -> str:
    """The number, as it is written before the words."""
    if given is None or not given.number:
        return ""
    if given.kind in _INSIDE:
        return f"{given.number}- "
    return named(given.kind, given.number) if given.kind in NAMED else given.number


def _title(given: ProvisionText | None) -> str:
    """The number and the heading."""
    if given is None:
        return ""
    if given.kind in _INSIDE:
        return _label(given) + (f"{given.heading} " if given.heading else "")
    return ": ".join(part for part in (_label(given), given.heading) if part)
