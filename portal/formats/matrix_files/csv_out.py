"""CSV: UTF-8 with BOM, so that a spreadsheet shows the Arabic; RFC 4180; no live formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import edition_words
from portal.formats.row_words import RowWords
from portal.formats.spreadsheets import FORMULA, harmless

PORTION = 500  # rows


class _Lines(list[str]):
    """What the csv module writes to: keeps lines until they are sent."""

    write = list.append

    def add(self, writer: Any, texts: Sequence[str]) -> None:
        """A row by `writer`, or as it is where no text of it needs quotes: that is quickly seen."""
        line = ",".join(texts)
        plain = line.count(",") == len(texts) - 1 and not (
            '"' in line or "\n" in line or "\r" in line
        )
        if plain:
            self.append(f"{line}\r\n")
        else:
            writer.writerow(texts)


def stream_csv(edition: Edition, rows: Rows, language: FileLanguage) -> Iterator[bytes]:
    """The columns of the matrix, and last the edition and its standing: a row says whose it is."""
    words = RowWords(language)
    lines = _Lines()
    writer = csv.writer(lines)
    title, standing = edition_words(edition, language)
    writer.writerow([*(words.titles[column] for column in COLUMNS), title])
    yield b"\xef\xbb\xbf"
    for number, cells in enumerate(rows(), start=1):
        texts = words.texts(cells)
        texts.append(standing)
        if not FORMULA.isdisjoint([text[:1] for text in texts]):
            texts = [harmless(text) for text in texts]
        lines.add(writer, texts)
        if number % PORTION == 0:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
