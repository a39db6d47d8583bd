"""A line of CSV that needs no quotes is written without the csv module, and is the same line."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from portal.formats.matrix_files.csv_out import _Lines

TEXTS = st.lists(st.text(st.sampled_from('ab,;"\r\n\t =ملا'), max_size=4), min_size=2, max_size=5)


@given(TEXTS)
def test_it_is_the_line_of_the_csv_module(texts: list[str]) -> None:
    lines, kept = _Lines(), io.StringIO()
    lines.add(csv.writer(lines), texts)
    csv.writer(kept).writerow(texts)
    assert "".join(lines) == kept.getvalue()
