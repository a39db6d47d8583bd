"""A workshop report is read whole: facts, documents, axes, bullets; oddities are pointed out."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from portal.domain.errors import DomainError
from portal.domain.participation import (
    MAX_REPORT_LENGTH,
    Attendance,
    Axis,
    WorkshopReport,
    as_json,
    parse_report,
)
from portal.domain.submissions import Governorate
from tests.factories.reports import EXAMPLE_REPORT
from tests.shared import WORKSHOP_REPORT, needs_shared


def codes(report: WorkshopReport) -> list[str]:
    return [warning.code for warning in report.warnings]


def size(axis: Axis) -> int:
    return len(axis.recommendations) + len(axis.indicators)


def real_text() -> str:
    return WORKSHOP_REPORT.read_text(encoding="utf-8")


def test_the_example_is_read_whole() -> None:
    report = parse_report(EXAMPLE_REPORT)
    assert report.held_on == date(2024, 3, 12)
    assert report.place == "قاعة البيدر"
    assert report.attendance == Attendance(31, 16, 15)
    assert report.governorate_codes == (
        Governorate.AMMAN,
        Governorate.JERASH,
        Governorate.TAFILAH,
    )
    assert [(d.number, d.title) for d in report.documents] == [
        (1, "نظام الحدائق العامة"),
        (2, "تعليمات الأسواق الشعبية"),
        (3, "خطة المكتبات المتنقلة"),
    ]
    assert [[(a.number, a.title, size(a)) for a in d.axes] for d in report.documents] == [
        [(1, "الري", 3), (2, "الزوار", 1)],
        [(None, "", 2)],
        [(1, "الطرق", 2), (3, "الكتب", 2)],
    ]
    assert (report.recommendation_count, report.indicator_count) == (8, 2)
    assert codes(report) == ["opening_left_out", "axis_missing"]


def test_every_bullet_knows_its_line() -> None:
    lines = EXAMPLE_REPORT.split("\n")
    report = parse_report(EXAMPLE_REPORT)
    for document in report.documents:
        for axis in document.axes:
            for bullet in (*axis.recommendations, *axis.indicators):
                assert lines[bullet.line - 1] == f"· {bullet.text}"


def test_json_has_the_shape_that_programs_expect() -> None:
    shown = as_json(parse_report(EXAMPLE_REPORT))
    assert shown["date"] == "2024-03-12"
    assert shown["attendance"] == {"total": 31, "women": 16, "men": 15}
    assert shown["governorates"] == ["عمان", "جرش", "الطفيلة"]
    assert shown["documents"][0]["axes"][0] == {
        "number": 1,
        "title": "الري",
        "recommendations": ["استعمال المياه المعالجة في الري", "نشر جدول الري كل شهر"],
        "indicators": ["كمية المياه الموفرة في السنة"],
    }
    assert shown["warnings"][-1] == {
        "code": "axis_missing",
        "message": "Document 3: axis 2 is missing before axis 3.",
        "line": 60,
    }
    assert list(shown) == ["date", "place", "attendance", "governorates", "documents", "warnings"]


def test_windows_line_ends_change_nothing() -> None:
    assert as_json(parse_report(EXAMPLE_REPORT.replace("\n", "\r\n"))) == as_json(
        parse_report(EXAMPLE_REPORT)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "report_empty"),
        (" \n\t\r\n\ufeff", "report_empty"),
        ("تقرير بلا توصيات\nالالتزام الأول: عنوان\n", "report_no_bullets"),
        ("التوصيات\n· \n·\n", "report_no_bullets"),
        ("· بند\n" * (MAX_REPORT_LENGTH // 6 + 1), "report_too_long"),
        ("التوصيات\n· بند\x00", "control_characters"),
        ("التوصيات\n· بند\u202e", "bidi_characters"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_report(text)
    assert refused.value.code == code


@needs_shared
def test_real_report_documents_and_bullets() -> None:
    report = parse_report(real_text())
    assert [d.number for d in report.documents] == [1, 2, 3, 4, 5, 6]
    assert all(document.title for document in report.documents)
    assert [sum(map(size, d.axes)) for d in report.documents] == [9, 7, 21, 10, 17, 5]
    assert (report.recommendation_count, report.indicator_count) == (62, 7)
    assert [[a.number for a in d.axes] for d in report.documents] == [
        [1, 2, 3, 4, 5],
        [None],
        [1, 2, 3, 5],
        [None],
        [None],
        [None],
    ]


@needs_shared
def test_real_report_facts() -> None:
    shown = as_json(parse_report(real_text()))
    assert shown["date"] == "2022-06-23"
    assert shown["attendance"] == {"total": 73, "women": 37, "men": 36}
    assert len(shown["governorates"]) == 8
    assert shown["governorates"][1] == "إربد"
    assert shown["place"] in real_text()


@needs_shared
def test_real_report_bullets_are_its_lines() -> None:
    """Every marked line from the recommendations on comes out, once, as it is written."""
    text = real_text()
    start = text.index("\nالتوصيات\n")
    written = [line[1:].strip() for line in text[start:].split("\n") if line.startswith("·")]
    report = parse_report(text)
    taken = [
        bullet.text
        for document in report.documents
        for axis in document.axes
        for bullet in (*axis.recommendations, *axis.indicators)
    ]
    assert taken == written


@needs_shared
def test_real_report_oddities() -> None:
    report = parse_report(real_text())
    assert [(w.code, w.line) for w in report.warnings] == [
        ("weekday_differs", 9),
        ("time_implausible", 9),
        ("opening_left_out", 61),
        ("people_left_out", 111),
        ("time_frames_left_out", 137),
        ("activity_missing", 173),
        ("axis_missing", 225),
        ("text_left_out", 230),
        ("quote_not_closed", 242),
        ("link_in_text", 244),
        ("bookmark_in_text", 263),
        ("axis_not_found", 267),
        ("axis_not_found", 268),
        ("axis_not_found", 269),
    ]
    assert all(warning.message for warning in report.warnings)


@needs_shared
def test_real_report_names_nobody() -> None:
    head = real_text().split("\nالتوصيات\n")[0]
    names = re.findall(r"^·\s*([^:\n]{3,40}?)\s*:", head, flags=re.MULTILINE)
    assert len(names) == 12
    report = parse_report(real_text())
    people = next(w for w in report.warnings if w.code == "people_left_out")
    assert people.params == {"count": 12}
    shown = json.dumps(as_json(report), ensure_ascii=False) + repr(report)
    assert [name for name in names if name in shown] == []
