"""The short form: a few kills on each database. The long one is `python -m tests.reliability`."""

from __future__ import annotations

import pytest

from tests.reliability.harness import run

KILLS = 3


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost(database: str) -> None:
    counted = run(on_postgresql=database == "postgresql", kills=KILLS, seed=7)
    assert counted.wrong == ()
    assert sum(counted.kills.values()) == KILLS
    assert counted.receipts > 5
