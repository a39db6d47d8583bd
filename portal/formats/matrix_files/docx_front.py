"""The title page of a DOCX: whose matrix, which edition, its numbers, and where it is signed."""

from __future__ import annotations

from collections.abc import Sequence

from portal.formats.matrix_files.docx_package import TEXT_WIDTH
from portal.formats.matrix_files.docx_rows import open_table, paragraph, row
from portal.formats.matrix_files.printed import lines
from portal.formats.matrix_files.standing import Count, Standing

SIGNED = ("name", "office", "signature", "date")
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


def front(around: Standing, *, from_right: bool) -> str:
    """Everything before the rows; the table begins on a page of its own."""

    def said(text: str, style: str) -> str:
        return paragraph(lines(text, from_right), style) if text else ""

    labels = around.labels
    reason = f"{labels['reason']}: {around.reason}" if around.reason else ""
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
        _signature(labels, from_right),
        said(f"{labels['fingerprint']}: {around.digest}", "Small"),
        said(f"{labels['address']}: {around.address}" if around.address else "", "Small"),
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
        paragraph(lines(str(count.number), from_right), "Figure")
        + paragraph(lines(count.words, from_right), "Counted")
        for count in counts
    )
    return f"{open_table(widths, from_right=from_right, lines=False)}{row(cells, widths)}</w:tbl>"


def _shares(around: Standing, from_right: bool) -> str:
    """Dispositions and classes of submitter with their numbers and shares."""
    labels = around.labels
    widths = [TEXT_WIDTH * part // 10 for part in (3, 1, 1)]
    made = ""
    for title, counts in (("dispositions", around.dispositions), ("classes", around.classes)):
        if not counts:
            continue
        heads = (labels[title], labels["number"], labels["share"])
        table = [row([_small(head, "CellHead", from_right) for head in heads], widths, head=True)]
        table += [
            row(
                [
                    _small(text, "Cell", from_right)
                    for text in (count.words, str(count.number), f"{count.share}%")
                ],
                widths,
            )
            for count in counts
        ]
        made += f"{open_table(widths, from_right=from_right)}{''.join(table)}</w:tbl>{_GAP}"
    return made


def _small(text: str, style: str, from_right: bool) -> str:
    return paragraph(lines(text, from_right), style)


def _signature(labels: dict[str, str], from_right: bool) -> str:
    """Four places to be filled in by hand."""
    widths = [TEXT_WIDTH // len(SIGNED)] * len(SIGNED)
    cells = (
        paragraph(lines(labels[name], from_right), "Label")
        + paragraph(lines("." * 40, from_right), "SignHere")
        for name in SIGNED
    )
    table = f"{open_table(widths, from_right=from_right, lines=False)}{row(cells, widths)}</w:tbl>"
    return paragraph(lines(labels["signed"], from_right), "Strong") + table
