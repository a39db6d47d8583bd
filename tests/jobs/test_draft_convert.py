"""`draft convert`: any file as any other, without a database, and never half."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from portal.domain.draft_parsing import parse
from portal.formats.draft_files.akn_in import read_akn
from tests.domain.test_draft_properties import shape
from tests.factories.consultations import DRAFT
from tests.factories.drafts import CASES, Case
from tests.fixtures import apps
from tests.fixtures.console import Console
from tests.fixtures.programs import pdf_text, unseen, words
from tests.formats.drafts import text_of
from tests.formats.trees import bare


@pytest.fixture
def bare_console(tmp_path: Path) -> Iterator[Console]:
    """The portal with a database that cannot be reached."""
    with apps.running(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing") as app:
        yield Console(app)


@pytest.mark.parametrize("case", CASES)
def test_a_draft_becomes_a_file_of_every_format(
    bare_console: Console, case: Case, tmp_path: Path
) -> None:
    draft = parse(case.source)
    made = {}
    for format in ("docx", "pdf", "md", "akn"):
        made[format] = tmp_path / f"draft.{format}"
        said = bare_console.done(
            *("draft", "convert", str(case.file), "--to", format),
            *("--output", str(made[format]), "--json"),
        ).json
        assert said["articles"] == case.articles
        assert said["bytes"] == made[format].stat().st_size
    assert bare(read_akn(made["akn"].read_bytes())) == bare(draft)
    assert shape(parse(made["md"].read_text(encoding="utf-8"))) == shape(draft)
    assert unseen(words(text_of(draft)), pdf_text(made["pdf"].read_bytes())) == []
    assert Document(io.BytesIO(made["docx"].read_bytes())).core_properties.title == draft.title


def test_standard_input_becomes_standard_output(bare_console: Console) -> None:
    said = bare_console.done("draft", "convert", "-", "--to", "md", "--output", "-", input=DRAFT)
    assert shape(parse(said.out)) == shape(parse(DRAFT))


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(
    bare_console: Console, tmp_path: Path
) -> None:
    there = tmp_path / "there.md"
    there.write_text("لا تمسني", encoding="utf-8")
    convert = ("draft", "convert", "-", "--to", "md", "--output", str(there))
    assert "there.md" in bare_console.refused(*convert, input=DRAFT)
    assert there.read_text(encoding="utf-8") == "لا تمسني"
    assert "3 articles" in bare_console.done(*convert, "--force", input=DRAFT).out
    assert there.read_text(encoding="utf-8").startswith("# مشروع تعليمات الحدائق")


@pytest.mark.parametrize("source", [b"", b"\xff\xfe\x00\x01"], ids=["empty", "bytes"])
def test_what_is_no_draft_writes_nothing(
    bare_console: Console, tmp_path: Path, source: bytes
) -> None:
    out = tmp_path / "out.pdf"
    convert = ("draft", "convert", "-", "--to", "pdf", "--output", str(out))
    assert bare_console.refused(*convert, input=source).endswith(".")
    assert not out.exists()


def test_a_folder_that_is_not_there_is_named(bare_console: Console, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "out.md"
    convert = ("draft", "convert", "-", "--to", "md", "--output", str(out))
    assert "nowhere" in bare_console.refused(*convert, input=DRAFT)
