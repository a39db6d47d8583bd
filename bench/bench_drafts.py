"""Drafts: reading a text into provisions, and comparing two versions."""

from __future__ import annotations

import re
from functools import partial

from bench.harness import Candidates
from config import ROOT
from portal.domain.draft_parsing import parse

BYLAW = (ROOT / "portal" / "jobs" / "demo" / "bylaw.md").read_text(encoding="utf-8")
ARTICLES = re.split(r"(?m)^(?=### المادة)", re.sub(r"(?m)^## .*\n", "", BYLAW))[1:]


def _draft(times: int) -> str:
    """The articles of the demo bylaw `times` over, numbered on."""
    articles = (
        re.sub(r"المادة \d+", f"المادة {number}", article, count=1)
        for number, article in enumerate(ARTICLES * times, start=1)
    )
    return "\n".join(articles)


def parsing() -> Candidates:
    """A draft of as many articles is read; where reading is linear the ratio is the size."""
    drafts = {times: _draft(times) for times in (1, 4, 16)}
    sizes = {times: f"{len(ARTICLES) * times} articles" for times in drafts}
    return {sizes[times]: partial(parse, text) for times, text in drafts.items()}
