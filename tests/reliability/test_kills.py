"""The short form: a few kills on each database. The long one is `python -m tests.reliability`."""

from __future__ import annotations

import pytest

from tests.reliability.harness import run


@pytest.mark.parametrize(("database", "kills", "away"), [("sqlite", 3, 0), ("postgresql", 2, 1)])
def test_nothing_acknowledged_is_lost(database: str, kills: int, away: float) -> None:
    on_postgresql = database == "postgresql"
    counted = run(on_postgresql=on_postgresql, kills=kills, seed=7, away=away, twice=False)
    assert counted.wrong == ()
    assert sum(counted.kills.values()) == kills
    assert counted.receipts > 5
    assert counted.editions > 0
    assert counted.checkpoints > 0
