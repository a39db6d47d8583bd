"""The recommendations of a workshop report: documents, axes and the bullets under each."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.participation_build import OpenAxis, OpenDocument, span
from portal.domain.participation_lines import Line, LineKind
from portal.domain.participation_report import Bullet, ReportWarning
from portal.domain.text import fold

# A heading with its title on the next line; anything longer is prose.
_TITLE_WORDS = 25
_SUBHEADING_WORDS = 8


class Body:
    """Reads lines in order; `documents` and `warnings` are complete after `read`."""

    def __init__(self, only_document: OpenDocument | None) -> None:
        self.documents: list[OpenDocument] = []
        self.warnings: list[ReportWarning] = []
        self._only_document = only_document
        self._by_number: dict[int | None, OpenDocument] = {}
        self._document: OpenDocument | None = None
        self._axis: OpenAxis | None = None
        self._indicators = False
        self._bullet: tuple[list[str], int] | None = None
        self._numbered = 0
        self._in_time_frame = False
        self._time_frames: list[int] = []
        self._activity = 0
        self._joined: list[int] = []
        self._left_out: list[int] = []
        self._untitled: OpenDocument | OpenAxis | None = None
        self._adjacent = False

    def read(self, lines: Iterable[Line]) -> None:
        """Take `lines` (without those that name people)."""
        acts = {
            LineKind.BLANK: self._blank,
            LineKind.BULLET: self._start_bullet,
            LineKind.DOCUMENT: self._start_document,
            LineKind.AXIS: self._start_axis,
            LineKind.RECOMMENDATIONS: self._section,
            LineKind.INDICATORS: self._section,
            LineKind.TIME_FRAME: self._time_frame,
            LineKind.ACTIVITY: self._activity_line,
        }
        for line in lines:
            acts.get(line.kind, self._text)(line)
            if line.kind is not LineKind.BLANK:
                self._adjacent = True
        self._end_bullet()
        self._end_left_out()
        self._warn_of_counts()

    def _blank(self, line: Line) -> None:
        # A bullet's text may stand on the line after its mark, never behind an empty line.
        self._end_bullet()
        self._adjacent = False

    def _start_document(self, line: Line) -> None:
        self._end_section()
        self._axis = None
        known = self._by_number.get(line.ordinal)
        if known:
            self._warn("document_repeated", line.number, number=line.ordinal)
            self._document = known
            return
        self._document = OpenDocument(line.ordinal, line.rest, line.number)
        self._by_number[line.ordinal] = self._document
        self.documents.append(self._document)
        self._untitled = None if line.rest else self._document

    def _start_axis(self, line: Line) -> None:
        self._end_section()
        self._axis = OpenAxis(line.ordinal, line.rest, line.number)
        self._open_document(line.number).axes.append(self._axis)
        self._untitled = None if line.rest else self._axis

    def _section(self, line: Line) -> None:
        self._end_section()
        self._indicators = line.kind is LineKind.INDICATORS
        if line.rest and not _introduces(line.rest):
            self._bullet = ([line.rest], line.number)

    def _time_frame(self, line: Line) -> None:
        indicators = self._indicators
        self._end_section()
        self._indicators = indicators
        self._in_time_frame = True
        self._activity = 0
        self._time_frames.append(line.number)

    def _activity_line(self, line: Line) -> None:
        if not self._in_time_frame or line.ordinal is None:
            self._text(line)
            return
        self._end_bullet()
        if line.ordinal > self._activity + 1:
            missing = span(self._activity + 1, line.ordinal - 1)
            self._warn("activity_missing", line.number, missing=missing, number=line.ordinal)
        self._activity = line.ordinal

    def _start_bullet(self, line: Line) -> None:
        if self._in_time_frame and line.ordinal is not None:
            self._activity_line(line)
            return
        self._end_bullet()
        self._end_left_out()
        self._in_time_frame, self._untitled = False, None
        self._bullet = ([line.rest] if line.rest else [], line.number)
        digits = line.marker.strip("().-–")
        if digits.isdecimal():
            self._check_number(int(digits), line.number)

    def _check_number(self, number: int, line: int) -> None:
        expected = self._numbered + 1
        if number not in (1, expected):
            self._warn("bullet_number_unexpected", line, number=number, expected=expected)
        self._numbered = number

    def _text(self, line: Line) -> None:
        if self._in_time_frame and self._adjacent:
            return
        self._in_time_frame = False
        if self._untitled and self._adjacent and _is_title(line):
            self._untitled.title = line.text
            self._untitled = None
        elif self._bullet and (line.indented or not _is_subheading(line)):
            if self._bullet[0]:
                self._joined.append(line.number)
            self._bullet[0].append(line.text)
        else:
            self._end_bullet()
            self._left_out.append(line.number)

    def _end_bullet(self) -> None:
        if self._bullet is None:
            return
        parts, line = self._bullet
        self._bullet = None
        if not parts:
            self._warn("empty_bullet", line)
            return
        axis = self._open_axis(line)
        kept = axis.indicators if self._indicators else axis.recommendations
        kept.append(Bullet(" ".join(parts), line))

    def _end_section(self) -> None:
        self._end_bullet()
        self._end_left_out()
        self._indicators = self._in_time_frame = False
        self._numbered = 0
        self._untitled = None

    def _end_left_out(self) -> None:
        if self._left_out:
            self._warn("text_left_out", self._left_out[0], count=len(self._left_out))
        self._left_out = []

    def _open_document(self, line: int) -> OpenDocument:
        if self._document is None:
            self._document = self._only_document or OpenDocument(None, "", line)
            self._by_number[self._document.number] = self._document
            self.documents.append(self._document)
            if self._only_document is None:
                self._warn("bullets_without_document", line)
        return self._document

    def _open_axis(self, line: int) -> OpenAxis:
        if self._axis is None:
            self._axis = OpenAxis(None, "", line)
            self._open_document(line).axes.append(self._axis)
        return self._axis

    def _warn_of_counts(self) -> None:
        for code, lines in (
            ("time_frames_left_out", self._time_frames),
            ("lines_joined", self._joined),
        ):
            if lines:
                self._warn(code, lines[0], count=len(lines))

    def _warn(self, code: str, line: int | None, **params: object) -> None:
        self.warnings.append(ReportWarning(code, line, params))


def _introduces(rest: str) -> bool:
    folded = fold(rest)
    return rest.endswith(":") or "يلي" in folded or "التاليه" in folded


def _is_title(line: Line) -> bool:
    return len(line.text.split()) <= _TITLE_WORDS and not line.text.endswith(":")


def _is_subheading(line: Line) -> bool:
    return line.text.endswith(":") and len(line.text.split()) <= _SUBHEADING_WORDS
