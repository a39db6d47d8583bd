"""Answers in a spreadsheet: its columns, its rows with what is wrong in them, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.domain.answer_rows import FILL_COLUMNS, Filled
from portal.domain.errors import DomainError
from portal.domain.matrices import Place
from portal.domain.responses import REASON_LIMIT, Disposition
from portal.domain.row_refs import RowRef, parse_ref
from portal.domain.sheets import Fault, Sheet, cell_name
from portal.domain.text import check_words, fold, squeeze

FORMAT = "radd-answers-1"
INFO = "_radd"  # the hidden sheet that says where a file is from
READ_COLUMNS = (
    "ref",
    "provision",
    "quoted_text",
    "comment",
    "proposed_text",
    "grounds",
    "submitter_class",
    "group",
    "status",
)
TOKEN = "token"  # noqa: S105 (the hidden column: what the answer was when the file was given out)
COLUMNS = (*READ_COLUMNS, *FILL_COLUMNS, TOKEN)
NEEDED = ("ref", *FILL_COLUMNS, TOKEN)
LIMITS = {"reason_ar": REASON_LIMIT, "reason_en": REASON_LIMIT}
BETWEEN_PLACES = "\n"
MOST_ROWS = 120_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a file in both languages, folded, and what each means; `titles` by column.

    `covering`: what may cover a comment: `art_4`, or `art_4@2` for document 2.
    """

    headings: Mapping[str, str]
    titles: Mapping[str, str]
    dispositions: Mapping[str, Disposition]
    places: Mapping[str, Place]
    covering: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Taken:
    """A row of a file: `position` is its number there, `cells` where each column stands."""

    position: int
    ref: RowRef | None
    filled: Filled
    seen: str
    cells: dict[str, str]
    faults: list[Fault] = field(default_factory=list)


def folded(words: str) -> str:
    """Words as they are compared: spelling variants, case and white space do not count."""
    return fold(squeeze(words.replace("\n", " "))).casefold()


def take(sheet: Sheet, words: Words, known: frozenset[RowRef]) -> list[Taken]:
    """The rows of a sheet of answers, each with its faults; empty rows are passed over.

    Raises `sheet_heading_unknown`, `sheet_heading_twice`, `sheet_heading_missing`, `file_empty`,
    `sheet_rows_many`: where the head is not as it was given out, no row can be trusted.
    """
    if not sheet.rows:
        raise DomainError("file_empty", field="file")
    if len(sheet.rows) > MOST_ROWS:
        raise DomainError("sheet_rows_many", field="file", maximum=MOST_ROWS)
    columns = _columns(sheet, words)
    taken = [
        _row(sheet, at, columns, words, known)
        for at in range(1, len(sheet.rows))
        if any(sheet.cell(at, column) for column in columns.values())
    ]
    if not taken:
        raise DomainError("file_empty", field="file")
    _tell_twice(taken)
    return taken


def _columns(sheet: Sheet, words: Words) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(len(sheet.rows[0])):
        heading = sheet.cell(0, column)
        if not heading:
            continue
        code = words.headings.get(folded(heading))
        name = cell_name(0, column)
        if code is None:
            raise DomainError("sheet_heading_unknown", field="file", cell=name, value=heading[:60])
        if code in found:
            raise DomainError("sheet_heading_twice", field="file", cell=name, value=heading[:60])
        found[code] = column
    for code in NEEDED:
        if code not in found:
            raise DomainError("sheet_heading_missing", field="file", column=words.titles[code])
    return found


def _row(
    sheet: Sheet, at: int, columns: Mapping[str, int], words: Words, known: frozenset[RowRef]
) -> Taken:
    cells = {code: cell_name(at, columns[code]) for code in NEEDED}
    texts = {code: sheet.cell(at, columns[code]) for code in NEEDED}
    faults = list(_not_plain(sheet, at, columns, cells))
    ref = _ref(texts["ref"], cells["ref"], known, faults)
    filled = _filled(texts, cells, words, known, faults)
    return Taken(at + 1, ref, filled, texts[TOKEN], cells, faults)


