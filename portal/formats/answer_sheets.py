"""Rows to be answered as a spreadsheet: given out as XLSX, its words known in both languages."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from portal.domain.answer_rows import FILL_COLUMNS, Filled
from portal.domain.answer_sheets import (
    COLUMNS,
    FORMAT,
    INFO,
    TOKEN,
)
from portal.domain.responses import RULES, Disposition
from portal.formats.answer_words import TITLES, PlaceName, covering_words
from portal.formats.citations import cite
from portal.formats.dates import language
from portal.formats.labels import label
from portal.formats.spreadsheets import fitting

NEEDS = {
    "covered_by": TITLES["covered_by"],
    "until": TITLES["until"],
    "body": TITLES["body"],
    "duplicate_of": TITLES["duplicate_of"],
}
WIDTHS = {
    "ref": 10,
    "provision": 16,
    "quoted_text": 32,
    "comment": 48,
    "proposed_text": 40,
    "grounds": 30,
    "submitter_class": 14,
    "group": 10,
    "status": 16,
    "disposition": 22,
    "reason_ar": 48,
    "reason_en": 48,
    "places": 28,
}
MOST_CHOICES = 3_000
LINE, MOST_LINES = 16, 25  # points; a row higher than the screen cannot be read


@dataclass(frozen=True, slots=True)
class Out:
    """A row as it is given out: the words to read, the answer of now, the token."""

    read: Mapping[str, str]
    filled: Filled
    token: str


@dataclass(frozen=True, slots=True)
class About:
    """Where a file is from: it is said in its hidden sheet, and checked when it comes back."""

    slug: str
    edition: int
    at: datetime

    def file_name(self) -> str:
        return f"{self.slug}-answers-{self.at.date().isoformat()}-{language()}.xlsx"


def write_answers(about: About, rows: Iterable[Out], places: Iterable[PlaceName]) -> bytes:
    """The workbook, in the language words are being put in: four sheets, the last one hidden."""
    places = tuple(places)[:MOST_CHOICES]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": _("Answers to comments"), "created": about.at})
    looks = _looks(book)
    sheet = book.add_worksheet(_("Answers"))
    names = _places_sheet(book, looks, places)
    _key_sheet(book, looks)
    last = _answers_sheet(sheet, looks, rows, names)
    _choices(sheet, last, len(places))
    _info_sheet(book, about)
    book.close()
    return out.getvalue()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    order = 2 if language() == "ar" else 1
    cell = {"text_wrap": True, "valign": "top", "reading_order": order, "border": 1}
    cell["border_color"] = "#C9C5B8"
    head = {**cell, "bold": True, "num_format": "@"}
    return {
        "read_head": book.add_format({**head, "bg_color": "#E9E6DC"}),
        "fill_head": book.add_format({**head, "bg_color": "#CFE5DA"}),
        "read": book.add_format({**cell, "bg_color": "#F6F4EE", "num_format": "@"}),
        "fill": book.add_format({**cell, "locked": False, "num_format": "@"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top", "reading_order": order}),
    }


def _answers_sheet(
    sheet: Any, looks: Mapping[str, Any], rows: Iterable[Out], names: Mapping[str, str]
) -> int:
    _face(sheet)
    for column, code in enumerate(COLUMNS):
        fill = code in FILL_COLUMNS
        options = {"hidden": True} if code == TOKEN else {}
        look = looks["fill" if fill else "read"]
        sheet.set_column(column, column, WIDTHS.get(code, 24), look, options)
        head = looks["fill_head" if fill else "read_head"]
        sheet.write_string(0, column, str(TITLES[code]), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        texts = {**row.read, **_said(row.filled, names), TOKEN: row.token}
        sheet.set_row(last, LINE * _lines(texts))
        for column, code in enumerate(COLUMNS):
            look = looks["fill" if code in FILL_COLUMNS else "read"]
            sheet.write_string(last, column, fitting(texts[code]), look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # Without a password: it keeps from slips, not from people.
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    return last


def _lines(texts: Mapping[str, str]) -> int:
    """How many lines the longest cell of a row takes: not every program finds out by itself."""
    lines = 1
    for code in COLUMNS:
        wide = WIDTHS.get(code, 24)
        found = sum(1 + len(line) // wide for line in texts[code].split("\n"))
        lines = max(lines, found if code != TOKEN else 1)
    return min(lines, MOST_LINES)


def _said(filled: Filled, names: Mapping[str, str]) -> dict[str, str]:
    return {
        **{code: getattr(filled, code) for code in FILL_COLUMNS if code != "places"},
        "covered_by": covering_words(filled.covered_by) if filled.covered_by else "",
        "disposition": str(label(Disposition(filled.disposition))) if filled.disposition else "",
        "places": "\n".join(names.get(each, each) for each in filled.places),
    }


def _choices(sheet: Any, last: int, places: int) -> None:
    """Drop-downs; what is typed instead of chosen is read all the same."""
    column = COLUMNS.index("disposition")
    key, listed = _quoted(_("Key")), _quoted(_("List of places of change"))
    sheet.data_validation(
        1,
        column,
        max(last, 1),
        column,
        {
            "validate": "list",
            "source": f"={key}!$A$2:$A${len(Disposition) + 1}",
            "error_type": "warning",
            "error_title": _("Decision"),
            "error_message": _("This is not one of the decisions of the list."),
        },
    )
    covering = COLUMNS.index("covered_by")
    sheet.data_validation(
        1,
        covering,
        max(last, 1),
        covering,
        {
            "validate": "any",
            "input_title": str(TITLES["covered_by"])[:32],
            "input_message": _(
                "One provision, as the draft names it: %(place)s", place=cite("art_4__para_a")
            ),
        },
    )
    if places:
        column = COLUMNS.index("places")
        sheet.data_validation(
            1,
            column,
            max(last, 1),
            column,
            {
                "validate": "list",
                "source": f"={listed}!$A$2:$A${places + 1}",
                "show_error": False,
                "input_title": _("Places of change"),
                "input_message": _(
                    "Choose one, or write several from the list, one a line or with ; between."
                ),
            },
        )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _places_sheet(
    book: xlsxwriter.Workbook, looks: Mapping[str, Any], places: tuple[PlaceName, ...]
) -> dict[str, str]:
    """The list of places; gives the words of each by `VERSION:EID`."""
    sheet = book.add_worksheet(_("List of places of change"))
    _face(sheet)
    sheet.set_column(0, 0, 60)
    sheet.write_string(0, 0, _("Places of change"), looks["read_head"])
    several = len({each.document for each in places}) > 1
    names = {}
    for row, each in enumerate(places, start=1):
        words = each.words(several=several)
        names[f"{each.place.version_id}:{each.place.eid}"] = words
        sheet.write_string(row, 0, words, looks["plain"])
    sheet.protect()
    return names


def _key_sheet(book: xlsxwriter.Workbook, looks: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(_("Key"))
    _face(sheet)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, _("Decision"), looks["read_head"])
    sheet.write_string(0, 1, _("What it needs"), looks["read_head"])
    for row, each in enumerate(Disposition, start=1):
        sheet.write_string(row, 0, str(label(each)), looks["plain"])
        sheet.write_string(row, 1, _needs(each), looks["plain"])
    sheet.protect()


def _needs(disposition: Disposition) -> str:
    rule = RULES[disposition]
    needs = [str(TITLES["reason_ar"])] if rule.reason else []
    needs += [str(TITLES["places"])] if rule.change else []
    needs += [str(NEEDS[rule.needs])] if rule.needs else []
    return ("، " if language() == "ar" else ", ").join(needs) or _("nothing more")


def _info_sheet(book: xlsxwriter.Workbook, about: About) -> None:
    sheet = book.add_worksheet(INFO)
    pairs = (
        ("format", FORMAT),
        ("consultation", about.slug),
        ("edition", str(about.edition)),
        ("exported", about.at.isoformat()),
        ("sheet", _("Answers")),
    )
    for row, pair in enumerate(pairs):
        for column, words in enumerate(pair):
            sheet.write_string(row, column, words)
    sheet.protect()
    sheet.hide()


def _face(sheet: Any) -> None:
    if language() == "ar":
        sheet.right_to_left()
