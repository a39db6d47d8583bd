"""`draft compare`, and publishing by command while a match is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.models import db
from tests.factories.cast import make_cast
from tests.factories.consultations import DRAFT
from tests.factories.versions import read
from tests.fixtures import apps
from tests.fixtures.console import Console
from tests.services.test_matching import DOUBTFUL, MORE, PLAIN
from tests.shared import DRAFT_LAW, needs_shared


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Console]:
    """The portal with a database that cannot be reached."""
    with apps.running(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing") as app:
        yield Console(app)


def compared(console: Console, folder: Path, old: str, new: str) -> list[dict[str, Any]]:
    files = [folder / "old.md", folder / "new.md"]
    for file, text in zip(files, (old, new), strict=True):
        file.write_text(text, encoding="utf-8")
    said = console.done("draft", "compare", *map(str, files), "--json")
    found: list[dict[str, Any]] = said.json["provisions"]
    return found


def test_two_files_are_compared_for_a_program(bare: Console, tmp_path: Path) -> None:
    found = compared(bare, tmp_path, DRAFT, MORE.replace("المخصصة لها", "كلها"))
    by_new = {each["new_eid"]: each for each in found}
    assert by_new["art_2"]["change"] == "new"
    assert by_new["art_2"]["old_eid"] is None
    assert by_new["art_3__para_a"]["change"] == "renumbered"
    assert by_new["art_4"]["change"] == "changed"
    assert by_new["art_4"]["doubtful"] is False
    ops = by_new["art_4"]["words"]
    assert {"op": "delete", "text": "المخصصة لها"} in ops
    assert {"op": "insert", "text": "كلها"} in ops
    words = "".join(each["text"] for each in ops if each["op"] != "delete")
    assert words == "يسمح بركوب الدراجات في المسارات كلها."


@needs_shared
def test_the_real_law_beside_itself_and_beside_a_change(bare: Console, tmp_path: Path) -> None:
    law = DRAFT_LAW.read_text(encoding="utf-8")
    assert {each["change"] for each in compared(bare, tmp_path, law, law)} == {"same"}
    changed = compared(bare, tmp_path, law, law.replace("ستة أشهر", "سنة", 1))
    assert [each["new_eid"] for each in changed if each["change"] != "same"] == ["art_1"]
    words = {each["new_eid"]: each["words"] for each in changed}
    for provision in read(law.replace("ستة أشهر", "سنة", 1)):
        ops = words[provision.eid]
        assert "".join(o["text"] for o in ops if o["op"] != "delete") == provision.text


def test_two_files_are_compared_in_words(bare: Console, tmp_path: Path) -> None:
    compared(bare, tmp_path, PLAIN, DOUBTFUL)
    files = (str(tmp_path / "old.md"), str(tmp_path / "new.md"))
    said = bare.done("draft", "compare", *files).out
    assert said.startswith("Article 3: changed (?)\n")
    assert "[-يسمح" in said
    assert bare("draft", "compare", files[0], str(tmp_path / "none.md")).status == 2
    (tmp_path / "new.md").write_bytes(b"")
    assert bare.refused("draft", "compare", *files)


def test_a_doubtful_match_is_confirmed_by_command_or_refused(web: Flask) -> None:
    make_cast()
    db.session.commit()
    console = Console(web)
    console.done(
        *("consultation", "create", "gardens", "--body", "bureau"),
        *("--title", "حدائق (مثال)", "--closes", "2026-12-20"),
    )
    sent = ("draft", "import", "-", "--consultation", "gardens", "--publish")
    console.done(*sent, input=PLAIN)
    assert "1" in console.refused(*sent, input=DOUBTFUL)
    assert console.done("consultation", "list", "--json").json[0]["phase"] == "draft"
    said = console.done(*sent, "--confirm-matches", "--json", input=DOUBTFUL)
    assert said.json["version"] == 2
    assert said.err == "Article 3 → Article 3: changed\n"
    again = console.done(*sent[:-1], input=PLAIN)
    assert "not yet published" in again.out
    publish = ("draft", "publish", "--consultation", "gardens")
    console.refused(*publish)
    assert "Article 3" in console.done(*publish, "--confirm-matches").err
