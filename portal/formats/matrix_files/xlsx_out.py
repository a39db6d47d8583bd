"""XLSX: the matrix, its summary and its key, right to left in Arabic; texts only, no formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from portal.domain.directions import runs_from_right
from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.differences import Differences, Line, differences
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import Standing, edition_words, sheet_name, standing
from portal.formats.matrix_files.xlsx_rows import Laid, Row, lay_in
from portal.formats.matrix_files.xlsx_sheets import Looks, add_key, add_summary, looks
from portal.formats.row_words import RowWords

STYLES = ("right", "left", "strong", "bare", "plain")
WIDE = frozenset({"quoted_text", "comment", "proposed_text", "response"})
WIDE |= {"text_before", "text_after"}
FREE = WIDE | {"grounds", "submitter", "on_behalf_of", "responsible_body", "committee_opinion"}
COLUMNS_AND_EDITION = (*COLUMNS, "edition")
A3 = 8  # the number of that paper in a workbook


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of rows: its name, the head and width of each column in characters.

    `frozen` columns stay in sight; on paper it is `pages` wide.
    """

    name: str
    titles: tuple[str, ...]
    widths: tuple[int, ...]
    frozen: int
    pages: int


def write_xlsx(edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """The columns of the matrix and last the edition, head frozen, filters on, ready to print."""
    _write(edition, rows, language, path, handsome=True)


def write_data(edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """The same rows for pivot tables and programs: no cell has a style of its own."""
    _write(edition, rows, language, path, handsome=False)


def _write(
    edition: Edition, rows: Rows, language: FileLanguage, path: Path, *, handsome: bool
) -> None:
    words = RowWords(language)
    head, edition_said = edition_words(edition, language)
    titles = (*(words.titles[column] for column in COLUMNS), head)
    widths = tuple(map(_width, COLUMNS_AND_EDITION))
    name = sheet_name(edition, language)
    sheet = Sheet(name, titles, widths, frozen=1, pages=2)

    def said() -> Iterator[Row]:
        for cells in rows():
            texts = [*words.texts(cells), edition_said]
            yield Row(texts, list(map(_style, COLUMNS_AND_EDITION, texts)) if handsome else ())

    write_book(path, edition, standing(edition, language), sheet, said(), language)


def _width(column: str) -> int:
    """In characters: a number, words of people, a fingerprint in two lines, a code in words."""
    if column in ("ref", "version", "group"):
        return 10
    return 44 if column in WIDE else 34 if column == "hash" else 18


def _style(column: str, text: str) -> str:
    if column == "disposition":
        return "strong"
    return "plain" if column not in FREE else _direction(text)


def _direction(text: str) -> str:
    """Words of people run as they begin."""
    if not text:
        return "plain"
    if "\u0620" <= text[0] <= "\u064a":
        return "right"
    return "right" if runs_from_right(text, otherwise=False) else "left"


def write_book(
    path: Path,
    edition: Edition,
    around: Standing,
    sheet: Sheet,
    rows: Iterable[Row],
    language: FileLanguage,
) -> None:
    """A workbook of a sheet of rows, the summary and the key; of a corrigendum its differences."""
    changed = differences(edition, language)
    changes = _changes_sheet(changed) if changed else None

    def made(counts: list[int]) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
        book.set_properties(_properties(edition, around))
        look = looks(book, rtl=language != "en")
        _first(book.add_worksheet(sheet.name), sheet, around, look, counts[0])
        add_summary(book.add_worksheet(_named(around, "summary")), around, look)
        add_key(book.add_worksheet(_named(around, "key")), around, language, look)
        if changes:
            name = _named(around, "differences")
            _first(book.add_worksheet(name), changes, around, look, counts[1])
        book.close()
        return out.getvalue()

    laid = [Laid(1, sheet.widths, rows)]
    if changed and changes:
        laid.append(Laid(4, changes.widths, map(_changes_row, changed.lines())))
    lay_in(path, made, STYLES, laid)


def _changes_sheet(changed: Differences) -> Sheet:
    return Sheet("", changed.heads, (10, 14, 22, 60, 60), frozen=1, pages=1)


def _changes_row(line: Line) -> Row:
    styles = ["plain", "strong", "plain", *(_direction(text) for text in line[3:])]
    return Row(line, styles)


def _named(around: Standing, name: str) -> str:
    """The name of a sheet, in which `/` may not stand."""
    return around.labels[name].replace(" / ", " - ")[:31]


def _properties(edition: Edition, around: Standing) -> dict[str, object]:
    return {
        "title": f"{around.heading}: {around.title}".replace("\n", " / ")[:255],
        "author": around.body.replace("\n", " / ")[:255],
        "subject": around.edition,
        "comments": around.mark,
        "created": edition.published_at.replace(tzinfo=None),
    }


def _first(sheet: Any, plan: Sheet, around: Standing, look: Looks, count: int) -> None:
    """The sheet with a head and a sample row where the rows will be."""
    if look.rtl:
        sheet.right_to_left()
    for at, (title, width) in enumerate(zip(plan.titles, plan.widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, look.head)
    for at, style in enumerate((look.right, look.left, look.strong, look.bare, look.plain)):
        sheet.write_blank(1, at, None, style)
    last = len(plan.titles) - 1
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, plan.frozen)
    sheet.autofilter(0, 0, count, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{count + 1}"})
    if around.mark:
        sheet.set_tab_color("#9B3B3B")
    _on_paper(sheet, plan, around)


def _on_paper(sheet: Any, plan: Sheet, around: Standing) -> None:
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(plan.pages, 0)
    sheet.repeat_rows(0)
    if plan.frozen:
        sheet.repeat_columns(0, plan.frozen - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # A footer holds 255 characters, and "&" begins a command in it.
    said = f"{around.title[:100]} – {around.footer} – {around.published}"
    sheet.set_footer(f"&C{said[:200].replace('&', '&&')}  &P/&N".replace("\n", " "))
