"""What is guessed first is refused; what is long and one's own is taken, of whatever it is made."""

from __future__ import annotations

import pytest
from argon2 import Type

from config import ROOT
from portal.adapters.passwords import PARAMETERS, is_known
from portal.domain.passwords import WORDS, is_guessable
from tests.architecture.tree import read

BODIES = ("economy-ministry", "وزارة الاقتصاد (مثال)")


@pytest.mark.parametrize(
    "password",
    [
        "radd-portal-2026",
        "Radd@Jordan12345",
        "economy-2026-economy",
        "وزارة الاقتصاد 2026",
        "وزاره الإقتصاد ٢٠٢٦",  # however it is spelt
        "بوابة استشارات الأردن",
        "qwertyuiop1234",
        "POIUYTREWQ4321",
        "ضصثقفغعهخحج",
        "شسيبلاتنمكط2026",
        "1q2w3e4r5t6y7u8i",
        "olive-olive-olive-",
        "abababababab",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert is_guessable(password, BODIES)


@pytest.mark.parametrize(
    "password",
    [
        "زيتون وزعتر على جبل",
        "olives and a stone wall",
        "jordan olive thyme stone",  # with such a word, and more
        "839201746583",  # nothing is said of what it must be made of
        "9#7$2@4!8%1^",
    ],
)
def test_what_is_not_is_taken(password: str) -> None:
    assert not is_guessable(password, BODIES)


@pytest.mark.parametrize("password", ["1qaz2wsx3edc4rfv", "Password1234", "iloveyou1234"])
def test_what_was_stolen_is_known(password: str) -> None:
    assert is_known(password)


def test_what_nobody_had_is_not_known() -> None:
    assert not is_known("olives and a stone wall in Ajloun")
    assert not is_known("زيتون وزعتر على جبل")


def test_the_words_are_those_that_operators_are_told() -> None:
    told = read(ROOT / "docs" / "operators.md")
    assert [word for word in WORDS if f"`{word}`" not in told] == []


def test_passwords_are_hashed_slowly() -> None:
    # ASVS 5.0, appendix C: argon2id with 12 MiB at three passes, or more.
    assert PARAMETERS.type is Type.ID
    assert PARAMETERS.time_cost >= 3
    assert PARAMETERS.memory_cost >= 12 * 1024
