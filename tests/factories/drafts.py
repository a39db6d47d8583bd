"""Drafts to take through the whole chain: the project's own, and the real law where it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

import portal.jobs.demo
from tests.shared import DRAFT_LAW, needs_shared


@dataclass(frozen=True)
class Case:
    """A draft, how its next version differs, and the provisions that this changes."""

    file: Path
    articles: int
    before: str
    after: str
    changed: str
    elsewhere: str

    @property
    def source(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @property
    def second(self) -> str:
        """The next version: two provisions say something else."""
        assert self.before in self.source
        assert self.elsewhere in self.source
        text = self.source.replace(self.before, self.after, 1)
        return text.replace(self.elsewhere, f"{self.elsewhere} المحدثة", 1)


OWN = Case(
    file=Path(portal.jobs.demo.__file__).with_name("bylaw.md"),
    articles=20,
    before="بعد تسعين يوماً",
    after="بعد مئة وعشرين يوماً",
    changed="art_1",
    elsewhere="الموقع الإلكتروني المعتمد",
)
LAW = Case(
    file=DRAFT_LAW,
    articles=24,
    before="بعد ستة أشهر",
    after="بعد سنة",
    changed="art_1",
    elsewhere="وزارة الاقتصاد الرقمي والريادة",
)
CASES = (pytest.param(OWN, id="own"), pytest.param(LAW, id="law", marks=needs_shared))
