"""Comments in the eight columns of the ISO/IEC commenting template, filled in by an outside body.

The template: https://www.iso.org/iso/template_for_comments.doc; clause 2 of its notes gives the
types: ge = general, te = technical, ed = editorial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.domain.clauses import find_provision
from portal.domain.comments import TEXT_LIMIT, CommentType
from portal.domain.errors import DomainError
from portal.domain.sheets import Fault, Sheet, cell_name
from portal.domain.text import check_words, fold

COLUMNS = ("member", "line", "clause", "paragraph", "type", "comment", "proposed", "observation")
NEEDED = ("clause", "comment", "proposed")
# How a heading of each column may begin, without spaces and signs, in either language.
_BEGINNINGS = {
    "member": ("mb", "nc", "memberbody", "الجهة", "العضو", "الهيئة"),
    "line": ("line", "السطر", "رقمالسطر"),
    "clause": ("clause", "المادة", "البند"),
    "paragraph": ("paragraph", "الفقرة"),
    "type": ("type", "نوع"),
    "comment": ("comment", "الملاحظ", "التعليق"),
    "proposed": ("proposed", "النصالمقترح", "التغييرالمقترح", "المقترح"),
    "observation": ("observation", "secretariat", "رأي", "ملاحظاتالامانة", "الرد", "مرئيات"),
}
_TYPES = {
    "ge": CommentType.GENERAL,
    "general": CommentType.GENERAL,
    "عام": CommentType.GENERAL,
    "te": CommentType.SUBSTANTIVE,
    "technical": CommentType.SUBSTANTIVE,
    "جوهري": CommentType.SUBSTANTIVE,
    "فني": CommentType.SUBSTANTIVE,
    "ed": CommentType.EDITORIAL,
    "editorial": CommentType.EDITORIAL,
    "صياغ": CommentType.EDITORIAL,
}
_HEAD_ROWS = 15  # a title and a date stand above the head of the template
MOST_ROWS = 5_000


@dataclass(slots=True)
class Offered:
    """A comment of a file. `eid` is the provision found, empty where there is none; `place` is
    what was written where it was not found, or not wholly."""

    position: int
    member: str
    eid: str
    place: str
    type: str
    comment: str
    proposed: str
    faults: list[Fault] = field(default_factory=list)


def take(sheets: Iterable[Sheet], eids: Iterable[str]) -> list[Offered]:
    """The comments of the first sheet or table that has the template's head.

    Raises `iso_headings_missing`, `sheet_rows_many`, `file_empty`.
    """
    eids = tuple(eids)
    for sheet in sheets:
        found = _head(sheet)
        if found is None:
            continue
        at, columns = found
        rows = range(at + 1, len(sheet.rows))
        if len(rows) > MOST_ROWS:
            raise DomainError("sheet_rows_many", field="file", maximum=MOST_ROWS)
        offered = [_row(sheet, row, columns, eids) for row in rows if _says(sheet, row, columns)]
        if not offered:
            raise DomainError("file_empty", field="file")
        return offered
    raise DomainError("iso_headings_missing", field="file")


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for at in range(min(_HEAD_ROWS, len(sheet.rows))):
        columns: dict[str, int] = {}
        for column in range(len(sheet.rows[at])):
            code = _column(sheet.cell(at, column))
            if code:
                columns.setdefault(code, column)
        if columns.keys() >= set(NEEDED):
            return at, columns
    return None


def _column(heading: str) -> str:
    plain = re.sub(r"[^\w]|[0-9_]", "", fold(heading))
    for code, beginnings in _BEGINNINGS.items():
        if plain and any(plain.startswith(fold(each)) for each in beginnings):
            return code
    return ""


def _says(sheet: Sheet, row: int, columns: dict[str, int]) -> bool:
    return any(sheet.cell(row, columns[code]) for code in NEEDED)


def _row(sheet: Sheet, row: int, columns: dict[str, int], eids: tuple[str, ...]) -> Offered:
    texts = {code: sheet.cell(row, columns[code]) if code in columns else "" for code in COLUMNS}
    cells = {code: cell_name(row, columns.get(code, 0)) for code in COLUMNS}
    faults = []
    merged = sheet.merged_at(row, sorted(columns.values()))
    if merged is not None:
        faults.append(Fault(cell_name(row, merged), "cell_merged"))
    faults += [
        Fault(cells[code], "cell_formula") for code in columns if cells[code] in sheet.formulas
    ]
    if not texts["comment"] and not texts["proposed"]:
        faults.append(Fault(cells["comment"], "cell_comment_missing"))
    for code in ("comment", "proposed"):
        for error in check_words(texts[code], code, TEXT_LIMIT):
            faults.append(Fault(cells[code], error.code, error.params))
    kind = _type(texts["type"])
    if kind is None:
        faults.append(Fault(cells["type"], "cell_type", {"value": texts["type"][:40]}))
    eid, whole = find_provision(texts["clause"], texts["paragraph"], eids)
    written = ", ".join(part for part in (texts["clause"], texts["paragraph"]) if part)
    return Offered(
        position=row + 1,
        member=texts["member"],
        eid=eid,
        place="" if whole else written[:500],
        type=(kind or CommentType.SUBSTANTIVE).value,
        comment=texts["comment"],
        proposed=texts["proposed"],
        faults=faults,
    )


def _type(typed: str) -> CommentType | None:
    """The first of the types that is named; a comment without one is about the substance."""
    plain = re.sub(r"\s", "", fold(typed))
    if not plain:
        return CommentType.SUBSTANTIVE
    return next((kind for begin, kind in _TYPES.items() if plain.startswith(fold(begin))), None)
