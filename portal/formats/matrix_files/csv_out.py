"""CSV: UTF-8 with BOM, so that a spreadsheet shows the Arabic; RFC 4180; no live formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.differences import heads
from portal.formats.matrix_files.differences import lines as difference_lines
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import edition_words, said
from portal.formats.row_words import RowWords, safe
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
    title, standing = edition_words(edition, language)
    head = [*(words.titles[column] for column in COLUMNS), title]
    return _portions(head, ((*words.texts(cells), standing) for cells in rows()))


def stream_differences(edition: Edition, _rows: Rows, language: FileLanguage) -> Iterator[bytes]:
    """What a corrigendum changes: beside the rows, of which each has one line in the other file.

    Last the edition and why it corrects; nothing but the head for an edition that corrects none.
    """
    title, standing = edition_words(edition, language)
    why = said(language, lambda: _("Reason"))
    reason = safe(edition.reason)
    head = [*heads(language), title, why]
    lines = difference_lines(edition, language)
    return _portions(head, ((*line, standing, reason) for line in lines))


def _portions(head: Iterable[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(head)
    yield b"\xef\xbb\xbf"
    for number, texts in enumerate(rows, start=1):
        if not FORMULA.isdisjoint([text[:1] for text in texts]):
            texts = [harmless(text) for text in texts]
        lines.add(writer, texts)
        if number % PORTION == 0:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
