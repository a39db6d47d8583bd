"""PDF set by typst: a title page to be signed, then the rows; tagged, landscape, right to left.

Words go to typst as JSON and are never markup. An edition of very many rows is several files in a
zip, each whole in itself: joined into one they would lose their tags (ADR 0020).
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from flask_babel import gettext as _

from portal.domain.text import code_of
from portal.formats.draft_files.pdf_out import STANDARD, characters, drawn, font_folders
from portal.formats.matrix_files.differences import differences
from portal.formats.matrix_files.edition import Cells, Edition, FileLanguage, Rows
from portal.formats.matrix_files.printed import (
    CHANGE_WIDTHS,
    ORDERED,
    WIDTHS,
    Item,
    Line,
    heads,
    is_short,
    labels,
    lines,
    stacked,
)
from portal.formats.matrix_files.standing import Count, Standing, said, standing
from portal.formats.row_words import RowWords
from portal.formats.typst_child import compile_apart

T = TypeVar("T")
PARTED = 2_500  # rows of one file, which takes 1.5 GB while it is set
RUN = 500  # rows between two page breaks
_TEMPLATE = Path(__file__).with_name("matrix.typ")
# A longer word cannot be broken by any rule and would leave its column.
_LONGEST = 16
_LONG = re.compile(rf"\S{{{_LONGEST + 1},}}")
_STAMP = (1980, 1, 1, 0, 0, 0)


def write_pdf(edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """One PDF, or a zip of them where the edition has more than `PARTED` rows.

    What a corrigendum changes stands at the end, in a part of its own where there are several.
    """
    if edition.rows <= PARTED:
        _write_part(edition, rows(), list(_changes(edition, language)), language, path, "")
        return
    changed = list(_portions(_changes(edition, language), PARTED))
    parts = -(-edition.rows // PARTED) + len(changed)
    portions: Iterable[tuple[list[Cells], list[Any]]] = chain(
        ((some, []) for some in _portions(rows(), PARTED)), (([], some) for some in changed)
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        ZipFile(path, "w", ZIP_STORED) as whole,
    ):
        for number, (some, lines_of) in enumerate(portions, start=1):
            made = Path(folder) / "part.pdf"
            part = _part_words(number, parts, language)
            _write_part(edition, some, lines_of, language, made, part)
            name = edition.file_name(f"part-{number:02}-of-{parts:02}.pdf", language)
            whole.writestr(ZipInfo(name, _STAMP), made.read_bytes())


def _changes(edition: Edition, language: FileLanguage) -> Iterator[list[Any]]:
    """Each difference as the paragraphs of its five cells."""
    right = language != "en"
    changed = differences(edition, language)
    for line in changed.lines() if changed else ():
        yield [_lines((lines if at > 2 else labels)(text, right)) for at, text in enumerate(line)]


def _portions(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _part_words(number: int, parts: int, language: FileLanguage) -> str:
    return said(language, lambda: _("Part %(number)s of %(parts)s", number=number, parts=parts))


def _write_part(
    edition: Edition,
    rows: Iterable[Cells],
    changes: list[Any],
    language: FileLanguage,
    path: Path,
    part: str,
) -> None:
    data = _data(edition, rows, language, part) | _changed(edition, changes, language)
    compile_apart(
        {
            "template": str(_TEMPLATE),
            "fonts": font_folders(),
            "target": str(path),
            "data": json.dumps(data, ensure_ascii=False),
            "standard": STANDARD,
            "moment": edition.published_at.isoformat(),
        }
    )


def _data(
    edition: Edition, rows: Iterable[Cells], language: FileLanguage, part: str
) -> dict[str, Any]:
    words = RowWords(language)
    right = words.from_right
    moment = edition.published_at
    return {
        "right": right,
        "day": (moment.year, moment.month, moment.day),
        "part": part,
        "around": _around(standing(edition, language), right),
        "heads": [_lines(labels(head, right)) for head in heads(words)],
        "widths": WIDTHS,
        # Not cutting rows at the end of a page costs a third of the time of setting them.
        "whole": edition.rows <= RUN,
        "runs": list(_portions((_row(stacked(cells, words)) for cells in rows), RUN)),
    }


def _changed(edition: Edition, changes: list[Any], language: FileLanguage) -> dict[str, Any]:
    """The part at the end; without changes there is none."""
    found = differences(edition, language)
    if found is None or not changes:
        return {"changes": None}
    right = language != "en"
    return {
        "changes": {
            "title": _lines(labels(found.title, right)),
            "reason": _lines(lines(found.reason, right)),
            "heads": [_lines(labels(head, right)) for head in found.heads],
            "widths": CHANGE_WIDTHS,
            "runs": list(_portions(changes, RUN)),
        }
    }


def _row(stacks: list[list[Item]]) -> dict[str, Any]:
    return {
        "short": is_short(stacks),
        "cells": [
            [(item.form, text_of(item.title), _lines(item.lines)) for item in stack]
            for stack in stacks
        ],
    }


def _around(around: Standing, right: bool) -> dict[str, Any]:
    """The words of the title page as paragraphs."""

    def set_(value: Any) -> Any:
        if isinstance(value, str):
            return _lines(labels(value, right)) if value else []
        if isinstance(value, dict):
            return {name: set_(each) for name, each in value.items()}
        return value

    def counted(counts: tuple[Count, ...]) -> list[Any]:
        return [(set_(count.words), count.number, count.share) for count in counts]

    found = {name: set_(value) for name, value in asdict(around).items()}
    plain = {"page": around.page, "digest": around.digest, "address": text_of(around.address)}
    return {
        **found,
        **plain,
        "counts": counted(around.counts),
        "dispositions": counted(around.dispositions),
        "classes": counted(around.classes),
        "document_title": text_of(f"{around.heading}: {around.title}".replace("\n", " / ")),
        "author": text_of(around.body.replace("\n", " / ")),
    }


def _lines(found: Iterable[Line]) -> list[tuple[str, bool]]:
    return [(text_of(line.text), line.right) for line in found]


def text_of(text: str) -> str:
    """Words that the fonts can draw and columns can hold; groups of figures keep their order."""
    for char in set(text) - characters() - {"\t"}:
        if not drawn(char):
            text = text.replace(char, code_of(char))
    text = _LONG.sub(_breakable, text)
    return ORDERED.sub("\u2066\\g<0>\u2069", text)


def _breakable(word: re.Match[str]) -> str:
    return "\u200b".join(word[0][at : at + _LONGEST] for at in range(0, len(word[0]), _LONGEST))
