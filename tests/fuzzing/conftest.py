"""The portal to be harmed, built once for each process of tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.fixtures import apps, postgresql
from tests.fuzzing.world import Kept, World, build, world

LONG = int(os.environ.get("EXAMPLES") or 0)
EACH = 2 if LONG else 1  # so many pages of a kind are opened to find what stands on them


# The short form meets PostgreSQL in tests/web/test_limits.py alone.
DATABASES = ("sqlite", "postgresql") if LONG else ("sqlite",)


@pytest.fixture(scope="session", params=DATABASES)
def kept(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Kept:
    folder = tmp_path_factory.mktemp("fuzzing")
    if request.param == "postgresql":
        return build(folder, postgresql.lent_server(Path(os.environ["RADD_TESTS"])))
    apps.sqlite_copy(sqlite_template, folder)
    return build(folder)


@pytest.fixture
def harmed(kept: Kept, tmp_path: Path) -> Iterator[World]:
    with world(kept, tmp_path / "portal") as running:
        yield running


def tries(short: int) -> settings:
    """How often something is tried: EXAMPLES times in the long form.

    The long form looks for what was not tried yet, the short one is the same each time.
    """
    return settings(
        max_examples=LONG or short,
        derandomize=not LONG,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
