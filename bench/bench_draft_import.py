"""Drafts from Word files: read in this process, and in one of its own with limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO

from docx import Document

from bench.bench_drafts import ARTICLES
from bench.harness import Candidates
from portal.adapters.reading import read_safely
from portal.formats.draft_files.reading import read_draft

WORDS_OF_ARTICLE = 425
RUN = re.compile(r"\S+(?:\s+\S+){0,4}\s*")  # Word breaks a paragraph into runs at every edit


def _paragraphs(articles: int) -> Iterator[str]:
    """That many articles of about 400 words, from the demo bylaw."""
    filler = " ".join(ARTICLES[4].split()[3:])
    for number in range(1, articles + 1):
        text = ARTICLES[number % len(ARTICLES)]
        text = re.sub(r"### المادة \d+", f"المادة {number}", text, count=1)
        yield from text.strip().split("\n\n")
        more = (WORDS_OF_ARTICLE - len(text.split())) // len(filler.split())
        yield from (filler for _ in range(more))


def _docx(articles: int) -> bytes:
    document = Document()
    for text in _paragraphs(articles):
        paragraph = document.add_paragraph()
        for words in RUN.findall(text):
            paragraph.add_run(words)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def growing() -> Candidates:
    """As many articles of 400 words each are read; where it is linear the ratio is the size."""
    files = {size: _docx(size) for size in (10, 40, 160)}
    return {f"{size} articles": partial(read_draft, data) for size, data in files.items()}


def whole() -> Candidates:
    """150 articles, 60,000 words: in this process, and in one of its own."""
    data = _docx(150)
    return {"read_draft": partial(read_draft, data), "read_safely": partial(read_safely, data)}
