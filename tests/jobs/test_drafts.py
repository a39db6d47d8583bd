"""`draft parse` and `draft import` as a person or a program meets them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.adapters import originals
from portal.adapters.reading import read_safely
from portal.domain.draft_parsing import parse
from portal.domain.draft_sources import SourceDraft
from portal.formats.draft_files.akn_out import write_akn
from portal.jobs import drafts as drafts_job
from portal.models import DraftVersion, db
from tests.factories.cast import make_cast
from tests.factories.consultations import DRAFT
from tests.factories.drafts import CASES, Case
from tests.factories.files import docx, para, run
from tests.fixtures import apps
from tests.fixtures.console import Console
from tests.formats.drafts import translated
from tests.formats.trees import ABOUT
from tests.shared import DRAFT_LAW, needs_shared

KINDS = {"part", "chapter", "section", "article", "paragraph", "point", "text"}


@pytest.fixture
def bare(tmp_path: Path) -> Any:
    """The portal with a database that cannot be reached."""
    with apps.running(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing") as app:
        yield Console(app)


@pytest.fixture
def console(web: Flask) -> Console:
    make_cast()
    db.session.commit()
    ran = Console(web)
    ran.done(
        *("consultation", "create", "gardens", "--body", "bureau"),
        *("--title", "حدائق (مثال)", "--closes", "2026-12-20"),
    )
    return ran


def nodes(tree: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [node for each in tree for node in (each, *nodes(each["children"]))]


@pytest.mark.parametrize("case", CASES)
def test_the_structure_is_found_without_a_database(bare: Console, case: Case) -> None:
    found = bare.done("draft", "parse", str(case.file), "--json").json
    assert set(found) == {"title", "provisions", "warnings", "format", "tracked", "to_confirm"}
    every = nodes(found["provisions"])
    names = {"eid", "kind", "number", "heading", "text", "children"}
    assert all(names <= set(node) for node in every)
    assert {node["kind"] for node in every} <= KINDS
    articles = [node["number"] for node in every if node["kind"] == "article"]
    assert articles == [str(number) for number in range(1, case.articles + 1)]
    assert len({node["eid"] for node in every}) == len(every)
    assert found["title"]


@needs_shared
def test_the_real_law_read_from_windows_1256_is_the_same(bare: Console) -> None:
    text = DRAFT_LAW.read_text(encoding="utf-8")
    old = text.encode("cp1256", "replace")
    as_now = bare.done("draft", "parse", "-", "--json", input=old.decode("cp1256")).json
    assert bare.done("draft", "parse", "-", "--json", input=old).json == as_now


def test_words_for_a_person(bare: Console) -> None:
    said = bare.done("draft", "parse", "-", input=DRAFT.replace("المادة 3", "المادة 5"))
    assert "art_2__para_a\tتفتح الحديقة" in said.out
    assert said.err.startswith("line ")


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\n \n",
        "المادة 1:\nنص\x00".encode(),
        b"\xff\xfe\x00\x01",
        b"PK\x03\x04\x00\x00",
        b"\x80\x81 not arabic \xff",
        "".join(f"المادة {n}:\nنص.\n" for n in range(1, 10_001)).encode(),
    ],
    ids=["empty", "blank", "nul", "utf-16", "archive", "bytes", "ten-thousand-articles"],
)
def test_what_is_no_draft_is_refused_in_a_sentence(bare: Console, source: bytes) -> None:
    said = bare.refused("draft", "parse", "-", "--json", input=source)
    assert said.endswith(".")
    assert "\n" not in said


def test_a_translation_is_told_where_there_is_one(bare: Console, tmp_path: Path) -> None:
    file = tmp_path / "draft.akn"
    file.write_bytes(write_akn(translated(parse(DRAFT)), ABOUT))
    first, *others = bare.done("draft", "parse", str(file), "--json").json["provisions"]
    found = [first, *others, *(child for each in others for child in each["children"])]
    assert [each["text_en"] for each in found if each["text"]]
    assert [
        each for each in found if each.get("heading_en") == "" or each.get("text_en") == ""
    ] == []
    plain = bare.done("draft", "parse", "-", "--json", input=DRAFT).json["provisions"]
    assert [each for each in plain if {"heading_en", "text_en"} & set(each)] == []


def test_a_word_file_is_read_with_its_changes_taken_or_not(bare: Console, tmp_path: Path) -> None:
    change = f'<w:ins w:id="1" w:author="x">{run("جديد")}</w:ins>'
    file = tmp_path / "قانون.docx"
    file.write_bytes(docx(para("المادة 1") + para(run("نص ") + change)))
    taken = bare.done("draft", "parse", str(file), "--json").json
    assert (taken["format"], taken["tracked"], taken["to_confirm"]) == ("docx", 1, False)
    assert taken["provisions"][0]["text"] == "نص جديد"
    left = bare.done("draft", "parse", str(file), "--json", "--tracked", "reject").json
    assert left["provisions"][0]["text"] == "نص"
    assert bare("draft", "parse", str(file), "--tracked", "perhaps").status == 2


def test_a_file_that_lies_is_refused_in_the_readers_language(
    bare: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "law.docx"
    file.write_bytes(b"<!doctype html><p>x")
    assert "HTML" in bare.refused("draft", "parse", str(file))
    monkeypatch.setenv("LANG", "ar_JO.UTF-8")
    assert "محتواه" in bare.refused("draft", "parse", str(file))


def test_a_word_file_becomes_a_version(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "law.docx"
    file.write_bytes(docx(para("مشروع نظام") + para("المادة 1") + para("نص.")))
    sent = ("draft", "import", str(file), "--consultation", "gardens", "--publish", "--json")
    done = console.done(*sent).json
    assert (done["articles"], done["published"], done["warnings"]) == (1, True, 0)


def test_a_draft_with_no_article_is_shown_and_not_published(console: Console) -> None:
    plain = "كلام بلا مواد."
    (warning,) = console.done("draft", "parse", "-", "--json", input=plain).json["warnings"]
    assert (warning["code"], warning["line"]) == ("no_article", 0)
    assert warning["message"]
    sent = ("draft", "import", "-", "--consultation", "gardens")
    assert "المادة 1:" in console.refused(*sent, "--publish", input=plain)
    assert console.done("consultation", "list", "--json").json[0]["phase"] == "draft"
    console.refused("consultation", "open", "gardens")


def test_a_version_is_prepared_then_published(console: Console) -> None:
    here = ("--consultation", "gardens")
    console.refused("draft", "publish", *here)
    prepared = console.done("draft", "import", "-", *here, "--json", input=DRAFT).json
    assert (prepared["version"], prepared["published"]) == (1, False)
    console.refused("consultation", "open", "gardens")
    published = console.done("draft", "publish", *here, "--json").json
    assert published["published"]
    assert len(published["source_sha256"]) == 64
    console.refused("draft", "publish", *here)
    console.done("consultation", "open", "gardens")


def test_which_document_is_meant_is_never_guessed(console: Console) -> None:
    sent = ("draft", "import", "-", "--consultation", "gardens", "--json")
    assert console.done(*sent, input=DRAFT).json["document"] == 1
    assert console.done(*sent, input=DRAFT).json["document"] == 1, "the only one there is"
    new = console.done(*sent, "--title", "وثيقة ثانية", "--kind", "policy", input=DRAFT).json
    assert new["document"] == 2
    console.refused(*sent, input=DRAFT)
    console.refused(*sent, "--document", "3", input=DRAFT)
    assert console.done(*sent, "--document", "2", input=DRAFT).json["version"] == 1


def test_a_file_or_a_consultation_that_is_not_there(console: Console) -> None:
    gone = console("draft", "parse", "no-such-file.md")
    assert gone.status == 2
    assert "no-such-file.md" in gone.err
    assert "nowhere" in console.refused(
        "draft", "import", "-", "--consultation", "nowhere", input=DRAFT
    )


def test_a_file_is_kept_and_named_as_on_screen(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "gardens.md"
    file.write_text(DRAFT, encoding="utf-8")
    sent = ("draft", "import", str(file), "--consultation", "gardens", "--tracked", "reject")
    told = console.done(*sent, "--publish", "--json").json
    version = db.session.scalars(db.select(DraftVersion)).one()
    assert (version.file_name, told["text_sha256"]) == ("gardens.md", version.text_sha256)
    data: Path = console.app.extensions["settings"].data
    assert originals.load(data, version.file_sha256) == DRAFT.encode()


def test_what_is_to_be_confirmed_is_published_by_who_says_so(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_pdf(*given: Any) -> SourceDraft:
        return replace(read_safely(*given), to_confirm=True)

    monkeypatch.setattr(drafts_job, "read_safely", as_pdf)
    sent = ("draft", "import", "-", "--consultation", "gardens")
    assert "compare it" in console.refused(*sent, "--publish", input=DRAFT)
    console.done(*sent, input=DRAFT)
    console.refused("draft", "publish", "--consultation", "gardens")
    console.done("draft", "publish", "--consultation", "gardens", "--compared")
