"""A workshop report as programs read it (`workshop parse FILE --json`)."""

from __future__ import annotations

from typing import Any

from portal.domain.participation_places import GOVERNORATE_NAMES, governorate
from portal.domain.participation_report import Attendance, Axis, WorkshopReport


def as_json(report: WorkshopReport) -> dict[str, Any]:
    """The report for programs: dates in ISO form, governorates in their usual spelling."""
    return {
        "date": report.held_on.isoformat() if report.held_on else None,
        "place": report.place,
        "attendance": _attendance_json(report.attendance),
        "governorates": [_usual_name(name) for name in report.governorates],
        "documents": [
            {
                "number": document.number,
                "title": document.title,
                "axes": [_axis_json(axis) for axis in document.axes],
            }
            for document in report.documents
        ],
        "warnings": [
            {"code": warning.code, "message": warning.message, "line": warning.line}
            for warning in report.warnings
        ],
    }


def _usual_name(name: str) -> str:
    code = governorate(name)
    return GOVERNORATE_NAMES[code] if code else name


def _attendance_json(attendance: Attendance | None) -> dict[str, int | None] | None:
    if attendance is None:
        return None
    return {"total": attendance.total, "women": attendance.women, "men": attendance.men}


def _axis_json(axis: Axis) -> dict[str, Any]:
    return {
        "number": axis.number,
        "title": axis.title,
        "recommendations": [bullet.text for bullet in axis.recommendations],
        "indicators": [bullet.text for bullet in axis.indicators],
    }
