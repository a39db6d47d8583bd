"""What is wrong with what staff write of a consultation, as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.domain.bilingual import Bilingual
from portal.domain.particulars import Particulars, check_particulars, check_slug, check_title

OPENS = datetime(2026, 11, 2, 8, tzinfo=UTC)
GOOD = Particulars(Bilingual("عنوان"), OPENS, OPENS + timedelta(days=14))


def test_a_title_in_arabic_and_a_period_are_enough() -> None:
    assert check_particulars(GOOD) == []


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"title": Bilingual("  ", "Title")}, "title_missing", "title_ar"),
        ({"title": Bilingual("ع" * 301)}, "text_long", "title_ar"),
        ({"title": Bilingual("عنوان", "t" * 301)}, "text_long", "title_en"),
        ({"title": Bilingual("عن\u202eوان")}, "bidi_characters", "title_ar"),
        ({"purpose": Bilingual("غاية\x00")}, "control_characters", "purpose_ar"),
        ({"negotiable": Bilingual("", "x" * 10_001)}, "text_long", "negotiable_en"),
        ({"fixed": Bilingual("\u2066ثابت")}, "bidi_characters", "fixed_ar"),
        ({"contact": "c" * 301}, "text_long", "contact"),
        ({"closes_at": OPENS}, "period_backwards", "closes_at"),
        ({"closes_at": OPENS.replace(year=2206)}, "year_far", "closes_at"),
        ({"opens_at": OPENS.replace(year=206)}, "year_far", "opens_at"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(change: dict[str, Any], code: str, field: str) -> None:
    assert [(e.code, e.field) for e in check_particulars(replace(GOOD, **change))] == [
        (code, field)
    ]


def test_all_that_is_wrong_is_told_together() -> None:
    wrong = replace(GOOD, title=Bilingual(""), closes_at=OPENS, contact="\x07")
    codes = [each.code for each in check_particulars(wrong)]
    assert codes == ["title_missing", "period_backwards", "control_characters"]


@pytest.mark.parametrize("slug", ["water-law-2026", "a", "2026", "a" * 80])
def test_a_good_slug(slug: str) -> None:
    assert check_slug(slug) == []


@pytest.mark.parametrize(
    "slug",
    ["", "Water", "water_law", "-water", "water-", "water--law", "قانون", "a" * 81, "a\n", "a/b"],
)
def test_a_bad_slug(slug: str) -> None:
    assert [each.code for each in check_slug(slug)] == ["slug_bad"]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        (Bilingual(" "), "title_missing"),
        (Bilingual("و" * 501), "text_long"),
        (Bilingual("وثيقة", "\u202d"), "bidi_characters"),
    ],
)
def test_a_bad_title_of_a_document(title: Bilingual, code: str) -> None:
    assert [each.code for each in check_title(title)] == [code]
