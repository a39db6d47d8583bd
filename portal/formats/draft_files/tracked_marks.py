"""Paragraphs of a Word file with tracked changes, right to left (ECMA-376-1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from portal.domain.draft_comparison import Op, WordOp

Element = Any
TAGS = {Op.INSERT: "w:ins", Op.DELETE: "w:del"}


class Marks:
    """Makes paragraphs whose changes are by `author` at `at`; every change has its own number."""

    def __init__(self, author: str, at: datetime) -> None:
        self._author = author
        self._at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._numbers = count(1)

    def paragraph(
        self, ops: Sequence[WordOp], *, style: str = "", level: int = 0, bold: bool = False
    ) -> list[Element]:
        """One paragraph; where all of it is inserted, or deleted, so is its end. None for none."""
        ops = [op for op in ops if op.text]
        if not ops:
            return []
        whole = ops[0].op if len({op.op for op in ops}) == 1 else Op.EQUAL
        tag = TAGS.get(whole)
        paragraph = _paragraph(style, level, self._changed(tag) if tag else None)
        for op in ops:
            run = _run(op.text, deleted=op.op is Op.DELETE, bold=bold)
            paragraph.append(self._inside(TAGS[op.op], run) if op.op in TAGS else run)
        return [paragraph]

    def moved(
        self, text: str, name: str, *, to: bool, style: str = "", level: int = 0
    ) -> list[Element]:
        """A paragraph that moved away, or that came here: `name` is the same at both places."""
        if not text:
            return []
        tag = "w:moveTo" if to else "w:moveFrom"
        paragraph = _paragraph(style, level, self._changed(tag))
        start = self._changed(f"{tag}RangeStart")
        start.set(qn("w:name"), name)
        paragraph.append(start)
        paragraph.append(self._inside(tag, _run(text, deleted=False, bold=False)))
        end = OxmlElement(f"{tag}RangeEnd")
        end.set(qn("w:id"), start.get(qn("w:id")))
        return [paragraph, end]

    def _changed(self, tag: str) -> Element:
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(next(self._numbers)))
        element.set(qn("w:author"), self._author)
        element.set(qn("w:date"), self._at)
        return element

    def _inside(self, tag: str, run: Element) -> Element:
        element = self._changed(tag)
        element.append(run)
        return element


def _paragraph(style: str, level: int, changed: Element | None) -> Element:
    paragraph, about = OxmlElement("w:p"), OxmlElement("w:pPr")
    if style:
        about.append(_with("w:pStyle", style))
    about.append(OxmlElement("w:bidi"))
    if level:
        indent = OxmlElement("w:ind")
        indent.set(qn("w:start"), str(360 * level))
        about.append(indent)
    end = OxmlElement("w:rPr")
    if changed is not None:
        end.append(changed)
    end.append(OxmlElement("w:rtl"))
    about.append(end)
    paragraph.append(about)
    return paragraph


def _with(tag: str, value: str) -> Element:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _run(text: str, *, deleted: bool, bold: bool) -> Element:
    run, about = OxmlElement("w:r"), OxmlElement("w:rPr")
    if bold:
        about.extend((OxmlElement("w:b"), OxmlElement("w:bCs")))
    about.append(OxmlElement("w:rtl"))
    run.append(about)
    run.extend(_lines(text, "w:delText" if deleted else "w:t"))
    return run


def _lines(text: str, tag: str) -> Iterator[Element]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield OxmlElement("w:br")
        if line:
            words = OxmlElement(tag)
            words.text = line
            words.set(qn("xml:space"), "preserve")
            yield words
