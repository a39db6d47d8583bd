"""What each audience sees: nothing masked ever shows, nothing else is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.comments import Publication
from portal.domain.grounds import Ground
from portal.domain.visibility import (
    TEXT_PUBLIC,
    Audience,
    Content,
    Mask,
    Span,
    Words,
    visible,
)

spans = st.builds(
    Span,
    field=st.just("text"),
    start=st.integers(-3, 40),
    end=st.integers(-3, 40),
    ground=st.sampled_from(Ground),
)


def content(status: Publication, **more: object) -> Content:
    known = {"name": "فلان", "organisation": "جمعية", "proposed": "نص", "quoted": "كلمة"}
    return Content(status, "كلام", **{**known, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [s for s in Publication if s not in TEXT_PUBLIC])
def test_the_public_sees_nothing_of_what_is_not_published(status: Publication) -> None:
    assert visible(content(status, name_public=True), Audience.PUBLIC) == Words()


@pytest.mark.parametrize("audience", [Audience.AUTHOR, Audience.STAFF])
@pytest.mark.parametrize("status", list(Publication))
def test_author_and_staff_see_all(status: Publication, audience: Audience) -> None:
    seen = visible(content(status), audience)
    assert (seen.text, seen.name, seen.quoted) == (("كلام",), "فلان", ("كلمة",))


@pytest.mark.parametrize(("asked", "shown"), [(True, "فلان"), (False, "")])
@pytest.mark.parametrize("status", sorted(TEXT_PUBLIC))
def test_a_name_is_shown_only_where_its_owner_asked(
    status: Publication, asked: bool, shown: str
) -> None:
    assert visible(content(status, name_public=asked), Audience.PUBLIC).name == shown


@given(st.text(max_size=30), st.lists(spans, max_size=6))
def test_masked_characters_never_show_and_all_others_do(text: str, masks: list[Span]) -> None:
    seen = visible(Content(Publication.REDACTED, text, spans=tuple(masks)), Audience.PUBLIC).text
    hidden = {at for m in masks for at in range(max(0, m.start), min(len(text), m.end))}
    plain = "".join(char for at, char in enumerate(text) if at not in hidden)
    assert "".join(piece for piece in seen if isinstance(piece, str)) == plain
    assert all(piece != "" for piece in seen)
    assert any(isinstance(piece, Mask) for piece in seen) is bool(hidden)


def test_overlapping_masks_are_one_that_says_both_grounds() -> None:
    masks = (Span("text", 2, 5, Ground.INSULT), Span("text", 4, 7, Ground.PERSONAL_DATA))
    seen = visible(Content(Publication.REDACTED, "0123456789", spans=masks), Audience.PUBLIC)
    assert seen.text == ("01", Mask(Ground.INSULT, (Ground.PERSONAL_DATA,)), "789")


def test_masks_that_only_touch_stay_two() -> None:
    masks = (Span("text", 2, 5, Ground.INSULT), Span("text", 5, 7, Ground.PERSONAL_DATA))
    seen = visible(Content(Publication.REDACTED, "0123456789", spans=masks), Audience.PUBLIC)
    assert seen.text == ("01", Mask(Ground.INSULT), Mask(Ground.PERSONAL_DATA), "789")
