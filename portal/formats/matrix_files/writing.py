"""The formats of the matrix: how each is called, whether it costs much, and what writes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from portal.formats.matrix_files.csv_out import stream_csv, stream_differences
from portal.formats.matrix_files.docx_out import write_docx
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.iso_out import write_iso
from portal.formats.matrix_files.json_out import stream_json
from portal.formats.matrix_files.pdf_out import PARTED, write_pdf
from portal.formats.matrix_files.xlsx_out import write_data, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Up to so many rows a heavy format is written while the reader waits: a second or two.
AT_ONCE = 300

_HERE = Path(__file__).parent
_TOOLS = ("typst", "python-docx", "xlsxwriter", "fontpkg-amiri", "fontpkg-ibm-plex-sans-arabic")

Write = Callable[[Edition, Rows, FileLanguage, Path], None]
Stream = Callable[[Edition, Rows, FileLanguage], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the matrix.

    Light ones have `stream`: portions of bytes as the rows are read, in constant memory. Heavy ones
    have `write`, which leaves the file at a path; an edition of many rows is written in a job and
    kept.
    """

    extension: str
    media_type: str
    write: Write | None = None
    stream: Stream | None = None

    @property
    def heavy(self) -> bool:
        return self.stream is None


FORMATS: dict[str, Format] = {
    "xlsx": Format("xlsx", XLSX, write=write_xlsx),
    "docx": Format("docx", DOCX, write=write_docx),
    "pdf": Format("pdf", "application/pdf", write=write_pdf),
    "csv": Format("csv", "text/csv; charset=utf-8", stream=stream_csv),
    "differences": Format("differences.csv", "text/csv; charset=utf-8", stream=stream_differences),
    "json": Format("json", "application/json", stream=stream_json),
    "data": Format("data.xlsx", XLSX, write=write_data),
    "iso": Format("iso.xlsx", XLSX, write=write_iso),
}
# As in addresses; a PDF of several parts is asked for as one.
EXTENSIONS = {format.extension: name for name, format in FORMATS.items()}
PARTED_PDF = Format("pdf.zip", "application/zip", write=write_pdf)


def format_of(name: str, edition: Edition) -> Format:
    """The format of that name for this edition: a PDF of very many rows is several, in a zip.

    Raises KeyError.
    """
    return PARTED_PDF if name == "pdf" and edition.rows > PARTED else FORMATS[name]


def in_job(format: Format, edition: Edition) -> bool:
    """Does this file take so long that it is written in a job and kept?"""
    return format.heavy and edition.rows > AT_ONCE


def file_key(edition: Edition, format: Format, language: FileLanguage) -> str:
    """What a file is kept under: it changes with the edition, the language and the code."""
    whole = f"{edition!r} {edition.address(language)} {format.extension} {language} {code_digest()}"
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def code_digest() -> str:
    """A digest of all that writes: this folder and those it draws on, libraries and fonts."""
    digest = hashlib.sha256()
    for folder in (_HERE, _HERE.parent, _HERE.parent / "draft_files"):
        for file in sorted(folder.glob("*.*")):
            digest.update(file.read_bytes())
    digest.update(" ".join(f"{tool} {version(tool)}" for tool in _TOOLS).encode())
    return digest.hexdigest()


def write(format: Format, edition: Edition, rows: Rows, language: FileLanguage, path: Path) -> None:
    """Leave the file at `path`; what was there is replaced. Needs an application context."""
    if format.write is not None:
        format.write(edition, rows, language, path)
        return
    assert format.stream is not None  # noqa: S101 (a format has one of the two)
    with path.open("wb") as file:
        file.writelines(format.stream(edition, rows, language))
