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
