"""The short form: a few kills on each database. The long one is `python -m tests.reliability`."""

from __future__ import annotations

import pytest

from tests.reliability.harness import run

KILLS = 3


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost(database: str) -> None:
    on_postgresql = database == "postgresql"
    away = 1.5 if on_postgresql else 0
    counted = run(on_postgresql=on_postgresql, kills=KILLS, seed=7, away=away)
    assert counted.wrong == ()
    assert sum(counted.kills.values()) == KILLS
    assert counted.receipts > 5
    assert counted.editions > 0
    assert counted.checkpoints > 0
