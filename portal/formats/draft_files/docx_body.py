"""The body of a DOCX, block by block: paragraphs with their numbers, tables in their place."""

from __future__ import annotations

from typing import Protocol

from portal.domain.draft_headings import HEADING_LENGTH
from portal.domain.draft_markers import find_marker
from portal.domain.drafts import Tracked
from portal.domain.text import squeeze
from portal.formats.draft_files.docx_names import (
    DELETED,
    INSERTED,
    P_PR,
    SDT,
    TBL,
    P,
    W,
    child,
    number,
    val,
)
from portal.formats.draft_files.docx_numbering import BULLET, Numbering
from portal.formats.draft_files.docx_package import Parts
from portal.formats.draft_files.docx_styles import Style, Styles, heading_level
from portal.formats.draft_files.docx_tables import table_rows
from portal.formats.draft_files.docx_words import State, Words
from portal.formats.draft_files.source_lines import SourceLines, heading, labelled, parted
from portal.formats.draft_files.xml_parts import Element

_WRAPPERS = frozenset({f"{W}customXml", f"{W}smartTag", f"{W}sdtContent"})
_CHANGES = INSERTED | DELETED


class Sink(Protocol):
    """Where blocks go: the draft's lines, or a cell."""

    def paragraph(self, text: str) -> None: ...
    def table(self, rows: list[list[str]], *, header: bool = False) -> None: ...


class _CellSink:
    """The words of a cell, a paragraph or a row of a table in it a line."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def paragraph(self, text: str) -> None:
        self.lines.append(text)

    def table(self, rows: list[list[str]], *, header: bool = False) -> None:
        self.lines += [" | ".join(squeeze(cell) for cell in row) for row in rows]


class Body:
    """Reads blocks in their order and writes them into `lines`."""

    def __init__(self, parts: Parts, choice: Tracked, lines: SourceLines) -> None:
        self.state = State(choice)
        self.lines = lines
        self.sink: Sink = lines
        self.contents = 0
        self.embedded = 0
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._note_parts = {
            kind: {str(note.get(f"{W}id")): note for note in root}
            for kind, root in (("footnotes", parts.footnotes), ("endnotes", parts.endnotes))
            if root is not None
        }
        self._notes: list[str] = []
        self._pending: Words | None = None

    def block(self, element: Element) -> None:
        """Read one block."""
        tag = element.tag
        if tag == P:
            self._paragraph(element)
        elif tag == TBL:
            self._flush()
            self._table(element)
        elif tag == SDT:
            self._control(element)
        elif tag in _WRAPPERS:
            self.blocks(element)
        elif tag in _CHANGES:
            self.state.tracked += 1
            if self.state.kept(tag):
                self.blocks(element)
        elif tag == f"{W}altChunk":
            self.embedded += 1

    def blocks(self, parent: Element) -> None:
        """Read all that stands in `parent`."""
        for element in parent:
            self.block(element)
        self._flush()

    def end(self) -> None:
        """Write what waits for the end of its provision."""
        self._flush()
        self._write_notes()

    def _table(self, element: Element) -> None:
        """A table of one cell is a frame around what it holds."""
        rows = table_rows(element, self.state)
        if [len(row.cells) for row in rows] == [1] and rows[0].cells[0] is not None:
            self.blocks(rows[0].cells[0])
        elif rows:
            words = [[self._cell(cell) for cell in row.cells] for row in rows]
            self.sink.table(words, header=rows[0].header)

    def _cell(self, cell: Element | None) -> str:
        outer, self.sink = self.sink, (inner := _CellSink())
        self.blocks([] if cell is None else cell)
        self.sink = outer
        return "\n".join(inner.lines)

    def _control(self, element: Element) -> None:
        gallery = child(child(element, "sdtPr"), "docPartObj")
        content = child(element, "sdtContent")
        if content is None:
            return
        if val(gallery, "docPartGallery") == "Table of Contents":
            self.contents += sum(1 for _ in content.iter(P))
            return
        self.blocks(content)

    def _paragraph(self, element: Element) -> None:
        properties = self._properties(element.find(P_PR))
        style = self._styles.find(val(properties, "pStyle"))
        words = self._pending or Words(self.state)
        words.bold_style = style.bold
        words.add(element)
        self.state.close_instructions()
        self._pending = None
        if self._mark_is_gone(element.find(P_PR)):
            self._pending = words
        else:
            self._emit(words, properties, style)

    def _flush(self) -> None:
        """A paragraph whose end was deleted before a table or the end of a cell ends there."""
        words, self._pending = self._pending, None
        if words is not None and words.text.strip():
            self._emit(words, None, self._styles.find(None))

    def _properties(self, properties: Element | None) -> Element | None:
        """Those before a tracked change of them, where changes are taken as not made."""
        change = child(properties, "pPrChange")
        if change is None or self.state.choice is Tracked.ACCEPT:
            return properties
        return child(change, "pPr")

    def _mark_is_gone(self, properties: Element | None) -> bool:
        """Is the end of the paragraph deleted, so that the next goes on in it?"""
        marks = child(properties, "rPr")
        changes = [each.tag for each in ([] if marks is None else marks) if each.tag in _CHANGES]
        self.state.tracked += len(changes)
        return any(not self.state.kept(tag) for tag in changes)

    def _emit(self, words: Words, properties: Element | None, style: Style) -> None:
        text = words.text.strip()
        label = self._label(properties, style)
        if style.contents or (self.state.in_contents and not text):
            self.contents += 1
            return
        level = heading_level(properties)
        level = style.level if level is None else level
        if level and len(text) > HEADING_LENGTH:
            level = 0
        whole = self._with_label(label, text, level, words)
        self._warn_of_unseen(words)
        if whole:
            self._end_provision(whole)
            self.sink.paragraph(whole.replace("\t", " "))
        self._notes += [self._note(*note) for note in words.notes]
        for box in words.boxes:
            self.blocks(box)

    def _with_label(self, label: str, text: str, level: int, words: Words) -> str:
        if not text:
            return "" if label == BULLET else label
        if label:
            return labelled(label, text, level)
        if level:
            return heading(level, text)
        indent = len(words.text) - len(words.text.lstrip())
        text = parted(text, max(words.bold - indent, 0))
        tab = text.find("\t")
        return parted(text, tab) if tab > 0 else text

    def _label(self, properties: Element | None, style: Style) -> str:
        own = child(properties, "numPr")
        num, ilvl = val(own, "numId"), number(val(own, "ilvl"))
        if num is None:
            num = style.num
            bound = self._numbering.level_of_style(num, style.id) if num else None
            ilvl = ilvl if ilvl is not None else (style.ilvl if bound is None else bound)
        return self._numbering.next(num, ilvl or 0).strip() if num and num != "0" else ""

    def _warn_of_unseen(self, words: Words) -> None:
        unseen = squeeze("".join(words.unseen))
        if unseen:
            self.lines.warn("hidden_words", self.lines.next_line, found=unseen[:200])

    def _end_provision(self, whole: str) -> None:
        """Notes stand at the end of the provision they belong to."""
        if self._notes and self.sink is self.lines:
            marker = find_marker(whole, 0)
            if marker and (marker.kind or marker.form == "heading"):
                self._write_notes()

    def _write_notes(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self.lines.paragraph(note)

    def _note(self, count: int, kind: str, name: str) -> str:
        note = self._note_parts.get(kind, {}).get(name)
        words = Words(self.state)
        for paragraph in [] if note is None else note.iter(P):
            words.add(paragraph)
            words.parts.append(" ")
        return f"[{count}] {squeeze(words.text)}"
