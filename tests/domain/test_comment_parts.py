"""Parts of a comment: words of the original, masked as the original is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.comment_parts import BETWEEN, PartSpan, check_parts, part_content
from portal.domain.comments import Publication
from portal.domain.errors import DomainError
from portal.domain.grounds import Ground
from portal.domain.visibility import Audience, Content, Mask, Span, visible

TEXT = "المدة قصيرة. والرسم مرتفع."
FIELDS = {"text": TEXT, "proposed": "ثلاثون يوماً", "grounds": "", "quoted": "عشرة أيام"}


def said(*spans: tuple[str, int, int]) -> tuple[PartSpan, ...]:
    return tuple(PartSpan(*span) for span in spans)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([said(("text", 0, 12)), said(("text", 13, 26))], None),
        ([said(("text", 0, 12)), said(("text", 5, 26))], None),  # a sentence may carry both
        ([said(("text", 0, 12), ("proposed", 0, 12)), said(("text", 13, 26))], None),
        ([said(("text", 0, 12))], "one_part"),
        ([], "one_part"),
        ([said(("text", 0, 12)), said()], "part_empty"),
        ([said(("text", 0, 12)), said(("text", 12, 13))], "part_empty"),
        ([said(("text", 0, 12)), said(("text", 13, 27))], "part_outside"),
        ([said(("text", 0, 12)), said(("text", -1, 4))], "part_outside"),
        ([said(("text", 0, 12)), said(("text", 4, 4))], "part_outside"),
        ([said(("text", 0, 12)), said(("quoted", 0, 4))], "part_outside"),
        ([said(("text", 0, 12))] * 51, "many_parts"),
    ],
)
def test_what_can_be_a_split(parts: list[tuple[PartSpan, ...]], code: str | None) -> None:
    if code is None:
        check_parts(parts, FIELDS)
        return
    with pytest.raises(DomainError, match=code):
        check_parts(parts, FIELDS)


def test_a_part_has_its_words_and_what_the_whole_quotes() -> None:
    content = Content(
        Publication.PUBLISHED, TEXT, proposed=FIELDS["proposed"], quoted=FIELDS["quoted"]
    )
    part = part_content(content, said(("text", 13, 26), ("text", 0, 5)))
    assert part.text == "المدة" + BETWEEN + "والرسم مرتفع."
    assert (part.proposed, part.quoted) == ("", "عشرة أيام")


STRETCH = st.tuples(st.integers(0, 25), st.integers(0, 26)).filter(lambda ends: ends[0] < ends[1])


@given(st.lists(STRETCH, min_size=1, max_size=4), st.lists(STRETCH, max_size=3))
def test_what_is_masked_in_the_whole_is_masked_in_every_part(
    words: list[tuple[int, int]], masked: list[tuple[int, int]]
) -> None:
    # Every character tells its place, so that what is shown can be traced to the original.
    text = "".join(chr(0x4E00 + at) for at in range(26))
    spans = tuple(Span("text", *ends, Ground.PERSONAL_DATA) for ends in masked)
    content = Content(Publication.REDACTED, text=text, spans=spans)
    part = part_content(content, [PartSpan("text", *ends) for ends in words])
    pieces = visible(part, Audience.PUBLIC).text
    shown = {ord(char) - 0x4E00 for piece in pieces if isinstance(piece, str) for char in piece}
    hidden = {at for start, end in masked for at in range(start, end)}
    wanted = {at for start, end in words for at in range(start, end)}
    assert shown & set(range(26)) == wanted - hidden
    assert any(isinstance(piece, Mask) for piece in pieces) is bool(wanted & hidden)
