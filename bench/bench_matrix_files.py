"""A published edition written as every file, at 1, 4 and 16 times its size.

Each is written once: what takes seconds needs no rounds. Memory is the most that this process, or
the one that sets a PDF, has held so far.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from bench.harness import Candidates
from config import Settings
from portal.application import create_app
from portal.domain.responses import Disposition
from portal.formats.matrix_files.edition import Cells, Edition
from portal.formats.matrix_files.writing import format_of, write
from tests.formats.matrix_rows import EDITION, row

TEXT = (
    "نقترح تعديل نص هذه المادة بحيث تلتزم الجهة بنشر مصفوفة الردود خلال ثلاثين يوماً من إغلاق باب "
    "المشاركة وأن تبين أسباب عدم الأخذ بأي ملاحظة مع الإشارة إلى موضع التعديل في النسخة اللاحقة"
)
KINDS = 200  # different rows; a file is these over and over


def _say(chance: random.Random, number: int) -> str:
    return " ".join(chance.choices(TEXT.split(), k=number))


def _rows() -> list[Cells]:
    chance = random.Random(7)  # noqa: S311 (the same rows each time)
    found = []
    for number in range(KINDS):
        changed = number % 3 == 0
        found.append(
            row(
                str(number + 1),
                _say(chance, chance.randint(12, 60)),
                quoted_text=[_say(chance, 9)] if number % 2 else [],
                proposed_text=[_say(chance, 15)] if changed else [],
                grounds=[_say(chance, 10)] if changed else [],
                submitter="سلمى (مثال)" if number % 2 else "",
                disposition=list(Disposition)[number % 13].value,
                response={"ar": _say(chance, 20), "en": "The text was changed." * (number % 2)},
                text_before=[_say(chance, 12)] if changed else [],
                text_after=[_say(chance, 14)] if changed else [],
            )
        )
    return found


def _edition(size: int) -> Edition:
    return replace(EDITION, counts={**EDITION.counts, "received": size, "dispositions": {}})


def _measure(name: str, sizes: tuple[int, ...]) -> Candidates:
    app = create_app(Settings.from_environment({"PORTAL_DATA": tempfile.mkdtemp()}))
    kinds = _rows()

    def rows(size: int) -> Iterator[Cells]:
        return islice(cycle(kinds), size)

    with app.app_context(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for size in (100, *sizes):  # the first one warms up
            edition = _edition(size)
            begun, computed = perf_counter(), _computed()
            write(format_of(name, edition), edition, partial(rows, size), "ar", path)
            _tell(size, perf_counter() - begun, _computed() - computed, path.stat().st_size)
    return {}


def _computed() -> float:
    """Seconds of processor that this process and those it asked have used: load does not count."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _tell(size: int, seconds: float, computed: float, written: int) -> None:
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    sys.stdout.write(
        f"  {size:7} rows {seconds:7.2f} s by the clock, {computed:6.2f} s computed, "
        f"{size / computed:7.0f} rows/s computed, "
        f"{written / 1e6:8.1f} MB written, {most / 1024:6.0f} MB held\n"
    )


def csv() -> Candidates:
    """CSV, streamed."""
    return _measure("csv", (6_250, 25_000, 100_000))


def json() -> Candidates:
    """JSON, streamed."""
    return _measure("json", (6_250, 25_000, 100_000))


def xlsx() -> Candidates:
    """XLSX with formats, filters, summary and key."""
    return _measure("xlsx", (6_250, 25_000, 100_000))


def data() -> Candidates:
    """The same rows as XLSX without styles."""
    return _measure("data", (6_250, 25_000, 100_000))


def iso() -> Candidates:
    """The commenting template as XLSX."""
    return _measure("iso", (6_250, 25_000, 100_000))


def docx() -> Candidates:
    """DOCX."""
    return _measure("docx", (125, 500, 2_000))


def pdf() -> Candidates:
    """PDF, in a process of its own."""
    return _measure("pdf", (125, 500, 2_000))