def _not_plain(
    sheet: Sheet, at: int, columns: Mapping[str, int], cells: Mapping[str, str]
) -> Iterable[Fault]:
    merged = sheet.merged_at(at, (columns[code] for code in NEEDED))
    if merged is not None:
        yield Fault(cell_name(at, merged), "cell_merged")
    for code in NEEDED:
        if cells[code] in sheet.formulas:
            yield Fault(cells[code], "cell_formula")


def _ref(typed: str, cell: str, known: frozenset[RowRef], faults: list[Fault]) -> RowRef | None:
    if not typed:
        faults.append(Fault(cell, "cell_ref_missing"))
        return None
    try:
        ref = parse_ref(fold(typed))
    except DomainError:
        faults.append(Fault(cell, "cell_ref_unknown", {"value": typed[:20]}))
        return None
    if ref not in known:
        parts = sorted(str(each) for each in known if each.number == ref.number)
        if parts:
            params = {"value": str(ref), "parts": ", ".join(parts)}
            faults.append(Fault(cell, "cell_ref_split", params))
        else:
            faults.append(Fault(cell, "cell_ref_unknown", {"value": str(ref)}))
        return None
    return ref


def _filled(
    texts: Mapping[str, str],
    cells: Mapping[str, str],
    words: Words,
    known: frozenset[RowRef],
    faults: list[Fault],
) -> Filled:
    disposition = words.dispositions.get(folded(texts["disposition"]))
    if texts["disposition"] and disposition is None:
        value = texts["disposition"][:60]
        faults.append(Fault(cells["disposition"], "cell_disposition", {"value": value}))
    for code in FILL_COLUMNS:
        for error in check_words(texts[code], code, LIMITS.get(code, REASON_LIMIT)):
            faults.append(Fault(cells[code], error.code, error.params))
    filled = Filled(
        disposition=disposition.value if disposition else "",
        reason_ar=texts["reason_ar"],
        reason_en=texts["reason_en"],
        places=_places(texts["places"], cells["places"], words, faults),
        covered_by=_covering(texts["covered_by"], cells["covered_by"], words, faults),
        until=texts["until"],
        body=texts["body"],
        duplicate_of=_repeated(texts["duplicate_of"], cells["duplicate_of"], known, faults),
    )
    if not filled.disposition and not filled.empty and not texts["disposition"]:
        faults.append(Fault(cells["disposition"], "cell_disposition_missing"))
    return filled


def _places(typed: str, cell: str, words: Words, faults: list[Fault]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for each in typed.replace(";", "\n").replace("؛", "\n").split("\n"):
        if not each.strip():
            continue
        place = words.places.get(folded(each))
        if place is None:
            faults.append(Fault(cell, "cell_place", {"value": each.strip()[:60]}))
        else:
            found[f"{place.version_id}:{place.eid}"] = None
    return tuple(sorted(found))


def _covering(typed: str, cell: str, words: Words, faults: list[Fault]) -> str:
    found = words.covering.get(folded(typed), "")
    if typed and not found:
        faults.append(Fault(cell, "cell_covering", {"value": typed[:60]}))
    return found


def _repeated(typed: str, cell: str, known: frozenset[RowRef], faults: list[Fault]) -> str:
    if not typed:
        return ""
    try:
        ref = parse_ref(fold(typed))
    except DomainError:
        ref = None
    if ref is None or ref not in known:
        faults.append(Fault(cell, "cell_ref_unknown", {"value": typed[:20]}))
        return ""
    return str(ref)


def _tell_twice(taken: Iterable[Taken]) -> None:
    first: dict[RowRef, Taken] = {}
    for row in taken:
        if row.ref is None:
            continue
        other = first.setdefault(row.ref, row)
        if other is row:
            continue
        for one, two in ((row, other), (other, row)):
            params = {"value": str(row.ref), "row": two.position}
            one.faults.append(Fault(one.cells["ref"], "cell_ref_twice", params))
