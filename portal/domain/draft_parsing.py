"""The structure of a draft found in its text: parts, chapters, articles, paragraphs, points."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.domain.citations import ABJAD, LATIN
from portal.domain.draft_checks import numbering_warnings
from portal.domain.draft_lines import Line, lines
from portal.domain.draft_tree import DraftWarning, ParsedDraft, ParsedProvision
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.text import fold, refuse_unsafe

MAX_LENGTH = 2_000_000
MAX_ARTICLES = 2_000
HEADING_LENGTH = 120
_PREFIX = {
    ProvisionKind.PART: "part",
    ProvisionKind.CHAPTER: "chp",
    ProvisionKind.SECTION: "sec",
    ProvisionKind.ARTICLE: "art",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.POINT: "point",
    ProvisionKind.TEXT: "text",
}
_RANK = {
    ProvisionKind.PART: 1,
    ProvisionKind.CHAPTER: 2,
    ProvisionKind.SECTION: 3,
    ProvisionKind.ARTICLE: 4,
}
_NAMED = ("قانون", "نظام", "تعليمات", "مشروع", "مسوده", "سياسه", "استراتيجيه", "خطه", "نص")


@dataclass
class _Node:
    kind: ProvisionKind
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    line: int = 0
    children: list[_Node] = field(default_factory=list)


def parse(text: str) -> ParsedDraft:
    """Find the structure of `text` (pasted, plain or Markdown).

    Raises `draft_empty`, `draft_too_long`, `draft_too_many_articles`, `bidi_characters` or
    `control_characters`. A text without an article is taken, with a warning.
    """
    if not text.strip():
        raise DomainError("draft_empty", field="source")
    if len(text) > MAX_LENGTH:
        raise DomainError("draft_too_long", field="source", maximum=MAX_LENGTH)
    refuse_unsafe(text, field="source")
    found = lines(text.replace("\ufeff", ""))
    articles = sum(line.kind is ProvisionKind.ARTICLE for line in found)
    if articles > MAX_ARTICLES:
        raise DomainError(
            "draft_too_many_articles", field="source", found=articles, maximum=MAX_ARTICLES
        )
    root = _Builder(found).build()
    provisions = _finish(root, "", {})
    warnings = numbering_warnings(provisions)
    if not articles:
        warnings = (DraftWarning("no_article", 0, {}), *warnings)
    return ParsedDraft(_title(found), provisions, warnings)


class _Builder:
    """Lays line after line into the tree; `open` is the path from the root to the open node."""

    def __init__(self, found: list[Line]) -> None:
        self.lines = found
        self.root = _Node(ProvisionKind.TEXT)
        self.open = [self.root]
        self.title_seen = False

    def build(self) -> _Node:
        for index, line in enumerate(self.lines):
            following = self.lines[index + 1] if index + 1 < len(self.lines) else None
            if line.kind in _RANK:
                self._division(line)
            elif line.kind is ProvisionKind.PARAGRAPH:
                self._add(self._place_of_paragraph(line), line)
            elif line.kind is ProvisionKind.POINT:
                self._add(self._place_of_point(line), line)
            elif line.heading:
                self._section(line)
            else:
                self._plain(line, following)
        return self.root

    @property
    def last(self) -> _Node:
        return self.open[-1]

    def _division(self, line: Line) -> None:
        kind = line.kind or ProvisionKind.ARTICLE
        while len(self.open) > 1 and _RANK.get(self.last.kind, 9) >= _RANK[kind]:
            self.open.pop()
        node = self._add(len(self.open), line)
        short = len(line.rest) <= HEADING_LENGTH and not line.rest.endswith((".", "؛", "،", ":"))
        if kind is not ProvisionKind.ARTICLE or line.marker.startswith("#") or short:
            node.heading, node.text = line.rest, ""

    def _section(self, line: Line) -> None:
        """A heading of Markdown that names no division: the title, or a section of its own."""
        if not self.title_seen and len(self.open) == 1:
            self.title_seen = True
            self._text(self.root, line)
            return
        while len(self.open) > 1 and _RANK.get(self.last.kind, 9) >= 3:
            self.open.pop()
        node = _Node(ProvisionKind.SECTION, marker=line.marker, heading=line.rest, line=line.at)
        self.last.children.append(node)
        self.open.append(node)

    def _place_of_paragraph(self, line: Line) -> int:
        """How much of the open path stays: a sibling paragraph, a point's own, or the article's."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].kind is ProvisionKind.PARAGRAPH:
                return depth
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].kind is ProvisionKind.POINT:
                return depth + 1 if line.number == "أ" else depth
        return len(self.open)

    def _place_of_point(self, line: Line) -> int:
        for depth in range(len(self.open) - 1, 0, -1):
            node = self.open[depth]
            if node.kind is ProvisionKind.POINT:
                under_it = self.open[depth + 1 :]
                goes_on = line.number == str(int(node.number) + 1)
                return len(self.open) if under_it and not goes_on else depth
        return len(self.open)

    def _add(self, keep: int, line: Line) -> _Node:
        del self.open[max(1, keep) :]
        kind = line.kind or ProvisionKind.TEXT
        node = _Node(kind, line.number, line.marker, "", line.rest, line.at)
        self.last.children.append(node)
        self.open.append(node)
        return node

    def _plain(self, line: Line, following: Line | None) -> None:
        node = self.last
        empty = not node.text and not node.children
        if node is self.root:
            self._text(node, line)
        elif node.kind in _RANK and node.kind is not ProvisionKind.ARTICLE:
            if empty and not node.heading and len(line.rest) <= HEADING_LENGTH:
                node.heading = line.rest
            else:
                self._text(node, line)
        elif empty:
            node.text = line.rest
        elif line.joined and not node.children and not _defines(node):
            node.text += "\n" + line.rest
        else:
            self._text(self._parent_of_text(), line)

    def _parent_of_text(self) -> _Node:
        """A line after points goes on with what the points stand under."""
        if self.last.kind is ProvisionKind.POINT and len(self.open) > 2:
            self.open.pop()
        return self.last

    def _text(self, parent: _Node, line: Line) -> None:
        before = parent.children[-1] if parent.children else None
        wrapped = line.joined and before and before.kind is ProvisionKind.TEXT and not line.heading
        if wrapped and before and parent is not self.root and not _defines(parent):
            before.text += "\n" + line.rest
            return
        parent.children.append(
            _Node(ProvisionKind.TEXT, marker=line.marker, text=line.rest, line=line.at)
        )


