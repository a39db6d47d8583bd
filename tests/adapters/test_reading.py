"""A file is read in a process of its own, which no file can use to stop the portal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import typst

from portal.adapters.reading import Limits, read_safely, render_page
from portal.domain.drafts import MAX_FILE, DraftFormat, Tracked
from portal.domain.errors import DomainError
from portal.formats.draft_files.reading import read_draft
from tests.factories.files import docx, item, levels, num, para, run

CHANGED = docx(
    para("المادة 1")
    + item("بند")
    + para(run("نص ") + f'<w:ins w:id="1" w:author="x">{run("مضاف")}</w:ins>')
    + f"<w:tbl><w:tr><w:tc>{para('أ')}</w:tc><w:tc>{para('ب')}</w:tc></w:tr></w:tbl>",
    numbering=levels(("arabicAbjad", "%1-")) + num(1),
)
PDF = bytes(typst.compile(b"Article 1: Title\n\nText.\n#pagebreak()\nMore."))


@pytest.mark.parametrize("tracked", Tracked)
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CHANGED, "law.docx"),
        (PDF, "law.pdf"),
        ("المادة 1:\nنص\u202e.\n\n".encode(), "قانون.txt"),
        (b"<html><p>x<del>y</del>", ""),
    ],
)
def test_a_process_gives_what_reading_gives(data: bytes, name: str, tracked: Tracked) -> None:
    assert read_safely(data, name, tracked) == read_draft(data, name, tracked)


def test_progress_is_told_as_it_goes() -> None:
    told: list[int] = []
    read_safely(PDF, "law.pdf", progress=told.append)
    assert len(told) > 2
    assert told == sorted(told)


def test_a_refusal_comes_back_with_its_code_and_words() -> None:
    with pytest.raises(DomainError) as refused:
        read_safely(PDF, "law.docx")
    assert refused.value.code == "file_mislabelled"
    assert refused.value.params == {"named": ".docx", "found": DraftFormat.PDF}
    assert refused.value.field == "file"


def children() -> set[int]:
    """The processes that this one began, those of other tests among them."""
    own = {path for path in Path("/proc").glob("[0-9]*/stat") if parent(path) == os.getpid()}
    return {int(path.parent.name) for path in own}


def parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it ended meanwhile


def nested(depth: int) -> bytes:
    return b"<html>" + b"<div>" * depth + "نص".encode()


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (nested(40_000), Limits(computing=1), "reading_too_long"),
        (nested(40_000), Limits(waiting=0.7), "reading_too_long"),
        (b"<html>" + b"<p>x" * 2_000_000, Limits(memory=200 * 1024**2), "reading_too_large"),
        (CHANGED, Limits(answer=50), "reading_too_large"),
        (b"x" * (MAX_FILE + 1), Limits(), "file_too_large"),
        (nested(3_000), Limits(), "nested_too_deep"),
    ],
    ids=["computing", "waiting", "memory", "answer", "size", "depth"],
)
def test_a_file_that_takes_too_much_is_given_up(data: bytes, limits: Limits, code: str) -> None:
    before = children()
    with pytest.raises(DomainError, match=code):
        read_safely(data, "", limits=limits)
    assert children() <= before, "no process is left behind"


def test_the_process_gets_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its environment is looked at where the system shows it, by a stand-in for Python."""
    seen = tmp_path / "seen"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nenv > {seen}\n")
    python.chmod(0o700)
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:password@host/radd")
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(DomainError, match="file_unreadable"):
        read_safely(b"x")
    assert "PATH" in seen.read_text()
    assert "do-not-tell" not in seen.read_text()
    assert "password" not in seen.read_text()


def test_a_process_that_says_nonsense_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho \'{"result": {"format": "exe"}}\'\n')
    python.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(DomainError, match="file_unreadable"):
        read_safely(b"x")
    python.write_text("#!/bin/sh\necho nonsense\n")
    with pytest.raises(DomainError, match="file_unreadable"):
        read_safely(b"x")


def test_pages_are_drawn_in_a_process_too() -> None:
    assert render_page(PDF, 1, 200).startswith(b"\x89PNG")
    with pytest.raises(DomainError, match="not_found") as refused:
        render_page(PDF, 3, 200)
    assert refused.value.status == 404
    with pytest.raises(DomainError, match="file_cut_off"):
        render_page(b"%PDF-1.7", 1, 200)
