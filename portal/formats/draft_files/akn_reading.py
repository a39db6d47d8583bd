"""The elements of an Akoma Ntoso document taken one by one into a tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from portal.domain.draft_tree import ParsedProvision
from portal.domain.drafts import ProvisionKind, Tracked
from portal.formats.draft_files.akn_inline import local, words_of
from portal.formats.draft_files.akn_names import (
    BLOCKS,
    HIERARCHY,
    KINDS,
    RADD,
    WORDS,
    XML,
    read_num,
)
from portal.formats.draft_files.akn_tables import table_text
from portal.formats.draft_files.shown import unshelter

_ATTACHED = ("attachments", "components")
_BASIC = frozenset({"article", "rule", "clause"})


@dataclass(slots=True)
class Found:
    """A provision while it is read; `kind` None is the draft itself, which has no words."""

    kind: ProvisionKind | None
    eid: str = ""
    number: str = ""
    marker: str = ""
    heading: str = ""
    text: str = ""
    heading_en: str = ""
    text_en: str = ""
    children: list[Found] = field(default_factory=list)

    def finished(self) -> ParsedProvision:
        return ParsedProvision(
            eid=self.eid,
            kind=self.kind or ProvisionKind.TEXT,
            number=self.number,
            marker=self.marker,
            heading=self.heading,
            text=self.text,
            line=0,
            children=tuple(child.finished() for child in self.children),
            heading_en=self.heading_en,
            text_en=self.text_en,
        )

    def take(self, text: str) -> None:
        """A block of words: the provision's own where it is the first, else a text under it."""
        if not text:
            return
        if self.kind is not None and not self.text and not self.children:
            self.text = text
        else:
            self.children.append(Found(ProvisionKind.TEXT, text=text))


