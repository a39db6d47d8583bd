"""Words cut into runs: nothing is lost, every comment's words are marked and no others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.draft_comparison import Op, word_changes
from portal.domain.reading import Provision, Reading, read
from portal.domain.table_grid import Run, grid
from portal.domain.typesetting import Marked, typeset, typeset_change

TABLE = "| الرسم | المبلغ |\n| --- | --- |\n| رخصة\\|تجديد | عشرة<br>دنانير |"
READING = read(
    (
        Provision("art_1", 0, "التسمية", "يسمى هذا النظام"),
        Provision("art_1__para_a", 1, "", "ويعمل به"),
        Provision("table_1", 0, "", TABLE),
    )
)


def said(runs: tuple[Run, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(run.text, run.numbers) for run in runs]


def test_overlapping_comments_are_cut_at_every_border() -> None:
    at = READING.text.index("هذا")
    set_ = typeset(READING, [Marked(4, at - 5, at + 3), Marked(2, at, at + 10)])
    assert said(set_.of("art_1", "text")) == [
        ("يسمى ", (4,)),
        ("هذا", (2, 4)),
        (" النظام", (2,)),
    ]
    first, both, last = set_.of("art_1", "text")
    assert (first.begins, first.ends) == ((4,), ())
    assert (both.begins, both.ends) == ((2,), (4,))
    assert (last.begins, last.ends) == ((), (2,))


def test_words_over_several_provisions_begin_and_end_once() -> None:
    end = READING.text.index("به") + 2
    set_ = typeset(READING, [Marked(7, 0, end)])
    runs = [set_.of("art_1", "heading"), set_.of("art_1", "text"), set_.of("art_1__para_a", "text")]
    assert [each[0].begins for each in runs] == [(7,), (), ()]
    assert [each[0].ends for each in runs] == [(), (), (7,)]
    assert all(each[0].numbers == (7,) for each in runs)


def test_a_table_is_cells_with_their_places() -> None:
    start = READING.text.index("المبلغ")
    set_ = typeset(READING, [Marked(1, start, READING.text.index("عشرة") + 4)], {"table_1"})
    cells = set_.grids["table_1"]
    assert [[[run.text for run in line] for line in cell] for cell in cells.head] == [
        [["الرسم"]],
        [["المبلغ"]],
    ]
    (row,) = cells.rows
    assert ["".join(run.text for line in cell for run in line) for cell in row] == [
        "رخصة|تجديد",
        "عشرةدنانير",
    ]
    assert len(row[1]) == 2, "a line break in a cell is one"
    for run in cells.runs():
        assert READING.text[run.at : run.at + len(run.text)] == run.text
    under = [run for run in cells.runs() if run.numbers]
    assert [run.text for run in under] == ["المبلغ", "رخصة", "|تجديد", "عشرة"]
    assert (under[0].begins, under[-1].ends) == ((1,), (1,))


def test_a_table_without_a_head_or_borders_is_rows_all_the_same() -> None:
    assert grid([Run("| أ | ب |\n| ج |")]).head == ()
    assert [len(row) for row in grid([Run("| أ | ب |\n| ج |")]).rows] == [2, 1]
    assert grid([Run("كلام بلا حدود")]).rows == (((((Run("كلام بلا حدود")),),),),)
    assert grid([]).rows == ()
    assert len(grid([Run("| | ب |")]).rows[0]) == 2, "an empty cell is a cell"


def test_a_change_is_set_in_the_article_that_it_changes() -> None:
    start = READING.text.index("هذا")
    ops = word_changes("هذا النظام\nويعمل", "هذه التعليمات\nويعمل")
    set_ = typeset_change(READING, start, start + 16, ops, {"table_1"})
    shown = [(run.op, run.text) for run in set_.of("art_1", "text")]
    assert shown == [
        (Op.EQUAL, "يسمى "),
        (Op.DELETE, "هذا النظام"),
        (Op.INSERT, "هذه التعليمات"),
    ]
    assert [run.text for run in set_.of("art_1__para_a", "text")] == ["ويعمل", " به"]
    assert "table_1" in set_.grids


words = st.text("اب ت\n", max_size=8)


def reading_of(texts: list[str]) -> Reading:
    return read(Provision(f"art_{n}", 0, "", text) for n, text in enumerate(texts))


@settings(max_examples=80)
@given(
    st.lists(words, min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=5),
)
def test_runs_are_the_text_and_every_character_is_under_its_comments(
    texts: list[str], places: list[tuple[int, int]]
) -> None:
    reading = reading_of(texts)
    marked = [
        Marked(number, start, min(start + length, len(reading.text)))
        for number, (start, length) in enumerate(places)
        if start < len(reading.text)
    ]
    set_ = typeset(reading, marked)
    for stretch in reading.stretches:
        runs = set_.of(stretch.eid, stretch.field)
        assert "".join(run.text for run in runs) == reading.text[stretch.start : stretch.end]
        for run in runs:
            for at in range(run.at, run.at + len(run.text)):
                assert run.numbers == tuple(m.number for m in marked if m.start <= at < m.end)
    for kind in ("begins", "ends"):
        found = [n for each in set_.runs.values() for run in each for n in getattr(run, kind)]
        assert len(found) == len(set(found)), "each comment begins and ends at one place"


@settings(max_examples=80)
@given(st.lists(words, min_size=1, max_size=4), st.integers(0, 30), st.integers(1, 20), words)
def test_a_change_set_in_a_text_keeps_all_words(
    texts: list[str], start: int, length: int, proposed: str
) -> None:
    reading = reading_of(texts)
    end = min(start + length, len(reading.text))
    if start >= end or not any(s.start < end and s.end > start for s in reading.stretches):
        return
    ops = word_changes(reading.text[start:end], proposed)
    set_ = typeset_change(reading, start, end, ops)
    runs = [r for s in reading.stretches for r in set_.of(s.eid, s.field)]
    kept = "".join(run.text for run in runs if run.op is not Op.INSERT)
    assert kept == "".join(reading.text[s.start : s.end] for s in reading.stretches)
    inserted = "".join(run.text for run in runs if run.op is Op.INSERT)
    assert inserted == "".join(op.text for op in ops if op.op is Op.INSERT)
