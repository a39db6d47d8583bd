"""Folding, decoding, and what no text may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.text import Hidden, decode, fold, refuse_unsafe, reveal, squeeze, words
from tests.shared import WORKSHOP_REPORT, needs_shared


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("الإلكترونية", "الالكترونيه"),
        ("أحمد", "احمد"),
        ("مُدّة", "مده"),
        ("مــــدة", "مدة"),
        ("على", "علي"),
        ("١٥ يوماً", "15 يوما"),
        ("۴۵", "45"),
        ("ISO", "iso"),
    ],
)
def test_two_spellings_of_one_word_fold_alike(written: str, same: str) -> None:
    assert fold(written) == fold(same)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@needs_shared
def test_the_word_of_the_workshop_report_occurs_seven_times() -> None:
    report = fold(WORKSHOP_REPORT.read_text(encoding="utf-8"))
    assert words(report).count(fold("الإلكترونية")) == 7


def test_a_word_keeps_its_marks() -> None:
    assert words("مُدَّةٌ كافية") == ["مُدَّةٌ", "كافية"]


@pytest.mark.parametrize("char", ["\u202e", "\u202a", "\u2066", "\u2069"])
def test_a_change_of_direction_is_refused_and_named(char: str) -> None:
    with pytest.raises(DomainError, match="bidi_characters") as refused:
        refuse_unsafe(f"مدة{char}", field="text")
    assert refused.value.params["character"] == f"U+{ord(char):04X}"
    assert refused.value.field == "text"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1b", "\x7f", "\ud800"])
def test_a_control_character_is_refused(char: str) -> None:
    with pytest.raises(DomainError, match="control_characters"):
        refuse_unsafe(f"a{char}b")


@pytest.mark.parametrize("text", ["سطر\nسطر", "a\tb", "a\r\nb", "ABC\u200f", "می\u200cروم"])
def test_ordinary_text_passes(text: str) -> None:
    refuse_unsafe(text)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("مادة".encode(), "مادة", "utf-8"),
        ("مادة".encode("utf-8-sig"), "مادة", "utf-8"),
        ("المادة الأولى".encode("cp1256"), "المادة الأولى", "windows-1256"),
        (b"plain", "plain", "utf-8"),
    ],
)
def test_the_encoding_of_a_file_is_recognised(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize("data", [b"\x00\x01", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xfe\xfa\xe0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError, match="not_text"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("المادة 1\nنص طويل\n".encode() + "نص آخر".encode("cp1256"), 3),
        ("سطر\n".encode("cp1256") * 5 + "نص طويل".encode() + "\nسطر".encode("cp1256"), 6),
        ("المادة الأولى ".encode() + b"\xc7\xe1", 1),
        ("المادة 1\nنص طويل".encode()[:-1], 2),
    ],
    ids=["mostly-utf-8", "mostly-windows-1256", "in-one-line", "cut"],
)
def test_two_encodings_in_one_file_are_told_with_the_line(data: bytes, line: int) -> None:
    with pytest.raises(DomainError, match="mixed_encodings") as refused:
        decode(data)
    assert refused.value.params["line"] == line


@pytest.mark.parametrize(
    "text", ["الفروع، والموضوع، والشروط، ع، ع، ع، ع،", "نص “مقتبس” – كذا", "ط،\nمادة"]
)
def test_windows_1256_alone_is_not_taken_for_two_encodings(text: str) -> None:
    assert decode(text.encode("cp1256")) == (text, "windows-1256")


def test_white_space_is_squeezed() -> None:
    assert squeeze("  a\n\n b\t c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("نص", ("نص",)),
        ("ن\u202eص", ("ن", Hidden("U+202E"), "ص")),
        ("\u200f\u200e", (Hidden("U+200F"), Hidden("U+200E"))),
        ("سطر\nسطر\tثم", ("سطر\nسطر\tثم",)),
    ],
)
def test_what_nobody_sees_is_shown(text: str, pieces: tuple[str | Hidden, ...]) -> None:
    assert reveal(text) == pieces
