"""The words of a version cut into runs that are set alike: under comments, deleted, inserted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from portal.domain.draft_comparison import Op, WordOp
from portal.domain.reading import Reading, Stretch
from portal.domain.table_grid import Grid, Run, grid


class Marked(NamedTuple):
    """Characters `start` up to `end` of the version are what comment `number` is about."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Typeset:
    """The runs of every heading and text, and the tables as cells of runs."""

    runs: Mapping[tuple[str, str], tuple[Run, ...]]
    grids: Mapping[str, Grid] = field(default_factory=dict)

    def of(self, eid: str, field: str) -> tuple[Run, ...]:
        """The runs of one field of a provision; none where it is empty."""
        return self.runs.get((eid, field), ())


def typeset(
    reading: Reading, marked: Iterable[Marked] = (), tables: Collection[str] = ()
) -> Typeset:
    """The version with the words under comments marked; `tables` are the ids of its tables.

    Runs end wherever the words of a comment begin or end, so that what overlaps stays legible.
    """
    runs = dict(_cut(reading, sorted(marked, key=lambda each: each.start)))
    grids = {eid: grid(runs[eid, "text"]) for eid in tables if (eid, "text") in runs}
    order = [run for stretch in reading.stretches for run in _shown(stretch, runs, grids)]
    begin: dict[int, int] = {}
    end: dict[int, int] = {}
    for run in order:
        for number in run.numbers:
            begin.setdefault(number, run.at)
            end[number] = run.at

    def ended(run: Run) -> Run:
        return run._replace(
            begins=tuple(each for each in run.numbers if begin.get(each) == run.at),
            ends=tuple(each for each in run.numbers if end.get(each) == run.at),
        )

    return Typeset(
        {key: tuple(map(ended, each)) for key, each in runs.items()},
        {eid: each.changed(ended) for eid, each in grids.items()},
    )


def _shown(
    stretch: Stretch, runs: Mapping[tuple[str, str], tuple[Run, ...]], grids: Mapping[str, Grid]
) -> Iterator[Run]:
    """What is really set of a stretch: of a table its cells, without the signs between them."""
    if stretch.field == "text" and stretch.eid in grids:
        yield from grids[stretch.eid].runs()
    else:
        yield from runs[stretch.eid, stretch.field]


def _cut(
    reading: Reading, marked: list[Marked]
) -> Iterator[tuple[tuple[str, str], tuple[Run, ...]]]:
    """Every stretch in runs; both it and what is marked are in order, so each is met once."""
    at, open_ = 0, list[Marked]()
    for stretch in reading.stretches:
        while at < len(marked) and marked[at].start < stretch.end:
            open_.append(marked[at])
            at += 1
        open_ = [each for each in open_ if each.end > stretch.start]
        borders = {stretch.start, stretch.end}
        for each in open_:
            borders |= {max(each.start, stretch.start), min(each.end, stretch.end)}
        edges = sorted(borders)
        yield (
            (stretch.eid, stretch.field),
            tuple(Run(reading.text[a:b], a, _over(open_, a, b)) for a, b in pairwise(edges)),
        )


def _over(open_: list[Marked], start: int, end: int) -> tuple[int, ...]:
    return tuple(sorted(each.number for each in open_ if each.start <= start and each.end >= end))


def typeset_change(
    reading: Reading, start: int, end: int, ops: Iterable[WordOp], tables: Collection[str] = ()
) -> Typeset:
    """The version with characters `start` up to `end` changed as `ops` say, the change marked.

    Deleted and equal words joined are what stands there now. Tables keep their cells where the
    change is outside of them.
    """
    runs = {
        (each.eid, each.field): list(_around(reading, each, start, end))
        for each in reading.stretches
    }
    touched = [each for each in reading.stretches if each.start < end and each.end > start]
    at = start
    for op in ops:
        if op.op is Op.INSERT:
            _put(runs, touched, at, Run(op.text, at, op=Op.INSERT))
            continue
        for stretch in touched:
            a, b = max(at, stretch.start), min(at + len(op.text), stretch.end)
            if a < b:
                run = Run(reading.text[a:b], a, op=op.op)
                runs[stretch.eid, stretch.field].append(run)
        at += len(op.text)
    set_ = {key: tuple(sorted(each, key=_in_order)) for key, each in runs.items()}
    whole = [eid for eid in tables if all(r.op is Op.EQUAL for r in set_.get((eid, "text"), ()))]
    return Typeset(set_, {eid: grid(set_[eid, "text"]) for eid in whole if (eid, "text") in set_})


def _in_order(run: Run) -> tuple[int, bool]:
    """What is inserted at a place stands before what was there."""
    return run.at, run.op is not Op.INSERT


def _around(reading: Reading, stretch: Stretch, start: int, end: int) -> Iterator[Run]:
    for a, b in ((stretch.start, min(start, stretch.end)), (max(end, stretch.start), stretch.end)):
        if a < b:
            yield Run(reading.text[a:b], a)


def _put(runs: dict[tuple[str, str], list[Run]], touched: list[Stretch], at: int, run: Run) -> None:
    """Lay inserted words into the stretch that they follow on."""
    there = [each for each in touched if each.start <= at] or touched[:1]
    if there:
        runs[there[-1].eid, there[-1].field].append(run)
