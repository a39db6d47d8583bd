"""CSV: UTF-8 with BOM, so that a spreadsheet shows the Arabic; RFC 4180; no live formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from portal.domain.matrices import COLUMNS
from portal.formats.matrix_files.differences import heads
from portal.formats.matrix_files.differences import lines as difference_lines
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.standing import edition_words, said
from portal.formats.row_words import RowWords, safe
from portal.formats.spreadsheets import harmless

PORTION = 500  # rows


class _Lines(list[str]):
    """What the csv module writes to: keeps lines until they are sent."""

    write = list.append


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


def _portions(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(head)
    yield b"\xef\xbb\xbf"
    for number, texts in enumerate(rows, start=1):
        writer.writerow([harmless(text) for text in texts])
        if number % PORTION == 0:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()
