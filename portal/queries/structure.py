"""A version as the structure editor shows it, and what was done to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from portal.domain.draft_checks import numbering_warnings
from portal.domain.draft_places import lines_of, nearest, page_of
from portal.domain.draft_tree import DraftWarning
from portal.domain.drafts import DraftAct, ProvisionKind
from portal.domain.structure import Row, Rows, eids_of, tree_of
from portal.domain.structure_acts import count_unseen
from portal.models import DraftEdit, DraftVersion, User, db
from portal.models.structure import load_rows

FOLD_ABOVE = 400  # provisions that a page shows with their texts
WINDOW = 600  # rows on one page
BRIEF = 140


@dataclass(frozen=True, slots=True)
class EditorRow:
    """A provision in the list: its words, its line in the source and its page in a PDF (0: none),
    how much is folded in it."""

    eid: str
    row: Row
    line: int
    page: int
    folded: int = 0

    @property
    def text(self) -> str:
        """Its words, only their beginning where it is folded."""
        text = self.row.text
        return text if not self.folded or len(text) <= BRIEF else f"{text[:BRIEF]}…"


class Pointed(NamedTuple):
    """A warning and the provision it is about; `eid` is empty where there is none."""

    warning: DraftWarning
    eid: str
    page: int


@dataclass(frozen=True, slots=True)
class Editor:
    """A version laid out. `earlier` and `later` lead to rows that this page has no room for;
    `lines` are those of the source, from and up to, that belong beside what is shown."""

    rows: tuple[EditorRow, ...]
    total: int
    articles: int
    at: str
    earlier: str
    later: str
    folded: bool
    translated: bool
    unseen: int
    warnings: tuple[Pointed, ...]
    lines: tuple[int, int]


def load_editor(version: DraftVersion, at: str = "") -> Editor:
    """The rows of a version around the provision `at`. Above `FOLD_ABOVE` provisions, articles
    are folded but for the one that `at` stands in. One query."""
    rows = load_rows(version.id)
    eids = eids_of(rows)
    lines = lines_of(version.source, rows)
    chosen = eids.index(at) if at in eids else None
    units = _units(rows)
    folded = len(rows) > FOLD_ABOVE
    open_ = None if chosen is None else units[chosen]
    shown = [i for i in range(len(rows)) if not folded or units[i] == i or units[i] == open_]
    first, last = _window(shown, chosen)
    inside = _inside(units) if folded else {}
    return Editor(
        rows=tuple(
            EditorRow(
                eids[i],
                rows[i],
                lines[i],
                page_of(lines[i], version.page_lines),
                0 if units[i] == open_ else inside.get(i, 0),
            )
            for i in shown[first:last]
        ),
        total=len(rows),
        articles=sum(row.kind is ProvisionKind.ARTICLE for row in rows),
        at=at if chosen is not None else "",
        earlier=eids[shown[first - 1]] if first else "",
        later=eids[shown[last]] if last < len(shown) else "",
        folded=folded,
        translated=any(row.heading_en or row.text_en for row in rows),
        unseen=count_unseen(rows),
        warnings=tuple(_warnings(version, rows, eids, lines)),
        lines=_beside(lines, units, open_) if folded else (1, 0),
    )


def _units(rows: Rows) -> list[int]:
    """For each row that which it is folded into: its article or annex, or itself."""
    kinds = {ProvisionKind.ARTICLE, ProvisionKind.ANNEX}
    if not any(row.kind is ProvisionKind.ARTICLE for row in rows):
        kinds.add(ProvisionKind.SECTION)
    units, holder, depth = list[int](), 0, -1
    for at, row in enumerate(rows):
        if depth < 0 or row.depth <= depth:
            holder, depth = at, row.depth if row.kind in kinds else -1
        units.append(holder if depth >= 0 else at)
    return units


def _inside(units: list[int]) -> dict[int, int]:
    """How many rows each unit has beside itself."""
    counts: dict[int, int] = {}
    for at, unit in enumerate(units):
        counts[unit] = counts.get(unit, 0) + (unit != at)
    return counts


def _window(shown: list[int], chosen: int | None) -> tuple[int, int]:
    """The stretch of `shown` that one page has room for, around the chosen row."""
    if len(shown) <= WINDOW:
        return 0, len(shown)
    at = shown.index(chosen) if chosen in shown else 0
    first = max(0, min(at - WINDOW // 3, len(shown) - WINDOW))
    return first, first + WINDOW


def _beside(lines: list[int], units: list[int], open_: int | None) -> tuple[int, int]:
    """The lines of the open unit, up to those of the next; (0, 0) where none is open."""
    if open_ is None or not lines[open_]:
        return 0, 0
    after = (lines[at] for at, unit in enumerate(units) if unit > open_ and lines[at])
    return lines[open_], next((line for line in after if line > lines[open_]), 0)


def _warnings(
    version: DraftVersion, rows: Rows, eids: list[str], lines: list[int]
) -> list[Pointed]:
    """Those of the structure as it is now, then those of the file that still have a place."""
    found = [
        Pointed(warning, eids[warning.line - 1], page_of(lines[warning.line - 1], pages))
        for pages in (version.page_lines,)
        for warning in numbering_warnings(tree_of(rows))
    ]
    if not any(row.kind is ProvisionKind.ARTICLE for row in rows):
        found.append(Pointed(DraftWarning("no_article", 0, {}), "", 0))
    for kept in version.file_warnings:
        warning = DraftWarning(kept["code"], kept["line"], kept["params"])
        at = nearest(warning.line, lines)
        unread = warning.code == "number_unread"
        if not unread or _still(rows, warning):
            eid = "" if at is None else eids[at]
            found.append(Pointed(warning, eid, page_of(warning.line, version.page_lines)))
    return found


def _still(rows: Rows, warning: DraftWarning) -> bool:
    """Whether a heading that could not be read stands in the text as it did."""
    unread = warning.params.get("found", "")
    return any(unread in row.text or unread in row.heading for row in rows)


@dataclass(frozen=True, slots=True)
class EditView:
    """A correction in the list of what was done."""

    act: DraftAct
    eid: str
    at: datetime
    by: str | None
    undone: bool


def list_edits(version_id: int) -> tuple[EditView, ...]:
    """What was done to a working version, newest first. One query."""
    query = (
        select(DraftEdit.act, DraftEdit.eid, DraftEdit.at, User.name, DraftEdit.undone)
        .outerjoin(User, User.id == DraftEdit.by)
        .where(DraftEdit.version_id == version_id)
        .order_by(DraftEdit.number.desc())
    )
    found = db.session.execute(query)
    return tuple(EditView(DraftAct(row[0]), *row[1:]) for row in found)


@dataclass(frozen=True, slots=True)
class OneRow:
    """A provision on its own page."""

    eid: str
    row: Row
    page: int


def find_row(version: DraftVersion, eid: str) -> OneRow | None:
    """The provision of that id."""
    rows = load_rows(version.id)
    for at, each in enumerate(eids_of(rows)):
        if each == eid:
            line = lines_of(version.source, rows[: at + 1])[at]
            return OneRow(eid, rows[at], page_of(line, version.page_lines))
    return None
