"""CSV: UTF-8 with BOM, so that a spreadsheet shows the Arabic; RFC 4180; no live formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import edition_words
from portal.formats.row_words import RowWords
from portal.formats.spreadsheets import harmless

PORTION = 500  # rows


class _Lines(list[str]):
    """What the csv module writes to: keeps lines until they are sent."""

    write = list.append


def stream_csv(edition: Edition, rows: Rows, language: FileLanguage) -> Iterator[bytes]:
    """The columns of the matrix, and last the edition and its standing: a row says whose it is."""
    words = RowWords(language)
    lines = _Lines()
    writer = csv.writer(lines)
    title, standing = edition_words(edition, language)
    writer.writerow([*(words.titles[column] for column in COLUMNS), title])
    yield b"\xef\xbb\xbf"
    for number, cells in enumerate(rows(), start=1):
        writer.writerow([harmless(text) for text in (*words.texts(cells), standing)])
        if number % PORTION == 0:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
