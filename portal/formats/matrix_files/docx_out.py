"""DOCX: a title page to be signed, then the matrix as one table, landscape, right to left.

python-docx gives the package; everything in it is written as XML while the rows are read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from portal.formats.matrix_files.docx_differences import differing
from portal.formats.matrix_files.docx_front import front
from portal.formats.matrix_files.docx_package import MARKER, TEXT_WIDTH, prepare
from portal.formats.matrix_files.docx_rows import cell, open_table, paragraph, row
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.printed import WIDTHS, heads, labels, stacked
from portal.formats.matrix_files.standing import Standing, standing
from portal.formats.row_words import RowWords

BODY = "word/document.xml"
PORTION = 100  # rows
_STAMP = (1980, 1, 1, 0, 0, 0)


def write_docx(edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """The document; the same rows give the same bytes."""
    around = standing(edition, language)
    package = Document()
    prepare(package, edition, around, from_right=language != "en")
    saved = io.BytesIO()
    package.save(saved)
    with ZipFile(saved) as made, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=4) as target:
        for name in made.namelist():
            if name == BODY:
                before, _, after = made.read(name).partition(MARKER)
                with target.open(_info(name), "w", force_zip64=True) as body:
                    body.write(before)
                    body.writelines(_body(around, rows, language))
                    body.writelines(differing(edition, language))
                    body.write(after)
            else:
                target.writestr(_info(name), made.read(name))


def _body(around: Standing, rows: Rows, language: FileLanguage) -> Iterator[bytes]:
    words = RowWords(language)
    right = words.from_right
    widths = [TEXT_WIDTH * width // sum(WIDTHS) for width in WIDTHS]
    titles = (paragraph(labels(title, right), "Cellhead") for title in heads(words))
    yield front(around, from_right=right).encode()
    yield open_table(widths, from_right=right).encode()
    portion = [row(titles, widths, head=True)]
    for cells in rows():
        portion.append(row((cell(items, right) for items in stacked(cells, words)), widths))
        if len(portion) >= PORTION:
            yield "".join(portion).encode()
            portion.clear()
    yield "".join(portion).encode()
    yield b"</w:tbl>"


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _STAMP)
    info.compress_type = ZIP_DEFLATED
    return info
