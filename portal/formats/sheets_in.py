"""Sheets of an XLSX, tables of a DOCX: every cell as text, formulas and merged cells told.

It runs in the reading process: files of strangers.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from docx.oxml.ns import qn
from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from portal.domain.drafts import MAX_FILE
from portal.domain.errors import DomainError
from portal.domain.sheets import Sheet, column_number
from portal.formats.draft_files.packages import Package

MOST_CELLS = 6_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook in their order, or the tables of a Word document.

    Raises `sheet_not_xlsx`, `sheet_old_excel`, `sheet_macros`, `file_too_large`, `zip_bomb`,
    `reading_too_large` and what a broken package raises.
    """
    if len(data) > MAX_FILE:
        raise DomainError("file_too_large", field="file", maximum=MAX_FILE // 1024**2)
    if data.startswith(_OLE):
        raise DomainError("sheet_old_excel", field="file")
    if not data.startswith(b"PK"):
        raise DomainError("sheet_not_xlsx", field="file")
    package = Package(data)
    types = package.read("[Content_Types].xml") or b""
    if b"macroEnabled" in types or any(n.lower().endswith("vbaproject.bin") for n in package.names):
        raise DomainError("sheet_macros", field="file")
    if b"wordprocessingml.document.main" in types:
        return _tables(package.read("word/document.xml") or b"")
    if b"spreadsheetml.sheet.main" not in types:
        raise DomainError("sheet_not_xlsx", field="file")
    return _workbook(data, package)


def _workbook(data: bytes, package: Package) -> tuple[Sheet, ...]:
    try:
        surveys = {
            name: _survey(package.read(part) or b"") for name, part in _parts(package).items()
        }
        # The reader builds every cell up to the last one: that is counted before it does.
        if sum(rows * columns for rows, columns, _formulas in surveys.values()) > MOST_CELLS:
            raise DomainError("reading_too_large", field="file")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names if name in surveys]
        return tuple(_sheet(each, surveys[each.name][2]) for each in sheets)
    except (CalamineError, etree.XMLSyntaxError) as error:
        raise DomainError("file_unreadable", field="file") from error


def _parts(package: Package) -> dict[str, str]:
    """The part of each sheet by its name."""
    relations = _tree(package.read("xl/_rels/workbook.xml.rels") or b"<none/>")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    found = {}
    for each in _tree(package.read("xl/workbook.xml") or b"<none/>").iter(f"{_MAIN}sheet"):
        target = targets.get(each.get(_RELATION), "")
        found[each.get("name", "")] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return found


def _sheet(sheet: CalamineSheet, formulas: frozenset[str]) -> Sheet:
    rows = tuple(tuple(map(_text, row)) for row in sheet.to_python(skip_empty_area=False))
    ranges = sheet.merged_cell_ranges or []
    merged = tuple((first[0], first[1], last[0], last[1]) for first, last in ranges)
    return Sheet(sheet.name, rows, formulas, merged)


def _survey(part: bytes) -> tuple[int, int, frozenset[str]]:
    """How many rows and columns a sheet reaches to, and which cells hold a formula."""
    rows = columns = 0
    formulas = set()
    cells = etree.iterparse(
        io.BytesIO(part or b"<none/>"), tag=f"{_MAIN}c", resolve_entities=False, no_network=True
    )
    for _event, cell in cells:
        name = cell.get("r", "")
        found = _NAME.fullmatch(name)
        if found:
            rows = max(rows, int(found[2]))
            columns = max(columns, column_number(found[1]))
        if cell.find(f"{_MAIN}f") is not None:
            formulas.add(name)
        cell.clear()
    return rows, columns, frozenset(formulas)


def _text(value: Any) -> str:
    """A cell as text: numbers as they are written, moments as ISO 8601."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, str | int | timedelta) else ""


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _tables(document: bytes) -> tuple[Sheet, ...]:
    """Each table of a Word document as a sheet; a paragraph of a cell is a line of it."""
    try:
        body = _tree(document)
    except etree.XMLSyntaxError as error:
        raise DomainError("file_unreadable", field="file") from error
    found = []
    for number, table in enumerate(body.iter(qn("w:tbl")), start=1):
        rows = tuple(
            tuple(_words(cell) for cell in row.iterchildren(qn("w:tc")))
            for row in table.iterchildren(qn("w:tr"))
        )
        found.append(Sheet(f"table {number}", rows))
    return tuple(found)


def _words(cell: etree._Element) -> str:
    lines = []
    for paragraph in cell.iter(qn("w:p")):
        lines.append("".join(_run(each) for each in paragraph.iter(qn("w:t"), qn("w:br"))))
    return "\n".join(lines).strip()


def _run(piece: etree._Element) -> str:
    return "\n" if piece.tag == qn("w:br") else piece.text or ""
