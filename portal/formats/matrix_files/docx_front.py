"""The title page of a DOCX: whose matrix, which edition, its numbers, and where it is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from portal.formats.matrix_files.docx_package import TEXT_WIDTH
from portal.formats.matrix_files.docx_rows import open_table, paragraph, row
from portal.formats.matrix_files.printed import labels
from portal.formats.matrix_files.standing import Count, Standing

# The widths of that table in hundredths, with a gap in the middle.
SHARES = (30, 9, 9, 4, 30, 9, 9)
SIGNED = ("name", "office", "signature", "date")
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


def front(around: Standing, *, from_right: bool) -> str:
    """Everything before the rows; the table begins on a page of its own."""

    def said(text: str, style: str) -> str:
        return paragraph(labels(text, from_right), style) if text else ""

    said_of = around.labels
    reason = f"{said_of['reason']}: {around.reason}" if around.reason else ""
    parts = (
        said(around.body, "Body"),
        said(around.heading, "Title"),
        said(around.title, "Subtitle"),
        said(around.edition, "Edition"),
        said(around.published, "Dated"),
        said(around.mark, "Mark"),
        said(reason, "Reason"),
        _numbers(around.counts, from_right),
        _GAP,
        _shares(around, from_right),
        said(around.not_a_vote, "Small"),
        _signature(said_of, from_right),
        said(
            f"{said_of['fingerprint']}: {around.digest} · {said_of['address']}: {around.address}",
            "Small",
        ),
        # A table cannot begin a page; the paragraph before it can.
        '<w:p><w:pPr><w:pStyle w:val="Gap"/><w:pageBreakBefore/></w:pPr></w:p>',
    )
    return "".join(parts)


def _numbers(counts: Sequence[Count], from_right: bool) -> str:
    """The figures beside one another, each above what it counts."""
    if not counts:
        return ""
    widths = [TEXT_WIDTH // len(counts)] * len(counts)
    cells = (
        paragraph(labels(str(count.number), from_right), "Figure")
        + paragraph(labels(count.words, from_right), "Counted")
        for count in counts
    )
    return f"{open_table(widths, from_right=from_right, lines=False)}{row(cells, widths)}</w:tbl>"


def _shares(around: Standing, from_right: bool) -> str:
    """Dispositions beside classes of submitter, with their numbers and shares."""
    said_of = around.labels
    if not around.dispositions and not around.classes:
        return ""
    widths = [TEXT_WIDTH * part // 100 for part in SHARES]
    titles = ("number", "share")
    heads = [
        *(said_of["dispositions"], *(said_of[title] for title in titles), ""),
        *(said_of["classes"], *(said_of[title] for title in titles)),
    ]
    rows = [[*_counted(one), "", *_counted(other)] for one, other in _beside(around)]
    table = row([_small(head, "Cellhead", from_right) for head in heads], widths, head=True)
    for texts in rows:
        table += row([_small(text, "Line", from_right) for text in texts], widths)
    return f"{open_table(widths, from_right=from_right, lines=False, padding=12)}{table}</w:tbl>"


def _beside(around: Standing) -> Iterator[tuple[Count | None, Count | None]]:
    return zip_longest(around.dispositions, around.classes)


def _counted(count: Count | None) -> tuple[str, str, str]:
    return (count.words, str(count.number), f"{count.share}%") if count else ("", "", "")


def _small(text: str, style: str, from_right: bool) -> str:
    return paragraph(labels(text, from_right), style)


def _signature(said_of: dict[str, str], from_right: bool) -> str:
    """Four places to be filled in by hand."""
    widths = [TEXT_WIDTH // len(SIGNED)] * len(SIGNED)
    cells = (
        paragraph(labels(said_of[name], from_right), "Label")
        + paragraph(labels("." * 40, from_right), "Signhere")
        for name in SIGNED
    )
    table = f"{open_table(widths, from_right=from_right, lines=False)}{row(cells, widths)}</w:tbl>"
    return paragraph(labels(said_of["signed"], from_right), "Cellstrong") + table
