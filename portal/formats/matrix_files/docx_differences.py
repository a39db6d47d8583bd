"""The part at the end of a DOCX that says what a corrigendum changes, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from portal.formats.matrix_files.differences import Line, differences
from portal.formats.matrix_files.docx_package import TEXT_WIDTH
from portal.formats.matrix_files.docx_rows import open_table, paragraph, row
from portal.formats.matrix_files.edition import Edition, FileLanguage
from portal.formats.matrix_files.printed import CHANGE_WIDTHS, labels, lines

STYLES = ("Ref", "Fact", "Cellstrong", "Cell", "Cell")
WIDTHS = [TEXT_WIDTH * width // sum(CHANGE_WIDTHS) for width in CHANGE_WIDTHS]


def differing(edition: Edition, language: FileLanguage) -> Iterator[bytes]:
    """Nothing for an edition that corrects none."""
    changed = differences(edition, language)
    if changed is None:
        return
    right = language != "en"
    heads = (paragraph(labels(head, right), "Cellhead") for head in changed.heads)
    yield (
        paragraph(labels(changed.title, right), "Edition", page=True)
        + paragraph(lines(changed.reason, right), "Reason")
        + open_table(WIDTHS, from_right=right)
        + row(heads, WIDTHS, head=True)
    ).encode()
    for line in changed.lines():
        yield row(_cells(line, right), WIDTHS).encode()
    yield b"</w:tbl>"


def _cells(line: Line, right: bool) -> Iterator[str]:
    for at, (text, style) in enumerate(zip(line, STYLES, strict=True)):
        cut = lines if at > 2 else labels  # words of people, words of the portal
        yield paragraph(cut(text, right), style)
