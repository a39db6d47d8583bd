"""The audit of dependencies fails for a fault, and for nothing else."""

from __future__ import annotations

import pytest

from tests.audit import verdict


@pytest.mark.parametrize(
    ("returned", "told", "status", "words"),
    [
        (0, "No known vulnerabilities found", 0, "no known faults"),
        (1, "Found 1 known vulnerability in 1 package\nflask 0.1", 1, "flask 0.1"),
        (1, "ConnectionError: name not known", 0, "skipped: ConnectionError"),
        (1, "", 0, "skipped: no answer"),
    ],
)
def test_only_a_fault_fails(returned: int, told: str, status: int, words: str) -> None:
    assert verdict(returned, told)[0] == status
    assert words in verdict(returned, told)[1]
