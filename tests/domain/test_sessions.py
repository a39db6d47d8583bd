"""How long a session lasts, and by what its owner knows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.sessions import describe_browser, is_over

START = datetime(2026, 11, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since_began", "since_seen", "waiting", "over"),
    [
        ({"minutes": 9}, {"minutes": 9}, True, False),
        ({"minutes": 10}, {"minutes": 0}, True, True),
        ({"hours": 11}, {"hours": 11}, False, False),
        ({"hours": 12}, {"hours": 12}, False, True),
        ({"days": 6}, {"hours": 1}, False, False),
        ({"days": 7}, {"hours": 0}, False, True),
    ],
)
def test_how_long_a_session_lasts(
    since_began: dict[str, int], since_seen: dict[str, int], waiting: bool, over: bool
) -> None:
    began, seen = START - timedelta(**since_began), START - timedelta(**since_seen)
    assert is_over(START, began_at=began, seen_at=seen, waiting=waiting) is over


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.0 <script>", ""),
    ],
)
def test_a_browser_is_described_coarsely(agent: str, shown: str) -> None:
    assert describe_browser(agent) == shown
