"""The lines of a draft laid into a tree, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.domain.draft_headings import (
    HEADING_LENGTH,
    is_heading,
    settle_lists,
    starts_plainly,
)
from portal.domain.draft_lines import Line
from portal.domain.draft_markers import DIVISIONS
from portal.domain.draft_numbers import follows, place
from portal.domain.drafts import ProvisionKind
from portal.domain.text import fold

_RANK = {
    ProvisionKind.ANNEX: 0,
    ProvisionKind.PART: 1,
    ProvisionKind.CHAPTER: 2,
    ProvisionKind.SECTION: 3,
    ProvisionKind.ARTICLE: 4,
}
_NESTED = 2  # أ- ١- أ- ١- is as deep as drafting goes
_FINISHED = tuple(".:؛;؟?!")


@dataclass(slots=True)
class Node:
    """A provision while its text is being read; `text` is a list of its lines."""

    kind: ProvisionKind
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: list[str] = field(default_factory=list)
    line: int = 0
    children: list[Node] = field(default_factory=list)


def build(found: list[Line]) -> Node:
    """The tree of `found` under a root that stands for the draft itself."""
    builder = _Builder()
    for line in settle_lists(found):
        builder.lay(line)
    return builder.root


class _Builder:
    """`open` is the path from the root to the provision that is being read."""

    def __init__(self) -> None:
        self.root = Node(ProvisionKind.TEXT)
        self.open = [self.root]
        self.titled = False
        self.article = ""  # the last one outside the annexes

    @property
    def last(self) -> Node:
        return self.open[-1]

    def lay(self, line: Line) -> None:
        if line.kind in DIVISIONS:
            self._division(line, line.kind)
        elif line.kind is ProvisionKind.POINT and line.marked and not self._in_article():
            self._section(line)  # `## 1. Scope`, as policies are written
        elif line.kind and not self._doubtful(line, line.kind):
            self._numbered(line, line.kind)
        elif line.form == "heading":
            self._section(line)
        elif line.form == "row":
            self._row(line)
        else:
            self._plain(line)

    def _in_article(self) -> bool:
        return any(node.kind is ProvisionKind.ARTICLE for node in self.open)

    def _close(self, rank: int) -> None:
        while len(self.open) > 1 and _RANK.get(self.last.kind, 9) >= rank:
            self.open.pop()

    def _add(self, node: Node) -> Node:
        self.last.children.append(node)
        self.open.append(node)
        return node

    def _division(self, line: Line, kind: ProvisionKind) -> None:
        self._leave_annex(line, kind)
        self._close(_RANK[kind])
        node = self._add(Node(kind, line.number, line.marker, line=line.at))
        short = len(line.rest) <= HEADING_LENGTH
        ended = line.rest.endswith((*_FINISHED, "،"))
        if kind is ProvisionKind.ARTICLE and (line.marked or (short and not ended)):
            node.heading = line.rest
        elif kind is ProvisionKind.ARTICLE:
            node.text = [line.rest]
        elif is_heading(line.rest):
            node.heading = line.rest
        elif line.rest:
            node.children.append(Node(ProvisionKind.TEXT, text=[line.rest], line=line.at))

    def _leave_annex(self, line: Line, kind: ProvisionKind) -> None:
        """An article that goes on from the last one before the annexes belongs to neither."""
        if kind is not ProvisionKind.ARTICLE:
            return
        annex = self.open[1] if len(self.open) > 1 else self.root
        if annex.kind is ProvisionKind.ANNEX:
            own = [node.number for node in annex.children if node.kind is kind]
            if (own and follows(own[-1], line.number)) or not follows(self.article, line.number):
                return
            del self.open[1:]
        self.article = line.number

    def _row(self, line: Line) -> None:
        """A row goes on with the table above it, or begins one in what is open."""
        before = self.last.children[-1] if self.last.children else None
        if before and before.kind is ProvisionKind.TABLE and line.joined:
            before.text.append(line.rest)
            return
        node = Node(ProvisionKind.TABLE, text=[line.rest], line=line.at)
        self.last.children.append(node)

    def _section(self, line: Line) -> None:
        """A heading of Markdown that names no division: the title, or a section of its own."""
        if not self.titled and len(self.open) == 1 and not line.number:
            self.titled = True
            self._text(self.root, line)
            return
        self._close(_RANK[ProvisionKind.SECTION])
        kind = ProvisionKind.SECTION
        self._add(Node(kind, line.number, line.marker, line.rest, line=line.at))

    def _numbered(self, line: Line, kind: ProvisionKind) -> None:
        """A paragraph or point: the next of an open list, the first of a new one, or a stray."""
        del self.open[self._depth_of(line, kind) :]
        self._add(Node(kind, line.number, line.marker, text=_some(line.rest), line=line.at))

    def _depth_of(self, line: Line, kind: ProvisionKind) -> int:
        lists = list(self._lists(kind))
        for depth in lists:
            if follows(self.open[depth].number, line.number):
                return depth
        begins = place(line.number) == 1 and self.last.kind is not kind
        nested = not lists or (begins and len(lists) < _NESTED)
        return len(self.open) if nested else lists[0]

    def _lists(self, kind: ProvisionKind) -> Iterator[int]:
        """Depths of the open provisions of that kind, innermost first."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].kind is kind:
                yield depth

    def _doubtful(self, line: Line, kind: ProvisionKind) -> bool:
        """`(٧) أيام` where a line was wrapped, or `د. فلان`: no marker unless its turn has come."""
        if line.sure and not line.titled:
            return False
        if any(follows(self.open[depth].number, line.number) for depth in self._lists(kind)):
            return False
        return self._continued(line) is not None or (line.titled and place(line.number) != 1)

    def _continued(self, line: Line) -> Node | None:
        """What a line goes on with: the text before it, where that was cut within a sentence."""
        if not line.joined or line.form or self.last is self.root:
            return None
        node = self.last.children[-1] if self.last.children else self.last
        if not node.text or node.text[-1].endswith(_FINISHED) or node.kind is ProvisionKind.TABLE:
            return None
        return None if ":" in line.rest and _defines(self.last) else node

    def _plain(self, line: Line) -> None:
        words, node, continued = line.words, self.last, self._continued(line)
        empty = not node.text and not node.children and node is not self.root
        if continued:
            continued.text.append(words)
        elif line.form == "bullet":
            self._text(node, line)
        elif not empty:
            self._text(self._parent_of_text(), line)
        elif _is_first(node, words):
            node.text = [words]
        elif node.kind in DIVISIONS and not node.heading and is_heading(words):
            node.heading = words
        else:
            self._text(node, line)

    def _parent_of_text(self) -> Node:
        """A line after points goes on with what the points stand under."""
        if self.last.kind is ProvisionKind.POINT and len(self.open) > 2:
            self.open.pop()
        return self.last

    def _text(self, parent: Node, line: Line) -> None:
        marker = "" if line.kind else line.marker
        text = Node(ProvisionKind.TEXT, marker=marker, text=[line.words], line=line.at)
        parent.children.append(text)


def _some(text: str) -> list[str]:
    return [text] if text else []


def _is_first(node: Node, words: str) -> bool:
    """The first line under a marker is the text of an article, and mostly of a paragraph."""
    if node.kind in DIVISIONS:
        return node.kind is ProvisionKind.ARTICLE
    return starts_plainly(words)


def _defines(node: Node) -> bool:
    """An article of definitions: each line below it is one, with or without blank lines."""
    folded = fold(node.text[0][:500]) if node.text else ""
    return "المعاني" in folded or "shall have the meaning" in folded
