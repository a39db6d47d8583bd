"""The sheets beside the rows of the matrix: the summary of its edition, and its key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.formats.matrix_files.edition import FileLanguage
from portal.formats.matrix_files.key import key
from portal.formats.matrix_files.standing import Count, Standing

GREEN, PALE, ROSE, HAIR = "#0F5B46", "#E4EFE9", "#9B3B3B", "#D5D5CC"
FONT = "Arial"  # on every machine, with Arabic


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of cells, by what they are for."""

    head: Any
    right: Any
    left: Any
    strong: Any
    bare: Any
    plain: Any
    title: Any
    mark: Any
    label: Any
    number: Any
    rtl: bool


def looks(book: Any, *, rtl: bool) -> Looks:
    """The formats of a workbook; `rtl`: what has no direction of its own runs from the right."""
    order = 2 if rtl else 1
    side = "right" if rtl else "left"
    base = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"}
    row = {**base, "bottom": 1, "bottom_color": HAIR}

    def add(**more: object) -> Any:
        return book.add_format({**base, "reading_order": order, "align": side, **more})

    return Looks(
        head=add(bold=True, bg_color=PALE, font_color=GREEN, border=1, border_color=HAIR),
        right=book.add_format({**row, "reading_order": 2, "align": "right"}),
        left=book.add_format({**row, "reading_order": 1, "align": "left"}),
        strong=add(**{**row, "bold": True}),
        bare=book.add_format({"font_name": FONT, "font_size": 10}),
        plain=add(**row),
        title=add(bold=True, font_size=16, font_color=GREEN),
        mark=add(bold=True, font_color=ROSE, border=1, border_color=ROSE),
        label=add(bold=True, font_color=GREEN),
        number=add(align="center"),
        rtl=rtl,
    )


def add_summary(sheet: Any, around: Standing, look: Looks) -> None:
    """Whose matrix, which edition, and its numbers."""
    _ready(sheet, look, (34, 60, 12))
    sheet.merge_range(0, 0, 0, 2, around.heading, look.title)
    at = 1
    if around.mark:
        sheet.merge_range(at, 0, at, 2, around.mark, look.mark)
        sheet.set_row(at, 36)
        at += 1
    labels = around.labels
    facts = (
        (labels["body"], around.body),
        (labels["consultation"], around.title),
        (labels["edition"], around.edition),
        (labels["published"], around.published),
        (labels["reason"], around.reason),
        (labels["fingerprint"], around.digest),
        (labels["address"], around.address),
    )
    for label, text in facts:
        if text:
            sheet.write_string(at, 0, label, look.label)
            sheet.merge_range(at, 1, at, 2, "", look.plain)
            sheet.write_string(at, 1, text, look.plain)
            at += 1
    for title, counts in (
        (labels["counts"], around.counts),
        (labels["dispositions"], around.dispositions),
        (labels["classes"], around.classes),
    ):
        at = _numbers(sheet, at + 1, title, counts, around, look)
    sheet.merge_range(at + 1, 0, at + 1, 2, around.not_a_vote, look.plain)
    sheet.set_row(at + 1, 36)


def _numbers(
    sheet: Any, at: int, title: str, counts: Iterable[Count], around: Standing, look: Looks
) -> int:
    """A small table; gives the row after it."""
    counts = list(counts)
    if not counts:
        return at
    shares = any(count.share is not None for count in counts)
    heads = (title, around.labels["number"], around.labels["share"] if shares else "")
    for column, head in enumerate(heads):
        sheet.write_string(at, column, head, look.head)
    for count in counts:
        at += 1
        sheet.write_string(at, 0, count.words, look.plain)
        sheet.write_number(at, 1, count.number, look.number)
        if count.share is not None:
            sheet.write_string(at, 2, f"{count.share}%", look.number)
    return at + 1


def add_key(sheet: Any, around: Standing, language: FileLanguage, look: Looks) -> None:
    """What every column and code means."""
    _ready(sheet, look, (24, 36, 80))
    at = 0
    for section in key(language):
        heads = (section.title, around.labels["word"], around.labels["meaning"])
        for column, head in enumerate(heads):
            sheet.write_string(at, column, head, look.head)
        for entry in section.entries:
            at += 1
            for column, text in enumerate(entry):
                sheet.write_string(at, column, text, look.plain)
        at += 2


def _ready(sheet: Any, look: Looks, widths: tuple[int, ...]) -> None:
    if look.rtl:
        sheet.right_to_left()
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
