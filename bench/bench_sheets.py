"""The spreadsheet of answers: written, and read back; 1, 4 and 16 times 1,250 rows."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from flask_babel import force_locale

from bench import scratch
from bench.harness import Candidates
from portal.domain.answer_rows import Filled, Now
from portal.domain.answer_sheets import READ_COLUMNS, Taken, Words, take
from portal.domain.matrices import Place
from portal.domain.row_refs import RowRef
from portal.formats.answer_sheets import About, Out, write_answers
from portal.formats.answer_words import PlaceName, words_of
from portal.formats.sheets_in import read_sheets

ROWS = (1_250, 5_000, 20_000)
ABOUT = About("bench", 0, datetime(2026, 11, 25, tzinfo=UTC))
PLACES = tuple(PlaceName(Place(2, f"art_{number}"), 1, 2) for number in range(1, 41))
COMMENT = "أقترح أن تكون المدة ثلاثين يوماً بدل خمسة عشر، فالجمعيات تستشير أعضاءها. (مثال) " * 3
FILLED = Filled("not_accepted", reason_ar="المدة كافية في رأي الجهة. (مثال)")


def _rows(count: int) -> list[Out]:
    read = dict.fromkeys(READ_COLUMNS, "")
    return [
        Out(
            {**read, "ref": str(number), "comment": COMMENT},
            FILLED if number % 2 else Filled(),
            Now(0, FILLED).token,
        )
        for number in range(1, count + 1)
    ]


def _written(count: int) -> bytes:
    with force_locale("ar"):
        return write_answers(ABOUT, _rows(count), PLACES)


def _read(data: bytes, words: Words, known: frozenset[RowRef]) -> list[Taken]:
    return take(read_sheets(data)[0], words, known)


def writing() -> Candidates:
    """The file that is given out."""
    scratch.app("sqlite", "bench_sheets")
    return {f"{count:,} rows": partial(_written, count) for count in ROWS}


def reading() -> Candidates:
    """The file that comes back: its cells, and what is wrong in them."""
    scratch.app("sqlite", "bench_sheets_in")
    words, candidates = words_of(PLACES), {}
    for count in ROWS:
        known = frozenset(RowRef(number) for number in range(1, count + 1))
        candidates[f"{count:,} rows"] = partial(_read, _written(count), words, known)
    return candidates
