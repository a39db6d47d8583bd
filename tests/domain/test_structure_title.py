"""The title follows its line, and nothing else."""

from __future__ import annotations

import pytest

from portal.domain.drafts import ProvisionKind
from portal.domain.structure import Row, Rows
from portal.domain.structure_title import followed


def lines(*texts: str) -> Rows:
    above = tuple(Row(ProvisionKind.TEXT, text=text) for text in texts)
    return (*above, Row(ProvisionKind.ARTICLE, "1", text="نص"), Row(ProvisionKind.TEXT, text="ذيل"))


@pytest.mark.parametrize(
    ("after", "title"),
    [
        (("المملكة", "مشروع قانون", "صادر"), "مشروع قانون"),
        (("المملكة", "مشروع نظام", "صادر"), "مشروع نظام"),
        (("مشروع قانون", "المملكة", "صادر"), "مشروع قانون"),
        (("المملكة", "مشروع قانون صادر"), "مشروع قانون صادر"),
        (("المملكة", "صادر"), ""),
        (("المملكة",), ""),
        ((), ""),
        (("المملكة", "\u202bمشروع نظام\u202c", "صادر"), "مشروع نظام"),
        (("المملكة", "م" * 600, "صادر"), "م" * 500),
    ],
)
def test_it_follows_its_line(after: tuple[str, ...], title: str) -> None:
    assert followed("مشروع قانون", lines("المملكة", "مشروع قانون", "صادر"), lines(*after)) == title


def test_one_that_is_no_line_of_the_draft_stays() -> None:
    assert followed("عنوان", lines("أول"), lines("ثان")) == "عنوان"
    assert followed("ذيل", lines("أول"), lines("ثان")) == "ذيل"
