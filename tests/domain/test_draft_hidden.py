"""What nobody sees in a draft is kept, shown, and not published where it can deceive."""

from __future__ import annotations

import pytest

from portal.domain.draft_checks import check_readable
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import reassemble
from portal.domain.errors import DomainError
from portal.domain.text import counted, deceptive, hidden, is_harmless, strip_hidden, undeceived


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("المادة 1\nنص\u202e معكوس\u202c.", [("hidden_characters", 2, "U+202E, U+202C")]),
        ("المادة 1\n\x07\x07نص", [("hidden_characters", 2, "U+0007 × 2")]),
        ("المادة 1\nنص\U000e0041", [("hidden_characters", 2, "U+E0041")]),
        ("المادة 1\nن\u200fص\nن\u200cص\u200f", [("hidden_marks", 2, "U+200F × 2, U+200C")]),
        (
            "المادة 1\nن\u2067ص\u200f",
            [("hidden_characters", 2, "U+2067"), ("hidden_marks", 2, "U+200F")],
        ),
        ("\ufeffالمادة 1\nنص", []),
        ("المادة 1\nن\ufeffص", [("hidden_marks", 2, "U+FEFF")]),
    ],
)
def test_each_is_told_by_its_code_where_it_stands(
    text: str, warnings: list[tuple[str, int, str]]
) -> None:
    found = parse(text).warnings
    assert [(w.code, w.line, w.params["found"]) for w in found] == warnings
    assert all(w.message for w in found)


def test_they_stay_in_the_text_and_hide_no_marker() -> None:
    text = "\u202bالمادة 1:\u202c\n\u202bنص\u202c\x0b آخر."
    parsed = parse(text)
    assert [node.eid for node in parsed.provisions] == ["art_1"]
    assert "".join(reassemble(parsed).split()) == "".join(text.split())
    assert parsed.title == "" or not hidden(parsed.title)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    parsed = parse("المادة 1\x0c\nنص\x85.\r\nالمادة 2\rنص.")
    assert [node.line for node in parsed.provisions] == [1, 3]


@pytest.mark.parametrize("char", ["\u202a", "\u202e", "\u2066", "\u2069", "\x08", "\x85", "\u206a"])
def test_a_text_that_can_read_as_another_is_not_published(char: str) -> None:
    with pytest.raises(DomainError, match="hidden_in_text") as refused:
        check_readable([("art_1", "نص"), ("art_2__para_a", f"نص{char}{char}")])
    assert refused.value.params == {
        "place": "art_2__para_a",
        "characters": f"U+{ord(char):04X} × 2",
    }
    assert strip_hidden(f"نص{char}") == "نص"


def test_marks_of_spelling_are_published() -> None:
    text = "می\u200cروم\u200f (أ)\u061c\u00ad"
    check_readable([("art_1", text)])
    assert strip_hidden(text) == text
    assert (deceptive(text), len(hidden(text))) == ((), 4)


def test_characters_are_counted_in_the_order_they_are_met() -> None:
    assert counted("\u202e\u200f\u202e") == "U+202E × 2, U+200F"


def test_each_that_nobody_sees_is_harmless_or_deceives_and_then_has_its_code() -> None:
    every = hidden("".join(map(chr, range(0xD800))) + "\ufeff\ufff9\U000e0041")
    assert [char for char in every if is_harmless(char) == bool(deceptive(char))] == []
    assert "".join(filter(is_harmless, every)) == undeceived("".join(filter(is_harmless, every)))
    assert undeceived("\u202eن\ufeffص\U000e0041") == "U+202Eن\ufeffصU+E0041"
