"""`comment hints` and `comment cluster`: lines in, one document out, and no database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.campaigns import Writer
from tests.fixtures import apps
from tests.fixtures.console import Console


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    """On a database that is not there: whoever asked it anything would fail."""
    with apps.running(tmp_path, f"sqlite:///{tmp_path}/nowhere/radd.db") as app:
        yield Console(app)


def lines(*objects: object) -> str:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in objects)


def test_hints_with_their_spans(console: Console) -> None:
    sent = lines({"id": "a", "text": "بريدي x@example.jo", "more": 1}, {"id": 2, "text": "لا شيء"})
    assert console.done("comment", "hints", "-", "--json", input=sent).json == [
        {
            "id": "a",
            "hints": [
                {"kind": "email", "start": 6, "end": 18, "shown": "x@example.jo", "detail": ""}
            ],
        },
        {"id": 2, "hints": []},
    ]
    assert "x@example.jo" in console.done("comment", "hints", "-", input=sent).out


def test_a_list_and_a_script_of_ones_own(console: Console, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# remark\n.*\nبليد\n", encoding="utf-8")
    sent = lines({"id": 1, "text": "أنت بليييد"}, {"id": 2, "text": "Nothing Arabic in this one"})
    options = ("--insults", str(listed), "--script", "arabic", "--json")
    found = console.done("comment", "hints", "-", *options, input=sent).json
    assert [[hint["kind"] for hint in each["hints"]] for each in found] == [
        ["insult"],
        ["other_script"],
    ]


def test_groups_of_ids(console: Console) -> None:
    writer = Writer(4)
    base = writer.text(30, 30)
    texts = [writer.variant(base, 0.1, 0.15) for _ in range(3)]
    sent = lines(
        {"id": "x", "text": texts[0]},
        {"id": 1, "text": "نعم"},
        {"id": "y", "text": texts[1]},
        {"id": "z", "text": "نَعم!"},
        {"id": 5, "text": texts[2]},
        {"id": 6, "text": "لا"},
    )
    said = console.done("comment", "cluster", "-", "--json", input=f"\ufeff{sent}\n\n")
    assert said.json == {"texts": 6, "groups": [["x", "y", 5], [1, "z"]]}
    assert console.done("comment", "cluster", "-", input=sent).out == "x y 5\n1 z\n"


@pytest.mark.parametrize("command", ["hints", "cluster"])
def test_bad_lines_are_named_by_their_number(console: Console, command: str) -> None:
    bad = [
        "{",
        "[1]",
        '{"id": 1}',
        '{"text": "س"}',
        '{"id": true, "text": "س"}',
        '{"id":1,"text":2}',
    ]
    good = '{"id": 1, "text": "س"}'
    said = console.refused("comment", command, "-", "--json", input="\n".join([good, *bad, good]))
    assert [
        f"Line {number} " in line or f"Line {number}:" in line
        for number, line in enumerate(said.splitlines(), start=2)
    ] == [True] * 7
    console.refused("comment", command, "-", input=b"\xff\xfe\x00")
    console.refused("comment", command, "-", input="")


def test_of_a_file_that_is_something_else_not_every_line_is_named(console: Console) -> None:
    said = console.refused("comment", "hints", "-", input="x\n" * 5_000)
    assert len(said.splitlines()) == 20
