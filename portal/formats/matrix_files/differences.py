"""What a corrigendum changes, as lines: one source for the sheet, the part at the end, the CSV.

A line for each column in which a row differs; one for a row that was added, or is no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from portal.domain.editions import REMOVED, Difference, RowDifference
from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.edition import Edition, FileLanguage
from portal.formats.matrix_files.standing import said
from portal.formats.row_words import RowWords, safe

KINDS: dict[str, Callable[[], str]] = {
    Difference.ADDED: lambda: _("Added"),
    Difference.CHANGED: lambda: _("Changed"),
    REMOVED: lambda: _("Removed"),
}
HEADS: tuple[Callable[[], str], ...] = (
    lambda: _("Reference"),
    lambda: _("Difference"),
    lambda: _("Column"),
    lambda: _("Before"),
    lambda: _("After"),
)


class Line(NamedTuple):
    """A difference in words; `column` is empty where the whole row was added or removed."""

    ref: str
    kind: str
    column: str
    before: str
    after: str


class Differences(NamedTuple):
    """The words around the lines, and how the lines are read."""

    title: str
    reason: str
    heads: tuple[str, ...]
    lines: Callable[[], Iterator[Line]]


def differences(edition: Edition, language: FileLanguage) -> Differences | None:
    """What the edition changes in the one before; None where it corrects none."""
    if not edition.corrigendum:
        return None
    reason = said(language, lambda: _("Why this edition corrects the one before"))
    return Differences(
        title=said(language, lambda: _("What edition %(number)s changes", number=edition.number)),
        reason=f"{reason}: {safe(edition.reason)}",
        heads=heads(language),
        lines=lambda: lines(edition, language),
    )


def heads(language: FileLanguage) -> tuple[str, ...]:
    return tuple(said(language, head) for head in HEADS)


def lines(edition: Edition, language: FileLanguage) -> Iterator[Line]:
    """Rows added and changed in their order, then those removed. Needs an application context."""
    speak, full = RowWords(language), RowWords("both")
    kinds = {kind: said(language, words) for kind, words in KINDS.items()}
    for row in edition.changes():
        if row.before is None or row.after is None:
            yield Line(row.ref, kinds[row.kind], "", "", "")
        else:
            yield from _changed(row, kinds[row.kind], speak, full)


def _changed(row: RowDifference, kind: str, speak: RowWords, full: RowWords) -> Iterator[Line]:
    """In the language of the file; in both where only the words of the other differ."""
    before, after = speak.texts(row.before or {}), speak.texts(row.after or {})
    for column in row.columns:
        at = COLUMNS.index(column)
        pair = (before[at], after[at])
        if pair[0] == pair[1]:
            pair = (full.texts(row.before or {})[at], full.texts(row.after or {})[at])
        yield Line(row.ref, kind, speak.titles[column], *pair)
