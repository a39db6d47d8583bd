"""`workshop parse` as a person or a program meets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.reports import EXAMPLE_REPORT
from tests.fixtures import apps
from tests.fixtures.console import Console
from tests.shared import WORKSHOP_REPORT, needs_shared


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Console]:
    """The portal with a database that cannot be reached."""
    with apps.running(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing") as app:
        yield Console(app)


def test_the_report_for_programs(bare: Console) -> None:
    found = bare.done("workshop", "parse", "-", "--json", input=EXAMPLE_REPORT).json
    assert set(found) == {"date", "place", "attendance", "governorates", "documents", "warnings"}
    assert (found["date"], found["place"]) == ("2024-03-12", "قاعة البيدر")
    assert found["attendance"] == {"total": 31, "women": 16, "men": 15}
    assert found["governorates"] == ["عمان", "جرش", "الطفيلة"]
    first, second, third = found["documents"]
    assert first["axes"][0] == {
        "number": 1,
        "title": "الري",
        "recommendations": ["استعمال المياه المعالجة في الري", "نشر جدول الري كل شهر"],
        "indicators": ["كمية المياه الموفرة في السنة"],
    }
    assert [axis["number"] for axis in second["axes"]] == [None]
    assert [axis["number"] for axis in third["axes"]] == [1, 3]
    assert "axis_missing" in {warning["code"] for warning in found["warnings"]}
    assert all(set(warning) == {"code", "message", "line"} for warning in found["warnings"])


@needs_shared
def test_the_real_report(bare: Console) -> None:
    found = bare.done("workshop", "parse", str(WORKSHOP_REPORT), "--json").json
    bullets = [
        sum(len(axis["recommendations"]) + len(axis["indicators"]) for axis in each["axes"])
        for each in found["documents"]
    ]
    indicators = sum(len(a["indicators"]) for each in found["documents"] for a in each["axes"])
    assert (bullets, indicators) == ([9, 7, 21, 10, 17, 5], 7)
    assert found["date"] == "2022-06-23"
    assert found["attendance"] == {"total": 73, "women": 37, "men": 36}
    assert len(found["governorates"]) == 8
    said = bare.done("workshop", "parse", str(WORKSHOP_REPORT))
    assert "Tuesday" in said.err or "الثلاثاء" in said.err


@pytest.mark.parametrize(
    "source",
    [b"", "تقرير بلا توصيات".encode(), "· توصية\u202e".encode(), b"\x00\x01", b"\xff\xfe\xfd"],
    ids=["empty", "no-bullet", "bidi", "nul", "bytes"],
)
def test_what_is_no_report_is_refused_in_a_sentence(bare: Console, source: bytes) -> None:
    assert bare.refused("workshop", "parse", "-", "--json", input=source).endswith(".")


def test_refusals_are_in_the_language_of_the_console(
    bare: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "ar_JO.UTF-8")
    assert "توصية" in bare.refused("workshop", "parse", "-", input="تقرير")
