"""Promises and proofs are good for the one text that they were made for, and not after a change."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge

from portal.formats import passes, proofs

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
SECRET, OTHER = "s" * 40, "t" * 40


@pytest.fixture(scope="module")
def proof() -> str:
    challenge = Challenge.from_dict(proofs.challenge(SECRET, "mine", NOW))
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def test_a_form_says_when_it_was_got_and_is_like_no_other() -> None:
    key = passes.form_key(SECRET, NOW)
    assert passes.opened_at(SECRET, key) == NOW
    assert passes.form_key(SECRET, NOW) != key
    assert passes.opened_at(OTHER, key) is None
    assert passes.opened_at(SECRET, "k" * 24) is None
    assert passes.opened_at(SECRET, "") is None


def test_a_turn_is_for_one_text() -> None:
    turn = passes.turn(SECRET, "mine", NOW)
    assert passes.turn_of(SECRET, "mine", turn) == NOW
    assert passes.turn_of(SECRET, "another", turn) is None
    assert passes.turn_of(OTHER, "mine", turn) is None
    # A key of a form is no turn, although both are ours.
    assert passes.turn_of(SECRET, "mine", passes.form_key(SECRET, NOW)) is None


def test_a_proof_is_for_one_text_and_one_day(proof: str) -> None:
    assert proofs.is_proof(SECRET, "mine", proof, NOW)
    assert not proofs.is_proof(SECRET, "another", proof, NOW)
    assert not proofs.is_proof(OTHER, "mine", proof, NOW)
    assert not proofs.is_proof(SECRET, "mine", proof, NOW + timedelta(days=1, seconds=1))


def changed(proof: str, part: str, name: str, value: Any) -> str:
    content = json.loads(base64.b64decode(proof))
    inner = content["challenge"]["parameters"] if part == "parameters" else content[part]
    inner[name] = value
    return base64.b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("solution", "counter", 3),
        ("solution", "counter", "3"),
        ("solution", "counter", -1),
        ("solution", "derivedKey", "00" * 32),
        ("parameters", "cost", 1),
        ("parameters", "keyPrefix", ""),
        ("parameters", "data", {"for": "mine", "until": 99_999_999_999}),
        ("parameters", "data", {"for": "mine", "until": "later"}),
        ("parameters", "data", None),
        ("parameters", "data", ["mine"]),
        ("challenge", "signature", None),
    ],
)
def test_a_proof_that_was_changed_proves_nothing(
    proof: str, part: str, name: str, value: Any
) -> None:
    assert not proofs.is_proof(SECRET, "mine", changed(proof, part, name, value), NOW)


@pytest.mark.parametrize("shown", ["", "x", "e30=", "W10=", "bnVsbA==", "é", "A" * 5_000])
def test_what_is_no_proof_proves_nothing(shown: str) -> None:
    assert not proofs.is_proof(SECRET, "mine", shown, NOW)
