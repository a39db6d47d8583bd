"""Text in is text out, for every format that keeps text."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from config import ROOT
from portal.domain.draft_lines import plain
from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import walk
from portal.domain.drafts import ProvisionKind
from portal.domain.text import words
from portal.formats.draft_files.reading import read_draft
from tests.factories.files import docx, para, pdf, run
from tests.shared import DRAFT_LAW, needs_shared

BYLAW = (ROOT / "portal" / "jobs" / "demo" / "bylaw.md").read_text(encoding="utf-8")
Row = tuple[str, ...]
Block = str | tuple[Row, ...]


def blocks_of(markdown: str) -> list[Block]:
    return [re.sub(r"^#+ +", "", each.strip()) for each in plain(markdown).split("\n\n")]


def as_markdown(blocks: list[Block]) -> bytes:
    written = (
        block if isinstance(block, str) else "\n".join(f"| {' | '.join(row)} |" for row in block)
        for block in blocks
    )
    return "\n\n".join(written).encode()


def as_html(blocks: list[Block]) -> bytes:
    def table(rows: tuple[Row, ...]) -> str:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"

    written = (
        f"<p>{html.escape(block).replace(chr(10), '<br>')}</p>"
        if isinstance(block, str)
        else table(block)
        for block in blocks
    )
    return f"<!doctype html><html><body>{''.join(written)}</body></html>".encode()


def as_docx(blocks: list[Block]) -> bytes:
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for at, row in enumerate(block):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    written = BytesIO()
    document.save(written)
    return written.getvalue()


WRITERS: list[Callable[[list[Block]], bytes]] = [as_markdown, as_html, as_docx]
MARKERS = st.sampled_from(
    ["", "المادة 1: ", "المادة (٢) ", "أ- ", "ب- ", "1- ", "(٣) ", "الفصل الأول", "الملحق رقم (1)"]
)
SENTENCES = st.sampled_from(
    ["يُسمّى هذا النظام.", "نص\u200cآخر (أ)", "Regulation 2016/679", "مدة ١٥ يوماً،", "كلمة < & >"]
)
paragraphs = st.builds("{}{}".format, MARKERS, SENTENCES)
cells = st.sampled_from(["خلية", "1", "رسم (دينار)", "a & b"])
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=3).map(tuple)
)
drafts = st.lists(st.one_of(paragraphs, paragraphs, tables), min_size=1, max_size=8)


def said(source: SourceDraft) -> list[str]:
    """All words of the tree, in their order."""
    nodes = (node for node, _depth in walk(source.draft.provisions))
    return [word for node in nodes for word in words(f"{node.marker} {node.heading} {node.text}")]


def written(blocks: list[Block]) -> list[str]:
    flat = (block if isinstance(block, str) else " ".join(map(" ".join, block)) for block in blocks)
    return [word for each in flat for word in words(each)]


@given(drafts, st.sampled_from(WRITERS))
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_file_is_in_its_tree(
    blocks: list[Block], write: Callable[[list[Block]], bytes]
) -> None:
    assert said(read_draft(write(blocks))) == written(blocks)


@pytest.mark.parametrize("write", WRITERS)
def test_the_bylaw_is_the_same_from_every_format(write: Callable[[list[Block]], bytes]) -> None:
    source = read_draft(write(blocks_of(BYLAW)))
    assert said(source) == written(blocks_of(BYLAW))
    assert source.draft.articles == 20


@needs_shared
@pytest.mark.parametrize("write", WRITERS)
def test_the_real_draft_law_gives_its_articles_from_every_format(
    write: Callable[[list[Block]], bytes],
) -> None:
    text = DRAFT_LAW.read_text(encoding="utf-8")
    source = read_draft(write([line for line in text.splitlines() if line.strip()]))
    numbers = [n.number for n in source.draft.provisions if n.kind is ProvisionKind.ARTICLE]
    assert numbers == [str(number) for number in range(1, 25)]
    assert said(source) == words(plain(text))


@pytest.fixture(scope="module")
def office_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bylaw as LibreOffice makes a PDF of it."""
    folder = tmp_path_factory.mktemp("office")
    document = folder / "bylaw.docx"
    lines = (run(str(block), "<w:rtl/>") for block in blocks_of(BYLAW))
    document.write_bytes(docx("".join(para(line, "<w:bidi/>") for line in lines)))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(document)], check=True, capture_output=True, timeout=120)
    return document.with_suffix(".pdf").read_bytes()


def typst_pdf() -> bytes:
    """The bylaw as typst makes a PDF of it, with page numbers."""
    text = "\n\n".join(str(block) for block in blocks_of(BYLAW))
    escaped = re.sub(r"([#*_\[\]<>@$`\\/~\"'=+-])", r"\\\1", text)
    return pdf(f'#set page(numbering: "1")\n{escaped}')


def test_a_pdf_of_libreoffice_is_read_word_by_word(office_pdf: bytes) -> None:
    source = read_draft(office_pdf, "bylaw.pdf")
    assert said(source) == written(blocks_of(BYLAW))
    assert source.draft.articles == 20
    assert source.to_confirm
    assert len(source.page_lines) > 1
    assert source.page_lines[0] == 1
    assert list(source.page_lines) == sorted(source.page_lines)


def test_a_pdf_of_typst_is_read_but_for_words_that_the_file_itself_has_wrong() -> None:
    source = read_draft(typst_pdf(), "bylaw.pdf")
    wrong = set(written(blocks_of(BYLAW))) ^ set(said(source))
    assert len(wrong) <= 8, wrong
    assert source.draft.articles == 20
    assert "running_lines_left_out" in {warning.code for warning in source.draft.warnings}