class Reader:
    """Reads one document. `own`: it is of our profile, where every id and mark is meant."""

    def __init__(self, root: etree._Element, tracked: Tracked, *, own: bool) -> None:
        self.root, self.tracked, self.own = root, tracked, own
        self.title = ""
        languages = [each.get("language") or "" for each in root.iter("{*}FRBRlanguage")]
        self.foreign = not (languages and languages[0].startswith("en"))
        tags = {local(each) for each in root.iter()}
        # In the manner of the Commonwealth, sections are what others call articles.
        self.sections = not own and "section" in tags and not tags & _BASIC
        self.components = {each.get("eId"): each for each in root.iter("{*}component")}
        self.referred = {
            (each.get("src") or "").removeprefix("#") for each in root.iter("{*}componentRef")
        }

    def read(self) -> tuple[list[Found], str]:
        """The provisions, and the title where the document marks one."""
        draft = Found(None)
        self._inside(self.root, draft)
        return draft.children, self.title

    def _words(self, element: etree._Element) -> str:
        return words_of(element, self.tracked)

    def _inside(self, element: etree._Element, into: Found) -> None:
        """All that an element holds; words that stand bare between elements are blocks too."""
        self._bare(element.text, into)
        for child in element:
            self._one(child, into)
            self._bare(child.tail, into)

    def _bare(self, words: str | None, into: Found) -> None:
        if words and words.strip():
            into.take(" ".join(words.split()))

    def _one(self, element: etree._Element, into: Found) -> None:
        name = local(element)
        if not name or name == "meta":
            return
        self._note_title(element)
        steps: dict[str, Callable[[etree._Element, Found], None]] = {
            "num": self._num,
            "heading": self._heading,
            "subheading": self._subheading,
            "table": self._table,
            "item": self._item,
            "li": self._listed,
            "component": self._component,
            "componentRef": self._reference,
            "documentRef": self._reference,
        }
        kind = self._kind(element, name)
        if name in steps:
            steps[name](element, into)
        elif kind is not None:
            self._provision(element, kind, into)
        elif self._holds_blocks(element):
            self._container(element, into)
        else:
            self._block(element, into)

    def _kind(self, element: etree._Element, name: str) -> ProvisionKind | None:
        if name == "hcontainer":
            return KINDS.get(element.get("name") or "")
        if self.own and name in ("longTitle", "container"):
            # In our preface a title without an id is a copy and no provision.
            return ProvisionKind.TEXT if element.get("eId") else None
        if name == "section" and self.sections:
            return ProvisionKind.ARTICLE
        return KINDS[name] if name in HIERARCHY else None

    def _note_title(self, element: etree._Element) -> None:
        if local(element) in ("preface", "preamble", "coverPage") and not self.title:
            titles = [*element.iter("{*}docTitle"), *element.iter("{*}shortTitle")]
            # A copy of the words, as long as a line that names the draft may be.
            self.title = self._words(titles[0]) if titles else ""
            if self.title and not self.own:
                self.title = " ".join(self.title.split())[:500]

    def _holds_blocks(self, element: etree._Element) -> bool:
        if local(element) in WORDS or (self.own and local(element) == "longTitle"):
            return False
        within = element.iterdescendants()
        return any(local(each) in BLOCKS for each in within) or local(element) in _ATTACHED

    def _provision(self, element: etree._Element, kind: ProvisionKind, into: Found) -> None:
        node = Found(kind)
        self._inside(element, node)
        self._own_marks(element, node)
        into.children.append(node)

    def _own_marks(self, element: etree._Element, node: Found) -> None:
        if not self.own:
            return
        node.eid = element.get("eId") or ""
        node.marker = unshelter(element.get(f"{{{RADD}}}marker", node.marker))
        node.number = unshelter(element.get(f"{{{RADD}}}number", node.number))

    def _container(self, element: etree._Element, into: Found) -> None:
        """No provision of its own: what it holds stands in what it stands in."""
        numbered = any(local(child) in ("num", "heading", "subheading") for child in element)
        if not numbered:
            self._inside(element, into)
            return
        node = Found(ProvisionKind.TEXT)
        self._inside(element, node)
        words = "\n".join(part for part in (node.heading, node.text) if part)
        if node.marker or words:
            into.children.append(Found(ProvisionKind.TEXT, marker=node.marker, text=words))
        into.children += node.children

    def _block(self, element: etree._Element, into: Found) -> None:
        if self.own and local(element) == "longTitle":
            return
        words = self._words(element)
        if self._is_english(element):
            at = into.children[-1] if into.children and not self.own else into
            at.text_en = "\n".join(part for part in (at.text_en, words) if part)
        else:
            into.take(words)

    def _is_english(self, element: etree._Element) -> bool:
        """A translation beside the words of the draft, which are in another language."""
        return self.foreign and (element.get(f"{{{XML}}}lang") or "").startswith("en")

    def _num(self, element: etree._Element, into: Found) -> None:
        into.marker = self._words(element)
        into.number = read_num(into.marker)

    def _heading(self, element: etree._Element, into: Found) -> None:
        into.heading = " ".join(filter(None, (into.heading, self._words(element))))

    def _subheading(self, element: etree._Element, into: Found) -> None:
        if self._is_english(element):
            into.heading_en = self._words(element)
        else:
            self._heading(element, into)

    def _table(self, element: etree._Element, into: Found) -> None:
        captions = [self._words(each) for each in element if local(each) == "caption"]
        for words in captions:
            into.take(words)
        source = element.get(f"{{{RADD}}}source")
        text = unshelter(source) if self.own and source is not None else table_text(element)
        if into.kind is ProvisionKind.TABLE and not into.text:
            into.text = text
        elif text:
            into.children.append(Found(ProvisionKind.TABLE, text=text))

    def _item(self, element: etree._Element, into: Found) -> None:
        """An item of a block list: a paragraph by a letter, else a point."""
        node = Found(ProvisionKind.POINT)
        self._inside(element, node)
        if len(node.number) == 1 and node.number.isalpha():
            node.kind = ProvisionKind.PARAGRAPH
        into.children.append(node)

    def _listed(self, element: etree._Element, into: Found) -> None:
        node = Found(ProvisionKind.TEXT, marker="-")
        if self._holds_blocks(element):
            self._inside(element, node)
        else:
            node.take(self._words(element))
        deeper, node.children = node.children, []
        into.children += [node, *deeper]

    def _component(self, element: etree._Element, into: Found) -> None:
        if element.get("eId") not in self.referred:
            self._provision(element, ProvisionKind.ANNEX, into)

    def _reference(self, element: etree._Element, into: Found) -> None:
        """What is held elsewhere: read from there where that is here, else named."""
        target = self.components.pop((element.get("src") or "").removeprefix("#"), None)
        if target is not None:
            self._inside(target, into)
            return
        names = (element.get(each) for each in ("alt", "showAs", "title", "src", "href"))
        into.take(next(filter(None, names), ""))
