"""What all journeys have in common."""

from __future__ import annotations

from datetime import timedelta

import pytest


@pytest.fixture(autouse=True)
def _in_daily_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a journey goes on by weeks; its people sign in once."""
    for limit in ("IDLE", "LONGEST"):
        monkeypatch.setattr(f"portal.domain.sessions.{limit}", timedelta(days=1000))
