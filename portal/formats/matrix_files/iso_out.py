"""The commenting template of ISO/IEC as XLSX: every row of the matrix in its eight columns.

Heads are the template's own in English, with Arabic above them where the file speaks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from portal.domain.citations import article_of
from portal.domain.comments import CommentType
from portal.domain.directions import runs_from_right
from portal.domain.matrices import COLUMNS
from portal.formats.iso_template import ISO_COLUMNS, ISO_TITLES, ISO_TYPES
from portal.formats.matrix_files.edition import Cells, Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import said, standing
from portal.formats.matrix_files.xlsx_out import Sheet, write_book
from portal.formats.matrix_files.xlsx_rows import Row
from portal.formats.row_words import RowWords, cited

WIDTHS = {"mb": 20, "line": 9, "clause": 16, "paragraph": 16, "type": 10}
# What a cell is put together of, in this order.
COMMENT = ("comment", "quoted_text", "grounds")
OBSERVED = ("response", "place_of_change", "text_after", "committee_opinion")


def write_iso(edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """The rows, and beside them the summary and the key of the matrix."""
    words = RowWords(language)
    titles = [_title(name, language) for name in ISO_COLUMNS]
    widths = tuple(WIDTHS.get(name, 52) for name in ISO_COLUMNS)
    sheet = Sheet("ISO-IEC", tuple(titles), widths, frozen=0, pages=1)

    def texts() -> Iterator[Row]:
        for cells in rows():
            said = iso_texts(cells, words)
            yield Row(said, [_style(text) for text in said])

    write_book(path, edition, standing(edition, language), sheet, texts(), language)


def _title(name: str, language: FileLanguage) -> str:
    return said(language, lambda: str(ISO_TITLES[name]))


def _style(text: str) -> str:
    return "right" if runs_from_right(text, otherwise=False) else "left"


def iso_texts(row: Cells, words: RowWords) -> list[str]:
    """A row of the matrix as the eight cells of the template."""
    text = dict(zip(COLUMNS, words.texts(row), strict=True))
    article = article_of(row["provision"])
    inner = row["provision"] and row["provision"] != article
    who = text["on_behalf_of"] or text["submitter"] or text["submitter_class"]
    return [
        f"{text['ref']} · {who}",
        "",  # a draft of law has no numbered lines
        cited(article, words) if article else text["provision"],
        text["provision"] if inner else "",
        ISO_TYPES[CommentType(row["comment_type"])],
        _joined(text, words, COMMENT),
        text["proposed_text"],
        "\n".join(part for part in (text["disposition"], _joined(text, words, OBSERVED)) if part),
    ]


def _joined(text: dict[str, str], words: RowWords, columns: tuple[str, ...]) -> str:
    """The first as it is, the others under their titles."""
    first, *others = columns
    rest = (f"{words.titles[column]}: {text[column]}" for column in others if text[column])
    return "\n".join(part for part in (text[first], *rest) if part)