def _defines(node: _Node) -> bool:
    """An article of definitions: each line below it is one, with or without blank lines."""
    folded = fold(node.text)
    return "المعاني" in folded or "shall have the meaning" in folded


def _finish(parent: _Node, prefix: str, seen: dict[str, int]) -> tuple[ParsedProvision, ...]:
    finished = []
    texts = 0
    for node in parent.children:
        if node.kind is ProvisionKind.ARTICLE and not node.text and not node.children:
            # Nothing else stands in it, so what looked like a heading is its text.
            node.heading, node.text = "", node.heading
        texts += node.kind is ProvisionKind.TEXT
        eid = _unique(_eid(node, prefix, texts), seen)
        finished.append(
            ParsedProvision(
                eid=eid,
                kind=node.kind,
                number=node.number,
                marker=node.marker,
                heading=node.heading,
                text=node.text,
                line=node.line,
                children=_finish(node, eid, seen),
            )
        )
    return tuple(finished)


def _eid(node: _Node, prefix: str, texts: int) -> str:
    number = node.number
    if node.kind is ProvisionKind.TEXT:
        number = str(texts)
    elif node.kind is ProvisionKind.PARAGRAPH:
        place = ABJAD.find(number)
        number = LATIN[place] if 0 <= place < len(LATIN) else f"x{place}"
    elif not number:
        number = "0"
    own = f"{_PREFIX[node.kind]}_{number}"
    # Articles are numbered through the whole draft, whatever part they stand in.
    return own if node.kind is ProvisionKind.ARTICLE or not prefix else f"{prefix}__{own}"


def _unique(eid: str, seen: dict[str, int]) -> str:
    seen[eid] = seen.get(eid, 0) + 1
    return eid if seen[eid] == 1 else f"{eid}-{seen[eid]}"


def _title(found: list[Line]) -> str:
    """The line before the first division that names the draft."""
    leading = []
    for line in found:
        if line.kind:
            break
        if line.heading:
            return line.rest[:500]
        leading.append(line.rest)
    for rest in reversed(leading[:8]):
        if fold(rest).startswith(_NAMED) and len(rest) <= HEADING_LENGTH * 2:
            return rest
    return leading[0][:500] if leading else ""
