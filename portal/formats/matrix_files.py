"""A published edition as a file: CSV, JSON or XLSX, all from the same frozen rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from portal.domain.bilingual import Bilingual
from portal.domain.matrices import COLUMNS
from portal.formats.columns import bilingual, pieces, texts, titles
from portal.formats.dates import datetime_words, in_amman, language
from portal.formats.spreadsheets import fitting, harmless
from portal.formats.words import plain

WIDE = frozenset({"quoted_text", "comment", "proposed_text", "response"})
WIDE |= {"text_before", "text_after"}


@dataclass(frozen=True, slots=True)
class Edition:
    """What a file says of itself: whose, which, when, how many."""

    slug: str
    title: Bilingual
    number: int
    reason: str
    published_at: datetime
    counts: dict[str, Any]
    digest: str
    interim: bool = False
    corrects: int | None = None

    def file_name(self, extension: str) -> str:
        """Every download names its consultation, edition and date."""
        day = in_amman(self.published_at).date().isoformat()
        return f"{self.slug}-matrix-edition-{self.number}-{day}.{extension}"


def to_csv(edition: Edition, rows: Iterable[dict[str, Any]]) -> bytes:
    """UTF-8 with BOM, so that a spreadsheet shows the Arabic; RFC 4180; no live formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles())
    for cells in rows:
        writer.writerow([harmless(text) for text in texts(cells)])
    return out.getvalue().encode("utf-8-sig")


def to_json(edition: Edition, rows: Iterable[dict[str, Any]]) -> bytes:
    """For programs: codes stay codes, moments are ISO 8601, masks are in words."""
    document = {
        "consultation": edition.slug,
        "title": edition.title._asdict(),
        "edition": edition.number,
        "corrigendum_reason": edition.reason,
        "published": edition.published_at.isoformat(),
        "digest": edition.digest,
        "counts": edition.counts,
        "columns": list(COLUMNS),
        "rows": [_for_programs(cells) for cells in rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _for_programs(cells: dict[str, Any]) -> dict[str, Any]:
    words = {"quoted_text", "comment", "proposed_text", "grounds"}
    row = {
        column: plain(pieces(cells[column])) if column in words else cells[column]
        for column in COLUMNS
    }
    return {**row, "place": cells["place"], "late": cells["late"]}


def to_xlsx(edition: Edition, rows: Iterable[dict[str, Any]]) -> bytes:
    """One sheet, right to left in Arabic, head frozen, filters on; texts only, never formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": _title(edition), "created": edition.published_at})
    sheet = book.add_worksheet(_("Response matrix"))
    if language() == "ar":
        sheet.right_to_left()
    order = 2 if language() == "ar" else 1
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EFE9", "border": 1}
    )
    body = book.add_format({"text_wrap": True, "valign": "top", "reading_order": order})
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, 44 if name in WIDE else 16, body)
    for column, title in enumerate(titles()):
        sheet.write_string(0, column, title, head)
    last = 0
    for last, cells in enumerate(rows, start=1):
        for column, text in enumerate(texts(cells)):
            sheet.write_string(last, column, fitting(text), body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    # A footer holds 255 characters, and "&" begins a command in it.
    sheet.set_footer(f"&C{_title(edition)[:200].replace('&', '&&')}")
    book.close()
    return out.getvalue()


def _title(edition: Edition) -> str:
    return _(
        "%(title)s: response matrix, edition %(number)s, %(moment)s",
        title=bilingual(edition.title._asdict()),
        number=edition.number,
        moment=datetime_words(edition.published_at),
    )


WRITERS: dict[str, tuple[Callable[[Edition, Iterable[dict[str, Any]]], bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "json": (to_json, "application/json"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
