"""The words of a DOCX paragraph: runs, fields, tracked changes, notes, boxes, symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.domain.drafts import Tracked
from portal.formats.draft_files.docx_names import (
    COMPATIBILITY,
    DELETED,
    INSERTED,
    P_PR,
    R_PR,
    SDT,
    TXBX,
    VAL,
    R,
    W,
    child,
    is_on,
)
from portal.formats.draft_files.xml_parts import Element

_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}ptab": "\t"}
_SIGNS = {**_BREAKS, f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
_TEXTS = frozenset({f"{W}t", f"{W}delText"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{COMPATIBILITY}AlternateContent"})
_PICTURES = ("}blip", "}imagedata")
_OVERRIDES = {"ltr": "\u202d", "rtl": "\u202e"}
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_SKIPPED = frozenset({P_PR, f"{W}rt", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}instrText"})


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, then its result."""

    instruction: str = ""
    result: bool = False

    @property
    def contents(self) -> bool:
        return self.instruction.split()[:1] == ["TOC"]


@dataclass(slots=True)
class State:
    """What goes on from paragraph to paragraph, and what is counted."""

    choice: Tracked
    fields: list[Field] = field(default_factory=list)
    tracked: int = 0
    pictures: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)

    def kept(self, tag: str) -> bool:
        """Is what a tracked change holds a part of the text, as the reader chose?"""
        return tag in (INSERTED if self.choice is Tracked.ACCEPT else DELETED)

    @property
    def in_contents(self) -> bool:
        return any(each.contents for each in self.fields)

    @property
    def shown(self) -> bool:
        return all(each.result for each in self.fields) and not self.in_contents

    def close_instructions(self) -> None:
        """No instruction goes on into the next paragraph, whatever a damaged file says."""
        self.fields = [each for each in self.fields if each.result]


@dataclass(slots=True)
class Words:
    """The words of a paragraph as they gather. `bold` counts the first characters that are."""

    state: State
    bold_style: bool = False
    parts: list[str] = field(default_factory=list)
    bold: int = 0
    unseen: list[str] = field(default_factory=list)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    _still_bold: bool = True

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, element: Element) -> None:
        """Take in what an element of a paragraph, or the paragraph, holds."""
        for each in element:
            tag = each.tag
            if tag == R:
                self._run(each)
            elif tag in INSERTED or tag in DELETED:
                self._change(each)
            elif tag == SDT:
                self.add_all(each.findall(f"{W}sdtContent"))
            elif tag == f"{W}bdo":
                self._override(each)
            elif tag == f"{{{_MATHS}}}t":
                self._write(each.text or "", bold=False)
            elif tag == f"{W}fldSimple":
                if not str(each.get(f"{W}instr", "")).lstrip().startswith("TOC"):
                    self.add(each)
            elif tag in _DRAWN:
                self._drawing(each)
            elif tag not in _SKIPPED:
                self.add(each)

    def add_all(self, elements: list[Element]) -> None:
        for each in elements:
            self.add(each)

    def _change(self, element: Element) -> None:
        self.state.tracked += 1
        if self.state.kept(element.tag):
            self.add(element)
            return
        for each in element.iter(f"{W}fldChar"):
            self._field(each)  # else a field would stay open

    def _override(self, element: Element) -> None:
        """A run that Word shows in another order than it is written: shown as what it is."""
        sign = _OVERRIDES.get(str(element.get(VAL)), "")
        self._write(sign, bold=False)
        self.add(element)
        self._write("\u202c" if sign else "", bold=False)

    def _run(self, run: Element) -> None:
        properties = run.find(R_PR)
        bold = self.bold_style if child(properties, "b") is None else is_on(properties, "b")
        before = len(self.parts)
        for each in run:
            tag = each.tag
            if tag in _TEXTS:
                self._write((each.text or "").replace("\n", " "), bold=bold)
            elif tag in _SIGNS:
                self._write(_SIGNS[tag], bold=bold)
            elif tag == f"{W}fldChar":
                self._field(each)
            elif tag == f"{W}instrText":
                self._instruct(each.text or "")
            elif tag in _NOTES:
                self._note(_NOTES[tag], str(each.get(f"{W}id")))
            elif tag == f"{W}sym":
                self._write(_symbol(each), bold=bold)
            elif tag in _DRAWN:
                self._drawing(each)
            elif tag == f"{W}ruby":
                self.add_all(each.findall(f"{W}rubyBase"))
        if is_on(properties, "vanish"):
            self.unseen.append("".join(self.parts[before:]))

    def _write(self, text: str, *, bold: bool) -> None:
        if not text or not self.state.shown:
            return
        self.parts.append(text)
        self._still_bold = self._still_bold and (bold or not text.strip())
        if self._still_bold:
            self.bold += len(text)

    def _field(self, element: Element) -> None:
        kind, fields = element.get(f"{W}fldCharType"), self.state.fields
        if kind == "begin":
            fields.append(Field())
        elif kind == "separate" and fields:
            fields[-1].result = True
        elif kind == "end" and fields:
            fields.pop()

    def _instruct(self, words: str) -> None:
        if self.state.fields and not self.state.fields[-1].result:
            self.state.fields[-1].instruction += words

    def _note(self, kind: str, name: str) -> None:
        self.state.notes.append((kind, name))
        count = len(self.state.notes)
        self.notes.append((count, kind, name))
        self._write(f"[{count}]", bold=self._still_bold)

    def _drawing(self, element: Element) -> None:
        boxes = list(_outer_boxes(_chosen(element)))
        self.boxes += boxes
        if not boxes and any(str(each.tag).endswith(_PICTURES) for each in element.iter()):
            self.state.pictures += 1


def _chosen(element: Element) -> Element:
    """One of the alternatives: they say the same in an old and in a new way."""
    if element.tag != f"{COMPATIBILITY}AlternateContent":
        return element
    for each in element:
        if next(each.iter(TXBX), None) is not None:
            return each
    return element


def _outer_boxes(element: Element) -> Iterator[Element]:
    """Text boxes that stand in no other one; those in them are met when they are read."""
    for each in element:
        if each.tag == TXBX:
            yield each
        else:
            yield from _outer_boxes(_chosen(each))


def _symbol(element: Element) -> str:
    """A sign of a font of symbols, as the file has it."""
    code = str(element.get(f"{W}char", ""))
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
