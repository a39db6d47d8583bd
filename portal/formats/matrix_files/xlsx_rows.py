"""The rows of big sheets as XML, laid into a workbook that XlsxWriter made around them.

Cell by cell through a library 100,000 rows take minutes; as lines of XML, seconds, in constant
memory (docs/performance.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from portal.formats.spreadsheets import CELL_LIMIT, fitting

PORTION = 200  # rows
LINE, HIGHEST = 13, 409  # points
SHEET = "xl/worksheets/sheet{}.xml"
CLOSED = "</t></is></c>"
APART = "\x00"  # in no text of a row (`row_words.safe`)
_STYLE = re.compile(rb'<c r="[A-Z]+2" s="(\d+)"/>')
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
# A text in a workbook may write a character by its code; one that only looks so is kept apart.
_LIKE_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STAMP = (1980, 1, 1, 0, 0, 0)


class Row(NamedTuple):
    """The texts of a row, and the style of each by its name; without any, none has one."""

    texts: Sequence[str]
    styles: Sequence[str] = ()


class Laid(NamedTuple):
    """The rows of a sheet by its number in the workbook; `widths` of columns in characters."""

    number: int
    widths: tuple[int, ...]
    rows: Iterable[Row]


def lay_in(
    path: Path, made: Callable[[list[int]], bytes], styles: tuple[str, ...], sheets: Sequence[Laid]
) -> None:
    """Write the workbook that `made` gives for numbers of rows, with the rows of each sheet in it.

    In those sheets row 1 is the head and row 2 a sample: an empty cell for each of `styles`, in
    their order, which the rows take the place of; the last is also for what is empty. `widths`
    give the height of each row that has styles. The same rows give the same bytes.
    """
    counts = [0] * len(sheets)
    empty = made(counts)
    names = [SHEET.format(laid.number) for laid in sheets]
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for at, laid in enumerate(sheets):
            with book.open(_info(names[at]), "w", force_zip64=True) as sheet:
                counts[at] = _lay(sheet, empty, styles, laid)
                # What follows the rows says how many there are, and nothing of the other sheets.
                sheet.write(_parts(made(counts), names[at])[2])
        _others(made(counts), book, names)


def _lay(sheet: IO[bytes], empty: bytes, styles: tuple[str, ...], laid: Laid) -> int:
    """Write the head and the rows; gives how many there were."""
    counted = 0

    def lines() -> Iterator[bytes]:
        nonlocal counted
        head, numbers, _tail = _parts(empty, SHEET.format(laid.number))
        yield _DIMENSION.sub(b"", head)
        opened = {
            name: f'<c s="{number.decode()}" t="inlineStr"><is><t xml:space="preserve">'
            for name, number in zip(styles, numbers, strict=True)
        }
        opened["empty"] = f'<c s="{numbers[-1].decode()}"/>'
        portion: list[str] = []
        for row in laid.rows:
            portion.append(_row(row, opened, laid.widths))
            if len(portion) == PORTION:
                counted += PORTION
                yield "".join(portion).encode()
                portion.clear()
        counted += len(portion)
        yield "".join(portion).encode()

    _pressed_beside(sheet, lines())
    return counted


def _pressed_beside(sheet: IO[bytes], portions: Iterable[bytes]) -> None:
    """Compress and write each portion while the next is being made: two cores share the work."""
    with ThreadPoolExecutor(1) as aside:
        written: Future[int] | None = None
        for portion in portions:
            if written is not None:
                written.result()
            written = aside.submit(sheet.write, portion)
        if written is not None:
            written.result()


def _row(row: Row, opened: dict[str, str], widths: tuple[int, ...]) -> str:
    texts = _escaped(row.texts)
    if not row.styles:
        begun = opened["bare"]
        return f"<row>{begun}{f'{CLOSED}{begun}'.join(texts)}{CLOSED}</row>"
    empty = opened["empty"]
    cells = "".join(
        [
            f"{opened[style]}{text}{CLOSED}" if text else empty
            for style, text in zip(row.styles, texts, strict=True)
        ]
    )
    # Not every program finds the height of wrapped text by itself when it opens a file.
    lines = max(
        [
            len(text) // width + 1 + text.count("\n")
            for text, width in zip(row.texts, widths, strict=True)
            if len(text) > width or "\n" in text
        ],
        default=1,
    )
    return f'<row ht="{min(LINE * lines + 3, HIGHEST)}">{cells}</row>'


def _escaped(texts: Sequence[str]) -> list[str]:
    """Texts as XML holds them, all at once: one by one they would cost most of the time."""
    joined = APART.join(texts)
    if len(joined) > CELL_LIMIT // 2:
        joined = APART.join(map(fitting, texts))
    if "&" in joined or "<" in joined or ">" in joined:
        joined = joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "_x" in joined:
        joined = _LIKE_CODE.sub("_x005F_", joined)
    return joined.split(APART)


def _parts(book: bytes, name: str) -> tuple[bytes, list[bytes], bytes]:
    """Of that sheet: all before the sample row, the numbers of its styles, all after."""
    with ZipFile(BytesIO(book)) as made:
        sheet = made.read(name)
    head, row, rest = sheet.partition(b'<row r="2"')
    sample, end, tail = rest.partition(b"</sheetData>")
    return head, _STYLE.findall(row + sample), end + tail


def _others(whole: bytes, book: ZipFile, laid: Sequence[str]) -> None:
    with ZipFile(BytesIO(whole)) as made:
        for name in made.namelist():
            if name not in laid:
                book.writestr(_info(name), made.read(name))


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _STAMP)
    info.compress_type = ZIP_DEFLATED
    return info
