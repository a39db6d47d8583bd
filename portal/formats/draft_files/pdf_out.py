"""A draft as a tagged PDF, set by typst: Arabic from right to left, in the fonts of the portal.

Words go to typst as JSON and are never markup. Figures are in docs/performance.md.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import fontpkg
import typst
from fontTools.ttLib import TTFont

from portal.domain.draft_tables import Table
from portal.domain.draft_tree import ParsedDraft
from portal.domain.text import is_harmless
from portal.formats.draft_files.about import About, FileLanguage, words
from portal.formats.draft_files.pages import Page, laid_out, widths
from portal.formats.draft_files.shown import FIGURES, printable

FAMILIES = ("Amiri", "IBM Plex Sans Arabic")
STANDARD: Final = "ua-1"  # PDF/UA, ISO 14289: readable by a screen reader
_TEMPLATE = Path(__file__).with_name("draft.typ")
# A longer word cannot be broken by any rule and would leave the page.
_LONGEST = 24


def write_pdf(draft: ParsedDraft, about: About, lang: FileLanguage = "ar") -> bytes:
    """The PDF; the same draft gives the same bytes. Tagged, with title, language and date."""
    moment = datetime.combine(about.day, time(), UTC)
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(_data(draft, about, lang), ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=moment)
    return cast(bytes, made)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the packages alone: the same page on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )


def font_folders() -> list[str]:
    """Where the fonts of the packages lie."""
    return [str(Path(fontpkg.path(family, 400)).parent) for family in FAMILIES]


@cache
def characters() -> frozenset[str]:
    """The characters that one of the fonts can draw."""
    drawn: set[int] = set()
    for family in FAMILIES:
        for weight in (400, 700) if family == "Amiri" else (400, 600):
            drawn |= set(TTFont(fontpkg.path(family, weight), lazy=True).getBestCmap())
    # PDF/UA forbids U+FEFF, whatever a font says.
    return frozenset(map(chr, drawn)) - {"\ufeff"}


def drawn(char: str) -> bool:
    """Can a font of ours draw it?"""
    # A mark has no shape and needs no glyph.
    return char != "\ufeff" and (is_harmless(char) or char in characters())


def _text(text: str) -> str:
    """Words that the fonts can draw and lines can hold; groups of figures keep their order."""
    safe = " ".join(map(_breakable, printable(text, drawn).split(" ")))
    return FIGURES.sub("\u2066\\g<0>\u2069", safe)


def _breakable(word: str) -> str:
    if len(word) <= _LONGEST:
        return word
    return "\u200b".join(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST))


def _data(draft: ParsedDraft, about: About, lang: FileLanguage) -> dict[str, Any]:
    said = words(about, draft.title, "ar")
    above, below = laid_out(draft, _text)
    return {
        "title": _text(said.title).strip() or "—",
        "title_en": _text(about.title.en),
        "running": _text(said.running),
        "author": _text(said.body),
        "dated": _text(said.dated),
        "page": said.page,
        "address": printable(about.url, drawn),
        "day": (about.day.year, about.day.month, about.day.day),
        "both": lang == "both",
        "above": [_node(each) for each in above],
        "nodes": [_node(each) for each in below],
    }


def _table(table: Table) -> dict[str, Any]:
    return {"rows": table.rows, "headed": table.headed, "widths": widths(table)}


def _node(page: Page) -> dict[str, Any]:
    return {
        "form": page.form,
        "grand": page.grand,
        "new_page": page.new_page,
        "marker": page.marker,
        "head": page.head,
        "head_en": page.head_en,
        "text": page.text,
        "text_en": page.text_en,
        "tables": [_table(each) for each in (page.table, page.table_en)],
        "depth": page.depth,
        "children": [_node(child) for child in page.children],
    }
