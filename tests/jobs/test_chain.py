"""The whole chain by commands alone: a draft in, a response matrix of every comment out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from portal.models import db
from tests.factories.cast import email_of, make_cast
from tests.factories.drafts import CASES, Case
from tests.factories.reports import EXAMPLE_REPORT
from tests.fixtures.apps import Clock
from tests.fixtures.console import Console
from tests.shared import WORKSHOP_REPORT, needs_shared

BY = {part: ("--by", email_of(part)) for part in ("moderator", "drafter", "approver")}
HERE = ("--consultation", "chain")
COMMENTS: list[dict[str, str]] = [
    {"provision": "art_1", "comment": "المدة قصيرة على الجهات الصغيرة.", "email": "a@example.org"},
    {"provision": "art_1", "comment": "=كلام يبدأ بعلامة المساواة", "proposed_text": "بعد سنتين"},
    {"document": "1", "comment": "المسودة بحاجة إلى مراجعة لغوية.", "comment_type": "editorial"},
    {"comment": "شكراً على إتاحة المسودة.", "comment_type": "general"},
]


@pytest.fixture
def console(app: Flask) -> Console:
    make_cast()
    db.session.commit()
    return Console(app)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def create(console: Console) -> None:
    title = ("--title", "استشارة من سطر الأوامر (مثال)", "--title-en", "By command (example)")
    dates = ("--opens", "2026-11-02 09:00", "--closes", "2026-11-20 15:00")
    made = console.done(
        "consultation", "create", "chain", "--body", "bureau", *title, *dates, "--json"
    )
    assert made.json == {
        "slug": "chain",
        "phase": "draft",
        "opens": "2026-11-02T09:00+03:00",
        "closes": "2026-11-20T15:00+03:00",
    }


def answer(console: Console, numbers: list[int], **more: object) -> None:
    asked = [{"comment": numbers, "ready": True, **more}]
    console.done(
        "response", "record", *HERE, *BY["drafter"], "--from", "-", input=json.dumps(asked)
    )


def missing(console: Console) -> list[tuple[str, Any]]:
    said = console("matrix", "check", "chain", "--json")
    found = said.json
    assert found["complete"] is (said.status == 0) is (not found["missing"])
    return [(gap["code"], gap["comment"] or gap["provision"]) for gap in found["missing"]]


def exported(console: Console, folder: Path) -> dict[str, list[list[str]]]:
    """The rows of the published matrix by kind of file, without their heading."""
    files = {kind: folder / f"matrix.{kind}" for kind in ("csv", "json", "xlsx")}
    for kind, file in files.items():
        console.done("matrix", "export", "chain", "--format", kind, "--output", str(file))
    table = csv.reader(io.StringIO(files["csv"].read_bytes().decode("utf-8-sig")))
    document = json.loads(files["json"].read_bytes())
    sheet = CalamineWorkbook.from_path(str(files["xlsx"])).get_sheet_by_index(0).to_python()
    head = next(at for at, row in enumerate(sheet) if "رقم المرجع" in row)
    return {
        "csv": list(table)[1:],
        "json": [[row[name] for name in document["columns"]] for row in document["rows"]],
        "xlsx": [[str(cell) for cell in row] for row in sheet[head + 1 :]],
    }


def test_a_draft_goes_all_the_way(
    console: Console, clock: Clock, case: Case, tmp_path: Path
) -> None:
    create(console)
    assert console.refused("consultation", "open", "chain")
    given = ("draft", "import", "-", *HERE, "--publish", "--json")
    first = console.done(*given, input=case.source).json
    assert (first["document"], first["version"], first["articles"]) == (1, 1, case.articles)
    opened = console.done("consultation", "open", "chain", "--now", "--json").json
    assert opened["phase"] == "open"
    assert console.refused(*given, input=case.second), "no text changes under its readers"
    rows = json.dumps(COMMENTS)
    taken = console.done("comment", "import", "-", *HERE, "--json", input=rows).json
    assert taken["references"] == [1, 2, 3, 4]
    console.done("consultation", "extend", "chain", "--days", "5", "--reason", "طلب المشاركين")
    console.done(
        "moderation", "decide", *HERE, "--comment", "all", "--outcome", "publish", *BY["moderator"]
    )
    clock.pass_(days=30)
    assert console.done("due", "--json").json["closed"] == 1
    second = console.done(*given, input=case.second).json
    assert (second["document"], second["version"]) == (1, 2)
    assert missing(console)[:4] == [("unanswered", number) for number in (1, 2, 3, 4)]
    answer(
        console, [1, 2], disposition="accepted_modified", reason="مُددت المهلة", cite=[case.changed]
    )
    answer(console, [3], disposition="deferred", reason="قبل النشر", until="القراءة الأخيرة")
    refused = console.refused("matrix", "publish", "chain", *BY["approver"])
    assert "4" in refused
    answer(console, [4], disposition="noted", reason="شكراً لكم")
    console.done("response", "approve", *HERE, "--response", "all", *BY["approver"])
    ((code, eid),) = missing(console)
    assert code == "change_unexplained"
    link = ("response", "link", *HERE, "--response", "1", "--change", eid, *BY["drafter"])
    assert console.done(*link).json["status"] == "ready"
    console.done(*link, "--remove")
    console.done("response", "approve", *HERE, "--response", "1", *BY["approver"])
    console.done(
        "response", "explain", *HERE, "--change", eid, "--reason", "ضبط الاسم", *BY["drafter"]
    )
    assert missing(console) == []
    console.done("matrix", "publish", "chain", *BY["approver"])
    found = exported(console, tmp_path)
    assert {kind: len(rows) for kind, rows in found.items()} == dict.fromkeys(found, 4)
    for rows_of_file in found.values():
        assert [row[0] for row in rows_of_file] == ["1", "2", "3", "4"]
    words = " ".join(found["csv"][0])
    assert case.before in words, "the text before"
    assert case.after in words, "and after"
    assert any(cell.startswith("'=") for cell in found["csv"][1]), "no live formula"
    listed = console.done("consultation", "list", "--json").json
    assert [(each["slug"], each["phase"]) for each in listed] == [("chain", "answered")]


def reports() -> list[Any]:
    real = pytest.param(None, 62, 6, 7, id="real", marks=needs_shared)
    return [pytest.param(EXAMPLE_REPORT, 8, 3, 2, id="own"), real]


@pytest.mark.parametrize(("text", "comments", "documents", "indicators"), reports())
def test_a_report_goes_all_the_way(
    console: Console,
    clock: Clock,
    text: str | None,
    comments: int,
    documents: int,
    indicators: int,
    tmp_path: Path,
) -> None:
    """The report is all there is: its documents are what the consultation is announced with."""
    source = text or WORKSHOP_REPORT.read_text(encoding="utf-8")
    create(console)
    taken = console.done("workshop", "import", "-", *HERE, "--json", input=source).json
    assert (taken["comments"], taken["documents"], taken["indicators"]) == (
        comments,
        documents,
        indicators,
    )
    assert console.refused("workshop", "import", "-", *HERE, input=source)
    console.done("consultation", "open", "chain")
    clock.pass_(days=40)
    assert len(missing(console)) == comments
    answer(console, list(range(1, comments + 1)), disposition="noted", reason="تُدرس في الخطة")
    console.done("response", "approve", *HERE, "--response", "all", *BY["approver"])
    console.done("matrix", "publish", "chain", *BY["approver"])
    found = exported(console, tmp_path)
    assert {kind: len(rows) for kind, rows in found.items()} == dict.fromkeys(found, comments)
    assert len({row[1] for row in found["csv"]}) == documents
