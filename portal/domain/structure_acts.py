"""Acts on a provision itself: its kind, its number, its words; and on characters nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.domain.draft_markers import find_marker
from portal.domain.draft_numbers import at_place, place
from portal.domain.drafts import ProvisionKind
from portal.domain.errors import DomainError
from portal.domain.provision_ids import COUNTED
from portal.domain.structure import Placed, Row, Rows, before, checked, end_of, may_hold, parent_of
from portal.domain.structure_moves import deeper, is_division, lifted
from portal.domain.structure_numbers import marker_of, number_of_kind, typed_number
from portal.domain.structure_splits import words_of
from portal.domain.text import Hidden, refuse_unsafe, reveal

LIMITS = {"number": 40, "heading": 500, "heading_en": 500, "text": 100_000, "text_en": 100_000}
WORDS = ("heading", "text", "heading_en", "text_en")


def renumber(rows: Rows, at: int, typed: str) -> Placed:
    """Give a provision the number that was typed, its marker with it; none takes both away.

    Raises `number_needless` for plain text, `text_long` and those of `refuse_unsafe`.
    """
    row, number = rows[at], typed_number(typed)
    if row.kind in COUNTED and number:
        raise DomainError("number_needless", field="number")
    _check("number", number)
    return Placed((*rows[:at], _with_number(row, number), *rows[at + 1 :]), at)


def _with_number(row: Row, number: str) -> Row:
    if number == row.number:
        return row
    return replace(row, number=number, marker=marker_of(row.kind, number, row.marker))


def number_on(rows: Rows, at: int, typed: str) -> Placed:
    """Give that number, and to all that follow of its kind the next ones.

    Articles are numbered through the whole draft, all else in its own list; what has no number or
    was put in between later (`5 مكرر`) keeps it. Raises `number_unread` besides.
    """
    placed = renumber(rows, at, typed)
    first = placed.rows[at]
    reached = place(first.number)
    if reached is None:
        raise DomainError("number_unread", field="number")
    new = list(placed.rows)
    for each in _following(rows, at):
        if place(new[each].number):
            reached += 1
            new[each] = _with_number(new[each], at_place(reached, first.number))
    return Placed(tuple(new), at)


def _following(rows: Rows, at: int) -> Iterator[int]:
    through = rows[at].kind is ProvisionKind.ARTICLE
    for each in range(at + 1, len(rows)):
        if not through and rows[each].depth < rows[at].depth:
            return
        if rows[each].kind is rows[at].kind and (through or rows[each].depth == rows[at].depth):
            yield each


def change_kind(rows: Rows, at: int, kind: ProvisionKind) -> Placed:
    """Make it another kind of provision, numbered at the same place in that kind's manner.

    As plain text it takes its marker and heading back into its words. An article is lifted out of
    the article it stood in; what is no division any more goes under the one before. Nothing moves
    in reading order. Raises `structure_table`, `structure_nesting`.
    """
    row = rows[at]
    if kind is row.kind:
        return Placed(rows, at)
    if kind is ProvisionKind.TABLE and not _is_table(row):
        raise DomainError("structure_not_a_table")
    changed = (*rows[:at], _as(row, kind, _turn(rows, at, kind)), *rows[at + 1 :])
    return checked(rows, Placed(_hung(changed, at, was_division=is_division(row)), at))


def _is_table(row: Row) -> bool:
    """Rows and nothing else: what has a marker or a heading would lose it as a table."""
    bare = not (row.marker or row.heading)
    return bare and bool(row.text) and all(line[:1] == "|" for line in row.text.split("\n"))


def _turn(rows: Rows, at: int, kind: ProvisionKind) -> int:
    """The place in its list that a provision has, or would be given."""
    own = place(rows[at].number)
    up = before(rows, at)
    if own or up is None or rows[up].kind is not kind:
        return own or 1
    return (place(rows[up].number) or 0) + 1


def _as(row: Row, kind: ProvisionKind, turn: int) -> Row:
    if kind is ProvisionKind.TEXT:
        english = "\n".join(part for part in (row.heading_en, row.text_en) if part)
        return Row(kind, text=words_of(row), depth=row.depth, text_en=english)
    found = find_marker(row.text, 0)
    if row.kind is ProvisionKind.TEXT and found and found.kind is kind:
        marker, rest = row.text[: found.end].strip(), row.text[found.end :].strip()
        return replace(row, kind=kind, number=found.number, marker=marker, text=rest)
    if row.kind is ProvisionKind.TEXT and row.marker:  # the dash of an unnumbered list
        row = replace(row, text=words_of(row), marker="")
    if kind is ProvisionKind.TABLE:
        return replace(row, kind=kind, number="", marker="")
    number = number_of_kind(kind, turn)
    return replace(row, kind=kind, number=number, marker=marker_of(kind, number))


def _hung(rows: Rows, at: int, *, was_division: bool) -> Rows:
    """The rows with the one at `at` at a depth where its kind may stand."""
    row, up = rows[at], before(rows, at)
    if was_division and not is_division(row) and up is not None and is_division(rows[up]):
        end = end_of(rows, at)
        return rows[:at] + deeper(rows[at:end], 1) + rows[end:]
    depth, holder = row.depth, parent_of(rows, at)
    heads = is_division(row) or row.kind is ProvisionKind.ANNEX
    while heads and holder is not None and not may_hold(rows[holder].kind, row.kind):
        depth, holder = rows[holder].depth, parent_of(rows, holder)
    return lifted(rows, at, depth) if depth < row.depth else rows


@dataclass(frozen=True, slots=True)
class Words:
    """What a drafter says is written in a provision, in both languages."""

    heading: str
    text: str
    heading_en: str = ""
    text_en: str = ""


def correct(rows: Rows, at: int, words: Words) -> Placed:
    """Put other words in. Raises `provision_empty`, `text_long` and those of `refuse_unsafe`."""
    for field in WORDS:
        _check(field, getattr(words, field))
    new = replace(rows[at], **{field: getattr(words, field).strip() for field in WORDS})
    if not (new.number or new.heading or new.text):
        raise DomainError("provision_empty", field="text")
    return Placed((*rows[:at], new, *rows[at + 1 :]), at)


def _check(field: str, value: str) -> None:
    if len(value) > LIMITS[field]:
        raise DomainError("text_long", field=field, maximum=LIMITS[field])
    refuse_unsafe(value, field=field)


def count_unseen(rows: Rows) -> int:
    """How many characters that nobody sees stand in the provisions."""
    return sum(
        isinstance(piece, Hidden)
        for row in rows
        for field in ("marker", *WORDS)
        for piece in reveal(getattr(row, field))
    )


def without_unseen(rows: Rows) -> Rows:
    """The same without any character that nobody sees."""
    return tuple(
        replace(
            row,
            marker=_seen(row.marker),
            heading=_seen(row.heading),
            text=_seen(row.text),
            heading_en=_seen(row.heading_en),
            text_en=_seen(row.text_en),
        )
        for row in rows
    )


def _seen(text: str) -> str:
    return "".join(piece for piece in reveal(text) if isinstance(piece, str))
