"""Where in a workshop report its recommendations begin, and whose names stand where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from portal.domain.participation_lines import HEADINGS, Line, LineKind

_NAMES_APART = re.compile(r"[،,؛/]|\s-\s")


@dataclass(frozen=True)
class Parts:
    """Positions in the list of lines.

    `start`: the first line of the recommendations. `people`: lines that name people, and the
    headings over them. `headings`: document headings that head something (a table of bodies or
    of people by document uses the same words as labels).
    """

    start: int
    people: frozenset[int]
    people_count: int
    first_people_line: int | None
    headings: tuple[int, ...]


def find_parts(lines: list[Line]) -> Parts:
    """Tell the parts of a report from each other; reads every line a constant number of times."""
    sections = _sections(lines)
    people = frozenset(at for at, section in enumerate(sections) if section is LineKind.PEOPLE)
    headings = tuple(
        at
        for at, line in enumerate(lines)
        if line.kind is LineKind.DOCUMENT and sections[at] is None
    )
    first = min(people, default=None)
    return Parts(
        start=_start(lines, headings),
        people=people,
        people_count=_count_people(lines, people),
        first_people_line=None if first is None else lines[first].number,
        headings=headings,
    )


def _sections(lines: list[Line]) -> list[LineKind | None]:
    """For each line, the list of people or of bodies that it belongs to, if any."""
    found: list[LineKind | None] = []
    current: LineKind | None = None
    labels: set[int | None] = set()
    content = 0
    after_blank = False
    for line in lines:
        if line.kind in (LineKind.PEOPLE, LineKind.BODIES):
            current, labels, content = line.kind, set(), 0
        elif line.kind is LineKind.DOCUMENT and _is_label(line, labels, content):
            labels.add(line.ordinal)
        elif line.kind in HEADINGS or (content and not labels and after_blank and _is_title(line)):
            current = None
        elif line.rest or line.kind is LineKind.TEXT:
            content += 1
        after_blank = line.kind is LineKind.BLANK
        found.append(current)
    return found


def _is_label(line: Line, labels: set[int | None], content: int) -> bool:
    """A document's name labels a row when rows began with one and it has not come before."""
    return line.ordinal not in labels if labels else content == 0


def _is_title(line: Line) -> bool:
    return line.kind is LineKind.TEXT and (":" not in line.text.rstrip(":"))


def _count_people(lines: list[Line], people: frozenset[int]) -> int:
    named = [lines[at] for at in sorted(people)]
    inline = sum(
        len(_NAMES_APART.findall(line.rest)) + 1
        for line in named
        if line.kind is LineKind.PEOPLE and line.rest
    )
    rows = sum(line.kind is LineKind.BULLET and bool(line.rest) for line in named)
    labelled = sum(line.kind is LineKind.DOCUMENT for line in named)
    plain = sum(line.kind is LineKind.TEXT for line in named)
    return inline + (rows or labelled or plain)


def _start(lines: list[Line], headings: tuple[int, ...]) -> int:
    """The report may list its documents first, and go through them afterwards."""
    opening = [at for at, line in enumerate(lines) if line.kind is LineKind.RECOMMENDATIONS]
    if not headings:
        return opening[0] if opening else 0
    bullets = _bullets_before(lines)
    run, previous = _discussed(lines, headings, bullets)
    later = next((at for at in opening if at > run[-1]), None)
    only_listed = previous < 0 and not _has_bullets(run, bullets)
    if later is not None and only_listed and not _heads_something(lines, run[-1]):
        return later
    return next((at for at in opening if previous < at < run[0]), run[0])


def _discussed(
    lines: list[Line], headings: tuple[int, ...], bullets: list[int]
) -> tuple[list[int], int]:
    """The first run of rising numbers that has bullets, else the last run.

    With it the position of the heading before that run (-1 where there is none). The bullets
    behind the last heading of a run do not count: the story of the day may follow a list.
    """
    runs = [[headings[0]]]
    for before, at in pairwise(headings):
        if (lines[at].ordinal or 0) <= (lines[before].ordinal or 0):
            runs.append([])
        runs[-1].append(at)
    for number, run in enumerate(runs[:-1]):
        alone = number > 0 and len(run) == 1
        reach = [*run, runs[number + 1][0]] if alone else run
        if _has_bullets(reach, bullets) or _heads_something(lines, run[0]):
            return run, runs[number - 1][-1] if number else -1
    return runs[-1], runs[-2][-1] if len(runs) > 1 else -1


def _bullets_before(lines: list[Line]) -> list[int]:
    counts = [0]
    for line in lines:
        counts.append(counts[-1] + (line.kind is LineKind.BULLET and bool(line.rest)))
    return counts


def _has_bullets(run: list[int], bullets: list[int]) -> bool:
    """Whether a bullet stands between the first and the last heading of `run`."""
    return bullets[run[-1]] > bullets[run[0]]


def _heads_something(lines: list[Line], at: int) -> bool:
    """Whether a bullet or an axis follows at once on the heading at `at`."""
    after = islice(lines, at + 1, None)
    kind = next((line.kind for line in after if line.kind is not LineKind.BLANK), None)
    return kind in (LineKind.BULLET, LineKind.AXIS, LineKind.INDICATORS)
