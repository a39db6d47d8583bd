"""Who is named in a note."""

from __future__ import annotations

import pytest

from portal.domain.mentions import mentioned

PEOPLE = {1: "رنا العلي", 2: "رنا", 3: "أحمد الإبراهيم", 4: "Sami Haddad", 5: "Sami Haddad"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("لا أحد", set()),
        ("رنا العلي، انظري", set()),  # a name alone names nobody
        ("@رنا العلي انظري", {1}),  # the longest name, not the shorter one in it
        ("@رنا: انظري", {2}),
        ("@رناد انظري", set()),  # another, longer name
        ("@احمد الابراهيم", {3}),  # however its letters are spelt
        ("@ أحمد الإبراهيم", {3}),
        ("@sami haddad, please", {4, 5}),  # two of one name are both meant
        ("@رنا و@أحمد الإبراهيم", {2, 3}),
        ("me@example.org", set()),
    ],
)
def test_a_name_after_the_sign_is_a_mention(text: str, named: set[int]) -> None:
    assert mentioned(text, PEOPLE) == named


def test_nobody_is_named_by_an_empty_name() -> None:
    assert mentioned("@ ", {1: "", 2: "  "}) == frozenset()
