"""Letters as they leave: what a reader's program finds in them is what was written."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.adapters.mail import message
from portal.formats.mails import Letter

WORDS = (
    "فُتحت",
    "للملاحظات:",
    "مشروع",
    "نظام",
    "المشاركة",
    "الإلكترونية",
    "2026",
    "(مثال)",
    "Draft",
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_a_long_subject_keeps_every_space(subject: str) -> None:
    letter = Letter("1", "author@example.org", "ar", subject, "نص\n")
    raw = message(letter, "radd@example.org").as_bytes()
    assert max(map(len, raw.split(b"\r\n"))) < 100
    found = BytesParser(policy=policy.default).parsebytes(raw)
    assert found["subject"] == subject
    assert found["to"] == "author@example.org"


@given(st.sampled_from(("\r\nBcc: other@example.org", "\n\nbody", "\r", "\x0b", "\u2028x: y")))
@settings(deadline=None)
def test_no_line_break_gets_into_a_head(broken: str) -> None:
    letter = Letter("1", "person@example.org", "ar", f"مشروع{broken}", "نص")
    made = message(letter, "radd@localhost").as_bytes()
    read = BytesParser(policy=policy.default).parsebytes(made)
    assert read["Bcc"] is None
    assert read["To"] == "person@example.org"
    assert read.get_content().strip() == "نص"
