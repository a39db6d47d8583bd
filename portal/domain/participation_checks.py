"""Oddities of a whole workshop report: gaps, repetitions, traces of the word processor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.domain.ordinals import ordinal
from portal.domain.participation_build import Listed, OpenDocument, bullets, span, title_key
from portal.domain.participation_report import Bullet, ReportWarning
from portal.domain.text import fold

_MARK = re.compile(
    r"\[(?:bookmark|comment|footnote|image)\b[^\[\]\n]{0,100}\]|\{ ?(?:HYPERLINK|REF|PAGEREF)\b"
    r"|Error! [A-Z][a-z ]{3,60}|خطأ! ",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"،]+", re.IGNORECASE)
_AXIS_NAMED = re.compile(r"(?<!\w)(?:ال|لل|بال|وال)محور ((?:رقم )?\S+(?: و?(?:ال)?عشر\S*)?)")
_DOCUMENT_NAMED = re.compile(r"(?:التزام|وثيقه|مسوده|مشروع) (\S+)")
_QUOTES = (("«", "»"), ("“", "”"))


def check_documents(documents: list[OpenDocument], listed: Listed) -> Iterator[ReportWarning]:
    """Numbers and titles of the documents against each other and against the report's list."""
    previous = 0
    present = {document.number for document in documents} | set(listed)
    for document in documents:
        number = document.number
        if number is None:
            continue
        missing = [n for n in range(previous + 1, number) if n not in present]
        if missing:
            yield _warning("document_missing", document, missing=_join(missing), number=number)
        if number < previous:
            yield _warning("document_out_of_order", document, number=number, previous=previous)
        if listed and number not in listed:
            yield _warning("document_not_listed", document, number=number)
        elif listed and title_key(listed[number][0]) != title_key(document.title):
            yield _warning("title_differs", document, number=number, listed=listed[number][0])
        previous = number


def check_axes(document: OpenDocument) -> Iterator[ReportWarning]:
    """Gaps, repetitions and empty axes in one document."""
    previous = 0
    seen: set[int] = set()
    for axis in document.axes:
        if axis.number is None:
            continue
        params: dict[str, object] = {"document": document.number or "?", "number": axis.number}
        if axis.number in seen:
            yield ReportWarning("axis_repeated", axis.line, params)
        elif axis.number < previous:
            more = {**params, "previous": previous}
            yield ReportWarning("axis_out_of_order", axis.line, more)
        elif axis.number > previous + 1:
            more = {**params, "missing": span(previous + 1, axis.number - 1)}
            yield ReportWarning("axis_missing", axis.line, more)
        if not axis.recommendations and not axis.indicators:
            yield ReportWarning("axis_empty", axis.line, params)
        seen.add(axis.number)
        previous = max(previous, axis.number)


def check_bullets(document: OpenDocument) -> Iterator[ReportWarning]:
    """What stands in the text of single bullets; the text itself stays as it is."""
    first: dict[str, int] = {}
    have = {axis.number for axis in document.axes}
    for bullet in bullets(document):
        yield from _traces(bullet)
        for number in _axes_named(bullet) - have:
            params = {"number": number, "document": document.number or "?"}
            yield ReportWarning("axis_not_found", bullet.line, params)
        key = title_key(bullet.text)
        if key in first:
            yield ReportWarning("bullet_repeated", bullet.line, {"first": first[key]})
        first.setdefault(key, bullet.line)


def _traces(bullet: Bullet) -> Iterator[ReportWarning]:
    for found in _MARK.finditer(bullet.text):
        yield ReportWarning("bookmark_in_text", bullet.line, {"mark": found[0].strip()})
    for found in _LINK.finditer(bullet.text):
        yield ReportWarning("link_in_text", bullet.line, {"link": found[0]})
    text = bullet.text
    if text.count('"') % 2 or any(text.count(a) != text.count(b) for a, b in _QUOTES):
        yield ReportWarning("quote_not_closed", bullet.line, {})


def _axes_named(bullet: Bullet) -> set[int]:
    """Numbers of the axes that the text speaks of, unless it speaks of another document's."""
    folded = " ".join(fold(bullet.text).split())
    if any(ordinal(name.strip(".:،")) for name in _DOCUMENT_NAMED.findall(folded)):
        return set()
    names = (name.rstrip(".:،") for name in _AXIS_NAMED.findall(folded))
    return {number for name in names if (number := ordinal(name) or ordinal(name.split()[0]))}


def _join(numbers: list[int]) -> str:
    whole = numbers[-1] - numbers[0] + 1 == len(numbers)
    return span(numbers[0], numbers[-1]) if whole else ", ".join(map(str, numbers))


def _warning(code: str, document: OpenDocument, **params: object) -> ReportWarning:
    return ReportWarning(code, document.line, params)
