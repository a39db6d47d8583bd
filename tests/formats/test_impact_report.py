"""The report of stakeholders' input: opened by another program, whole and in its order."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from flask import Flask
from flask_babel import force_locale

from portal.domain.bilingual import Bilingual
from portal.domain.summaries import ArticleCount, Cell, Figures, cover
from portal.formats.impact_report import file_name, impact_report
from portal.formats.matrix_files import Edition
from portal.formats.summaries import Asked
from tests.domain.test_impact import row
from tests.fixtures.programs import in_order, soffice_text, words

EDITION = Edition(
    slug="gardens",
    title=Bilingual("الحدائق (مثال)", "Gardens (example)"),
    number=2,
    reason="تصويب",
    published_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    counts={},
    digest="d" * 64,
)
ASKED = Asked(
    title=EDITION.title,
    body=Bilingual("ديوان (مثال)", "Bureau (example)"),
    purpose=Bilingual("تنظيم الحدائق", "To order gardens"),
    negotiable=Bilingual(""),
    opens_at=datetime(2026, 10, 1, tzinfo=UTC),
    closes_at=datetime(2026, 10, 20, tzinfo=UTC),
)
FIGURES = Figures(
    received=3,
    distinct_texts=3,
    distinct_senders=2,
    provisions_changed=1,
    dispositions={"accepted": 1, "noted": 2},
    classes={"citizen": 2, "academic": 1},
    articles=(ArticleCount(1, "art_4", 3),),
    spread=cover([Cell("amman", 3, 2)]),
)
CHANGE = {"document": 1, "version": 2, "eid": "art_4__para_b"}


def full(ref: str, **more: Any) -> dict[str, Any]:
    extra = {"grounds": [], "place": "", "responsible_body": "", "publication": "published"}
    return row(ref, **{**extra, **more})


ROWS = [
    full("1", comment=["نطلب مهلة أطول"], proposed_text=["ثلاثون يوماً"]),
    full("2", comment=[], publication="withheld"),
    full(
        "3",
        submitter_class="academic",
        on_behalf_of="مركز بحوث (مثال)",
        disposition="accepted",
        comment=["English comment, = 1+1"],
        place_of_change=[CHANGE],
        text_before=["عشرة أيام"],
        text_after=["عشرون يوماً"],
    ),
]


def written(language: str) -> bytes:
    with force_locale(language):
        return impact_report(EDITION, ASKED, FIGURES, iter(ROWS), "https://example.org/m/2")


def test_libreoffice_opens_both_and_finds_the_words_in_their_order(
    web: Flask, tmp_path: Path
) -> None:
    files = [tmp_path / "ar.docx", tmp_path / "en.docx"]
    for file in files:
        file.write_bytes(written(file.stem))
    found = soffice_text(tmp_path, files)
    arabic = (
        "ملحق مدخلات أصحاب المصلحة الحدائق مثال ديوان الملاحظات الواردة 3 النصوص المختلفة 3 "
        "المرسلون المختلفون 2 مواطن نطلب مهلة أطول ثلاثون يوماً النص غير منشور محجوبة أكاديمي "
        "عشرة أيام عشرون يوماً https example org"
    )
    assert in_order(words(arabic), words(found["ar"])) == []
    english = (
        "Annex Gardens Bureau Comments received 3 Distinct texts 3 Distinct senders 2 Citizen "
        "The text is not public Withheld Academic English comment 1 1 Text before"
    )
    assert in_order(words(english), words(found["en"])) == []


def test_an_arabic_report_runs_from_right_to_left_and_an_english_one_does_not(web: Flask) -> None:
    arabic, english = (docx.Document(io.BytesIO(written(lang))) for lang in ("ar", "en"))
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in arabic.tables)
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is None for t in english.tables)
    heads = [head for t in arabic.tables for head in t._tbl.iter(qn("w:tblHeader"))]
    assert len(heads) >= 5  # one a table, but for the lists of facts
    with force_locale("en"):
        assert file_name(EDITION) == "gardens-stakeholder-input-en-edition-2-2026-11-23.docx"
